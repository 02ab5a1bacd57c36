"""Receipts: a signed promise at once that a leaf will stand in the log, and the proof of it when it does.

The promise is a note under a key that is called `receipt` and nothing else: it names no institution, so a candidate can
keep it. Signing is deterministic: the same act, asked again, gives the same promise. `verify.py --receipt` checks both.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings

from hemicycle.instruments.ledger import notes, tiles
from hemicycle.rules.procedure import Publicity

from ..models import Checkpoint, Entry, Leaf
from . import keys, statements, witnesses


def promise(leaf: Leaf) -> str:
    """A note: the leaf, and the instant of its act, to the second."""
    at = leaf.written_at.replace(microsecond=0).isoformat()
    signer = keys.receipt_signer()
    text = f"{signer.name}\n{bytes(leaf.data).hex()}\n{at}\n"
    return f"{text}\n{signer.line(text)}"


def bare(entry: Entry) -> str:
    """The receipt of somebody who wants nothing on paper that says what it is for: the promise alone, as JSON."""
    return _file({"promise": promise(entry.leaf)})


def full(entry: Entry) -> str:
    """The receipt with the statement, the salts that open it, and the proof once the leaf has its place, as JSON."""
    made = statements.commitment(entry.leaf)
    sealed = {"sealed_salt": made.sealed_salt.hex() if made.sealed_salt else None, "sealed": made.sealed_part}
    return _file({**_told(entry), **sealed})


def public(entry: Entry) -> str:
    """The receipt of a public act for somebody who was not there and has no account: as `full`, without the sealed part
    (who acted, and at which instant), to which the statement holds a commitment. Raises `ValueError` for any other act."""
    if entry.publicity != Publicity.PUBLIC.value:
        raise ValueError(f"{entry} is not public")
    return _file(_told(entry))


def _told(entry: Entry) -> dict[str, Any]:
    leaf = entry.leaf
    made = statements.commitment(leaf)
    told: dict[str, Any] = {
        "promise": promise(leaf),
        "salt": made.salt.hex(),
        "statement": made.open_part,
    }
    proof = _proof(leaf)
    return {**told, "proof": proof} if proof else told


def has_proof(entry: Entry) -> bool:
    """Whether the entry has its place in the log that witnesses signed: until then a receipt is a promise."""
    return _published_at(entry.leaf) is not None


def _published_at(leaf: Leaf) -> Checkpoint | None:
    published = witnesses.published() if hasattr(leaf, "position") else None
    return published if published is not None and leaf.position.number < published.size else None


def _proof(leaf: Leaf) -> str:
    published = _published_at(leaf)
    if published is None:
        return ""
    number = leaf.position.number
    path = tiles.load(Path(settings.LOG_FOLDER), published.size).inclusion(number)
    return str(notes.Proof(number, tuple(path), witnesses.note(published)))


def _file(told: dict[str, Any]) -> str:
    return json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
