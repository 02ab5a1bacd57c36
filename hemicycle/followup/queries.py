"""Questions to the follow-up: who acts in which office, what is overdue, and the indicators of the board."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from hemicycle.assembly import calendar
from hemicycle.assembly import queries as assembly
from hemicycle.assembly.models import Body, Capacity, Session, day_start
from hemicycle.dialogue import sides
from hemicycle.mandates import queries as mandates
from hemicycle.record import clock, law
from hemicycle.record.actors import PUBLIC, Actor
from hemicycle.record.models import Entry
from hemicycle.rules import indicators as arithmetic
from hemicycle.rules import terms
from hemicycle.rules.procedure import Office
from hemicycle.texts import sources

from .models import Corrected, EarlierContact, Outcome, Proposal, Stage
from .procedure import WAITING, ContactState, ProposalState

# --- offices --------------------------------------------------------------------------------------------------------


def offices_on_contact(actor: Actor, contact: EarlierContact) -> frozenset[str]:
    return assembly.offices(actor, contact)


def offices(actor: Actor, proposal: Proposal) -> frozenset[str]:
    """Those held, and those that the proposal gives: its committee's chair, its rapporteur, the head of the delegation of a
    state that was asked. Nobody is the chair for the own proposal."""
    held = set(assembly.offices(actor, proposal))
    if actor.person is None:
        return frozenset(held)
    if proposal.pk is None:
        return frozenset(held | {Office.PARTICIPANT} if sides.is_participant(actor) else held)
    if proposal.person_id != actor.person and sides.chairs(actor, proposal.committee):
        held.add(Office.COMMITTEE_CHAIR)
    if is_rapporteur(actor, proposal) or states_answered_by(actor, proposal):
        held.add(Office.ADDRESSEE)
    return frozenset(held)


def is_rapporteur(actor: Actor, proposal: Proposal) -> bool:
    return any(stage.rapporteur_id == actor.person for stage in proposal.stages.all() if stage.rapporteur_id)


def states_answered_by(actor: Actor, proposal: Proposal) -> set[int]:
    """The states, by key, that were asked and whose delegation the person heads now."""
    asked = states_asked(proposal)
    return asked & set(delegations_headed(actor)) if asked else set()


def states_asked(proposal: Proposal) -> set[int]:
    return {stage.asked_state_id for stage in proposal.stages.all() if stage.asked_state_id}


def delegations_headed(actor: Actor) -> Sequence[int]:
    if actor.person is None:
        return []
    seats = assembly.seats_at(clock.now()).filter(
        person_id=actor.person, capacity=Capacity.HEAD_OF_DELEGATION, delegation__isnull=False
    )
    return [key for key in seats.values_list("delegation_id", flat=True) if key is not None]


def states_recorded_by(actor: Actor, proposal: Proposal) -> set[int]:
    """The states, by key, that were asked and whose answer the person may record. A head of delegation speaks for that state
    only; those who work for the committee record what any state said."""
    held = offices(actor, proposal)
    works = bool(held & {Office.COMMITTEE_CHAIR, Office.SECRETARIAT}) or is_rapporteur(actor, proposal)
    return states_asked(proposal) if works else states_answered_by(actor, proposal)


# --- who may read what ----------------------------------------------------------------------------------------------


def contacts(actor: Actor) -> QuerySet[EarlierContact]:
    """Public ones for everybody, those that wait for their second person for the Secretariat. One that was withdrawn after it
    was public stays with its reasons."""
    rows = EarlierContact.objects.select_related("topic")
    if actor.holds(Office.SECRETARIAT):
        return rows
    return rows.filter(public_at__isnull=False)


def public_contacts() -> QuerySet[EarlierContact]:
    """Those that a second person has confirmed, and nobody has withdrawn."""
    return EarlierContact.objects.filter(state=ContactState.PUBLIC).select_related("topic")


def proposals(actor: Actor = PUBLIC) -> QuerySet[Proposal]:
    """Proposals are public from the act that makes them."""
    stages = Stage.objects.select_related("committee", "rapporteur", "asked_state")
    found = Proposal.objects.select_related("topic", "committee", "mandate", "person")
    return found.prefetch_related(Prefetch("stages", stages))


def worked_on(actor: Actor) -> QuerySet[Proposal]:
    """Proposals for whoever works on them, and whoever made them: what nobody has confirmed yet is for the house. Everybody
    else reads the public page."""
    if actor.holds(Office.SECRETARIAT):
        return proposals()
    if actor.person is None:
        return Proposal.objects.none()
    mine = Q(person_id=actor.person) | Q(mandate__person_id=actor.person)
    mine |= Q(committee__in=[body.pk for body in sides.chaired_by(actor)])
    mine |= Q(stages__rapporteur_id=actor.person) | Q(stages__asked_state_id__in=delegations_headed(actor))
    return proposals().filter(mine).distinct()


def carried_out() -> QuerySet[Proposal]:
    """Those of which two people have confirmed it, the latest first."""
    rows = Proposal.objects.filter(state=ProposalState.CARRIED_OUT)
    return rows.select_related("topic").order_by("-carried_out_at", "-pk")


def ended_stages() -> QuerySet[Stage]:
    """How stages ended, the latest first; not those that ended only because the proposal was carried out."""
    rows = Stage.objects.filter(ended_at__isnull=False)
    rows = rows.exclude(outcome=Outcome.CLOSED, proposal__carried_out_at__isnull=False)
    return rows.select_related("proposal__topic").order_by("-ended_at", "-pk")


def maker_name(proposal: Proposal) -> str | None:
    """Who made it, as names may be read now (1.7); None where the name is withheld, empty where one side made it."""
    if proposal.mandate is not None:
        return mandates.public_name(proposal.mandate)
    return proposal.person.shown_name if proposal.person is not None else ""


def corrections(reference: str) -> Sequence[Corrected]:
    return list(Corrected.objects.filter(matter=reference))


def origin_url(proposal: Proposal) -> str:
    """The page of what a proposal came out of, where its room has one for everybody."""
    found = sources.texts_of(proposal.origin_reference, PUBLIC) if proposal.origin_reference else ()
    return found[0].url if found else ""


# --- time -----------------------------------------------------------------------------------------------------------


def days_off() -> frozenset[date]:
    """The holidays of the seat, asked once for a whole list."""
    return frozenset(calendar.holidays().values_list("day", flat=True))


def days_overdue(stage: Stage, at: datetime, off: Collection[date]) -> int:
    """The working days since the last day of an open stage, today not counted; 0 while it is not over. `off`: `days_off`."""
    if not stage.is_overdue(at):
        return 0
    return terms.working_days_between(stage.due_on + timedelta(days=1), timezone.localtime(at).date(), off)


def overdue_level(stage: Stage, at: datetime) -> int:
    """How many of the charter's steps an open stage is past, reckoned with the holidays that its last day was told with."""
    if not stage.is_overdue(at):
        return 0
    steps = law.in_force().dialogue.overdue_steps.value
    last = [
        calendar.due_after(stage.due_on, step, stage.begun_at).on if step else stage.due_on for step in steps
    ]
    return sum(day_start(day + timedelta(days=1)) <= at for day in last)


