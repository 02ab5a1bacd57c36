"""What waits for whom in the dialogue, for the first page after sign-in."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, Q
from django.utils.translation import gettext as _

from hemicycle.assembly import queries as assembly
from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.rules.procedure import Office
from hemicycle.web.desk import MenuItem, Waiting, act_url, matter_url

from . import own, queries, sides
from .models import Question, Side
from .procedure import RUNNING, ExchangeState, QuestionState

S = QuestionState


class Item(MenuItem):
    """For offices of the dialogue, and for what is no holding: a seat on the platform, the chair of a committee."""

    def is_for(self, actor: Actor) -> bool:
        return own.has_part(actor)


def waiting(actor: Actor) -> Iterator[Waiting]:
    if actor.person is None or not own.has_part(actor):
        return
    chaired = [body.pk for body in sides.chaired_by(actor)]
    yield from _asked(actor, chaired)
    yield from _owed(actor, chaired)
    yield from _house(actor)
    yield from _escalated(actor, chaired)
    for exchange in queries.exchanges(actor).filter(state=ExchangeState.INVITED):
        is_mine = queries.is_delegate_of(actor, exchange) == exchange.is_from_delegate
        if not is_mine and exchange.standing(clock.now()) == ExchangeState.INVITED:
            title = _("Invitation to a private exchange: %(name)s") % {"name": own.other_of(exchange, actor)}
            yield Waiting(title, matter_url(exchange), exchange.lapses_at)


def _asked(actor: Actor, chaired: list[int]) -> Iterator[Waiting]:
    """For whoever asked: what came back, and answers to look at."""
    now = clock.now()
    mine = queries.questions().filter(
        Q(asker_id=actor.person, asker_committee=None) | Q(asker_committee_id__in=chaired)
    )
    for row in mine.filter(state=S.RETURNED, lapses_at__gt=now):
        yield Waiting(_("Mend a returned question: %s") % row.reference, matter_url(row), row.lapses_at)
    for row in mine.filter(state=S.ANSWERED, review_until__gt=now):
        yield Waiting(
            _("Read the answer to your question: %s") % row.reference, matter_url(row), row.review_until
        )


def _owed(actor: Actor, chaired: list[int]) -> Iterator[Waiting]:
    """For whoever is asked or writes: the answer, with its date."""
    rows = queries.running()
    for row in rows.filter(state=S.ADMITTED, to_committee_id__in=chaired):
        yield Waiting(
            _("Say who writes the answer: %s") % row.reference, act_url(row, "assign_answer"), row.due_at
        )
    unsigned = Q(authors__person_id=actor.person, authors__round=F("round"), authors__signed_at=None)
    for row in rows.filter(unsigned, state__in=[S.ASSIGNED, S.HOLDING]):
        yield Waiting(_("Write or sign the answer: %s") % row.reference, matter_url(row), row.due_at)


def _house(actor: Actor) -> Iterator[Waiting]:
    if actor.holds(Office.SECRETARIAT):
        for row in queries.questions().filter(state=S.TABLED).exclude(asker_id=actor.person):
            yield Waiting(
                _("Admit a question or return it: %s") % row.reference, matter_url(row), row.decide_by
            )
        for row in queries.undecided().filter(state=S.UNDER_REVIEW):
            yield Waiting(_("A review is overdue: %s") % row.reference, matter_url(row), row.decide_by)
        for row in queries.running().filter(state=S.ADMITTED, to_side=Side.PARTICIPANTS):
            yield Waiting(
                _("Put down who writes the answer: %s") % row.reference,
                act_url(row, "appoint_authors"),
                row.due_at,
            )
        for row in queries.overdue():
            yield Waiting(_("An answer is overdue: %s") % row.reference, matter_url(row), row.due_at)
    if actor.holds(Office.SECRETARY_GENERAL):
        for row in queries.questions().filter(state=S.UNDER_REVIEW):
            yield Waiting(
                _("Decide on the review of an answer: %s") % row.reference,
                act_url(row, "decide_review"),
                row.decide_by,
            )
        for row in queries.undecided().filter(state=S.TABLED, undecided_at__isnull=False):
            title = _("The Secretariat has not decided on a question: %s") % row.reference
            yield Waiting(title, matter_url(row), row.decide_by)


def _escalated(actor: Actor, chaired: list[int]) -> Iterator[Waiting]:
    """For the chair: answers of the committee that reached the last level; the others are the President's."""
    presides = bool(assembly.offices(actor, None) & {Office.PRESIDENT, Office.ACTING_PRESIDENT})
    if not chaired and not presides:
        return
    for row in queries.overdue().filter(level__gt=0):
        is_mine = row.to_committee_id in chaired if row.to_committee_id else presides
        if is_mine and is_last_level(row):
            yield Waiting(_("An answer is long overdue: %s") % row.reference, matter_url(row), row.due_at)


def is_last_level(question: Question) -> bool:
    steps = law.by_reference(question.charter).dialogue.overdue_steps.value
    return question.state in RUNNING and question.level >= len(steps)
