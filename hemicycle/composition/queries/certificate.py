"""The proof of the rules of a list, which anybody can check with a pencil: who counts for which rule, and how many may.

It speaks of those who sit, under handles drawn by lot anew for each rule, and of nobody else: who was not chosen stands
nowhere. One handle under all rules would let a reader who knows the reserved seats and the newcomers lay the groups over
each other, and learn who lives where. The digest commits to it in public before the Bureau's copy is compared with it; the salt keeps the few possible
lists from being tried out.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from ..models import Certificate, List
from .seats import charter_of, places
from .selection import EACH, RESERVE, YES, limits_of, pool_for
from .verdicts import Judged, verdicts

RANDOM = secrets.SystemRandom()


def certificate_of(list_: List) -> dict[str, Any]:
    """The certificate of a list as it stands now: new handles and a new salt each time."""
    charter = charter_of(list_)
    rows = places(list_, charter)
    judged = verdicts(list_, rows, charter)
    people = pool_for(list_, rows, charter=charter)[0]
    said = dict(zip(people.ids, people.declared, strict=True))
    spoken = {RESERVE: (RESERVE, YES)} | {
        one.code: (one.feature, one.value) for one in limits_of(list_, charter)
    }
    sitting = [place.seat.candidacy.reference for place in rows if place.is_live and place.seat is not None]
    return {
        "kind": "list",
        "list": list_.reference,
        "rules_of_procedure": charter.reference,
        "rules_digest": charter.digest,
        "seats": charter.seats.total.value,
        "members": [f"P{number}" for number in range(1, len(sitting) + 1)],
        "rules": [_rule(one, _groups(*spoken[one.code], _under_handles(sitting, said))) for one in judged],
        "salt": secrets.token_hex(32),
    }


def _rule(one: Judged, groups: list[list[str]]) -> dict[str, Any]:
    return {
        "rule": one.code,
        "article": one.article,
        "least": one.least,
        "most": one.most,
        "statutory": one.is_statutory,
        "verdict": one.standing.value,
        "short": one.short,
        "over": one.over,
        "groups": groups,
    }


def _under_handles(
    sitting: Sequence[str], said: Mapping[str, Mapping[str, str]]
) -> dict[str, Mapping[str, str]]:
    """What those who sit have declared, under handles that hold for one rule only."""
    drawn = RANDOM.sample(range(1, len(sitting) + 1), len(sitting))
    return {f"P{number}": said[reference] for reference, number in zip(sitting, drawn, strict=True)}


def _groups(feature: str, value: str, sitting: Mapping[str, Mapping[str, str]]) -> list[list[str]]:
    """Who counts together: one group for each value of which the rule speaks. Which value it is stands nowhere."""
    by_value: dict[str, list[str]] = {}
    for handle, row in sitting.items():
        given = row.get(feature, "")
        if given and value in (EACH, given):
            by_value.setdefault(given, []).append(handle)
    return sorted(sorted(group, key=_number) for group in by_value.values())


def _number(handle: str) -> int:
    return int(handle[1:])


def canonical(certificate: dict[str, Any]) -> str:
    """The bytes that the commitment is made of: keys in order, no blanks, UTF-8."""
    return json.dumps(certificate, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def commitment(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def certificate_in_force(list_: List) -> Certificate | None:
    """The latest: that of the approval, before it that of the release."""
    return list_.certificates.order_by("-pk").first()
