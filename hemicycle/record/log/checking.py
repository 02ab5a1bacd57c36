"""`hemicycle verify`: compare every row of the record with its leaf, every leaf with the tree, and the tree with what the
log and its witnesses signed.

What is compared stands in the one-file verifier, which has the classes of faults too (edited, deleted, inserted, reordered,
truncated, rewritten, restored); here are the tables, read through Django on any database, and their export, which lets the
one-file verifier do the same without that database.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from hemicycle.instruments.ledger import verify
from hemicycle.instruments.ledger.verify import Fault

from ..models import Checkpoint, Cosignature, Entry, Leaf, Opening, Position
from . import keys, statements, witnesses

CHUNK = 1000
LOOKS = 4  # more at a log that goes on while it is checked; then what is found counts
PAUSE = 0.1  # seconds in which a step of the log that had begun comes to its end
LEAF = ("is_prompt", "data", "salt", "sealed_salt", "open_part", "sealed_part", "written_at")


def check(policy: verify.Policy | None = None, say: Callable[[str], object] = print) -> verify.Report:
    """Check the whole record of this data folder. Raises `Fault` for the first thing that is wrong.

    `policy`: the keys to trust, where they were kept elsewhere. Else those of the settings; in a copy without the log's
    key those that lie beside the log, which shows only that the copy agrees with itself.
    """
    folder = Path(settings.LOG_FOLDER)
    if policy is None:
        policy = _own_policy(folder, say)
    for _ in range(LOOKS):
        before = _last_steps(folder)
        try:
            return _look(folder, policy, say)
        except Fault:
            time.sleep(PAUSE)
            if _last_steps(folder) == before:
                raise
            say("again        the log went on meanwhile, and files and tables are not read at one instant")
    return _look(folder, policy, say)


def _look(folder: Path, policy: verify.Policy, say: Callable[[str], object]) -> verify.Report:
    seen = [("signer", keys.last_signed()), ("witness", witnesses.own_memory())]
    memories = [(who, checkpoint.text) for who, checkpoint in seen if checkpoint is not None]
    with at_one_instant():
        return verify.check_house(verify.Record(str(folder)), rows, policy, memories, say)


def _last_steps(folder: Path) -> tuple[str, int | None, int]:
    """How far the log is: what is published, the latest checkpoint, how many cosignatures."""
    published = folder / "checkpoint"
    text = published.read_text() if published.exists() else ""
    latest = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first()
    return text, latest, Cosignature.objects.count()


@contextmanager
def at_one_instant() -> Iterator[None]:
    """Every table is read as it stands at one instant, while others act on: nothing is locked, and nobody waits."""
    if connection.in_atomic_block:  # a test's own transaction
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # Django's own begins as a writer does
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def _own_policy(folder: Path, say: Callable[[str], object]) -> verify.Policy:
    try:
        return verify.read_policy(witnesses.policy_text())
    except keys.NoKey:
        say("policy       the log's key is not here: checked against the file beside the log")
    try:
        return verify.read_policy((folder / "policy").read_text())
    except FileNotFoundError:
        raise Fault("deleted", "no file policy") from None


def export(path: Path) -> int:
    """Write the tables for the one-file verifier, readable by their owner alone: they hold what the log seals. Returns
    how many rows."""
    count = 0
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8") as file, at_one_instant():
        for table in verify.TABLES:
            for row in rows(table):
                file.write(json.dumps({"table": table, **row}, ensure_ascii=False) + "\n")
                count += 1
    return count


def rows(table: str) -> Iterator[verify.Row]:
    """The rows of a table as the one-file verifier asks for them."""
    return _TABLES[table]()


def _checkpoints() -> Iterator[verify.Row]:
    for row in Checkpoint.objects.order_by("size").iterator(CHUNK):
        yield {"size": row.size, "root": bytes(row.root).hex(), "note": row.note}


def _cosignatures() -> Iterator[verify.Row]:
    for row in Cosignature.objects.order_by("checkpoint_id", "witness").iterator(CHUNK):
        yield {"checkpoint_id": row.checkpoint_id, "line": row.line}


def _openings() -> Iterator[verify.Row]:
    for row in Opening.objects.filter(name="choice").order_by("entry_id").iterator(CHUNK):
        yield {"entry_id": row.entry_id, "salt": row.salt}


def _orphans() -> Iterator[verify.Row]:
    for number in Entry.objects.filter(leaf__isnull=True).order_by("number").values_list("number", flat=True):
        yield {"number": number}


def _positions() -> Iterator[verify.Row]:
    for row in Position.objects.order_by("number").iterator(CHUNK):
        yield {"number": row.number, "leaf_id": row.leaf_id}


def _leaves() -> Iterator[verify.Row]:
    """Leaves with the columns of their entries; of an entry that is gone every column is empty."""
    last = 0
    while found := list(
        Leaf.objects.filter(pk__gt=last).order_by("pk").values("id", "entry_id", *LEAF)[:CHUNK]
    ):
        entries = Entry.objects.in_bulk([leaf["entry_id"] for leaf in found if leaf["entry_id"] is not None])
        for leaf in found:
            entry = entries.get(leaf["entry_id"])
            columns = {name: getattr(entry, name, None) for name in (*verify.OPEN, *verify.SEALED, "facts")}
            yield {name: _plain(value) for name, value in {**leaf, **columns}.items()}
        last = found[-1]["id"]


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return statements.spelled(value) if hasattr(value, "astimezone") else value


_TABLES: dict[str, Callable[[], Iterator[verify.Row]]] = {
    "checkpoint": _checkpoints,
    "cosignature": _cosignatures,
    "leaf": _leaves,
    "opening": _openings,
    "orphan": _orphans,
    "position": _positions,
}
