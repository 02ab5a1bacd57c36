"""Time in the law."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.rules import terms

days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


def test_what_ends_at_an_instant_is_over_at_that_instant() -> None:
    start, end = datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC)
    assert terms.in_force(start, end, start)
    assert terms.in_force(start, end, end - timedelta(microseconds=1))
    assert not terms.in_force(start, end, end)
    assert not terms.in_force(start, end, start - timedelta(microseconds=1))
    assert not terms.in_force(None, None, start)
    assert terms.in_force(start, None, end)


@given(start=moments, count=st.integers(1, 400))
def test_a_period_in_days_never_loses_a_part_of_a_day(start: datetime, count: int) -> None:
    end = terms.deadline(start, days=count)
    assert timedelta(days=count) < end - start <= timedelta(days=count + 1)
    assert (end.hour, end.minute, end.second) == (0, 0, 0)


def test_a_period_in_days_ends_at_midnight_of_the_place() -> None:
    zone = timezone(timedelta(hours=2))
    assert terms.deadline(datetime(2027, 3, 1, 9, tzinfo=zone), days=14) == datetime(2027, 3, 16, tzinfo=zone)


def test_a_period_in_hours_runs_by_the_clock() -> None:
    start = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
    assert terms.deadline(start, hours=72) == datetime(2027, 3, 4, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("period", [{}, {"days": 1, "hours": 1}, {"days": -1}, {"hours": 0}])
def test_a_deadline_without_one_clear_period_is_refused(period: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="days or in hours"):
        terms.deadline(datetime(2027, 3, 1, tzinfo=UTC), **period)


near = st.dates(date(2027, 1, 1), date(2027, 3, 31))


@given(start=near, count=st.integers(0, 40), holidays=st.sets(near, max_size=40))
def test_a_period_in_working_days_agrees_with_a_count_day_by_day(
    start: date, count: int, holidays: set[date]
) -> None:
    """The count asks the calendar of the standard library for the day's name and knows nothing of the rule."""

    def works(day: date) -> bool:
        return f"{day:%A}" not in ("Saturday", "Sunday") and day not in holidays

    every = [start + timedelta(days=number) for number in range(0 if count == 0 else 1, 400)]
    last = [day for day in every if works(day)][max(count, 1) - 1]

    due = terms.due_after(start, count, holidays)

    assert due.on == last
    assert [s.day for s in due.skipped] == [day for day in every if day < last and not works(day)]
    assert all((s.why == "weekend") == (f"{s.day:%a}" in ("Sat", "Sun")) for s in due.skipped)
    if count:
        assert terms.working_days_between(every[0], last + timedelta(days=1), holidays) == count


@given(start=near, count=st.integers(0, 40), holidays=st.sets(near, max_size=20), later=near)
def test_one_more_holiday_never_brings_a_period_to_an_earlier_end(
    start: date, count: int, holidays: set[date], later: date
) -> None:
    before, after = (terms.due_after(start, count, known).on for known in (holidays, holidays | {later}))
    assert after >= before


def test_a_weekend_and_a_holiday_are_passed_over_and_told() -> None:
    friday, monday = date(2027, 1, 8), date(2027, 1, 11)
    weekend = (terms.Skipped(date(2027, 1, 9), "weekend"), terms.Skipped(date(2027, 1, 10), "weekend"))
    assert terms.due_after(friday, 1) == terms.DueDay(monday, weekend)
    closed = (*weekend, terms.Skipped(monday, "holiday"))
    assert terms.due_after(friday, 1, {monday}) == terms.DueDay(date(2027, 1, 12), closed)
    assert terms.due_after(date(2027, 1, 9), 0).on == monday
    assert terms.due_after(friday, 0) == terms.DueDay(friday)


def test_a_holiday_on_a_sunday_is_a_sunday() -> None:
    sunday = date(2027, 1, 10)
    assert [s.why for s in terms.due_after(sunday, 0, {sunday}).skipped] == ["weekend"]


def test_no_period_is_shorter_than_nothing() -> None:
    with pytest.raises(ValueError, match="0 working days or more"):
        terms.due_after(date(2027, 1, 8), -1)


def test_six_months_before_the_last_of_august_is_the_last_of_february() -> None:
    assert terms.months_before(date(2027, 8, 31), 6) == date(2027, 2, 28)
    assert terms.months_before(date(2028, 8, 31), 6) == date(2028, 2, 29)
    assert terms.months_after(date(2027, 12, 15), 2) == date(2028, 2, 15)


@given(day=days, months=st.integers(0, 60))
def test_months_before_never_leave_the_month_aimed_at(day: date, months: int) -> None:
    found = terms.months_before(day, months)
    assert (day.year * 12 + day.month) - (found.year * 12 + found.month) == months
    assert found.day <= day.day


@given(
    one=st.tuples(st.none() | days, st.none() | days),
    other=st.tuples(st.none() | days, st.none() | days),
    day=days,
)
def test_an_overlap_holds_exactly_the_days_that_both_hold(
    one: tuple[date | None, date | None], other: tuple[date | None, date | None], day: date
) -> None:
    def holds(period: tuple[date | None, date | None] | None) -> bool:
        return (
            period is not None
            and (period[0] is None or period[0] <= day)
            and (period[1] is None or day < period[1])
        )

    assert holds(terms.overlap(one, other)) == (holds(one) and holds(other))


def test_a_list_may_be_proposed_from_a_day_after_the_call_closed() -> None:
    assert terms.latest_reply_date(date(2027, 3, 1), 60) == date(2027, 4, 30)
