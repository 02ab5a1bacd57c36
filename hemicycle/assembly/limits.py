"""How many may sit where, and in what capacity: the charter's numbers, held against a membership as it would be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from hemicycle.rules.charter import Charter
from hemicycle.rules.findings import N_, Finding, Unmet

from .sheets import ARTICLE

#: In what capacities one sits in a body of a kind.
CAPACITIES: dict[str, frozenset[str]] = {
    "assembly": frozenset({"president", "representative", "substitute"}),
    "bureau": frozenset(
        {"president", "vice_president", "group_chair", "committee_chair", "head_of_delegation"}
    ),
    "standing_committee": frozenset(
        {
            "president",
            "vice_president",
            "group_chair",
            "committee_chair",
            "head_of_delegation",
            "member",
            "substitute",
        }
    ),
    "committee": frozenset({"committee_chair", "member", "substitute"}),
}


def check_membership(after: Sequence[dict[str, Any]], charter: Charter) -> None:
    """Raise `Unmet` if the rows of a membership (body, name, capacity, person, precedence) go beyond the charter."""
    count = Counter((row["body"], row["capacity"]) for row in after)
    bodies = Counter(row["body"] for row in after)
    limits = [
        (N_("representatives"), count["assembly", "representative"], charter.assembly.representatives.value),
        (N_("substitutes"), count["assembly", "substitute"], charter.assembly.substitutes.value),
        (N_("Vice-Presidents"), count["bureau", "vice_president"], charter.assembly.vice_presidents.value),
        (N_("members of the Bureau"), bodies["bureau"], charter.assembly.bureau_at_most.value),
    ]
    limits += [(N_("President"), count[body, "president"], 1) for body in bodies]
    findings = [
        Finding(
            N_("%(found)s %(what)s, where the charter has %(limit)s at most."),
            {"found": found, "what": Finding(what), "limit": limit},
            ARTICLE,
        )
        for what, found, limit in limits
        if found > limit
    ]
    orders = Counter(row["precedence"] for row in after if row["body"] == "bureau" and row["precedence"])
    findings += [
        Finding(N_("Precedence %(number)s is given to %(count)s people."), {"number": n, "count": c}, ARTICLE)
        for n, c in orders.items()
        if c > 1
    ]
    persons = Counter((row["body"], row["name"], row["person"]) for row in after if row["person"])
    twice = Counter((body, person) for body, _name, person in persons)
    findings += [
        Finding(N_("The person %(person)s stands under two names."), {"person": person}, ARTICLE)
        for (_body, person), c in twice.items()
        if c > 1
    ]
    if findings:
        raise Unmet(*findings)
