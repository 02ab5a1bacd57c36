"""A consultation from its preparation to the erasing of its answers; what is refused changes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hemicycle.consultations import actions, answering, queries, results
from hemicycle.consultations.models import (
    Code,
    CodeOrder,
    Consultation,
    Proposition,
    Secret,
    Side,
    Vote,
    Voter,
    Withdrawal,
)
from hemicycle.consultations.procedure import ConsultationState, PropositionState, RequestState
from hemicycle.dialogue import actions as dialogue
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK, PUBLIC
from hemicycle.record.acts import SamePerson
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


def test_neither_clerk_alone_comes_in_with_a_code(cast: Cast) -> None:
    row = making.opened(cast, civil_society=True)
    first, second, order = making.halves(2), making.halves(2), CodeOrder(consultation=row)
    actions.ask_codes(order, cast.actor("anna"), halves=first)
    assert not Code.objects.exists() and not [each for each in first if each in str(order.halves)]
    with pytest.raises(SamePerson):
        actions.make_codes(order, cast.actor("anna"), halves=second)
    with pytest.raises(Unmet, match="one second half for each"):
        actions.make_codes(order, cast.actor("bruno"), halves=second[:1])
    with pytest.raises(Unmet, match="begun already"):
        actions.ask_codes(CodeOrder(consultation=row), cast.actor("bruno"), halves=first)
    assert not Code.objects.exists() and order.state == RequestState.ASKED
    actions.make_codes(order, cast.actor("bruno"), halves=second)
    a, b = (f"{one}-{two}" for one, two in zip(first, second, strict=True))
    assert answering.is_code(row, a) and answering.is_code(row, b.lower().replace("-", " "))
    crossed = (
        f"{first[0]}-{second[1]}",
        f"{second[0]}-{first[0]}",
        first[0],
        second[0],
        f"{first[0]}-{first[0]}",
    )
    assert not [code for code in crossed if answering.is_code(row, code)]
    assert CodeOrder.objects.get().halves == [], "nothing tells whether a single half is right"
    made = Entry.objects.get(act="make_codes")
    assert (made.publicity, made.facts["codes"]) == ("public", 2)
    assert Entry.objects.get(act="ask_codes").publicity == "house"


def test_codes_are_made_only_where_civil_society_is_invited_and_not_without_end(cast: Cast) -> None:
    with pytest.raises(Unmet):
        making.code(cast, making.opened(cast))
    row = making.opened(cast, civil_society=True)
    making.code(cast, row)
    for number, says in ((500, "1 are made already"), (0, "at most")):
        with pytest.raises(Unmet, match=says):
            actions.ask_codes(
                CodeOrder(consultation=row), cast.actor("anna"), halves=[str(n) for n in range(number)]
            )
    order = CodeOrder(consultation=row)
    with pytest.raises(NotEmpowered):
        actions.ask_codes(order, cast.actor("luca"), halves=["x"])
    actions.ask_codes(order, cast.actor("anna"), halves=["x"])
    with pytest.raises(NotEmpowered):
        actions.make_codes(order, cast.actor("luca"), halves=["y"])
    with clock.set_to(row.closes_at), pytest.raises(OutOfOrder):
        actions.make_codes(order, cast.actor("bruno"), halves=["y"])
    assert Code.objects.count() == 1


def test_codes_that_were_begun_are_dismissed_and_worth_nothing(cast: Cast) -> None:
    row = making.prepared(cast, civil_society=True)
    order, other = CodeOrder(consultation=row), CodeOrder(consultation=row)
    actions.ask_codes(order, cast.actor("anna"), halves=making.halves())
    actions.dismiss_codes(order, cast.actor("anna"))
    with pytest.raises(OutOfOrder):
        actions.make_codes(order, cast.actor("bruno"), halves=making.halves())
    actions.ask_codes(other, cast.actor("bruno"), halves=making.halves())
    actions.make_codes(other, cast.actor("anna"), halves=making.halves())
    assert Code.objects.count() == 1
    assert Entry.objects.get(act="make_codes").publicity == "house", (
        "nobody outside knows of the consultation"
    )


def test_what_was_asked_for_and_not_done_ends_with_the_consultation(cast: Cast) -> None:
    row = making.opened(cast, civil_society=True)
    order, withdrawal = CodeOrder(consultation=row), Withdrawal(consultation=row)
    actions.ask_codes(order, cast.actor("anna"), halves=making.halves())
    actions.ask_withdrawal(withdrawal, cast.actor("anna"), reasons="A slip.", language="en")
    assert queries.asked_of(cast.actor("bruno")) == [withdrawal, order]
    assert not queries.asked_of(cast.actor("anna")) and not queries.asked_of(cast.actor("luca"))
    making.closed(row)
    bruno = cast.actor("bruno")
    with clock.set_to(row.closes_at):
        assert not queries.asked_of(bruno), "neither waits for anybody, though the clock has not come to them"
        with pytest.raises(OutOfOrder):
            actions.make_codes(order, bruno, halves=making.halves())
        with pytest.raises(OutOfOrder):
            actions.confirm_withdrawal(withdrawal, bruno)
        assert actions.tick() == 2 and actions.tick() == 0
    for each in (order, withdrawal):
        each.refresh_from_db()
        assert each.state == RequestState.DISMISSED
    assert order.halves == [] and not Code.objects.exists()


def test_codes_begun_end_with_the_withdrawal_which_counts_those_that_were_made(cast: Cast) -> None:
    row = making.opened(cast, civil_society=True)
    making.code(cast, row)
    order = CodeOrder(consultation=row)
    actions.ask_codes(order, cast.actor("anna"), halves=making.halves())
    making.withdrawn(cast, row)
    assert Entry.objects.get(act="withdraw_open").facts["codes"] == 1 and not Code.objects.exists()
    with pytest.raises(OutOfOrder):
        actions.make_codes(order, cast.actor("bruno"), halves=making.halves())
    assert actions.tick() == 1
    order.refresh_from_db()
    assert (order.state, order.halves) == (RequestState.DISMISSED, [])


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


def test_nobody_alone_withdraws_what_is_open_and_nobody_after_it_closed(cast: Cast) -> None:
    row = making.opened(cast)
    making.answer(row, "person:1", [YES])
    anna, withdrawal = cast.actor("anna"), Withdrawal(consultation=row)
    with pytest.raises(OutOfOrder):
        actions.withdraw(row, anna, reasons="Alone.", language="en")
    with pytest.raises(NotEmpowered):
        actions.withdraw_open(row, anna, reasons="Alone.", language="en")
    for wrong in ({"reasons": " ", "language": "en"}, {"reasons": "Why.", "language": "de"}):
        with pytest.raises(Unmet):
            actions.ask_withdrawal(withdrawal, anna, **wrong)
    with pytest.raises(NotEmpowered):
        actions.ask_withdrawal(withdrawal, cast.actor("luca"), reasons="Why.", language="en")
    actions.ask_withdrawal(withdrawal, anna, reasons="A proposition was unclear.", language="en")
    with pytest.raises(Unmet, match="asked for already"):
        actions.ask_withdrawal(
            Withdrawal(consultation=row), cast.actor("bruno"), reasons="Too.", language="en"
        )
    with pytest.raises(SamePerson):
        actions.confirm_withdrawal(withdrawal, anna)
    with clock.set_to(row.closes_at), pytest.raises(OutOfOrder):
        actions.confirm_withdrawal(withdrawal, cast.actor("bruno"))
    row.refresh_from_db()
    assert row.is_open and Vote.objects.exists() and row.reasons == ""
    actions.confirm_withdrawal(withdrawal, cast.actor("bruno"))
    row.refresh_from_db()
    assert not Vote.objects.exists() and not Secret.objects.exists() and row.state == C.WITHDRAWN
    assert row.reasons == "A proposition was unclear."


def test_a_request_that_was_dismissed_withdraws_nothing_and_none_is_made_after_the_end(cast: Cast) -> None:
    row = making.opened(cast)
    withdrawal, late = Withdrawal(consultation=row), Withdrawal(consultation=row)
    actions.ask_withdrawal(withdrawal, cast.actor("anna"), reasons="A slip.", language="en")
    actions.dismiss_withdrawal(withdrawal, cast.actor("bruno"))
    with pytest.raises(OutOfOrder):
        actions.confirm_withdrawal(withdrawal, cast.actor("bruno"))
    with clock.set_to(row.closes_at), pytest.raises(Unmet, match="Only an open consultation"):
        actions.ask_withdrawal(late, cast.actor("anna"), reasons="The answers do not please.", language="en")
    row.refresh_from_db()
    assert row.is_open and late.pk is None


def test_one_that_was_never_opened_is_withdrawn_by_one_clerk_with_reasons(cast: Cast) -> None:
    row = making.prepared(cast, civil_society=True)
    making.code(cast, row)
    with pytest.raises(Unmet):
        actions.withdraw(row, cast.actor("anna"), reasons=" ", language="en")
    with pytest.raises(NotEmpowered):
        actions.withdraw(row, cast.actor("luca"), reasons="No.", language="en")
    assert Code.objects.exists()
    actions.withdraw(row, cast.actor("anna"), reasons="It was not needed.", language="en")
    assert row.state == C.WITHDRAWN and not Code.objects.exists()


@pytest.mark.parametrize("was_open", [False, True])
def test_the_record_of_a_withdrawal_is_public_only_where_the_consultation_was(
    cast: Cast, was_open: bool
) -> None:
    row = making.opened(cast) if was_open else making.prepared(cast)
    if was_open:
        making.withdrawn(cast, row)
    else:
        actions.withdraw(row, cast.actor("anna"), reasons="It was not needed.", language="en")
    assert row.withdrawn_at is not None
    with clock.set_to(row.withdrawn_at + timedelta(days=90)):
        assert actions.tick() == 1
    for act in ("withdraw_open" if was_open else "withdraw", "erase_answers"):
        entry = Entry.objects.get(act=act, matter=row.reference)
        assert entry.publicity == ("public" if was_open else "house"), act


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
