"""A question is written, tabled, admitted or returned; it is withdrawn or lapses (14.1)."""

from __future__ import annotations

from datetime import timedelta

from hemicycle.assembly.models import Body
from hemicycle.mandates import queries as mandates
from hemicycle.people.models import Person
from hemicycle.record import clock, erasure, law
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.record.forgetting import forget_salts
from hemicycle.rules.findings import N_
from hemicycle.rules.procedure import OutOfOrder, Publicity

from .. import deadlines, near, retention, sides
from ..models import Author, Question, Side, TextCorrection
from ..procedure import QUESTION, QuestionState, TopicState
from .gates import act, end_waiting, law_of, unmet, wait_for_decision, written

S = QuestionState


@act
def draft_question(
    question: Question, by: Actor, *, capacity: str, addressee: str, kind: str, text: str, language: str
) -> Facts:
    """Somebody of one side writes to the other; `question` is unsaved and has its topic. Raises `Unmet`.

    `capacity`: `participant`, `delegate` or `committee:<code>` that the person chairs. `addressee`: `participants`, a
    `committee:<code>`, or the reference of a participation or of a member of the Assembly.
    """
    question.charter = law.in_force().reference
    question.asker_id = by.person or 0
    side, _colon, code = capacity.partition(":")
    committee = next((body for body in sides.chaired_by(by) if body.code == code), None)
    if side == Side.PARTICIPANT and sides.is_participant(by):
        question.side, question.asker_mandate = Side.PARTICIPANT, sides.mandate_of(by)
    elif side == Side.DELEGATE and sides.is_delegate(by):
        question.side = Side.DELEGATE
    elif side == Side.COMMITTEE and committee is not None:
        question.side, question.asker_committee = Side.COMMITTEE, committee
    else:
        raise unmet(N_("Say in which capacity you ask."), "draft_question")
    _write(question, "draft_question", addressee, kind, text, language)
    near.draft_saved(question)
    return Facts(_said(question), {"text": question.text})


def _write(question: Question, act_name: str, addressee: str, kind: str, text: str, language: str) -> None:
    if question.topic.state != TopicState.OPEN:
        raise unmet(N_("This topic is closed: nothing new is begun under it."), act_name)
    if kind not in {row.key for row in law_of(question).question_kinds}:
        raise unmet(N_("The charter has no such kind of question."), act_name)
    _address(question, act_name, addressee)
    question.kind, question.text, question.language = kind, written(text, act_name), language
    question.lapses_at = clock.now() + timedelta(days=law_of(question).dialogue.draft_days.value)


def _address(question: Question, act_name: str, addressee: str) -> None:
    """Participants ask the Assembly, the Assembly asks participants; nobody asks the own side."""
    question.to_person, question.to_mandate, question.to_committee = None, None, None
    if question.side == Side.PARTICIPANT:
        found = addressee_in_assembly(addressee)
        if isinstance(found, Body):
            question.to_side, question.to_committee = Side.COMMITTEE, found
        elif found is not None:
            question.to_side, question.to_person = Side.DELEGATE, found
        else:
            raise unmet(N_("Choose a committee or a member of the Assembly."), act_name)
    elif addressee == Side.PARTICIPANTS:
        question.to_side = Side.PARTICIPANTS
    else:
        mandate = next((row for row in mandates.sitting() if row.reference == addressee), None)
        if mandate is None:
            raise unmet(N_("Choose the participants as a body, or one who sits now."), act_name)
        question.to_side, question.to_mandate, question.to_person = Side.PARTICIPANT, mandate, mandate.person
    if question.to_person_id == question.asker_id:
        raise unmet(N_("Nobody answers the own question."), act_name)


def addressee_in_assembly(key: str) -> Body | Person | None:
    side, _colon, code = key.partition(":")
    if side == Side.COMMITTEE:
        return next((body for body in sides.committees() if body.code == code), None)
    return next((person for person in sides.delegates() if person.reference == key), None)


def _said(question: Question) -> dict[str, str]:
    return {
        "topic": question.topic.reference, "kind": question.kind, "side": question.side, "to": question.to_side,
        "language": question.language,
    }  # fmt: skip


@act
def change_question(
    question: Question, by: Actor, *, addressee: str, kind: str, text: str, language: str
) -> Facts:
    """Before it is tabled; after a return, what the Secretariat asked for."""
    _write(question, "change_question", addressee, kind, text, language)
    near.draft_saved(question)
    return Facts(_said(question), {"text": question.text})


