"""Holidays of the seat: entered for a year, taken back, and what they do to a period in working days."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation

from hemicycle.assembly import actions, calendar
from hemicycle.assembly.models import Holiday, SeatYear
from hemicycle.record import clock
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered
from tests.cast import Cast

pytestmark = pytest.mark.django_db
FRIDAY, MONDAY, TUESDAY = date(2027, 5, 14), date(2027, 5, 17), date(2027, 5, 18)
BEGIN = "/matters/new/assembly/enter_holidays/"


def holiday(day: date) -> dict[str, Any]:
    return {"day": day, "name_en": "Whit Monday", "name_fr": "Lundi de Pentecôte", "name_ru": "Духов день"}


@pytest.fixture
def year(cast: Cast) -> SeatYear:
    made = SeatYear()
    actions.enter_holidays(made, cast.actor("anna"), year=2027, days=[holiday(MONDAY)])
    return made


def standing() -> list[date]:
    return list(calendar.holidays().values_list("day", flat=True))


def test_a_holiday_is_passed_over_and_named_in_the_readers_language(year: SeatYear) -> None:
    due = calendar.due_after(FRIDAY, 1)
    assert due.on == TUESDAY
    told = calendar.passed_over(due.skipped)
    assert told == "Passed over: Saturdays and Sundays: 2; 17\u00a0May\u00a02027 (Whit Monday)."
    with translation.override("fr"):
        assert "17\u00a0mai\u00a02027 (Lundi de Pentecôte)" in calendar.passed_over(due.skipped)
    assert calendar.passed_over(()) == ""


def test_entering_a_holiday_is_a_public_entry_with_dates_alone(year: SeatYear) -> None:
    entry = Entry.objects.get(act="enter_holidays")
    assert entry.publicity == "public"
    assert entry.facts == {"year": 2027, "days": ["2027-05-17"]}


def test_one_taken_back_counts_again_but_what_was_told_is_explained_as_it_was(
    year: SeatYear, cast: Cast
) -> None:
    told_at = clock.now()
    with clock.set_to(told_at + timedelta(days=1)):
        actions.take_back_holiday(year, cast.actor("bruno"), day=MONDAY)
        assert calendar.due_after(FRIDAY, 1).on == MONDAY
        before = calendar.due_after(FRIDAY, 1, told_at)
        assert before.on == TUESDAY and "Whit Monday" in calendar.passed_over(before.skipped, told_at)
        actions.enter_holidays(year, cast.actor("anna"), days=[holiday(MONDAY)])
        assert standing() == [MONDAY]


@pytest.mark.parametrize(
    ("days", "message"),
    [
        ([], "Enter at least one day"),
        ([MONDAY], "2027-05-17 is entered already"),
        ([TUESDAY, TUESDAY], "2027-05-18 is entered already"),
        ([date(2028, 5, 1)], "2028-05-01 is not a day of 2027"),
        ([date(2027, 1, 1) + timedelta(days=n) for n in range(60)], "60 holidays at most"),
    ],
)
def test_days_that_cannot_be_are_refused_whole(
    year: SeatYear, cast: Cast, days: list[date], message: str
) -> None:
    with pytest.raises(Unmet, match=message):
        actions.enter_holidays(year, cast.actor("anna"), days=[holiday(day) for day in days])
    assert standing() == [MONDAY]


def test_a_year_is_entered_once_and_a_day_taken_back_once(year: SeatYear, cast: Cast) -> None:
    with pytest.raises(Unmet, match="2027 is entered already"):
        actions.enter_holidays(SeatYear(), cast.actor("anna"), year=2027, days=[holiday(TUESDAY)])
    with pytest.raises(Unmet, match="2027-05-18 is no holiday"):
        actions.take_back_holiday(year, cast.actor("anna"), day=TUESDAY)
    assert (SeatYear.objects.count(), standing()) == (1, [MONDAY])


def test_only_the_secretariat_says_when_nobody_works(year: SeatYear, cast: Cast) -> None:
    for key in ("greta", "clara", "nadia"):
        with pytest.raises(NotEmpowered):
            actions.enter_holidays(year, cast.actor(key), days=[holiday(TUESDAY)])
        with pytest.raises(NotEmpowered):
            actions.take_back_holiday(year, cast.actor(key), day=MONDAY)
    assert standing() == [MONDAY]


def test_a_clerk_pastes_a_year_and_takes_a_day_back(cast: Cast) -> None:
    client = cast.client("anna")
    lines = (
        "2027-05-17; Whit Monday; Lundi de Pentecôte; Духов день\n\n2027-11-01;All Saints;Toussaint;1 ноября"
    )
    sent = client.post(BEGIN, {"once": uuid.uuid4().hex, "year": "2027", "days": lines})
    made = SeatYear.objects.get()
    assert sent.status_code == 302 and made.reference in sent.headers["Location"]
    at = f"/matters/{made.reference}/"
    back = {"once": uuid.uuid4().hex, "seen": str(made.version), "day": "2027-11-01"}
    assert client.post(f"{at}take_back_holiday/", back).status_code == 302
    page = cast.client("greta").get(at).content.decode()
    assert "Whit Monday" in page and "taken back" in page and "/take_back_holiday/" not in page
    assert standing() == [MONDAY]


def test_each_bad_line_is_named_and_nothing_typed_is_lost(cast: Cast) -> None:
    lines = "1 May; Labour Day; Fête; Праздник\n2027-12-25; Christmas\n2027-12-26;A;B;C"
    sent = cast.client("anna").post(BEGIN, {"once": uuid.uuid4().hex, "year": "2027", "days": lines})
    page = sent.content.decode()
    assert sent.status_code == 422
    assert "Line 1: the date is written as 2027-05-01" in page
    assert "Line 2: after the date stand three names" in page
    assert "Line 3" not in page and "2027-12-25; Christmas" in page
    assert not Holiday.objects.exists() and not SeatYear.objects.exists()
