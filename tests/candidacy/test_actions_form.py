"""Acts on form, late admission, and what others say: each done once, refused once with nothing changed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hemicycle.candidacy import actions, queries
from hemicycle.candidacy.models import Call, Candidacy, CounterStatement, Endorsement, Slate
from hemicycle.candidacy.procedure import CandidacyState, CounterStatementState
from hemicycle.record import clock
from hemicycle.record.acts import SamePerson
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder

from ..cast import Cast
from . import making
from .making import later, refused

S = CandidacyState


# --- form


def test_a_return_gives_one_chance_and_keeps_the_first_date(call: Call, cast: Cast) -> None:
    made = making.submitted(call, cast.nadia)
    first = made.submitted_at
    actions.return_for_completion(made, cast.actor("anna"), reasons="One link is dead.", language="en")
    with later(2):
        actions.complete(made, cast.actor("nadia"))
        assert (made.state, made.submitted_at) == (S.SUBMITTED, first)
        refused(
            Unmet,
            lambda: actions.return_for_completion(
                made, cast.actor("anna"), reasons="Another one.", language="en"
            ),
            made,
        )


def test_the_time_for_completion_ends_though_no_clock_has_run(call: Call, cast: Cast) -> None:
    made = making.submitted(call, cast.nadia)
    actions.return_for_completion(made, cast.actor("anna"), reasons="One link is dead.", language="en")
    with later(8):
        assert made.standing(clock.now()) == S.SUBMITTED
        refused(OutOfOrder, lambda: actions.complete(made, cast.actor("nadia")), made)
        actions.tick()
        made.refresh_from_db()
        assert made.state == S.SUBMITTED
        making.declare_admissible(made, cast)


def test_two_clerks_declare_admissible_and_one_cannot(call: Call, cast: Cast) -> None:
    made = making.submitted(call, cast.nadia)
    refused(OutOfOrder, lambda: actions.declare_admissible(made, cast.actor("bruno")), made)
    actions.propose_admissible(made, cast.actor("anna"))
    assert made.state == S.ADMISSIBILITY_PROPOSED
    assert not queries.admissible(call).exists(), "one clerk admits nobody"
    refused(SamePerson, lambda: actions.declare_admissible(made, cast.actor("anna")), made)
    refused(
        SamePerson,
        lambda: actions.dismiss_admissibility(made, cast.actor("anna"), reasons="x", language="en"),
        made,
    )
    refused(OutOfOrder, lambda: actions.propose_admissible(made, cast.actor("bruno")), made)
    actions.declare_admissible(made, cast.actor("bruno"))
    assert list(queries.admissible(call)) == [made]


def test_the_second_clerk_may_find_the_form_wanting(call: Call, cast: Cast) -> None:
    made = making.submitted(call, cast.nadia)
    actions.propose_admissible(made, cast.actor("anna"))
    actions.dismiss_admissibility(made, cast.actor("bruno"), reasons="A page is empty.", language="en")
    assert (made.state, made.not_confirmed_reasons) == (S.SUBMITTED, "A page is empty.")
    actions.return_for_completion(made, cast.actor("bruno"), reasons="Page 2 is empty.", language="en")
    actions.complete(made, cast.actor("nadia"))
    actions.propose_admissible(made, cast.actor("bruno"))
    refused(SamePerson, lambda: actions.declare_admissible(made, cast.actor("bruno")), made)
    actions.declare_admissible(made, cast.actor("anna"))
    assert (made.state, made.not_confirmed_reasons) == (S.ADMISSIBLE, "")


def test_between_two_clerks_the_person_corrects_endorses_and_withdraws(call: Call, cast: Cast) -> None:
    made, by = making.submitted(call, cast.nadia), cast.actor("nadia")
    actions.propose_admissible(made, cast.actor("anna"))
    values = {"residence": "PL", "origin": ["journalism"]}
    actions.correct_facts(made, by, part="residence", values=values, reasons="I have moved.", language="en")
    assert (made.state, made.residence) == (S.ADMISSIBILITY_PROPOSED, "PL")
    assert [row.reasons for row in queries.corrected_since_first_look(made)] == ["I have moved."]
    actions.add_endorsement(
        Endorsement(candidacy=made, body="A congress", statement="She speaks for us.", language="en"), by
    )
    actions.agree_to_counter_statements(made, by)
    actions.hold(
        made,
        cast.actor("bruno"),
        ground="A court asks.",
        until=clock.now() + timedelta(days=2),
        language="en",
    )
    actions.withdraw(made, by)
    assert made.state == S.WITHDRAWN
    refused(OutOfOrder, lambda: actions.declare_admissible(made, cast.actor("bruno")), made)


def test_what_was_corrected_before_the_first_look_is_not_shown_as_new(call: Call, cast: Cast) -> None:
    made, values = making.submitted(call, cast.nadia), {"residence": "PL", "origin": ["journalism"]}
    actions.correct_facts(
        made, cast.actor("nadia"), part="residence", values=values, reasons="I have moved.", language="en"
    )
    assert queries.corrected_since_first_look(made) == []
    actions.propose_admissible(made, cast.actor("anna"))
    assert queries.corrected_since_first_look(made) == []


def test_two_clerks_declare_inadmissible_and_one_cannot(call: Call, cast: Cast) -> None:
    made = making.submitted(call, cast.nadia)
    actions.propose_inadmissible(
        made, cast.actor("anna"), ground="not_own_act", reasons="Sent by an employer.", language="en"
    )
    refused(SamePerson, lambda: actions.confirm_inadmissible(made, cast.actor("anna")), made)
    refused(
        SamePerson,
        lambda: actions.dismiss_inadmissibility(made, cast.actor("anna"), reasons="x", language="en"),
        made,
    )
    actions.confirm_inadmissible(made, cast.actor("bruno"))
    assert made.state == S.INADMISSIBLE


def test_the_second_clerk_may_think_otherwise(call: Call, cast: Cast) -> None:
    made = making.submitted(call, cast.nadia)
    actions.propose_inadmissible(
        made, cast.actor("anna"), ground="not_own_act", reasons="Sent by an employer.", language="en"
    )
    actions.dismiss_inadmissibility(
        made, cast.actor("bruno"), reasons="She answered the call herself.", language="en"
    )
    assert (made.state, made.inadmissible_ground) == (S.SUBMITTED, "")


@pytest.mark.parametrize("ground", ["incomplete", "late", "we_do_not_like_it"])
def test_inadmissible_is_about_form_and_after_the_chance_to_complete(
    call: Call, cast: Cast, ground: str
) -> None:
    made = making.submitted(call, cast.nadia)
    refused(
        Unmet,
        lambda: actions.propose_inadmissible(
            made, cast.actor("anna"), ground=ground, reasons="x", language="en"
        ),
        made,
    )


def test_review_is_decided_by_somebody_else_and_once(call: Call, cast: Cast) -> None:
    made = making.inadmissible(call, cast, cast.nadia)
    actions.ask_review(made, cast.actor("nadia"), reasons="I wrote every word.", language="en")
    refused(
        NotEmpowered,
        lambda: actions.decide_review(
            made, cast.actor("anna"), is_admissible=True, reasons="x", language="en"
        ),
        made,
    )
    actions.decide_review(
        made, cast.actor("farid"), is_admissible=False, reasons="The letter is the employer's.", language="en"
    )
    assert made.state == S.INADMISSIBLE
    refused(
        Unmet, lambda: actions.ask_review(made, cast.actor("nadia"), reasons="Again.", language="en"), made
    )


def test_a_review_can_admit(call: Call, cast: Cast) -> None:
    made = making.inadmissible(call, cast, cast.nadia)
    actions.ask_review(made, cast.actor("nadia"), reasons="I wrote every word.", language="en")
    actions.decide_review(
        made, cast.actor("farid"), is_admissible=True, reasons="Her own act.", language="en"
    )
    assert list(queries.admissible(call)) == [made]


def test_a_review_asked_too_late_is_refused(call: Call, cast: Cast) -> None:
    made = making.inadmissible(call, cast, cast.nadia)
    with later(15):
        refused(
            Unmet, lambda: actions.ask_review(made, cast.actor("nadia"), reasons="x", language="en"), made
        )


# --- around


def test_a_slate_is_joined_by_an_own_act_and_gives_no_right(call: Call, cast: Cast) -> None:
    slate = Slate(call=call, presenter=cast.quiet, organisation="An association", language="en")
    actions.present_slate(slate, cast.actor("quiet"))
    made = making.written(call, cast.nadia)
    refused(Unmet, lambda: actions.join_slate(made, cast.actor("nadia"), slate="SLAT-NONE"), made)
    refused(NotEmpowered, lambda: actions.join_slate(made, cast.actor("quiet"), slate=slate.reference), made)
    actions.join_slate(made, cast.actor("nadia"), slate=slate.reference.lower())
    actions.submit(made, cast.actor("nadia"))
    counted = queries.counts(call)
    assert (counted["slates"], counted["slates_represented"], counted["from_slates"]) == (1, 1, 1)
    actions.leave_slate(made, cast.actor("nadia"))
    refused(Unmet, lambda: actions.leave_slate(made, cast.actor("nadia")), made)


def test_a_slate_is_presented_by_who_signs_and_while_the_call_is_open(call: Call, cast: Cast) -> None:
    slate = Slate(call=call, presenter=cast.quiet, organisation="An association", language="en")
    refused(Unmet, lambda: actions.present_slate(slate, cast.actor("oleg")))
    with clock.set_to(call.closes_at):
        late = Slate(call=call, presenter=cast.quiet, organisation="An association", language="en")
        refused(Unmet, lambda: actions.present_slate(late, cast.actor("quiet")))


def test_an_endorsement_comes_in_through_the_candidate_only(call: Call, cast: Cast) -> None:
    made = making.draft(call, cast.nadia)

    def endorsement() -> Endorsement:
        return Endorsement(candidacy=made, body="A congress", statement="She speaks for us.", language="en")

    refused(NotEmpowered, lambda: actions.add_endorsement(endorsement(), cast.actor("oleg")))
    given = endorsement()
    actions.add_endorsement(given, cast.actor("nadia"))
    assert list(queries.endorsements(made)) == [given]
    actions.remove_endorsement(given, cast.actor("nadia"))
    assert not queries.endorsements(made).exists()


def invited(made: Candidacy, cast: Cast) -> CounterStatement:
    return CounterStatement(
        candidacy=made, invited=cast.quiet, body="A council", due_at=clock.now() + timedelta(days=14)
    )


def test_nobody_is_asked_about_a_candidate_before_the_candidate_agreed(call: Call, cast: Cast) -> None:
    made = making.submitted(call, cast.nadia)
    refused(Unmet, lambda: actions.invite_body(invited(made, cast), cast.actor("anna")), made)
    actions.agree_to_counter_statements(made, cast.actor("nadia"))
    asked = invited(made, cast)
    actions.invite_body(asked, cast.actor("anna"))
    refused(
        NotEmpowered,
        lambda: actions.give_counter_statement(asked, cast.actor("oleg"), statement_text="x", language="en"), asked,
    )  # fmt: skip
    actions.give_counter_statement(asked, cast.actor("quiet"), statement_text="We know her.", language="en")
    actions.mark_controlled(
        asked, cast.actor("anna"), reasons="Its board is appointed by the state.", language="en"
    )
    assert queries.counter_statements(made).get().is_controlled
    assert not queries.visible_to(cast.actor("quiet")).exists()


def test_an_invitation_is_over_at_its_date(call: Call, cast: Cast) -> None:
    made = making.submitted(call, cast.nadia)
    actions.agree_to_counter_statements(made, cast.actor("nadia"))
    asked = invited(made, cast)
    actions.invite_body(asked, cast.actor("anna"))
    with later(15):
        refused(
            OutOfOrder,
            lambda: actions.give_counter_statement(
                asked, cast.actor("quiet"), statement_text="x", language="en"
            ),
        )
        actions.tick()
        asked.refresh_from_db()
        assert asked.state == CounterStatementState.LAPSED


def test_a_text_says_in_which_language_it_is_written(call: Call, cast: Cast) -> None:
    made, anna = making.submitted(call, cast.nadia), cast.actor("anna")
    for language in ("", "xx"):
        refused(
            Unmet,
            lambda said=language: actions.return_for_completion(
                made, anna, reasons="Un lien est mort.", language=said
            ),
            made,
        )
    actions.return_for_completion(made, anna, reasons="Un lien est mort.", language="fr")
    made.refresh_from_db()
    assert (made.language_of("return_reasons"), made.language_of("review_reasons")) == ("fr", "")
    page = cast.client("nadia").get(f"/matters/{made.reference}/").content.decode()
    assert '<dd lang="fr">Un lien est mort.</dd>' in page


def test_the_reasons_of_a_mark_and_of_a_withdrawn_call_are_kept_and_read(call: Call, cast: Cast) -> None:
    made, anna = making.submitted(call, cast.nadia), cast.actor("anna")
    actions.agree_to_counter_statements(made, cast.actor("nadia"))
    asked = invited(made, cast)
    actions.invite_body(asked, anna)
    actions.give_counter_statement(asked, cast.actor("quiet"), statement_text="We know her.", language="en")
    marked = {"reasons": "Its board is appointed by the state.", "language": "en"}
    refused(NotEmpowered, lambda: actions.mark_controlled(asked, cast.actor("nadia"), **marked), asked)
    actions.mark_controlled(asked, anna, **marked)
    page = cast.client("nadia").get(f"/matters/{asked.reference}/").content.decode()
    assert marked["reasons"] in page
    call.refresh_from_db()
    why = {"reasons": "La session est reportée.", "language": "fr"}
    refused(NotEmpowered, lambda: actions.withdraw_call(call, cast.actor("nadia"), **why), call)
    actions.withdraw_call(call, anna, **why)
    page = cast.client("nadia").get(f"/matters/{call.reference}/").content.decode()
    assert '<dd lang="fr">La session est reportée.</dd>' in page
