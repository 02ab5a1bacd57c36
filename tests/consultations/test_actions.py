"""A consultation from its preparation to the erasing of its answers; what is refused changes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hemicycle.consultations import actions, answering, queries, results
from hemicycle.consultations.models import (
    Code,
    Consultation,
    Proposition,
    Secret,
    Side,
    Vote,
    Voter,
)
from hemicycle.consultations.procedure import ConsultationState, PropositionState
from hemicycle.dialogue import actions as dialogue
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK, PUBLIC
from hemicycle.record.models import Entry, KeyDestruction, Opening
from hemicycle.record.sealing import keystore
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder

from .. import seating
from ..cast import Cast
from ..texts.making import own_translation
from . import making
from .making import NO, PASS, YES

C = ConsultationState


def test_a_consultation_is_prepared_with_its_first_propositions_and_opened(cast: Cast) -> None:
    row = making.prepared(cast)
    assert [each.text for each in making.asked(row)] == list(making.SEEDS)
    assert not queries.public().exists() and not queries.visible_to(cast.actor("luca")).exists()
    actions.open_consultation(row, cast.actor("bruno"))
    assert row.is_open and queries.visible_to(cast.actor("luca")).get() == row


@pytest.mark.parametrize(
    "wrong",
    [
        {"names": {**making.NAMES, "ru": " "}},
        {"explanations": {**making.EXPLAINED, "fr": ""}},
        {"seeds": ["", "  "]},
        {"seeds": ["x" * 281]},
        {"seeds": ["Twice.", "twice."]},
        {"seeds": ["One."], "language": "de"},
        {"closes_at": None},
    ],
    ids=str,
)
def test_what_is_wrongly_prepared_leaves_nothing(cast: Cast, wrong: dict[str, object]) -> None:
    given = {
        "topic": making.topic(cast), "names": making.NAMES, "explanations": making.EXPLAINED, "seeds": making.SEEDS,
        "language": "en", **wrong,
    }  # fmt: skip
    given["closes_at"] = clock.now() + timedelta(days=3 if "closes_at" not in wrong else -1)
    with pytest.raises(Unmet):
        actions.prepare(Consultation(), cast.actor("anna"), **given)
    assert not Consultation.objects.exists() and not Proposition.objects.exists()


def test_nobody_but_the_secretariat_prepares_and_nothing_under_a_closed_topic(cast: Cast) -> None:
    topic = making.topic(cast)
    with pytest.raises(NotEmpowered):
        actions.prepare(
            Consultation(), cast.actor("luca"), topic=topic, names=making.NAMES, explanations=making.EXPLAINED,
            closes_at=clock.now() + timedelta(days=1), seeds=["One."], language="en",
        )  # fmt: skip
    dialogue.close_topic(topic, cast.actor("anna"))
    with pytest.raises(Unmet):
        making.prepared(cast, under=topic)
    assert not Consultation.objects.exists()


def test_it_is_not_opened_after_its_end_and_not_twice(cast: Cast) -> None:
    row = making.prepared(cast)
    with clock.set_to(row.closes_at), pytest.raises(Unmet):
        actions.open_consultation(row, cast.actor("anna"))
    actions.open_consultation(row, cast.actor("anna"))
    with pytest.raises(OutOfOrder):
        actions.open_consultation(row, cast.actor("anna"))
    assert Secret.objects.count() == 1


def test_an_answer_is_changed_and_taken_back_until_the_instant_it_closes(cast: Cast) -> None:
    row = making.opened(cast)
    making.answer(row, "person:1", [YES, NO])
    with clock.set_to(row.closes_at - timedelta(microseconds=1)):
        making.answer(row, "person:1", [PASS, None, YES])
    assert dict(Vote.objects.values_list("proposition__number", "value")) == {1: PASS, 3: YES}
    with clock.set_to(row.closes_at), pytest.raises(Unmet):
        making.answer(row, "person:1", [NO])
    assert Vote.objects.get(proposition__number=1).value == PASS
    assert Voter.objects.count() == 1


def test_answers_are_no_entries_and_hold_no_person_and_no_instant(cast: Cast) -> None:
    row = making.opened(cast)
    before = Entry.objects.count()
    who = answering.answerer(row, cast.actor("luca"))
    assert who is not None
    answering.give(row, who, {making.asked(row)[0].pk: YES})
    assert Entry.objects.count() == before
    columns = {f.name for model in (Vote, Voter) for f in model._meta.concrete_fields}
    assert columns == {"id", "voter", "proposition", "value", "consultation", "token", "side"}
    assert cast.luca.reference not in Voter.objects.get().token
    assert Secret.objects.get().key_owner != row.key_owner


def test_only_who_sits_on_a_side_answers(cast: Cast) -> None:
    seats = seating.participants(cast)
    row = making.opened(cast)
    sides = {key: answering.answerer(row, cast.actor(key)) for key in ("nadia", "luca", "anna", "quiet")}
    assert {key: who and who.side for key, who in sides.items()} == {
        "nadia": Side.PARTICIPANT, "luca": Side.DELEGATE, "anna": None, "quiet": None,
    }  # fmt: skip
    assert answering.answerer(row, PUBLIC) is None and answering.answerer(row, PUBLIC, "AAAA") is None
    seating.suspend(seats[0])
    assert answering.answerer(row, cast.actor("nadia")) is None


def test_a_code_is_one_voice_whoever_has_it(cast: Cast) -> None:
    row = making.opened(cast, civil_society=True)
    made = making.code(cast, row)
    for written in (made, made.lower(), made.replace("-", " ")):
        who = answering.answerer(row, PUBLIC, written)
        assert who is not None and who.side == Side.CIVIL_SOCIETY
        answering.give(row, who, {making.asked(row)[0].pk: NO})
    assert Voter.objects.count() == Vote.objects.count() == 1
    assert made not in str(list(Code.objects.values()))
    assert answering.answerer(row, cast.actor("quiet"), made) is None, (
        "somebody with an account has no second voice"
    )


def test_the_end_is_moved_back_once_and_by_no_more_than_the_charters_days(cast: Cast) -> None:
    row = making.opened(cast)
    told = row.closes_at
    for wrong, says in (
        (timedelta(hours=-1), "not later"),
        (timedelta(days=30, seconds=1), "30 days at most"),
    ):
        with pytest.raises(Unmet, match=says):
            actions.extend(row, cast.actor("anna"), closes_at=told + wrong)
    assert Consultation.objects.get().closes_at == told
    actions.extend(row, cast.actor("anna"), closes_at=told + timedelta(days=30))
    with pytest.raises(Unmet, match="once already"):
        actions.extend(row, cast.actor("bruno"), closes_at=told + timedelta(days=31))
    assert Consultation.objects.get().closes_at == told + timedelta(days=30)


def test_at_the_closing_the_link_to_people_is_destroyed_and_one_sealed_table_stays(cast: Cast) -> None:
    row = making.opened(cast)
    for one in range(6):
        making.answer(row, f"person:{one}", [YES, NO, PASS])
    owner = Secret.objects.get().key_owner
    with clock.set_to(row.closes_at - timedelta(seconds=1)), pytest.raises(Unmet):
        actions.close(row, CLOCK)
    making.closed(row)
    assert row.state == C.CLOSED and not Voter.objects.exists() and not Vote.objects.exists()
    assert not Secret.objects.exists() and KeyDestruction.objects.filter(owner=owner).exists()
    assert row.matrix.startswith(answering.HEADER) and row.matrix.count("\n") == 19
    assert row.sides == [Side.DELEGATE] * 6
    raw = (
        Consultation.objects.filter(pk=row.pk)
        .extra(select={"raw": "matrix"})
        .values_list("raw", flat=True)[0]
    )
    assert "voter-id" not in str(raw)
    entry = Entry.objects.get(act="close")
    assert {k: entry.facts[k] for k in ("voters", "votes", "codes", "propositions")} == {
        "voters": 6, "votes": 18, "codes": 0, "propositions": 3,
    }  # fmt: skip
    assert entry.facts["matrix"].startswith("hmac-sha256:"), "a plain digest of few answers could be guessed"


def test_few_voters_are_not_counted_in_the_record(cast: Cast) -> None:
    row = making.opened(cast)
    for one in range(4):
        making.answer(row, f"person:{one}", [YES])
    making.computed(row)
    assert Entry.objects.get(act="close").facts["voters"] is None
    assert row.result["voters"] is None and row.result["statements"] == []


def test_who_takes_every_answer_back_is_no_voter(cast: Cast) -> None:
    row = making.opened(cast)
    making.answer(row, "person:1", [YES], Side.PARTICIPANT)
    making.answer(row, "person:2", [NO])
    making.answer(row, "person:1", [None])
    making.closed(row)
    assert row.matrix == answering.HEADER + "1,1,-1\n" and row.sides == [Side.DELEGATE]


def test_the_worker_computes_once_and_a_clerk_publishes(cast: Cast) -> None:
    row = making.computed(making.opened(cast))
    assert row.state == C.COMPUTED and not queries.published().exists()
    with pytest.raises(OutOfOrder):
        actions.record_result(row, CLOCK, result=row.result)
    with pytest.raises(NotEmpowered):
        actions.publish_result(row, cast.actor("greta"))
    actions.compute.call(row.pk)
    actions.publish_result(row, cast.actor("anna"))
    assert queries.published().get() == row
    digest = f"sha256:{results.digest(Consultation.objects.get().result)}"
    assert Entry.objects.get(act="publish_result").facts["digest"] == digest
    assert Entry.objects.get(act="record_result").facts["digest"] == digest


def test_a_result_that_nobody_publishes_is_published_by_the_clock(cast: Cast) -> None:
    row = making.computed(making.opened(cast))
    with clock.set_to(row.closes_at + timedelta(days=13)):
        assert actions.tick() == 0
        with pytest.raises(Unmet, match="days for the publication"):
            actions.publish_result(row, CLOCK)
    assert not queries.published().exists()
    with clock.set_to(row.closes_at + timedelta(days=14)):
        assert actions.tick() == 1 and actions.tick() == 0
    assert queries.published().get() == row and Entry.objects.get(act="publish_result").office == "clock"


def test_what_is_no_result_is_not_recorded(cast: Cast) -> None:
    row = making.closed(making.opened(cast))
    with pytest.raises(Unmet):
        actions.record_result(row, CLOCK, result={})
    assert Consultation.objects.get().state == C.CLOSED


def test_the_clock_closes_and_gives_what_lost_its_worker_to_another(cast: Cast) -> None:
    row = making.opened(cast)
    with clock.set_to(row.closes_at):
        assert actions.tick() == 1 and actions.tick() == 0
    row.refresh_from_db()
    with clock.set_to(row.closes_at + timedelta(minutes=6)):
        actions.tick()
    beat = row.beat_at
    row.refresh_from_db()
    assert row.beat_at > beat


def test_the_answers_go_after_the_charters_days_and_the_result_stays(cast: Cast) -> None:
    row = making.opened(cast)
    making.answer(row, "person:1", [YES])
    sent = Proposition(consultation=row)
    actions.propose(sent, cast.actor("luca"), text="Never decided.", language="en")
    making.published(cast, row)
    assert row.published_at is not None
    with pytest.raises(Unmet):
        actions.erase_answers(row, CLOCK)
    with clock.set_to(row.published_at + timedelta(days=90)):
        assert actions.tick() == 1
    row, sent = Consultation.objects.get(), Proposition.objects.get(pk=sent.pk)
    assert row.matrix == "" and row.sides == [] and row.result and sent.draft == ""
    assert KeyDestruction.objects.filter(owner=row.reference).exists()
    assert not Opening.objects.exists() and not keystore.is_destroyed("CONS-OTHER")
    assert row.propositions.filter(state=PropositionState.ADMITTED).count() == 3


def test_what_was_translated_of_a_proposition_that_is_erased_goes_with_it(cast: Cast) -> None:
    row = making.opened(cast)
    sent = Proposition(consultation=row)
    actions.propose(sent, cast.actor("luca"), text="Never decided.", language="en")
    gone = own_translation(sent.reference, "text", cast.actor("luca"))
    stays = own_translation(making.asked(row)[0].reference, "text", cast.actor("anna"))
    making.published(cast, row)
    assert row.published_at is not None
    with clock.set_to(row.published_at + timedelta(days=90)):
        actions.tick()
    gone.refresh_from_db()
    stays.refresh_from_db()
    assert (gone.text, bool(stays.text)) == ("", True)
