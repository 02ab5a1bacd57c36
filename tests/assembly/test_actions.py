"""Sessions, bodies, the presidency, the charter's versions and the forum: each act done, and refused unchanged."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hemicycle.assembly import actions, queries
from hemicycle.assembly.models import ActingPresidency, Adoption, Body, ForumDecision, PartSession, Session
from hemicycle.people.models import Holding
from hemicycle.record import clock, law
from hemicycle.record.acts import SamePerson
from hemicycle.record.models import CharterVersion, Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from hemicycle.voting import actions as voting
from hemicycle.voting.models import Vote
from tests.assembly.conftest import Seat
from tests.cast import Cast, charter

YEAR = {"name": "2027", "opens_on": date(2027, 1, 25), "closes_on": date(2028, 1, 23)}
NEXT = {"name": "2028", "opens_on": date(2028, 1, 24), "closes_on": date(2029, 1, 21)}


@pytest.fixture
def session(host: Cast) -> Session:
    made = Session(**YEAR)
    actions.open_session(made, host.actor("anna"))
    return made


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


def amended(version: str = "1.1") -> str:
    text = charter().text.replace('version = "1.0"', f'version = "{version}"', 1)
    return text.replace("[seats.total]\nvalue = 15", "[seats.total]\nvalue = 18", 1)


def drafted(cast: Cast, text: str = "") -> Adoption:
    made = Adoption(
        text=text or amended(), prose={code: charter().prose(code) for code in ("en", "fr", "ru")}
    )
    actions.draft_charter(made, cast.actor("anna"))
    return made


def test_a_version_that_gives_an_act_no_article_is_refused(host: Cast) -> None:
    """It would stop every page that names the article of that act."""
    text = amended().replace('assembly.close_session = "8.1"\n', "")
    before = Adoption.objects.count(), Entry.objects.count()
    with pytest.raises(Unmet) as caught:
        drafted(host, text)
    assert [f.params["key"] for f in caught.value.findings] == ["articles.assembly.close_session"]
    assert (Adoption.objects.count(), Entry.objects.count()) == before


def test_both_are_consulted_before_the_bureau_adopts(host: Cast) -> None:
    made = drafted(host)
    with pytest.raises(OutOfOrder):
        actions.adopt_charter(made, host.actor("bruno"), source="Minutes of 8 February 2027")
    actions.consult_secretary_general(made, host.actor("jonas"), answer="No objection.")
    assert made.state == "drafted", "one of the two is not enough"
    with pytest.raises(NotEmpowered):
        actions.consult_general_rapporteur(made, host.actor("jonas"), answer="Nor here.")
    actions.consult_general_rapporteur(made, host.actor("katia"), answer="I agree.")
    assert made.state == "consulted"
    with pytest.raises(SamePerson):
        actions.adopt_charter(made, host.actor("anna"), source="Minutes of 8 February 2027")
    actions.adopt_charter(made, host.actor("bruno"), source="Minutes of 8 February 2027")
    assert law.in_force().seats.total.value == 18
    assert law.in_force().version == "1.1"


def test_the_same_answer_is_not_given_twice(host: Cast) -> None:
    made = drafted(host)
    actions.consult_secretary_general(made, host.actor("jonas"), answer="No objection.")
    with pytest.raises(Unmet, match="given already"):
        actions.consult_secretary_general(made, host.actor("jonas"), answer="Or perhaps.")
    made.refresh_from_db()
    assert made.secretary_general_text == "No objection."


def consulted(cast: Cast) -> Adoption:
    made = drafted(cast)
    actions.consult_secretary_general(made, cast.actor("jonas"), answer="No objection.")
    actions.consult_general_rapporteur(made, cast.actor("katia"), answer="I agree.")
    return made


def test_an_adoption_names_a_decision_that_the_record_knows(host: Cast) -> None:
    made = consulted(host)
    with pytest.raises(Unmet, match="Name the Bureau"):
        actions.adopt_charter(made, host.actor("greta"))
    with pytest.raises(Unmet, match="no vote VOTE-NONE of the Bureau"):
        actions.adopt_charter(made, host.actor("greta"), vote="VOTE-NONE")
    with pytest.raises(Unmet, match="in the past"):
        actions.adopt_charter(
            made, host.actor("greta"), source="Minutes", in_force_from=clock.now() - timedelta(days=1)
        )
    assert CharterVersion.objects.count() == 1 and law.in_force().version == "1.0"


def held(cast: Cast, subject: str, body: str = "bureau", for_: int = 9) -> str:
    """A vote held elsewhere and confirmed by two clerks; its reference."""
    vote = Vote(
        subject=subject, body=body, held_on=clock.today(), question_en="Adopt?", question_fr="Adopter ?",
        question_ru="Принять?",
    )  # fmt: skip
    voting.record_elsewhere(
        vote, cast.actor("anna"), form="show_of_hands", source="Minutes", for_=for_, against=1, abstentions=0
    )
    voting.confirm_elsewhere(vote, cast.actor("bruno"))
    return vote.reference


def test_only_a_vote_of_the_bureau_on_this_version_that_carried_adopts_it(host: Cast) -> None:
    made = consulted(host)
    other = held(host, "")
    of_the_assembly = held(host, made.reference, body="assembly")
    rejected = held(host, made.reference, for_=0)
    for vote in (other, of_the_assembly, rejected):
        with pytest.raises(Unmet, match="on this version that carried"):
            actions.adopt_charter(made, host.actor("greta"), vote=vote)
    assert CharterVersion.objects.count() == 1
    actions.adopt_charter(made, host.actor("greta"), vote=held(host, made.reference))
    assert law.in_force().version == "1.1"


def test_a_version_comes_into_force_on_its_day_and_old_sessions_keep_old_law(
    host: Cast, session: Session
) -> None:
    made = consulted(host)
    day = clock.now() + timedelta(days=10)
    actions.adopt_charter(made, host.actor("greta"), source="Minutes", in_force_from=day)
    assert law.in_force().version == "1.0"
    with clock.set_to(day):
        assert law.in_force().version == "1.1"
        assert queries.charter_of(session).version == "1.0"


def test_a_draft_with_errors_names_each_by_line(host: Cast) -> None:
    with pytest.raises(Unmet) as error:
        drafted(host, amended().replace("value = 18\n", 'value = "many"\n', 1))
    assert any("seats.total" in str(finding) and "Line" in str(finding) for finding in error.value.findings)
    assert not Adoption.objects.exists()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('version = "1.1"', 'version = "1.0"', "adopted before"),
        ('key = "pace-2025"', 'key = "other"', "another charter"),
    ],
)
def test_a_draft_is_a_new_version_of_the_same_charter(host: Cast, old: str, new: str, message: str) -> None:
    with pytest.raises(Unmet, match=message):
        drafted(host, amended().replace(old, new, 1))
    assert not Adoption.objects.exists()


def test_a_draft_can_be_withdrawn_until_it_is_adopted(host: Cast) -> None:
    made = consulted(host)
    actions.withdraw_draft(made, host.actor("anna"))
    with pytest.raises(OutOfOrder):
        actions.adopt_charter(made, host.actor("greta"), source="Minutes")
    assert CharterVersion.objects.count() == 1


def test_a_committee_that_a_new_version_adds_is_formed(host: Cast) -> None:
    extra = (
        '\n[[committees]]\nkey = "observers"\narticle = "1.5"\nstatus = "placeholder"\nsource = "P1"\n\n'
        '[[committees.names]]\nname.en = "Observers"\nname.fr = "Observateurs"\nname.ru = "Наблюдатели"\n'
    )
    text = amended().replace("\n[[chapters]]", extra + "\n[[chapters]]", 1)
    made = drafted(host, text)
    actions.consult_secretary_general(made, host.actor("jonas"), answer="No objection.")
    actions.consult_general_rapporteur(made, host.actor("katia"), answer="I agree.")
    actions.adopt_charter(made, host.actor("greta"), source="Minutes")
    assert Body.objects.get(code="observers").name_fr == "Observateurs"


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