def levels_to_tell(at: datetime) -> Sequence[Stage]:
    """Open stages that have come to a level which was not told."""
    today = timezone.localtime(at).date()
    told, levels = (*WAITING, ProposalState.ANSWERED), len(law.in_force().dialogue.overdue_steps.value)
    rows = Stage.objects.filter(
        ended_at__isnull=True, due_on__lt=today, proposal__state__in=told, told_level__lt=levels
    )
    return [row for row in rows if overdue_level(row, at) > row.told_level]


def to_be_marked_ignored(at: datetime) -> list[Proposal]:
    late = Stage.objects.filter(ended_at__isnull=True, ignored_at__lte=at).values("proposal_id")
    rows = Proposal.objects.filter(state__in=WAITING, pk__in=late).prefetch_related("stages")
    return [row for row in rows if row.standing(at) == ProposalState.IGNORED]


def open_stage(proposal: Proposal) -> Stage | None:
    """What is awaited now; of several states the one that is due first."""
    waiting = [stage for stage in proposal.stages.all() if stage.ended_at is None]
    return min(waiting, key=lambda stage: (stage.due_on, stage.pk), default=None)


def overdue_first(rows: Iterable[Proposal], at: datetime) -> list[Proposal]:
    """By what is due: the longest overdue first, then what is due next, then what nothing is awaited of, latest first."""

    def key(row: Proposal) -> tuple[bool, float]:
        stage = open_stage(row)
        return (stage is None, -row.created_at.timestamp() if stage is None else stage.due_at.timestamp())

    return sorted(rows, key=key)


def of_committee(committee: Body, at: datetime) -> list[Proposal]:
    return overdue_first(proposals().filter(committee=committee), at)


# --- indicators -----------------------------------------------------------------------------------------------------


def indicators(session: Session | None, at: datetime) -> arithmetic.Board:
    """The board of the proposals made in a session, or of all, as of an instant. Two queries."""
    rows = Proposal.objects.prefetch_related("stages")
    if session is not None:
        rows = rows.filter(created_at__gte=session.opens_at, created_at__lt=session.closes_at)
    return arithmetic.board((row.chain() for row in rows), at)


def board_of(rows: Iterable[Proposal], at: datetime) -> arithmetic.Board:
    return arithmetic.board((row.chain() for row in rows), at)


def _as_chair(actor: Actor) -> Q:
    """Before committees that the person chairs, the own proposals left out: nobody is the chair for those (`offices`)."""
    before = Q(committee__in=[body.pk for body in sides.chaired_by(actor)])
    return before & (Q(person__isnull=True) | ~Q(person_id=actor.person))


def awaited_from(actor: Actor) -> Sequence[Proposal]:
    """Proposals of which this person owes the next step: chair of the committee, rapporteur, head of a delegation. The
    Secretariat is shown those that are overdue. Bounded questions, however many there are."""
    waiting = Q(stages__ended_at__isnull=True)
    if actor.holds(Office.SECRETARIAT):
        mine = Q(stages__due_on__lt=clock.today())
    else:
        mine = _as_chair(actor) & ~Q(stages__key="answer")
        mine |= Q(stages__key="report", stages__rapporteur_id=actor.person)
        mine |= Q(stages__key="answer", stages__asked_state_id__in=delegations_headed(actor))
    return list(proposals().filter(waiting & mine).exclude(state=ProposalState.CLAIMED).distinct())


def awaiting_second(actor: Actor) -> Sequence[EarlierContact | Proposal]:
    """What another person asked for, and this one may confirm."""
    claimed = Proposal.objects.filter(state=ProposalState.CLAIMED)
    found: list[EarlierContact | Proposal] = []
    if actor.holds(Office.SECRETARIAT):
        found += [*EarlierContact.objects.filter(state=ContactState.TRANSCRIBED), *claimed]
    else:
        found += claimed.filter(_as_chair(actor))
    firsts = {"transcribe", "claim_carried_out"}
    mine = Entry.objects.filter(matter__in=[row.reference for row in found], act__in=firsts).order_by(
        "number"
    )
    last = dict(mine.values_list("matter", "actor"))
    return [row for row in found if last.get(row.reference) != actor.reference]
