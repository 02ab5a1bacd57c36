"""How the log stands: what the public page says of it, troubles included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..models import Checkpoint
from . import keys, witnesses


@dataclass(frozen=True)
class Standing:
    """The published checkpoint, who cosigned it, and what is not as it should be.

    `lost`: how many leaves were signed once and are not in the record any more, because an older copy was put back.
    `unseen`: how many leaves are signed and not yet cosigned by enough witnesses, since `unseen_since`.
    """

    size: int
    signed_at: datetime | None
    cosigned_by: tuple[str, ...]
    quorum: int
    unseen: int
    unseen_since: datetime | None
    lost: int


def standing() -> Standing:
    """A bounded number of queries, whatever the size of the log."""
    latest = Checkpoint.objects.order_by("size").last()
    published = witnesses.published()
    remembered = keys.last_signed()
    size = published.size if published else 0
    lines = published.cosignatures.order_by("witness") if published else ()
    first_unseen = Checkpoint.objects.filter(size__gt=size).order_by("size").first()
    known = latest.size if latest else 0
    return Standing(
        size=size,
        signed_at=published.signed_at if published else None,
        cosigned_by=tuple(line.witness for line in lines),
        quorum=witnesses.quorum(),
        unseen=known - size,
        unseen_since=first_unseen.signed_at if first_unseen else None,
        lost=max(0, remembered.size - known) if remembered else 0,
    )
