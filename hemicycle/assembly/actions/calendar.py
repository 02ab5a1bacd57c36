"""Holidays of the seat: entered for a year, and taken back. A deadline that was told stands all the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts, gate
from hemicycle.rules.findings import N_, Finding, Unmet

from .. import queries
from ..models import Holiday, SeatYear
from ..procedure import SEAT_YEAR

AT_MOST = 60  # holidays of one year: more is a mistake, and would leave hardly a day to count

act = gate(SEAT_YEAR, queries.offices)


@act
def enter_holidays(
    seat_year: SeatYear, by: Actor, *, days: Sequence[Mapping[str, Any]], year: int | None = None
) -> Facts:
    """Enter days without work, each {day, name_en, name_fr, name_ru}. Periods that begin from now on pass over them;
    what was told before stands: no person's deadline moves behind that person's back.
    """
    if seat_year.pk is None:
        seat_year.year = year or seat_year.year
        if SeatYear.objects.filter(year=seat_year.year).exists():
            raise _unmet(
                N_("%(year)s is entered already. Add the days on its page."), year=str(seat_year.year)
            )
        seat_year.save()
    _check(seat_year, [given["day"] for given in days])
    now = clock.now()
    Holiday.objects.bulk_create(Holiday(seat_year=seat_year, entered_at=now, **given) for given in days)
    return Facts({"year": seat_year.year, "days": sorted(given["day"] for given in days)})


def _check(seat_year: SeatYear, days: Sequence[date]) -> None:
    standing = set(seat_year.holidays.filter(taken_back_at__isnull=True).values_list("day", flat=True))
    if not days:
        raise _unmet(N_("Enter at least one day."))
    if len(days) + len(standing) > AT_MOST:
        raise _unmet(N_("A year has %(count)s holidays at most."), count=AT_MOST)
    twice = {day for day, count in Counter(days).items() if count > 1} | standing.intersection(days)
    outside = {day for day in days if day.year != seat_year.year}
    found = [_finding(N_("%(day)s is entered already."), day=day.isoformat()) for day in sorted(twice)]
    found += [
        _finding(N_("%(day)s is not a day of %(year)s."), day=day.isoformat(), year=str(seat_year.year))
        for day in sorted(outside)
    ]
    if found:
        raise Unmet(*found)


@act
def take_back_holiday(seat_year: SeatYear, by: Actor, *, day: date) -> Facts:
    """The day counts again, for periods that begin from now on."""
    row = seat_year.holidays.filter(day=day, taken_back_at__isnull=True).first()
    if row is None:
        raise Unmet(
            Finding(N_("%(day)s is no holiday."), {"day": day.isoformat()}, "assembly.take_back_holiday")
        )
    row.taken_back_at = clock.now()
    row.save(update_fields=["taken_back_at"])
    return Facts({"year": seat_year.year, "day": day})


def _finding(message: str, **params: object) -> Finding:
    return Finding(message, params, "assembly.enter_holidays")


def _unmet(message: str, **params: object) -> Unmet:
    return Unmet(_finding(message, **params))
