"""A refused plea is reviewed, told by letter, erased, and still counted (procedure 2.4, 3.7)."""

from __future__ import annotations

from datetime import timedelta

from hemicycle.candidacy import actions, queries
from hemicycle.candidacy.models import Candidacy
from hemicycle.people import queries as people
from hemicycle.record import clock
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import OutOfOrder
from hemicycle.vetting import actions as vetting
from hemicycle.vetting.models import OutcomeLetter

from ..cast import Cast
from . import making
from .browsing import matter, send
from .making import refused
from .test_late import GROUND, S, act, read


def test_a_review_can_admit_late_with_a_public_ground(not_admitted: Candidacy, cast: Cast) -> None:
    made, farid = not_admitted, cast.client("farid")
    send(cast.client("nadia"), act(made, "ask_review"), reasons="Here is the paper.")
    answer = {"is_admissible": "yes", "reasons": "The paper shows it."}
    send(farid, act(made, "decide_review"), 422, **answer)
    send(farid, act(made, "decide_review"), 422, **answer, until="2027-04-20T12:00")
    until = (clock.now() + timedelta(days=4)).strftime("%Y-%m-%dT%H:%M")
    send(farid, act(made, "decide_review"), **answer, until=until, **GROUND)
    made.refresh_from_db()
    assert (made.state, made.is_late_admission, made.inadmissible_ground) == (S.DRAFT, True, "")
    actions.submit(made, cast.actor("nadia"))
    assert queries.late_grounds(made.call) == [("Detention at a border.", "en")]
    # What came is looked at like any other file, and a new decision has a review of its own.
    actions.propose_inadmissible(
        made, cast.actor("anna"), ground="not_own_act", reasons="Sent by an employer.", language="en"
    )
    actions.confirm_inadmissible(made, cast.actor("bruno"))
    actions.ask_review(made, cast.actor("nadia"), reasons="I wrote every word.", language="en")
    assert made.state == S.REVIEW_ASKED


def test_a_review_can_confirm_the_refusal_and_is_not_decided_by_who_took_part(
    not_admitted: Candidacy, cast: Cast
) -> None:
    made = not_admitted
    actions.ask_review(made, cast.actor("nadia"), reasons="Here is the paper.", language="en")
    actions.decide_review(
        made, cast.actor("farid"), is_admissible=False, reasons="It is of another day.", language="en"
    )
    assert made.state == S.INADMISSIBLE
    refused(
        Unmet, lambda: actions.ask_review(made, cast.actor("nadia"), reasons="Again.", language="en"), made
    )
    refused(OutOfOrder, lambda: actions.submit(made, cast.actor("nadia")), made)


def test_the_person_gets_an_outcome_letter_with_the_reasons(not_admitted: Candidacy, cast: Cast) -> None:
    vetting.tick()
    letter = OutcomeLetter.objects.get(candidacy=not_admitted)
    assert letter.text == "No force majeure." and letter.review_until is not None
    assert "No force majeure." in read(cast.client("nadia"), matter(letter))


def test_a_refused_plea_is_erased_after_its_term_and_still_counted(
    not_admitted: Candidacy, cast: Cast
) -> None:
    call = not_admitted.call
    with making.later(89):
        actions.tick()
        assert Candidacy.objects.exists()
    with making.later(91):
        actions.tick()
        assert not Candidacy.objects.exists()
        call.refresh_from_db()
        assert queries.counts(call)["late_refused"] == 1


def test_the_ground_of_a_late_admission_outlives_its_file(pleaded: Candidacy, cast: Cast) -> None:
    actions.ask_late_admission(pleaded, cast.actor("anna"), **GROUND)
    actions.confirm_late_admission(pleaded, cast.actor("bruno"), until=clock.now() + timedelta(days=5))
    actions.submit(pleaded, people.actor(pleaded.person))
    actions.withdraw(pleaded, people.actor(pleaded.person))
    with making.later(60):
        actions.tick()
        assert not Candidacy.objects.exists()
        pleaded.call.refresh_from_db()
        assert queries.late_grounds(pleaded.call) == [("Detention at a border.", "en")]
        assert queries.counts(pleaded.call)["late"] == 1
