"""Urgent suspensions: a way out of each state, their dates in public, and the hours of the reply (9.5, 6.2, 6.3)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from hemicycle.mandates import queries as seats
from hemicycle.notices import actions as notices
from hemicycle.notices.models import Letter
from hemicycle.people.models import Person
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK
from hemicycle.record.acts import SamePerson
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from hemicycle.suspension import actions, queries, views
from hemicycle.suspension.models import Case, Translation

from .conftest import Sitting

NAMED = "Oksana Invented"


def asked(sitting: Sitting, by: str = "jonas") -> Case:
    case = sitting.alleged("greta" if by == "jonas" else "katia")
    actions.suspend_urgently(case, sitting.by(by), danger="Tonight.", language="en")
    return case


def urgent(sitting: Sitting) -> Case:
    case = sitting.alleged()
    actions.suspend_urgently(case, sitting.by("greta"), danger="Tonight.", language="en")
    actions.confirm_urgent(case, sitting.by("jonas"), substance="Said it.", language="en")
    return case


# --- a way out ------------------------------------------------------------------------------------------------------


def test_where_nobody_is_left_to_confirm_the_participant_is_notified_all_the_same(sitting: Sitting) -> None:
    case = asked(sitting)  # the President made the allegation, so that there is no second office
    for act in (actions.confirm_urgent, actions.refuse_urgent):
        given = {"substance": "x"} if act is actions.confirm_urgent else {"reasons": "x"}
        with pytest.raises(SamePerson):
            act(case, sitting.by("jonas"), language="en", **given)
        with pytest.raises(NotEmpowered):
            act(case, sitting.by("greta"), language="en", **given)
    page = sitting.found.cast.client("anna").get(f"/matters/{case.reference}/notify/").content.decode()
    assert "the request is dropped" in page
    assert list(views.waiting(sitting.by("anna"))) == [], "a clerk is not pressed to drop it"
    actions.notify(case, sitting.by("anna"), substance="Said it on 3 May.", language="en")
    assert (case.state, case.urgent_by, case.urgent_until) == ("notified", "", None)
    assert seats.seats_at()[sitting.mandate.seat_number - 1].state == "sitting"
    with pytest.raises(OutOfOrder):
        actions.confirm_urgent(case, sitting.by("jonas"), substance="x", language="en")
    assert queries.public_measures() == []


def test_the_allegation_can_be_taken_back_while_an_urgent_suspension_is_asked(sitting: Sitting) -> None:
    case = asked(sitting)
    for key in ("jonas", "anna", "katia"):
        with pytest.raises(NotEmpowered):
            actions.withdraw(case, sitting.by(key))
    actions.withdraw(case, sitting.by("greta"))
    assert (case.state, case.urgent_by) == ("withdrawn", "")


def test_a_notice_without_a_request_says_nothing_of_one(sitting: Sitting) -> None:
    case = sitting.alleged()
    page = sitting.found.cast.client("anna").get(f"/matters/{case.reference}/notify/").content.decode()
    assert "the request is dropped" not in page


# --- the dates in public --------------------------------------------------------------------------------------------


def told(at: datetime | None = None) -> list[tuple[str, datetime, datetime | None]]:
    return [(m.state, m.since, m.until) for m in queries.public_measures(at)]


def test_a_suspension_after_an_urgent_one_has_lapsed_is_told_apart_and_the_correction_stays(
    sitting: Sitting,
) -> None:
    case = urgent(sitting)
    begun, until = clock.now(), case.urgent_until
    assert until is not None
    with clock.set_to(until):
        assert actions.tick() == 1
        lapsed = ("lapsed", begun, until)
        assert told() == [lapsed]
    later = until + timedelta(days=16)
    with clock.set_to(later):
        actions.find_prima_facie(case, sitting.by("jonas"), reasons="Clear.", language="en")
        actions.suspend(case, sitting.by("greta"))
        assert told() == [("suspended", later, case.review_by), lapsed]
        actions.review(case, sitting.by("anna"), reviewer=sitting.found.cast.farid)
        assert told(until + timedelta(days=1)) == [lapsed], "as it stood between the two"
        assert told(until - timedelta(days=1)) == [("suspended", begun, until)]
    with clock.set_to(later + timedelta(days=3)):
        actions.dismiss(case, sitting.by("farid"), reasons="Somebody else.", language="en")
        assert told() == [("dismissed", later, clock.now()), lapsed]


def test_a_suspension_in_the_days_of_an_urgent_one_is_one_measure_from_its_beginning(
    sitting: Sitting,
) -> None:
    case = urgent(sitting)
    begun = clock.now()
    with clock.set_to(begun + timedelta(days=4)):
        actions.find_prima_facie(case, sitting.by("jonas"), reasons="Clear.", language="en")
        actions.suspend(case, sitting.by("greta"))
        assert told() == [("suspended", begun, case.review_by)]


@pytest.mark.parametrize("days", [5, 40])
def test_no_case_found_ends_an_urgent_suspension_or_moves_no_date_of_one_that_is_over(
    sitting: Sitting, days: int
) -> None:
    case = urgent(sitting)
    begun, until = clock.now(), case.urgent_until
    assert until is not None
    with clock.set_to(begun + timedelta(days=days)):
        actions.tick()
        actions.find_no_case(case, sitting.by("jonas"), reasons="A mistake.", language="en")
        assert told() == [("dismissed", begun, min(clock.now(), until))]


# --- the hours of the reply -----------------------------------------------------------------------------------------


@pytest.fixture
def untold(sitting: Sitting) -> Case:
    """An urgent notice in English to somebody who reads Russian, without its translation."""
    read(sitting, "ru")
    case = urgent(sitting)
    assert (case.told_at, case.owed_language) == (None, "ru")
    return case


def read(sitting: Sitting, language: str) -> None:
    Person.objects.filter(pk=sitting.mandate.person_id).update(language=language)
    sitting.mandate.refresh_from_db()


def no_finding(sitting: Sitting, case: Case, words: str) -> None:
    before = Case.objects.filter(pk=case.pk).values().get()
    with pytest.raises(Unmet, match=words):
        actions.find_prima_facie(case, sitting.by("jonas"), reasons="Clear.", language="en")
    assert Case.objects.filter(pk=case.pk).values().get() == before
    case.refresh_from_db()


def test_who_chooses_the_language_of_the_notice_has_the_hours_from_then_on_and_is_told(
    sitting: Sitting, untold: Case
) -> None:
    case = untold
    assert actions.tick() == 0, "nothing begins while the notice does not stand in the language"
    read(sitting, "en")
    later = clock.now() + timedelta(days=3)
    with clock.set_to(later):
        assert actions.tick() == 1 and actions.tick() == 0
        case.refresh_from_db()
        assert (case.told_at, case.reply_due) == (later, later + timedelta(hours=72))
        assert Entry.objects.get(matter=case.reference, act="begin_reply").publicity == "sealed"
        notices.read_on()
        letters = Letter.objects.filter(about=case.reference, person=sitting.mandate.person)
        assert letters.count() == 2, "the notice, and that the time runs"
        no_finding(sitting, case, "no finding before")
    with clock.set_to(later + timedelta(hours=72)):
        actions.find_prima_facie(case, sitting.by("jonas"), reasons="Clear.", language="en")
    assert case.state == "prima_facie"


@pytest.mark.parametrize("now_read", ["fr", "en"])
def test_a_translation_into_the_language_of_the_notices_day_begins_the_hours_whatever_is_read_since(
    sitting: Sitting, untold: Case, now_read: str
) -> None:
    case = untold
    read(sitting, now_read)
    given = {"of": "substance", "language": "ru", "translator": NAMED}
    actions.translate(case, sitting.by("anna"), text="Сказал.", **given)
    assert (case.told_at, case.reply_due) == (clock.now(), clock.now() + timedelta(hours=72))
    due = case.reply_due
    with clock.set_to(clock.now() + timedelta(hours=1)):
        assert actions.tick() == 0
        actions.translate(case, sitting.by("anna"), text="Он сказал.", **given)
        assert case.reply_due == due, "the hours are given once"


def test_a_translation_into_the_language_of_today_begins_the_hours_too(
    sitting: Sitting, untold: Case
) -> None:
    case = untold
    read(sitting, "fr")
    case.refresh_from_db()
    actions.translate(
        case, sitting.by("anna"), of="substance", text="Il l’a dit.", language="fr", translator=NAMED
    )
    assert case.told_at == clock.now()


def test_a_translation_that_stood_before_the_language_was_chosen_counts(
    sitting: Sitting, untold: Case
) -> None:
    case = untold
    actions.translate(
        case, sitting.by("anna"), of="substance", text="Il l’a dit.", language="fr", translator=NAMED
    )
    assert case.told_at is None and actions.tick() == 0
    read(sitting, "fr")
    assert actions.tick() == 1
    assert Case.objects.get().told_at == clock.now() and Translation.objects.count() == 1


def test_the_hours_are_begun_by_the_clock_alone_and_never_twice(sitting: Sitting, untold: Case) -> None:
    read(sitting, "en")
    for key in ("anna", "jonas", "greta"):
        with pytest.raises(NotEmpowered):
            actions.begin_reply(untold, sitting.by(key))
    assert Case.objects.get().told_at is None
    assert actions.tick() == 1
    with pytest.raises(OutOfOrder):
        actions.begin_reply(untold, CLOCK)
    assert Entry.objects.filter(act="begin_reply").count() == 1