@act
def table_question(question: Question, by: Actor) -> Facts:
    """The Secretariat looks at its form. Whoever is asked must still be there."""
    _still_there(question, "table_question")
    if question.topic.state != TopicState.OPEN:
        raise unmet(N_("This topic is closed: nothing new is begun under it."), "table_question")
    question.return_reason, question.return_text, question.return_language = "", "", ""
    wait_for_decision(question, law_of(question).dialogue.admit_days.value)
    near.draft_over(question)
    return Facts({**_said(question), "decide_by": question.decide_by}, {"text": question.text})


def _still_there(question: Question, act_name: str) -> None:
    if question.to_side == Side.PARTICIPANT:
        is_there = question.to_mandate is not None and sides.sits(question.to_mandate)
    elif question.to_side == Side.DELEGATE:
        is_there = sides.holds_seat(question.to_person)
    else:
        is_there = question.to_committee is None or question.to_committee.state == "standing"
    if not is_there:
        raise unmet(N_("Whoever is asked does not sit now: the question needs another addressee."), act_name)


@act
def admit_question(question: Question, by: Actor) -> Facts:
    """It is public from now on, and the clock begins. A person who is asked writes the answer; a body says who does."""
    _still_there(question, "admit_question")
    question.admitted_at = question.clock_from = clock.now()
    question.days = deadlines.kind_of(question).days
    question.lapses_at = None
    end_waiting(question)
    deadlines.tell(question)
    near.released(question)
    to = S.ADMITTED
    if question.to_person is not None:
        Author.objects.create(
            question=question, round=1, person=question.to_person, mandate=question.to_mandate
        )
        to = S.ASSIGNED
    return Facts(
        {**_said(question), "days": question.days, "due": question.due_at}, {"text": question.text}, to=to
    )


@act
def return_question(question: Question, by: Actor, *, reason: str, text: str, language: str) -> Facts:
    """For its form or for a rule of speech, never for its opinion: `reason` is `form` or a reason of the charter's list."""
    if reason != "form" and reason not in {row.key for row in law_of(question).speech_reasons}:
        raise unmet(
            N_("A question is returned for its form or by the rules of speech only."), "return_question"
        )
    question.return_reason, question.return_text = reason, written(text, "return_question")
    question.return_language = language
    end_waiting(question)
    question.lapses_at = clock.now() + timedelta(days=law_of(question).dialogue.draft_days.value)
    return Facts({"reason": reason, "language": language}, {"text": question.return_text})


@act
def correct_question(
    question: Question, by: Actor, *, text: str, language: str, ground: str, ground_language: str
) -> Facts:
    """The mended text stands beside the original, with day and ground."""
    said = put_beside(question, "question", text, language, ground, ground_language, "correct_question")
    near.corrected(question, said)
    return Facts({"of": "question", "language": language}, {"text": said.text, "ground": said.ground})


def put_beside(
    question: Question, part: str, text: str, language: str, ground: str, ground_language: str, act_name: str
) -> TextCorrection:
    if not ground.strip():
        raise unmet(N_("Say why the text is corrected."), act_name)
    return TextCorrection.objects.create(
        question=question, part=part, text=written(text, act_name), language=language, ground=ground.strip(),
        ground_language=ground_language, at=clock.now(),
    )  # fmt: skip


@act
def withdraw_question(question: Question, by: Actor) -> Facts:
    """Whoever asked no longer does. What was public stays so; a draft is erased in time. An answer that was being written
    goes with it, unread."""
    question.ended_at, question.due_at = clock.now(), None
    end_waiting(question)
    question.answers.filter(released_at=None).delete()
    near.draft_over(question)
    return Facts(publicity=Publicity.PUBLIC if question.is_public else None)


@act
def lapse_question(question: Question, by: Actor) -> Facts:
    """Asked again with the lock held: it may have been tabled meanwhile."""
    if question.standing(clock.now()) != S.LAPSED:
        raise OutOfOrder(QUESTION, QUESTION.by_act["lapse_question"], question.state)
    question.ended_at = clock.now()
    end_waiting(question)
    near.draft_over(question)
    return Facts()


@act
def erase_question(question: Question, by: Actor) -> Facts:
    """Every text and the key of a question that nobody but its asker and the Secretariat ever read."""
    due = retention.due(question)
    if due is None or clock.now() < due.at:
        raise unmet(N_("This question is not yet to be erased."), "erase_question")
    question.text, question.return_text = "", ""
    question.erased_at = clock.now()
    near.erased(question)
    forget_salts([question.reference])
    erasure.destroy([question.reference])
    return Facts({"due": due.at})
