"""What the public may read, and from when. Every page of this room asks here and nowhere else.

- a list: when it is announced (R18); its votes with it, because a vote on a list tells of the list
- a vote on nothing sealed: when it is decided, never while it runs
- a call: when it is opened; its numbers: when it has closed
- entries of the record kept `on_release`: with the matter they stand in
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Left

from hemicycle.assembly.models import Adoption, Session
from hemicycle.candidacy.models import Call
from hemicycle.candidacy.procedure import CallState
from hemicycle.composition.models import List
from hemicycle.integrity.models import Contact
from hemicycle.integrity.procedure import ContactState
from hemicycle.record import clock
from hemicycle.record.models import CharterVersion, Correction, Entry
from hemicycle.rules.procedure import Publicity
from hemicycle.voting.models import DeskBallot, Vote
from hemicycle.voting.procedure import VoteState

DECIDED = (VoteState.CARRIED, VoteState.REJECTED, VoteState.VOID)
# A vote on any of these is about nothing that is sealed. A subject that is not named here is not public.
OPEN_SUBJECTS = (
    Q(subject="") | Q(subject="founding") | Q(subject__startswith="ADPT-") | Q(subject__startswith="ESTB-")
)
LIST_REFERENCE = len("LIST-") + 8  # a vote on one seat has the subject `LIST-XXXXXXXX/3`
ADDRESS = str.maketrans({"/": "-", " ": "-"})


def lists(at: datetime | None = None) -> QuerySet[List]:
    """Lists that were announced, the latest first; also one that came back since (`returned_at`)."""
    found = List.objects.filter(announced_at__lte=at or clock.now()).select_related("session", "call")
    return found.order_by("-announced_at", "-pk")


def list_of(session: Session, at: datetime | None = None) -> List | None:
    """The announced list of a session that has not come back."""
    at = at or clock.now()
    return lists(at).filter(session=session).exclude(returned_at__lte=at).first()


def votes(at: datetime | None = None) -> QuerySet[Vote]:
    """Votes that the public may read, the latest first.

    A vote on a list that was refused or referred back becomes public with the round: when a list of the same call
    is announced. A separate vote on a seat of such a list is about somebody who was not chosen and never does (2.3).
    """
    at = at or clock.now()
    announced = lists(at).order_by()
    of_rounds = List.objects.filter(call__in=announced.values("call_id"))
    rows = Vote.objects.filter(state__in=DECIDED, closed_at__lte=at).annotate(
        list_reference=Left("subject", LIST_REFERENCE)
    )
    on_seat = Q(subject__contains="/", list_reference__in=announced.values("reference"))
    return rows.filter(OPEN_SUBJECTS | Q(subject__in=of_rounds.values("reference")) | on_seat).order_by(
        "-closed_at", "-pk"
    )


def ratifying_body(list_: List) -> str:
    """The code of the body that ratified an announced list: the Assembly, or another between part-sessions (7.9)."""
    entry = Entry.objects.filter(matter=list_.reference, act="ratify").order_by("-number").first()
    return str(entry.facts.get("body", "")) if entry is not None else ""


def seat_votes_withheld(list_: List) -> int:
    """How many votes on single seats of this round's other lists are kept back; only that they were taken is said."""
    others = List.objects.filter(call=list_.call_id).exclude(announced_at__lte=clock.now())
    rows = Vote.objects.filter(state__in=DECIDED).annotate(list_reference=Left("subject", LIST_REFERENCE))
    return rows.filter(subject__contains="/", list_reference__in=others.values("reference")).count()


def founding_vote() -> Vote | None:
    """The recorded vote by which the platform was created (R1)."""
    return votes().filter(subject="founding", state=VoteState.CARRIED).first()


def calls() -> QuerySet[Call]:
    """Calls that were opened, the latest first; one in preparation is nobody's business yet."""
    return (
        Call.objects.exclude(state=CallState.DRAFTED).select_related("session").order_by("-opens_at", "-pk")
    )


def contacts(subjects: Collection[str]) -> QuerySet[Contact]:
    """Published entries of the contact register on calls and lists, by day (4.2)."""
    return Contact.objects.filter(subject__in=subjects, state=ContactState.PUBLISHED, erased_at=None)


def charters() -> QuerySet[CharterVersion]:
    """Versions of the charter that were adopted, the latest first."""
    return CharterVersion.objects.filter(in_force_from__isnull=False).order_by("-in_force_from", "-pk")


def entries(at: datetime | None = None) -> QuerySet[Entry]:
    """Entries of the record that the public may read, the latest first.

    Their numbers are not for printing: the gaps between them would count the sealed acts (procedure 1.3).
    """
    at = at or clock.now()
    of_votes = votes(at).order_by().values("reference")
    desk = DeskBallot.objects.filter(vote__in=votes(at).order_by().values("pk")).values("reference")
    corrected = Correction.objects.filter(state="published").values("reference")
    adopted = Adoption.objects.filter(state="adopted").values("reference")
    free = (
        Q(matter__in=lists(at).order_by().values("reference"))
        | Q(matter__in=of_votes)
        | Q(matter__in=desk)
        | Q(matter__in=corrected)
        | Q(matter__in=adopted)
    )
    kept = Q(publicity=Publicity.ON_RELEASE.value) & free
    return Entry.objects.filter(Q(publicity=Publicity.PUBLIC.value) | kept, at__lte=at).order_by("-number")


def address_of(session: Session) -> str:
    """The name of a session as it stands in an address."""
    return session.name.translate(ADDRESS)


def session_at(address: str) -> Session | None:
    """The session with that address."""
    return next((row for row in Session.objects.order_by("-opens_on") if address_of(row) == address), None)
