"""Suspensions on the public page of a composition, and the names that may be read there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from hemicycle.composition.models import List
from hemicycle.mandates import queries as mandates
from hemicycle.mandates.models import Mandate
from hemicycle.record import clock
from hemicycle.suspension.queries import Measure

from .mended import Mended


@dataclass(frozen=True)
class Announcement:
    """A suspension as it stands, or the correction that ended it: printed in the same place and the same size (9.7)."""

    measure: Measure
    seat: int
    name: str | None

    @property
    def is_correction(self) -> bool:
        return self.measure.state in ("dismissed", "lapsed")

    @property
    def who(self) -> str:
        place = _("Seat %(number)s") % {"number": self.seat}
        return f"{place}, {self.name}" if self.name else place


def name_of(mandate: Mandate, mended: Mended, now: datetime) -> str | None:
    """The name that may be read; None while it is withheld, and for ever once the file was withdrawn (1.6, 5.1)."""
    shown = mandates.public_name(mandate, now)
    if shown is None:
        return None
    return mended.text(mandate.reference, "name", shown)


def announce(list_: List, own: Sequence[Measure], mended: Mended) -> list[Announcement]:
    """What the public is told of suspensions on this list: also of participants who have left since."""
    rows = {row.pk: row for row in mandates.of_list(list_)} if own else {}
    now = clock.now()
    return [
        Announcement(_mend(m, mended), m.mandate.seat_number, name_of(rows[m.mandate.pk], mended, now))
        for m in own
    ]


def _mend(measure: Measure, mended: Mended) -> Measure:
    """The suspension with its days after corrections (7.4); the hour stays that of the record."""
    until = measure.until
    return replace(
        measure,
        since=_moved(measure.since, mended.day(measure.reference, "from", _local(measure.since).date())),
        until=until and _moved(until, mended.day(measure.reference, "until", _local(until).date())),
    )


def _local(at: datetime) -> datetime:
    return timezone.localtime(at)


def _moved(at: datetime, day: date | None) -> datetime:
    return timezone.make_aware(datetime.combine(day, _local(at).time())) if day else at
