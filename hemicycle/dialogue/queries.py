"""Who may read what of the dialogue, and in which office somebody acts in it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from hemicycle.assembly import queries as assembly
from hemicycle.assembly.models import Body
from hemicycle.integrity import queries as integrity
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.rules.procedure import Office

from . import sides
from .models import Answer, Author, Exchange, Question, Side, Topic
from .procedure import RUNNING, SAID, UNDECIDED, WRITING, QuestionState

S = QuestionState


# --- topics ---------------------------------------------------------------------------------------------------------


def topics(actor: Actor) -> QuerySet[Topic]:
    """Topics are public."""
    return Topic.objects.all()


def offices_on_topic(actor: Actor, topic: Topic) -> frozenset[str]:
    """Offices held; whoever chairs a committee may release the answers of that committee."""
    held = assembly.offices(actor, topic)
    return held | {Office.COMMITTEE_CHAIR} if sides.chaired_by(actor) else held


# --- questions ------------------------------------------------------------------------------------------------------


def questions() -> QuerySet[Question]:
    """Every question with what its names need."""
    return Question.objects.select_related(
        "topic", "asker", "asker_mandate__candidacy", "asker_mandate__list__session", "asker_committee", "to_person",
        "to_mandate__candidacy", "to_mandate__list__session", "to_committee",
    )  # fmt: skip


def public_questions() -> QuerySet[Question]:
    """Those that were admitted, the latest first; a question withdrawn since stays."""
    return questions().filter(admitted_at__isnull=False).order_by("-admitted_at", "-pk")


def visible_to(actor: Actor) -> QuerySet[Question]:
    """What is public; whoever asks sees the own ones before; the Secretariat those that it decides or has decided on; the
    Secretary General those on which it was told that nobody has decided in time."""
    seen = Q(admitted_at__isnull=False)
    if actor.person is not None:
        seen |= Q(asker_id=actor.person, erased_at=None)
        chaired = [body.pk for body in sides.chaired_by(actor)]
        if chaired:
            seen |= Q(asker_committee_id__in=chaired, erased_at=None)
        if actor.holds(Office.SECRETARIAT):
            seen |= Q(state__in=[S.TABLED, S.RETURNED])
        if actor.holds(Office.SECRETARY_GENERAL):  # who is told that it waits too long
            seen |= Q(state=S.TABLED, undecided_at__isnull=False)
    return questions().filter(seen)


def asks(actor: Actor, question: Question) -> bool:
    """Whether the actor speaks for the asker now: a suspended or former participant does not."""
    if question.side == Side.COMMITTEE:
        return sides.chairs(actor, question.asker_committee)
    if actor.person is None or question.asker_id != actor.person:
        return False
    return sides.is_participant(actor) if question.side == Side.PARTICIPANT else sides.is_delegate(actor)


def is_able(actor: Actor, author: Author) -> bool:
    """Whether an author may still write: sits, and is not suspended."""
    if author.mandate_id is not None:
        return sides.is_participant(actor)
    return sides.is_delegate(actor) or sides.chairs(actor, author.question.to_committee)


def authors(question: Question, round_: int | None = None) -> Sequence[Author]:
    """Who writes the answer of a round; of the one that runs, without one."""
    wanted = round_ or question.round
    rows = question.authors.select_related(
        "person", "mandate__candidacy", "mandate__list__session", "question"
    )
    return [row for row in rows if row.round == wanted]


def unable(question: Question) -> set[int]:
    """Who of those that write the answer of this round no longer sits, or is suspended: the keys of persons."""
    able = {person.pk for person, _mandate in sides.side_of_addressee(question)}
    return {row.person_id for row in authors(question)} - able


def offices_on_question(actor: Actor, question: Question) -> frozenset[str]:
    """The part that somebody has in a question. Whoever asks, is asked or writes does nothing there in another office."""
    held = set(assembly.offices(actor, question))
    if actor.person is None:
        return frozenset(held)
    if question.pk is None:
        if sides.is_participant(actor):
            held.add(Office.PARTICIPANT)
        if sides.chaired_by(actor):
            held.add(Office.COMMITTEE_CHAIR)
        return frozenset(held)
    rows = [
        row
        for row in question.authors.select_related("question__to_committee")
        if row.person_id == actor.person
    ]
    is_part = actor.person in (question.asker_id, question.to_person_id) or bool(rows)
    if is_part or integrity.recused(actor.person, [question.reference, question.asker.reference]):
        held &= {Office.ANYONE}
    if asks(actor, question):
        held.add(Office.ASKER)
    if question.to_person_id == actor.person and (
        sides.is_participant(actor) if question.to_mandate_id else sides.is_delegate(actor)
    ):
        held.add(Office.ADDRESSEE)
    if question.to_committee is not None and sides.chairs(actor, question.to_committee):
        held.add(Office.COMMITTEE_CHAIR)
    writes = [row for row in rows if row.round == question.round or question.state in SAID]
    if any(is_able(actor, row) for row in writes):
        held.add(Office.AUTHOR)
    return frozenset(held)


def draft_of(question: Question) -> Answer | None:
    """The answer of this round while it is not released."""
    return question.answers.filter(round=question.round, is_holding=False, released_at=None).first()


def is_signed_off(question: Question, answer: Answer | None = None) -> bool:
    """Every author has signed the text as it stands, or the chair has."""
    answer = answer or draft_of(question)
    if answer is None:
        return False
    rows = authors(question)
    return answer.signed_by_chair or (bool(rows) and all(row.signed_at is not None for row in rows))


def released(question: Question) -> Sequence[Answer]:
    return [row for row in question.answers.all() if row.released_at is not None]


def released_answers() -> QuerySet[Answer]:
    """Where and when answers were released, the latest first; their texts stay closed."""
    rows = Answer.objects.filter(released_at__isnull=False, question__admitted_at__isnull=False)
    return rows.select_related("question__topic").defer("text").order_by("-released_at", "-pk")


def draft_for(question: Question, actor: Actor) -> Answer | None:
    """The unreleased answer, for those who write or sign it; for the Secretariat once it is signed off."""
    if question.state not in WRITING or actor.person is None:
        return None
    draft = draft_of(question)
    if draft is None:
        return None
    held = offices_on_question(actor, question)
    if held & {Office.AUTHOR, Office.ADDRESSEE, Office.COMMITTEE_CHAIR}:
        return draft
    return draft if Office.SECRETARIAT in held and is_signed_off(question, draft) else None


def has_part(question: Question, actor: Actor) -> bool:
    """Both sides and whoever decides: they read the reasons for a review, and who writes an answer before it is released."""
    held = offices_on_question(actor, question) if actor.person is not None else frozenset()
    wanted = {
        Office.ASKER,
        Office.ADDRESSEE,
        Office.COMMITTEE_CHAIR,
        Office.AUTHOR,
        Office.SECRETARIAT,
        Office.SECRETARY_GENERAL,
    }
    return bool(held & wanted)


def running() -> QuerySet[Question]:
    """Questions to which an answer is owed, the overdue ones first, then by their date."""
    return questions().filter(state__in=RUNNING).order_by("due_at", "pk")


def overdue() -> QuerySet[Question]:
    return running().filter(due_at__lte=clock.now())


def undecided() -> QuerySet[Question]:
    """Tabled questions and reviews on which the house has not decided in its time, the longest first."""
    return questions().filter(state__in=UNDECIDED, decide_by__lte=clock.now()).order_by("decide_by", "pk")


def of_committee(committee: Body) -> QuerySet[Question]:
    """Public questions that a committee put or was put, the overdue ones first."""
    return public_questions().filter(Q(to_committee=committee) | Q(asker_committee=committee))


def owed_by(committee: Body) -> QuerySet[Question]:
    """Public questions to a committee to which an answer is owed."""
    return public_questions().filter(to_committee=committee, state__in=RUNNING)


def by_urgency(rows: Sequence[Question]) -> list[Question]:
    """The overdue ones first, the longest overdue before; then what is due next; then the rest as it came. An answer is owed,
    or a decision of the house."""
    now = clock.now()

    def place(row: Question) -> tuple[int, float]:
        due = row.due_at if row.state in RUNNING else row.decide_by if row.state in UNDECIDED else None
        if due is not None:
            return (0 if due <= now else 1), due.timestamp()
        return 2, 0.0

    return sorted(rows, key=place)


def releasable(topic: Topic, actor: Actor) -> Sequence[Question]:
    """The questions of a topic whose signed answers this person may release."""
    rows = questions().filter(topic=topic, state__in=WRITING)
    wanted = {Office.SECRETARIAT, Office.COMMITTEE_CHAIR, Office.AUTHOR, Office.ADDRESSEE}
    return [row for row in rows if is_signed_off(row) and offices_on_question(actor, row) & wanted]


# --- exchanges ------------------------------------------------------------------------------------------------------


def exchanges(actor: Actor) -> QuerySet[Exchange]:
    """The two read their exchange until it is erased, and nobody else."""
    rows = Exchange.objects.select_related(
        "delegate", "mandate__candidacy", "mandate__list__session", "mandate__person"
    )
    if actor.person is None:
        return rows.none()
    mine = Q(delegate_id=actor.person) | Q(mandate__person_id=actor.person)
    return rows.filter(mine, erased_at=None)


def is_delegate_of(actor: Actor, exchange: Exchange) -> bool:
    return exchange.delegate_id == actor.person


def may_write(actor: Actor, exchange: Exchange) -> bool:
    """Whether somebody still is what he or she was when the exchange began; a suspended participant reads only."""
    if is_delegate_of(actor, exchange):
        return sides.is_delegate(actor)
    return exchange.mandate.person_id == actor.person and sides.sits(exchange.mandate)


def offices_on_exchange(actor: Actor, exchange: Exchange) -> frozenset[str]:
    """Nobody does anything there in an office of the house."""
    if actor.person is None:
        return actor.offices
    if exchange.pk is None:
        held = set(actor.offices) & {Office.ANYONE, Office.DELEGATE}
        return frozenset(held | {Office.PARTICIPANT} if sides.is_participant(actor) else held)
    if actor.person in (exchange.delegate_id, exchange.mandate.person_id):
        return frozenset({Office.ANYONE, Office.CORRESPONDENT})
    return frozenset({Office.ANYONE})
