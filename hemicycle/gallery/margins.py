"""Candidacies by attribute: one-way margins only, small numbers withheld, whole or not at all (procedure 7.3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from babel import Locale
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from hemicycle.candidacy.models import Candidacy, Origin
from hemicycle.composition.models import List
from hemicycle.record.models import Entry
from hemicycle.rules import disclosure
from hemicycle.rules.charter import Charter

from .public import language


@dataclass(frozen=True)
class Margin:
    """One attribute of the candidacies that were examined; a number that would identify is None (7.3)."""

    key: str
    title: str
    rows: Sequence[tuple[str, int | None]]


def of_list(list_: List, charter: Charter) -> list[Margin]:
    """Margins over the candidacies assessed at the announcement; none once one of their files has been erased.

    A table that shrinks by one when a file is erased would tell of that file, so it is printed whole or not at all.
    """
    announced = list_.announced_at
    if announced is None or _has_lost_one(list_, charter, announced):
        return []
    assessed = Candidacy.objects.filter(call=list_.call_id, examination__concluded_at__lte=announced)
    population = [(c.origin, c.residence) for c in assessed.exclude(withdrawn_at__lte=announced)]
    minimum = charter.publication.small_number.value
    if len(population) < minimum:
        return []
    origins: Counter[str] = Counter(code for codes, _country in population for code in codes)
    countries: Counter[str] = Counter(country for _codes, country in population if country)
    return [
        _margin("origin", _("Field of work (a person may name several)"), {c: origins[c] for c in Origin.values}, minimum, {c: str(Origin(c).label) for c in Origin.values}),
        _without_few(_margin("residence", _("Country of residence"), countries, minimum, {c: _country_name(c) for c in countries})),
    ]  # fmt: skip


def _without_few(margin: Margin) -> Margin:
    """Where the cells are not known beforehand, even the name of a small one would tell that somebody is in it."""
    kept = [row for row in margin.rows if row[1] is not None]
    return Margin(
        margin.key,
        margin.title,
        [*kept, (_("other countries"), None)] if len(kept) < len(margin.rows) else kept,
    )


def _margin(
    key: str, title: str, counts: Mapping[str, int], minimum: int, names: Mapping[str, str]
) -> Margin:
    if sum(counts.values()) < minimum:
        return Margin(key, title, [(names[code], None) for code in counts])
    kept = disclosure.suppress(counts, minimum)
    return Margin(
        key, title, sorted(((names[code], number) for code, number in kept.items()), key=lambda row: row[0])
    )


def _country_name(code: str) -> str:
    return str(Locale.parse(language()).territories.get(code, code))


def _has_lost_one(list_: List, charter: Charter, announced: datetime) -> bool:
    """Whether a file that was withdrawn after the announcement has been erased since: its erasure was due so many
    days after its withdrawal, and the entry says when."""
    days = timedelta(days=charter.periods.erase_withdrawn_days.value)
    rows = Entry.objects.filter(room="candidacy", act="erase", at__gt=announced, before="withdrawn")
    for facts in rows.values_list("facts", flat=True):
        due = parse_datetime(str(facts.get("due", "")))
        if due is None or due - days > announced:
            return True
    return False
