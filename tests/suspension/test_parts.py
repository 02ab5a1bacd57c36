"""Parts in a case that are no holding: who is acting President (5.9), and who has a seat; and what their pages ask."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hemicycle.assembly import actions as assembly
from hemicycle.assembly.models import ActingPresidency
from hemicycle.mandates import actions as mandates
from hemicycle.mandates import queries as seats
from hemicycle.mandates.models import Mandate
from hemicycle.people.models import Holding
from hemicycle.record.models import Entry
from hemicycle.rules.procedure import NotEmpowered
from hemicycle.suspension import actions, queries, views
from hemicycle.suspension.models import Case

from ..cast import sign_in
from .conftest import Sitting


def preside(sitting: Sitting) -> ActingPresidency:
    """From now on Henri, a Vice-President, is acting President; without his seat in the house he holds only that."""
    acting = ActingPresidency(person=sitting.found.cast.henri, ground="absence")
    assembly.appoint_acting_president(acting, sitting.by("anna"))
    assembly.confirm_acting_president(acting, sitting.by("bruno"))
    return acting


def test_an_acting_president_reads_the_cases_and_suspends(sitting: Sitting) -> None:
    case = sitting.found_prima_facie()
    assert not queries.visible_to(sitting.by("henri")).exists()
    with pytest.raises(NotEmpowered):
        actions.suspend(case, sitting.by("henri"))
    stored = Case.objects.get(pk=case.pk)
    assert (stored.state, stored.version) == (case.state, case.version)
    preside(sitting)
    henri = sitting.by("henri")
    assert queries.visible_to(henri).filter(pk=case.pk).exists()
    (waits,) = views.waiting(henri)
    assert case.reference in waits.title
    page = sitting.found.cast.client("henri").get(f"/matters/{case.reference}/").content.decode()
    assert "/suspend/" in page
    actions.suspend(case, henri)
    assert Entry.objects.get(matter=case.reference, act="suspend").office == "acting_president"
    assert seats.seats_at()[sitting.mandate.seat_number - 1].state == "suspended"


def test_an_acting_president_asks_for_an_urgent_suspension_and_is_no_second_to_the_president(
    sitting: Sitting,
) -> None:
    preside(sitting)
    case = sitting.alleged()
    actions.suspend_urgently(case, sitting.by("henri"), danger="Tonight.", language="en")
    assert case.urgent_by == "acting_president"
    actions.confirm_urgent(case, sitting.by("jonas"), substance="Said it.", language="en")
    assert seats.seats_at()[sitting.mandate.seat_number - 1].state == "suspended"


def test_who_no_longer_acts_as_president_has_no_part(sitting: Sitting) -> None:
    case = sitting.found_prima_facie()
    assembly.end_acting_president(preside(sitting), sitting.by("anna"))
    assert not queries.visible_to(sitting.by("henri")).exists()
    with pytest.raises(NotEmpowered):
        actions.suspend(case, sitting.by("henri"))


def test_an_acting_president_finds_the_seats_and_the_cases_in_the_menu_and_fills_a_vacancy(
    sitting: Sitting,
) -> None:
    mandates.renounce(sitting.mandate, sitting.participant)
    Holding.objects.filter(person=sitting.found.cast.henri).exclude(office="bureau_member").delete()
    client = sitting.found.cast.client("henri")
    assert client.get("/participation/").status_code == 404
    before = client.get("/desk/").content.decode()
    assert 'href="/participation/"' not in before and 'href="/suspension/"' not in before
    preside(sitting)
    page = client.get("/participation/")
    assert page.status_code == 200 and "Fill the vacancy" in page.content.decode()
    after = client.get("/desk/").content.decode()
    assert 'href="/participation/"' in after and 'href="/suspension/"' in after


def test_who_may_not_fill_a_vacancy_has_no_button_for_it(sitting: Sitting) -> None:
    mandates.renounce(sitting.mandate, sitting.participant)
    for key, fills in (("anna", True), ("greta", True), ("jonas", False), ("farid", False)):
        page = sitting.found.cast.client(key).get("/participation/").content.decode()
        assert ("Fill the vacancy" in page) is fills, key


def test_a_participant_finds_cases_and_allegations_in_the_menu_while_the_seat_lasts(sitting: Sitting) -> None:
    client = sign_in(sitting.mandate.person)
    assert 'href="/suspension/"' in client.get("/desk/").content.decode()
    assert "/suspension/allege/" in client.get("/suspension/").content.decode()
    case = sitting.suspended()
    assert 'href="/suspension/"' in client.get("/desk/").content.decode(), "also while suspended"
    mandates.renounce(Mandate.objects.get(pk=case.mandate_id), sitting.participant)
    assert 'href="/suspension/"' not in client.get("/desk/").content.decode()
    assert 'href="/suspension/"' not in sitting.found.cast.client("quiet").get("/desk/").content.decode()


def test_the_menu_asks_one_question_of_whoever_never_had_a_seat_and_few_of_a_participant(
    sitting: Sitting,
) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert not seats.has_seat(sitting.by("quiet"))
    stranger = len([q for q in captured if "mandates_mandate" in q["sql"]])
    with CaptureQueriesContext(connection) as captured:
        assert seats.has_seat(sitting.participant)
    assert (stranger, len(captured) < 12) == (1, True)


@pytest.mark.parametrize("key", ["anna", "jonas", "greta", "farid", "katia"])
def test_what_waits_costs_as_much_whatever_the_number_of_cases(sitting: Sitting, key: str) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            list(views.waiting(sitting.by(key)))
        return len(captured)

    def more() -> None:
        for one in (sitting.alleged(), sitting.alleged()):
            actions.suspend_urgently(one, sitting.by("greta"), danger="Tonight.", language="en")
        sitting.alleged()
        sitting.notified()
        sitting.replied()

    sitting.under_review()
    sitting.mandate = seats.in_force()[1]
    more()
    before = asked()
    more()
    more()
    assert asked() == before
