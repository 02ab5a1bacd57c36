"""What a leaf says of its entry. Every column of the entry is covered; what may never be shown is in the sealed part."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from hemicycle.instruments.ledger import leaves
from hemicycle.rules.procedure import Publicity

from ..models import Entry, Leaf

# Ballots and decisions on a list are shown with their matter; that there was an act may be seen at once.
_PERSON = re.compile(r"\bP-[0-9A-Z]{6,}")  # the random reference of a person
PROMPT = (Publicity.PUBLIC.value, Publicity.ON_RELEASE.value)


def parts(entry: Entry) -> tuple[dict[str, Any], dict[str, Any]]:
    """The open part and the sealed part of the statement on an entry.

    Open is what the public page of the record prints, the act and its day, and the facts that name nobody. Sealed are the
    number (its gaps would count the sealed acts), the instant, the person, the token of the form, and the facts that hold
    the reference of a person.
    """
    shown = {
        "kind": "entry",
        "day": timezone.localtime(entry.at).date().isoformat(),
        "room": entry.room,
        "act": entry.act,
        "matter": entry.matter,
        "before": entry.before,
        "after": entry.after,
        "office": entry.office,
        "article": entry.article,
        "charter": entry.charter,
        "publicity": entry.publicity,
        "facts": {key: value for key, value in entry.facts.items() if not _names_somebody(value)},
    }
    sealed = {
        "facts": {key: value for key, value in entry.facts.items() if _names_somebody(value)},
        "number": entry.number,
        "at": spelled(entry.at),
        "actor": entry.actor,
        "once": entry.once,
    }
    return shown, sealed


def _names_somebody(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(map(_names_somebody, value.values()))
    if isinstance(value, list):
        return any(map(_names_somebody, value))
    return isinstance(value, str) and _PERSON.search(value) is not None


def spelled(at: datetime) -> str:
    """The one spelling of an instant: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def write(entry: Entry) -> Leaf:
    """Write the leaf of an entry, in the transaction of its act."""
    made = leaves.make(*parts(entry))
    return Leaf.objects.create(
        entry=entry,
        is_prompt=entry.publicity in PROMPT,
        data=made.leaf,
        salt=made.salt,
        sealed_salt=made.sealed_salt,
        written_at=entry.at,
    )


def commitment(leaf: Leaf) -> leaves.Commitment:
    """The statement of a leaf with the salts that open it, from what the database says now."""
    if leaf.entry is None:
        shown, sealed = leaf.open_part, leaf.sealed_part
    else:
        shown, sealed = parts(leaf.entry)
    if sealed is None or leaf.sealed_salt is None:
        return leaves.Commitment(shown, bytes(leaf.salt))
    digest = leaves.commit(bytes(leaf.sealed_salt), sealed).hex()
    return leaves.Commitment(
        {**shown, leaves.SEALED: digest}, bytes(leaf.salt), sealed, bytes(leaf.sealed_salt)
    )


def opened(entries: QuerySet[Entry], size: int) -> list[dict[str, Any]]:
    """The places, salts and open parts of these entries, as far as they stand among the first `size` leaves."""
    rows = entries.filter(leaf__position__lt=size).select_related("leaf__position").order_by("leaf__position")
    found = []
    for entry in rows:
        leaf = entry.leaf
        leaf.entry = entry
        made = commitment(leaf)
        found.append({"position": leaf.position.number, "salt": made.salt.hex(), "statement": made.open_part})
    return found
