"""Sessions, bodies, the presidency, the charter's versions and the forum: each act done, and refused unchanged."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hemicycle.assembly import actions, queries
from hemicycle.assembly.models import ActingPresidency, Body, ForumDecision, PartSession, Session
from hemicycle.people.models import Holding
from hemicycle.record import clock, law
from hemicycle.record.acts import SamePerson
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from tests.assembly.conftest import YEAR, Seat
from tests.cast import Cast, charter

NEXT = {"name": "2028", "opens_on": date(2028, 1, 24), "closes_on": date(2029, 1, 21)}


def test_a_session_that_runs_is_open_and_names_its_charter(host: Cast, session: Session) -> None:
    assert (session.state, session.charter) == ("open", charter().reference)
    assert queries.current_session() == session
    assert queries.charter_of(session) == law.in_force()


def test_a_session_to_come_is_planned_and_opens_by_its_date(host: Cast, session: Session) -> None:
    later = Session(**NEXT)
    actions.open_session(later, host.actor("anna"))
    assert later.state == "planned" and queries.current_session() == session
    with clock.set_to(later.opens_at):
        assert later.standing(clock.now()) == "open", "by its date, though no clock has run"
        assert queries.current_session() == later
        assert actions.tick() == 2, "one session closes and the next begins"
        later.refresh_from_db()
        session.refresh_from_db()
        assert (session.state, later.state, later.charter) == ("closed", "open", charter().reference)
        assert actions.tick() == 0


def test_a_session_is_over_at_the_end_of_its_last_day(session: Session) -> None:
    assert session.standing(session.closes_at - timedelta(seconds=1)) == "open"
    assert session.standing(session.closes_at) == "closed"
    assert queries.current_session(session.closes_at) is None


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"closes_on": date(2027, 1, 25)}, "closes after the day"),
        ({"opens_on": date(2025, 1, 1), "closes_on": date(2026, 1, 1)}, "over already"),
        ({"name": "2027"}, "belong to the session 2027"),
    ],
)
def test_a_session_that_cannot_be_is_refused(
    session: Session, host: Cast, values: dict[str, object], message: str
) -> None:
    with pytest.raises(Unmet, match=message):
        actions.open_session(Session(**{**YEAR, "name": "other", **values}), host.actor("anna"))
    assert Session.objects.count() == 1


def test_only_the_secretariat_enters_sessions_and_only_the_clock_ends_them(
    host: Cast, session: Session
) -> None:
    with pytest.raises(NotEmpowered):
        actions.open_session(Session(**NEXT), host.actor("greta"))
    with pytest.raises(NotEmpowered):
        actions.close_session(session, host.actor("anna"))
    assert Session.objects.get().state == "open"


def test_part_sessions_lie_within_the_session_and_apart(host: Cast, session: Session) -> None:
    clerk = host.actor("anna")
    actions.add_part_session(
        session, clerk, number=1, from_day=date(2027, 1, 25), until_day=date(2027, 1, 29)
    )
    for number, first, last, message in [
        (1, date(2027, 4, 12), date(2027, 4, 16), "exists already"),
        (2, date(2027, 1, 29), date(2027, 2, 3), "Part-session 1 sits then"),
        (2, date(2028, 1, 22), date(2028, 1, 28), "within its session"),
        (5, date(2027, 10, 4), date(2027, 10, 8), "has 4 part-sessions"),
    ]:
        with pytest.raises(Unmet, match=message):
            actions.add_part_session(session, clerk, number=number, from_day=first, until_day=last)
    assert PartSession.objects.count() == 1
    actions.add_part_session(
        session, clerk, number=2, from_day=date(2027, 4, 12), until_day=date(2027, 4, 16)
    )
    actions.move_part_session(
        session, clerk, number=2, from_day=date(2027, 4, 19), until_day=date(2027, 4, 23)
    )
    assert PartSession.objects.get(number=2).from_day == date(2027, 4, 19)
    with pytest.raises(Unmet, match="no part-session 1 to come"):
        actions.move_part_session(
            session, clerk, number=1, from_day=date(2027, 5, 3), until_day=date(2027, 5, 7)
        )


def test_bodies_come_from_the_charter_and_cannot_be_dissolved_while_it_names_them(host: Cast) -> None:
    with pytest.raises(Unmet, match="names this body"):
        actions.dissolve_body(Body.objects.get(code="bureau"), host.actor("anna"))
    extra = Body(code="ad_hoc", kind="committee", name_en="Ad hoc", name_fr="Ad hoc", name_ru="Ад хок")
    actions.form_body(extra, host.actor("anna"))
    actions.rename_body(extra, host.actor("anna"), name_en="Ad hoc group", name_fr="Groupe", name_ru="Группа")
    actions.dissolve_body(extra, host.actor("anna"))
    extra.refresh_from_db()
    assert (extra.state, extra.name_en) == ("dissolved", "Ad hoc group")


def test_a_vice_president_by_precedence_acts_as_president(host: Cast, seat: Seat) -> None:
    seat("bureau", "vice_president", host.ilse, precedence=1)
    acting = ActingPresidency(person=host.ilse, ground="absence")
    actions.appoint_acting_president(acting, host.actor("anna"))
    assert not queries.is_acting_president(host.ilse), "named is not confirmed"
    with pytest.raises(SamePerson):
        actions.confirm_acting_president(acting, host.actor("anna"))
    actions.confirm_acting_president(acting, host.actor("bruno"))
    assert queries.is_acting_president(host.ilse)
    assert queries.presiding() == host.ilse
    assert queries.office_of_president_holder() == host.greta
    actions.end_acting_president(acting, host.actor("anna"))
    assert queries.presiding() == host.greta


def test_who_passes_over_a_vice_president_says_why(host: Cast, seat: Seat) -> None:
    seat("bureau", "vice_president", host.ilse, precedence=1)
    seat("bureau", "vice_president", host.henri, precedence=2)
    with pytest.raises(Unmet, match="1 Vice-Presidents come before"):
        actions.appoint_acting_president(
            ActingPresidency(person=host.henri, ground="absence"), host.actor("anna")
        )
    with pytest.raises(Unmet, match="Only a Vice-President"):
        actions.appoint_acting_president(
            ActingPresidency(person=host.luca, ground="absence"), host.actor("anna")
        )
    assert not ActingPresidency.objects.exists()
    actions.appoint_acting_president(
        ActingPresidency(ground="absence"),
        host.actor("anna"),
        person=host.henri,
        passed_over="Travelling until May.",
    )
    entry = Entry.objects.get(act="appoint_acting_president")
    assert "Travelling" not in str(entry.facts)


@pytest.mark.parametrize("office", ["assessor", "reviewer"])
def test_who_assesses_does_not_act_as_president(host: Cast, seat: Seat, office: str) -> None:
    seat("bureau", "vice_president", host.ilse, precedence=1)
    acting = ActingPresidency(person=host.ilse, ground="absence")
    actions.appoint_acting_president(acting, host.actor("anna"))
    held = Holding.objects.create(
        person=host.ilse, office=office, held_from=clock.now() - timedelta(days=1), state="held", reference="HOLD-TEST",
        created_at=clock.now(), version=1,
    )  # fmt: skip
    with pytest.raises(Unmet, match="does not go together"):
        actions.confirm_acting_president(acting, host.actor("bruno"))
    assert not queries.is_acting_president(host.ilse)
    actions.refuse_acting_president(acting, host.actor("bruno"))
    with pytest.raises(Unmet, match="does not go together"):
        actions.appoint_acting_president(
            ActingPresidency(person=host.ilse, ground="absence"), host.actor("anna")
        )
    assert ActingPresidency.objects.count() == 1
    Holding.objects.filter(pk=held.pk).update(held_until=clock.now())
    actions.appoint_acting_president(ActingPresidency(person=host.ilse, ground="absence"), host.actor("anna"))


def test_an_acting_presidency_ends_by_its_date_though_no_clock_has_run(host: Cast, seat: Seat) -> None:
    seat("bureau", "vice_president", host.ilse, precedence=1)
    acting = ActingPresidency(person=host.ilse, ground="absence", until_at=clock.now() + timedelta(days=2))
    actions.appoint_acting_president(acting, host.actor("anna"))
    actions.confirm_acting_president(acting, host.actor("bruno"))
    with clock.set_to(acting.until_at):
        assert queries.presiding() == host.greta
        with pytest.raises(OutOfOrder):
            actions.end_acting_president(acting, host.actor("anna"))
        assert actions.tick() == 1
    acting.refresh_from_db()
    assert acting.state == "ended"


def test_an_ended_presidency_that_no_clock_wrote_down_does_not_hold_up_the_next(
    host: Cast, seat: Seat
) -> None:
    seat("bureau", "vice_president", host.ilse, precedence=1)
    first = ActingPresidency(person=host.ilse, ground="absence", until_at=clock.now() + timedelta(days=2))
    actions.appoint_acting_president(first, host.actor("anna"))
    actions.confirm_acting_president(first, host.actor("bruno"))
    with clock.set_to(first.until_at):
        second = ActingPresidency(person=host.ilse, ground="vacancy")
        actions.appoint_acting_president(second, host.actor("anna"))
        actions.confirm_acting_president(second, host.actor("bruno"))
        assert queries.acting_at() == second
    first.refresh_from_db()
    assert first.state == "ended"


def test_a_second_named_acting_president_is_refused_while_one_acts(host: Cast, seat: Seat) -> None:
    seat("bureau", "vice_president", host.ilse, precedence=1)
    first = ActingPresidency(person=host.ilse, ground="absence")
    actions.appoint_acting_president(first, host.actor("anna"))
    second = ActingPresidency(person=host.ilse, ground="vacancy")
    actions.appoint_acting_president(second, host.actor("anna"))
    actions.confirm_acting_president(first, host.actor("bruno"))
    with pytest.raises(Unmet, match="acts as President already"):
        actions.confirm_acting_president(second, host.actor("bruno"))
    actions.refuse_acting_president(second, host.actor("bruno"))
    assert second.state == "refused"


def test_the_forum_ends_the_reserve_once_a_second_clerk_confirms(host: Cast) -> None:
    decision = ForumDecision(
        forum="indigenous-forum", decided_on=date(2027, 2, 1), source="Resolution 9999 (2027)"
    )
    actions.record_forum_decision(decision, host.actor("anna"))
    assert queries.forum_established_at(law.in_force()) is None
    with pytest.raises(SamePerson):
        actions.confirm_forum_decision(decision, host.actor("anna"))
    actions.confirm_forum_decision(decision, host.actor("bruno"))
    assert queries.forum_established_at(law.in_force()) == clock.now()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"forum": "elsewhere"}, "names no such forum"),
        ({"decided_on": date(2027, 2, 10)}, "has not been taken"),
    ],
)
def test_a_forum_decision_that_cannot_be_is_refused(
    host: Cast, values: dict[str, object], message: str
) -> None:
    facts = {"forum": "indigenous-forum", "decided_on": date(2027, 2, 1), "source": "Resolution", **values}
    with pytest.raises(Unmet, match=message):
        actions.record_forum_decision(ForumDecision(**facts), host.actor("anna"))
    assert not ForumDecision.objects.exists()


def test_a_forum_decision_entered_in_error_is_withdrawn(host: Cast) -> None:
    decision = ForumDecision(forum="indigenous-forum", decided_on=date(2027, 2, 1), source="Resolution")
    actions.record_forum_decision(decision, host.actor("anna"))
    actions.withdraw_forum_decision(decision, host.actor("anna"))
    assert queries.forum_established_at(law.in_force()) is None
