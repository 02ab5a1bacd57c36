"""The key of the log, and what it signed last.

Both stand in a folder of their own, apart from the database and its backups: so whoever puts back an old database is
caught by the signer, which remembers more than the database does.
"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from hemicycle.instruments.ledger import keyfile, notes, tiles

from ..models import LogKey


class Rewound(Exception):
    """The record is smaller than, or another one than, the one that was signed last. Nothing is signed then."""


class NoKey(Exception):
    """The key of a log that has begun is not there."""


def signer(*, has_begun: bool) -> notes.Signer:
    """The log's signing key now. The first is made on first use; raises `NoKey` when the log has begun and it is gone."""
    latest = _confirmed().last()
    path = _path(latest.reference if latest else "")
    if (has_begun or latest) and not path.exists():
        raise NoKey(f"{path} is missing: the log cannot be signed with another key")
    return notes.Signer(settings.LOG_ORIGIN, notes.NOTE, keyfile.make(path))


def make_new(reference: str) -> notes.Verifier:
    """Make the key that a change of keys names, and return its public half. The same for the same reference."""
    return notes.Signer(settings.LOG_ORIGIN, notes.NOTE, keyfile.make(_path(reference))).verifier


def verifiers(*, has_begun: bool) -> list[notes.Verifier]:
    """Every key that signs or ever signed, the first one first."""
    rows = list(_confirmed())
    if not rows:
        return [signer(has_begun=has_begun).verifier]
    return [notes.Verifier.read(rows[0].follows), *(notes.Verifier.read(row.verifier) for row in rows)]


def _confirmed() -> QuerySet[LogKey]:
    return LogKey.objects.filter(state="confirmed").order_by("confirmed_at", "pk")


def _path(reference: str) -> Path:
    return Path(settings.LOG_KEYS) / (f"log-{reference}.key" if reference else "log.key")


def receipt_signer() -> notes.Signer:
    """The key of receipts. It signs in the web processes, so it is not the log's; its name names nobody."""
    return notes.Signer("receipt", notes.NOTE, keyfile.make(settings.LOG_KEYS / "receipt.key"))


def statement_signer() -> notes.Signer:
    """The key that signs what participants publish. It signs in the web processes, so it is not the log's; whoever changes
    the log's key, two people, changes it too: each change begins a new file."""
    latest = _confirmed().last()
    name = f"statement-{latest.reference}.key" if latest else "statement.key"
    return notes.Signer("statement", notes.NOTE, keyfile.make(Path(settings.LOG_KEYS) / name))


def last_signed() -> notes.Checkpoint | None:
    """What was signed last, as the signer remembers it."""
    path = _memory()
    return notes.Checkpoint.read(path.read_text()) if path.exists() else None


def remember(checkpoint: notes.Checkpoint) -> None:
    """Remember what was signed. Called after the database holds it."""
    last = last_signed()
    if last is None or checkpoint.size > last.size:
        tiles.write(_memory(), checkpoint.text.encode())


def _memory() -> Path:
    return Path(settings.LOG_KEYS) / "log.last"


def refuse_rewound(folder: Path, size: int, root: bytes) -> None:
    """Raise `Rewound` unless the tree of this size and root extends what was signed last."""
    last = last_signed()
    if last is None:
        return
    if last.size > size:
        raise Rewound(f"the record has {size} leaves; {last.size} were signed before")
    if (root if last.size == size else tiles.root(folder, last.size)) != last.root:
        raise Rewound(f"the first {last.size} leaves are not those that were signed")
