"""A proposal from its making to what came of it: each act done, and refused with nothing changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from hemicycle.dialogue import actions as dialogue
from hemicycle.followup import actions, forms, queries
from hemicycle.followup.models import Corrected, EarlierContact, Proposal, Stage
from hemicycle.followup.procedure import ContactState as C
from hemicycle.followup.procedure import ProposalState as S
from hemicycle.mandates import queries as mandates
from hemicycle.record.actors import PUBLIC
from hemicycle.record.acts import SamePerson
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from hemicycle.texts import actions as texts
from hemicycle.texts import queries as reading
from hemicycle.texts import sources
from hemicycle.texts.models import Translation

from .. import seating
from ..cast import Cast
from .making import (
    PAST,
    SOURCE,
    TEXT,
    TITLE,
    answer,
    ask,
    asked,
    claimed,
    committee,
    made,
    public,
    reported,
    state,
    taken_up,
    topic,
    transcribed,
)


def refused(kind: type[Exception], act: Callable[..., Any], /, *given: Any, **fields: Any) -> str:
    """The act is refused and leaves everything as it was; returns what it says."""
    before = Entry.objects.count(), Stage.objects.count(), Corrected.objects.count()
    with pytest.raises(kind) as caught:
        act(*given, **fields)
    assert (Entry.objects.count(), Stage.objects.count(), Corrected.objects.count()) == before
    return str(caught.value)


def outcomes(row: Proposal) -> list[str]:
    return [stage.outcome for stage in row.stages.all()]


def test_a_proposal_goes_from_a_committee_to_what_came_of_it(cast: Cast) -> None:
    row = asked(cast, "FR", "DE", rapporteur=cast.henri)
    assert [(s.key, s.outcome) for s in row.stages.all()] == [
        ("committee", "taken_up"), ("report", "reported"), ("action", "asked"), ("answer", ""), ("answer", ""),
    ]  # fmt: skip
    assert row.stages.get(key="report").rapporteur == cast.henri
    answer(row, cast, "DE", "negative")
    assert row.state == S.ANSWERED, "one state has answered; the other is still awaited"
    answer(row, cast, "FR", "partial")
    claimed(row, cast)
    assert row.state == S.CLAIMED and row.public_standing(row.created_at) == S.ANSWERED
    assert refused(SamePerson, actions.confirm_carried_out, row, cast.actor("luca"))
    actions.confirm_carried_out(row, cast.actor("anna"))
    assert row.state == S.CARRIED_OUT and row.carried_out_at is not None
    assert outcomes(row)[-2:] == ["partial", "negative"]


def test_every_entry_of_a_proposal_is_public_but_a_claim_and_holds_no_words(cast: Cast) -> None:
    row = asked(cast)
    answer(row, cast)
    claimed(row, cast)
    entries = Entry.objects.filter(matter=row.reference)
    assert list(entries.exclude(publicity="public").values_list("act", flat=True)) == ["claim_carried_out"]
    told = " ".join(str(facts) for facts in entries.values_list("facts", flat=True))
    assert "sha256:" not in told.replace("hmac-sha256:", ""), "a digest could be found again by trying names"
    assert not [word for word in (TITLE, TEXT, "Nous le ferons", "Decree 12", "Resolution") if word in told]


def test_a_participant_and_a_member_propose_and_nobody_else_in_the_own_name(cast: Cast) -> None:
    seats = seating.participants(cast)
    mine = made(cast, "nadia")
    assert (mine.side, mine.mandate, mine.person) == ("participants", seats[0], None)
    assert queries.maker_name(mine) == mandates.public_name(seats[0])
    theirs = made(cast, "katia")
    assert (theirs.side, theirs.mandate, theirs.person) == ("assembly", None, cast.katia)
    heard = made(cast, "anna", side="participants", source=SOURCE, origin="meeting")
    assert (heard.side, heard.mandate, heard.person) == ("participants", None, None)
    assert "Name the source" in refused(Unmet, made, cast, "anna", side="participants")
    assert "which side" in refused(Unmet, made, cast, "anna", source=SOURCE)
    refused(NotEmpowered, made, cast, "quiet", topic(cast))
    seating.suspend(seats[0])
    refused(NotEmpowered, made, cast, "nadia", topic(cast))


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"title": " "}, "Give it a title"),
        ({"text": ""}, "Say what is proposed"),
        ({"origin": "answer"}, "Give the reference"),
        ({"origin": "answer", "origin_reference": "QUES-22222222"}, "The public record knows no matter"),
        ({"origin": "rumour"}, "came out of"),
    ],
)
def test_a_proposal_that_lacks_something_is_refused(cast: Cast, fields: dict[str, str], says: str) -> None:
    under = topic(cast)
    committee(cast)
    assert says in refused(Unmet, made, cast, under=under, **fields)
    assert not Proposal.objects.exists()


def test_what_a_proposal_came_out_of_is_public_and_named_by_its_reference(cast: Cast) -> None:
    under = topic(cast)
    row = made(cast, under=under, origin="statement", origin_reference=under.reference)
    assert row.origin_reference == under.reference
    assert "and of nothing else" in refused(Unmet, made, cast, under=under, origin_reference=under.reference)
    hidden = transcribed(cast)
    assert "public record" in refused(
        Unmet, made, cast, under=under, origin="answer", origin_reference=hidden.reference
    )


def test_nothing_is_begun_under_a_closed_topic_or_before_a_committee_that_is_none(cast: Cast) -> None:
    under = topic(cast)
    body = committee(cast)
    dialogue.close_topic(under, cast.actor("anna"))
    assert "topic is closed" in refused(Unmet, made, cast, under=under)
    dialogue.reopen_topic(under, cast.actor("anna"))
    type(body).objects.filter(pk=body.pk).update(state="dissolved")
    assert "no such committee" in refused(Unmet, made, cast, under=under)


def test_a_committee_declines_with_reasons_and_only_by_its_chair_or_a_clerk(cast: Cast) -> None:
    row = made(cast)
    for key in ("henri", "katia", "greta", "quiet"):
        refused(NotEmpowered, actions.decline, row, cast.actor(key), reasons="No.", language="en")
    assert "reasons" in refused(Unmet, actions.decline, row, cast.actor("luca"), reasons=" ", language="en")
    actions.decline(row, cast.actor("luca"), reasons="Another committee has it.", language="en")
    assert row.state == S.DECLINED and outcomes(row) == ["declined"]
    refused(OutOfOrder, actions.take_up, row, cast.actor("luca"))


def test_a_chair_does_not_take_up_or_decline_the_own_proposal(cast: Cast) -> None:
    row = made(cast, "luca")
    refused(NotEmpowered, actions.take_up, row, cast.actor("luca"))
    refused(NotEmpowered, actions.decline, row, cast.actor("luca"), reasons="No.", language="en")
    actions.take_up(row, cast.actor("anna"))
    assert row.state == S.TAKEN_UP


def test_a_chair_is_not_asked_to_confirm_the_own_proposal(cast: Cast) -> None:
    claims = []
    for by, given in (("luca", {}), ("katia", {}), ("anna", {"side": "participants", "source": SOURCE})):
        claims.append(row := made(cast, by, **given))
        actions.take_up(row, cast.actor("anna"))
        actions.record_report(row, cast.actor("anna"), number="Doc. 9", source=SOURCE)
        claimed(row, cast, "anna")
    refused(NotEmpowered, actions.confirm_carried_out, claims[0], cast.actor("luca"))
    assert set(queries.awaiting_second(cast.actor("luca"))) == set(claims[1:])
    assert set(queries.awaiting_second(cast.actor("bruno"))) == set(claims)
    assert queries.awaiting_second(cast.actor("anna")) == []


def test_a_rapporteur_is_a_member_of_the_assembly_and_may_record_the_report(cast: Cast) -> None:
    row = made(cast)
    assert "member of the Assembly" in refused(
        Unmet, actions.take_up, row, cast.actor("luca"), rapporteur=cast.quiet
    )
    actions.take_up(row, cast.actor("luca"), rapporteur=cast.henri)
    given = {"number": "Doc. 9", "source": SOURCE}
    refused(NotEmpowered, actions.record_report, row, cast.actor("ilse"), **given)
    said = refused(Unmet, actions.record_report, row, cast.actor("henri"), number="", source="")
    assert "number" in said and "source" in said, "both are told at once"
    actions.record_report(row, cast.actor("henri"), **given)
    assert row.state == S.REPORTED


def test_states_are_asked_once_each_and_others_can_be_asked_later(cast: Cast) -> None:
    row = reported(cast)
    given = {"text": "Issue it.", "language": "en", "source": SOURCE}
    assert "Name the state" in refused(Unmet, actions.ask_state, row, cast.actor("luca"), states=[], **given)
    ask(row, cast, "FR")
    assert "already" in refused(
        Unmet, actions.ask_state, row, cast.actor("luca"), states=[state("FR"), state("DE")], **given
    )
    ask(row, cast, "DE")
    assert row.stages.filter(key="answer").count() == 2 and row.state == S.ASKED


def test_the_head_of_a_delegation_answers_for_that_state_only(cast: Cast) -> None:
    row = asked(cast, "FR", "DE")
    refused(NotEmpowered, answer, row, cast, "FR", by="ilse")
    state("FR", cast.ilse)
    for key, codes in (("ilse", ["FR"]), ("luca", ["FR", "DE"])):
        choices = forms.AnswerForm(matter=row, by=cast.actor(key)).fields["state"].queryset
        assert sorted(state.code for state in choices) == sorted(codes)
    assert "own state only" in refused(Unmet, answer, row, cast, "DE", by="ilse")
    answer(row, cast, "FR", by="ilse")
    assert "No answer of this state" in refused(Unmet, answer, row, cast, "FR")
    assert "positive" in refused(Unmet, answer, row, cast, "DE", "perhaps")
    assert row.stages.get(asked_state__code="DE").ended_at is None


def test_a_claim_needs_its_source_and_can_be_dropped(cast: Cast) -> None:
    row = reported(cast)
    given = {"evidence": "Done.", "language": "en", "source": " "}
    assert "Name the source" in refused(Unmet, actions.claim_carried_out, row, cast.actor("luca"), **given)
    claimed(row, cast)
    refused(OutOfOrder, ask, row, cast, "FR")
    actions.drop_claim(row, cast.actor("anna"))
    assert (row.state, row.evidence, row.before_claim) == (S.REPORTED, "", "")
    refused(OutOfOrder, actions.confirm_carried_out, row, cast.actor("anna"))
    refused(
        OutOfOrder, actions.claim_carried_out, made(cast), cast.actor("luca"), **{**given, "source": SOURCE}
    )


def test_a_proposal_is_closed_with_reasons_and_what_was_awaited_ends(cast: Cast) -> None:
    row = taken_up(cast)
    assert "reasons" in refused(
        Unmet, actions.close_proposal, row, cast.actor("luca"), reasons="", language="en"
    )
    actions.close_proposal(row, cast.actor("luca"), reasons="The law was changed.", language="en")
    assert row.state == S.CLOSED and outcomes(row) == ["taken_up", "closed"]
    refused(OutOfOrder, actions.close_proposal, row, cast.actor("luca"), reasons="Again.", language="en")


# --- corrections


def correct(row: Any, by: Any, **fields: Any) -> None:
    act = actions.correct_contact if isinstance(row, EarlierContact) else actions.correct_proposal
    act(row, by, **{"ground": "The source says so.", "ground_language": "en", **fields})


def test_a_correction_stands_beside_and_moves_nothing_else(cast: Cast) -> None:
    row = asked(cast)
    stage = row.stages.get(key="report")
    before = [(s.due_on, s.outcome, s.ended_at) for s in row.stages.all()]
    correct(row, cast.actor("anna"), part="title", text="Another title")
    correct(row, cast.actor("anna"), part=f"number-{stage.pk}", text="Resolution 9002 (2027)")
    row.refresh_from_db()
    assert row.title == "Another title" and row.stages.get(key="report").number == "Resolution 9002 (2027)"
    assert [c.old_text for c in queries.corrections(row.reference)] == [TITLE, "Resolution 9001 (2027)"]
    assert [(s.due_on, s.outcome, s.ended_at) for s in row.stages.all()] == before


def test_a_text_that_must_disappear_is_kept_nowhere(cast: Cast) -> None:
    row = made(cast, text="Somebody Hidden asks for it.")
    correct(row, cast.actor("anna"), part="text", text="Somebody Hidden Too asks.")
    correct(row, cast.actor("anna"), part="title", text="Another title")
    correct(row, cast.actor("anna"), part="text", text="Somebody asks for it.", drop_old=True)
    assert [c.old_text for c in queries.corrections(row.reference)] == ["", TITLE, ""]
    kept = [row.text, *(c.old_text for c in queries.corrections(row.reference))]
    assert not [text for text in kept if "Hidden" in text]
    facts = Entry.objects.filter(act="correct_proposal").latest("number").facts
    assert facts["drops_old_text"] and "old" not in facts


@pytest.mark.parametrize("drop_old", [True, False])
def test_translations_of_a_wording_that_must_disappear_go_with_it(cast: Cast, drop_old: bool) -> None:
    row = made(cast, text="Somebody Hidden asks for it.")

    def translated(part: str, words: str, language: str = "fr") -> Translation:
        draft, found = Translation(), sources.text_of(row.reference, part, PUBLIC)
        assert found is not None
        texts.aim(draft, found)
        texts.translate(draft, cast.actor("anna"), text=words, language=language)
        texts.review_translation(draft, cast.actor("bruno"))
        return draft

    def read() -> str:
        found = [sources.text_of(row.reference, part, PUBLIC) for part in ("title", "text")]
        return " ".join(each.text for text in found if text for each in reading.beside(text, PUBLIC))

    replaced = translated("text", "Qu’Untel Caché le demande.")
    old, other = translated("text", "Untel Caché le demande."), translated("title", "Un visa.")
    correct(row, cast.actor("anna"), part="text", text="Somebody asks for it.", drop_old=drop_old)
    for each in (replaced, old, other):
        each.refresh_from_db()
    assert ("Caché" in read(), bool(old.text), bool(replaced.text), bool(old.digest)) == (not drop_old,) * 4
    assert (old.erased_at is not None) == drop_old and other.text == "Un visa."
    new = translated("text", "On le demande.", "fr" if drop_old else "ru")
    correct(row, cast.actor("anna"), part="title", text="Another title", drop_old=True)
    new.refresh_from_db()
    other.refresh_from_db()
    assert "On le demande." in read() and new.text and other.text == "", "each part for itself"


def test_a_correction_without_ground_or_change_or_by_a_chair_is_refused(cast: Cast) -> None:
    row = made(cast)
    anna = cast.actor("anna")
    assert "ground" in refused(Unmet, correct, row, anna, part="title", text="Other", ground="")
    assert "nothing is corrected" in refused(Unmet, correct, row, anna, part="title", text=TITLE)
    assert "no such text" in refused(Unmet, correct, row, anna, part="evidence", text="Other")
    refused(NotEmpowered, correct, row, cast.actor("luca"), part="title", text="Other")
    claimed(after := reported(cast), cast)
    refused(OutOfOrder, correct, after, anna, part="title", text="Other")


# --- contacts before the platform


def test_a_transcription_is_public_once_a_second_clerk_has_compared_it(cast: Cast) -> None:
    row = transcribed(cast)
    refused(SamePerson, actions.confirm_transcription, row, cast.actor("anna"))
    refused(NotEmpowered, actions.confirm_transcription, row, cast.actor("luca"))
    actions.transcribe(row, cast.actor("bruno"), **{**PAST, "title": "Exile, papers and visas"})
    refused(SamePerson, actions.confirm_transcription, row, cast.actor("bruno"))
    actions.confirm_transcription(row, cast.actor("anna"))
    assert row.state == C.PUBLIC and row.title == "Exile, papers and visas"
    refused(OutOfOrder, actions.transcribe, row, cast.actor("anna"), **PAST)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"source": " "}, "Name the source"),
        ({"summary": ""}, "Say in short"),
        ({"body": ""}, "as it was called then"),
        ({"kind": "dinner"}, "Say what it was"),
        ({"from_day": date(2027, 2, 10)}, "has not come yet"),
        ({"until_day": date(2025, 3, 1)}, "before the first"),
    ],
)
def test_a_transcription_that_lacks_something_is_refused(
    cast: Cast, fields: dict[str, Any], says: str
) -> None:
    assert says in refused(Unmet, transcribed, cast, **fields)
    assert not EarlierContact.objects.exists()


def test_a_public_transcription_is_corrected_beside_or_withdrawn_with_reasons(cast: Cast) -> None:
    row = public(cast)
    correct(row, cast.actor("bruno"), part="page", text="p. 13")
    assert row.page == "p. 13" and queries.corrections(row.reference)[0].old_text == "p. 12"
    given = {"language": "en"}
    assert refused(Unmet, actions.withdraw_contact, row, cast.actor("anna"), reasons="", **given)
    actions.withdraw_contact(row, cast.actor("anna"), reasons="It was another hearing.", **given)
    assert row.state == C.WITHDRAWN
    never = transcribed(cast)
    actions.withdraw_contact(never, cast.actor("bruno"), reasons="Twice.", **given)
    assert Entry.objects.get(matter=never.reference, act="withdraw_contact").publicity == "house"
    refused(OutOfOrder, correct, row, cast.actor("anna"), part="page", text="p. 14")
