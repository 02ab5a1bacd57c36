"""A decision sheet as open data: rows for the CSV file, a mapping for the JSON file."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from .sheet import Sheet


def rows_of(sheet: Sheet) -> list[tuple[str, str, object]]:
    """(part, name, value) of everything on the sheet that is a number, for the CSV file."""
    found: list[tuple[str, str, object]] = [("figures", one.key, one.value) for one in sheet.figures]
    result = sheet.quota
    found += [("reserve", "base", result.base), ("reserve", "required", result.required)]
    found += [("reserve", "present", result.present), ("reserve", "met", result.met)]
    found += [("rules", one.key, one.verdict) for one in sheet.limits]
    if sheet.commitment:
        found.append(("rules", "certificate_sha256", sheet.commitment))
    for line in sheet.votes:
        if line.outcome is not None:
            found += [
                (f"vote {line.reference}", "for", line.outcome.votes_for),
                (f"vote {line.reference}", "against", line.outcome.votes_against),
                (f"vote {line.reference}", "abstentions", line.outcome.abstentions),
                (f"vote {line.reference}", "carried", line.outcome.carried),
            ]
    found += [("interests", one.vote.reference, one.number) for one in sheet.interests]
    small = sheet.charter.publication.small_number.value
    for margin in sheet.margins:
        found += [(margin.key, name, f"withheld (small numbers, {small})" if number is None else number) for name, number in margin.rows]  # fmt: skip
    return found


def data(sheet: Sheet) -> dict[str, Any]:
    """The sheet as JSON. A number that would identify is null; a day is one at the seat of the assembly."""
    announced_at = sheet.the_list.announced_at
    return {
        "session": sheet.the_list.session.name,
        "rules": sheet.the_list.charter,
        "announced_on": timezone.localtime(announced_at).date().isoformat() if announced_at else None,
        "figures": {one.key: one.value for one in sheet.figures},
        "late_admissions": [{"ground": words, "language": code} for words, code in sheet.late_grounds],
        "reserve": {
            "base": sheet.quota.base,
            "required": sheet.quota.required,
            "present": sheet.quota.present,
            "met": sheet.quota.met,
        },
        "rules_of_the_list": [
            {"rule": one.key, "verdict": one.verdict, "count": one.count, "article": one.article}
            for one in sheet.limits
        ],
        "certificate_sha256": sheet.commitment or None,
        "votes": [
            {
                "reference": line.reference,
                "question": line.question,
                "body": line.body,
                "on": line.on.isoformat(),
                "result": line.result,
                "rules": line.charter,
                "for": line.outcome.votes_for if line.outcome else None,
                "against": line.outcome.votes_against if line.outcome else None,
                "abstentions": line.outcome.abstentions if line.outcome else None,
            }
            for line in sheet.votes
        ],
        "interests": [{"vote": one.vote.reference, "number": one.number} for one in sheet.interests],
        "contacts": [{**contact, "met_on": contact["met_on"].isoformat()} for contact in sheet.contacts],
        "by_attribute": {margin.key: dict(margin.rows) for margin in sheet.margins},
    }
