"""Positions: prompt leaves at every round, the others once a day in the order of their hashes, with fillers.

Acts never wait for each other here: they write leaves without a position, and one sequencer at a time numbers them.
Each round rewrites nothing that was signed. A round that is cut off leaves files that the next round writes again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from hemicycle.instruments.ledger import leaves, notes, tiles
from hemicycle.instruments.ledger.tree import EMPTY, leaf_hash, root_of

from .. import clock
from ..models import Checkpoint, Leaf, Position
from . import keys

LOCK = 0x48454D49  # the advisory lock of the sequencer
FILL = 32  # a day's leaves are filled up to a multiple of this, so that their number tells little
PENDING_EVERY = timedelta(minutes=10)


def sequence(*, close_day: bool = False) -> int:
    """One round: give positions, write the tiles, sign a checkpoint. Returns how many leaves were placed.

    `close_day`: do not wait for the end of the day. Raises `keys.Rewound` when the record is not the one that was
    signed last, and `keys.NoKey`.
    """
    folder = Path(settings.LOG_FOLDER)
    with alone():
        last = Checkpoint.objects.order_by("size").last()
        size, root = (last.size, bytes(last.root)) if last else (0, EMPTY)
        keys.refuse_rewound(folder, size, root)
        if last and tiles.root(folder, size) != root:
            raise keys.Rewound(f"the files of the log do not lead to its root of {size} leaves")
        placed = list(_waiting().filter(is_prompt=True).order_by("pk"))
        placed += _the_day(close_day=close_day)
        placed += _pending(placed)
        if not placed:
            return 0
        Position.objects.bulk_create(
            [Position(number=size + i, leaf=leaf) for i, leaf in enumerate(placed)], batch_size=500
        )
        size, root = tiles.extend(folder, [bytes(leaf.data) for leaf in placed], size)
        made = notes.Checkpoint(settings.LOG_ORIGIN, size, root)
        signer = keys.signer(has_begun=last is not None)
        Checkpoint.objects.create(size=size, root=root, note=made.sign(signer), signed_at=clock.now())
    keys.remember(made)
    return len(placed)


@contextmanager
def alone() -> Iterator[None]:
    """A transaction that no other sequencer shares. SQLite lets one writer in at a time anyway."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        yield


def _waiting() -> QuerySet[Leaf]:
    return Leaf.objects.filter(position__isnull=True)


def _the_day(*, close_day: bool) -> list[Leaf]:
    """The leaves of sensitive kinds of the days that are over, in the order of their hashes, filled up."""
    found = _waiting().filter(is_prompt=False)
    if not close_day:
        found = found.filter(written_at__lt=_midnight(clock.now()))
    day = list(found)
    if not day:
        return []
    day += [_own({"kind": "filler"}) for _ in range(-len(day) % FILL)]
    return sorted(day, key=lambda leaf: leaf_hash(bytes(leaf.data)))


def _midnight(at: datetime) -> datetime:
    return timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)


def _pending(placed: Sequence[Leaf]) -> list[Leaf]:
    """A leaf that commits to everything that still waits, so that nothing of it can be left out later."""
    latest = Leaf.objects.filter(entry=None, open_part__kind="pending").order_by("pk").last()
    now = clock.now()
    if latest and now - latest.written_at < PENDING_EVERY:
        return []
    done = {leaf.pk for leaf in placed}
    rest = [leaf for leaf in _waiting().filter(is_prompt=False).order_by("pk") if leaf.pk not in done]
    if not rest:
        return []
    hashes = sorted(leaf_hash(bytes(leaf.data)) for leaf in rest)
    return [
        _own(
            {"kind": "pending", "root": root_of(hashes).hex()},
            {"at": now.isoformat(), "leaves": [leaf.pk for leaf in rest]},
        )
    ]


def _own(shown: dict[str, Any], sealed: dict[str, Any] | None = None) -> Leaf:
    """Write a leaf that speaks of the log itself."""
    made = leaves.make(shown, sealed)
    return Leaf.objects.create(
        is_prompt=True, data=made.leaf, salt=made.salt, sealed_salt=made.sealed_salt,
        open_part=shown, sealed_part=sealed, written_at=clock.now(),
    )  # fmt: skip
