"""Who sees which dated posts and money, and how they meet the bars. A bounded number of questions, however long the list.

Who finds what is kept from the other reader and from the person as `actions/service.py` says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import F, Q, QuerySet

from hemicycle.candidacy.models import Candidacy, ServicePeriod
from hemicycle.candidacy.procedure import CORRECTED, WRITTEN
from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.rules.charter import Charter, Entry, ServiceKind
from hemicycle.rules.procedure import Office
from hemicycle.rules.service import Known, Limb, Overlap, Reach, Span, limb_of, overlap, reach

from ..models import AdversePoint, ServiceDispute, ServiceEntry
from ..procedure import ExaminationState
from ..procedure.service import ServiceState
from .access import _PEOPLE, BLIND, _mine, _open_to
from .outcomes import HAS_OPINION


def law_of(candidacy: Candidacy) -> Charter:
    """The law of the call."""
    return law.by_reference(candidacy.call.charter)


def service_kinds(charter: Charter) -> list[ServiceKind | Entry]:
    """Every kind of post or money that may be entered: those that bars cover or leave, then those that are set aside."""
    return [*charter.service_kinds, *charter.excluded_kinds]


def visible_service(actor: Actor) -> QuerySet[ServiceEntry]:
    """The candidate: the own entries, and what was found once it was put, or with the opinion. Readers of an opened file:
    what was declared, and what they found; what others found once blindness is lifted. The Secretariat: what was declared,
    what a point rests on, and the rest with the readings. What was taken back is seen by its side alone.
    """
    every = ServiceEntry.objects.select_related("reading__assessor", "point", *_PEOPLE)
    if actor.person is None:
        return every.none()
    declared, is_there = Q(reading__isnull=True), ~Q(state=ServiceState.WITHDRAWN)
    opened = _mine(actor).filter(opened_at__isnull=False)
    seen = Q(candidacy__person_id=actor.person) & declared
    seen |= declared & is_there & Q(candidacy__examination__in=opened.values("examination"))
    if actor.holds(Office.SECRETARIAT):
        seen |= declared & is_there & _as_clerk(actor, "")
    seen |= _of_readers(actor, "") & (is_there | Q(reading__assessor_id=actor.person))
    return every.filter(_open_to(actor), seen).order_by("pk")


def visible_disputes(actor: Actor) -> QuerySet[ServiceDispute]:
    """The candidate's: whoever sees the entry. A reader's: as what a reader found."""
    seen = Q(reading__isnull=True) | _of_readers(actor, "entry__")
    return ServiceDispute.objects.filter(seen).select_related(
        "point", "reading__assessor", "entry__candidacy"
    )


def _as_clerk(actor: Actor, path: str) -> Q:
    """Files of others that the clerk does not read."""
    reads = _mine(actor).values("examination")
    own, read = {f"{path}candidacy__person_id": actor.person}, {f"{path}candidacy__examination__in": reads}
    return ~Q(**own) & ~Q(**read)


def _of_readers(actor: Actor, path: str) -> Q:
    """What readers found or disputed, as far as the actor may see it now. `path` leads from the row to its file.

    What a reader found who was released since is nobody's any more, unless a point rests on it.
    """
    examination = f"{path}candidacy__examination"
    running = ExaminationState.READ_AGAIN
    is_new = Q(**{f"{examination}__state": running, "reading__round": F(f"{examination}__round")})
    lifted = ~Q(**{f"{examination}__state__in": BLIND}) & ~is_new
    opened = _mine(actor).filter(opened_at__isnull=False)
    gathered = opened.filter(given_at__isnull=False) | opened.filter(is_review=True)
    put = Q(point__notified_at__isnull=False) | (Q(**{f"{examination}__state__in": HAS_OPINION}) & ~is_new)
    seen = Q(**{f"{path}candidacy__person_id": actor.person}) & put
    seen |= Q(**{f"{examination}__in": gathered.values("examination")}) & lifted
    if actor.holds(Office.SECRETARIAT):
        seen |= _as_clerk(actor, path) & (lifted | Q(point__isnull=False))
    stands = Q(reading__released_at__isnull=True) | Q(point__isnull=False)
    own = Q(reading__in=opened.values("pk"))
    return Q(reading__isnull=False) & (own | (stands & seen))


@dataclass(frozen=True)
class Line:
    """One line of the timeline: an entry, or a dated fact that was declared under a bar; its days and overlaps by limb.

    `overlaps` holds the limbs that it meets in time, in the charter's order, those of a kind set aside too.
    """

    kind: str
    span: Span
    reach: Reach | None
    overlaps: tuple[Overlap, ...]
    entry: ServiceEntry | None = None
    period: ServicePeriod | None = None
    disputes: Sequence[ServiceDispute] = field(default=())


def service_lines(candidacy: Candidacy, actor: Actor) -> list[Line]:
    """Everything dated in one file that the actor may see, by first day. As many questions for one entry as for many."""
    with law.held():
        return _lines(candidacy, actor)


def _lines(candidacy: Candidacy, actor: Actor) -> list[Line]:
    rows = visible_service(actor).filter(candidacy=candidacy).exclude(state=ServiceState.WITHDRAWN)
    # The file and its person are known: read once a row, they would be most of the work.
    entries = list(rows.select_related(None).select_related("reading"))
    disputes: dict[int, list[ServiceDispute]] = defaultdict(list)
    for dispute in visible_disputes(actor).filter(entry__in=[entry.pk for entry in entries]):
        disputes[dispute.entry_id].append(dispute)
    charter, today = law_of(candidacy), clock.today()
    limbs = [limb_of(bar, charter) for bar in charter.bars]
    aside = {kind.key for kind in charter.excluded_kinds}
    found = []
    for entry in entries:
        span = entry.span
        met = _met(span, limbs)
        found.append(
            Line(entry.kind, span, reach(span, today), met, entry=entry, disputes=disputes[entry.pk])
        )
    for period in candidacy.periods.all():
        span = _declared(period, aside)
        under = [limb for limb in limbs if limb.key == period.bar]
        found.append(Line(period.kind, span, reach(span, today), _met(span, under), period=period))
    return sorted(found, key=lambda line: (line.span.began.first, line.span.began.last))


def _met(span: Span, limbs: Sequence[Limb]) -> tuple[Overlap, ...]:
    each = (overlap(span, limb, clock.today()) for limb in limbs)
    return tuple(found for found in each if found.first is not None)


def _declared(period: ServicePeriod, aside: set[str]) -> Span:
    """What was declared with the candidacy: the person was asked for a first day and a last day, and under which bar."""
    kind = period.kind if period.kind in aside else period.bar
    began = Known(period.from_day, period.from_day)
    if period.until_day is None:
        return Span(kind, began, goes_on=True)
    return Span(kind, began, Known(period.until_day, period.until_day))


def takes_entries(candidacy: Candidacy) -> bool:
    """Whether the candidate may declare and correct: until the opinion, and while nothing speaks against the form (2.5)."""
    is_written = candidacy.standing(clock.now()) in (*WRITTEN, *CORRECTED)
    return is_written and candidacy.corrections_closed_at is None


def points_to_tie(entry: ServiceEntry, actor: Actor) -> QuerySet[AdversePoint]:
    """Own points of the file that are not yet put to the person."""
    rows = AdversePoint.objects.filter(examination__candidacy=entry.candidacy_id, state="raised")
    return rows.filter(raised_by_id=actor.person)


def offers_service(entry: ServiceEntry, act: str) -> bool:
    """Whether the button of an act would not be refused at once by what only the entry says."""
    if act in ("take_back_service", "tie_service"):
        return entry.point is None or entry.point.notified_at is None
    if act in ("correct_service", "withdraw_service"):
        return takes_entries(entry.candidacy)
    return True
