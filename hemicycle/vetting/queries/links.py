"""What the sources in one file tie to its candidate, for the reader who opened it; and which of it other files share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from hemicycle.candidacy import answers
from hemicycle.candidacy import queries as candidacies
from hemicycle.candidacy.models import Candidacy, CounterStatement, Endorsement, ServicePeriod
from hemicycle.candidacy.models import Kind as PeriodKind
from hemicycle.instruments.links.graph import Confidence, Edge, Graph, Kind, Node, Relation
from hemicycle.record.actors import Actor

from ..models import AdversePoint, Examination, Reading
from ..procedure import PointState
from .access import charter_of, visible_readings
from .assigning import same_name
from .others import others_of_call
from .visible import visible_points

RELATIONS = {
    PeriodKind.POST: Relation.WORKED_AT,
    PeriodKind.ELECTED: Relation.HELD_POST,
    PeriodKind.PAYMENT: Relation.PAID_BY,
}


@dataclass(frozen=True)
class Confirmed:
    """A hit that a person confirmed. `of`: the body as the file names it; empty: the candidate.

    `entry` is the entry's id in its list, `source` the list with its version, `confirmed` who confirmed what and when.
    """

    entry: str
    name: str
    source: str
    confirmed: str
    of: str = ""


@dataclass(frozen=True)
class Shared:
    """A body that endorses or presents a slate in `files` other files of the call; `mine`: own readings among these."""

    body: str
    files: int
    mine: Sequence[Reading]


@dataclass(frozen=True)
class Head:
    """What several parts of the page of a file rest on, read and opened once: the bodies that speak in it, and the actor's own
    readings in the call in which no interest was declared."""

    endorsements: Sequence[Endorsement]
    statements: Sequence[CounterStatement]
    own: Sequence[Reading]


def head_of(examination: Examination, actor: Actor) -> Head:
    """Endorsements and statements of invited bodies that were given, and own live readings, in three questions."""
    candidacy = examination.candidacy
    own = visible_readings(actor).filter(
        assessor_id=actor.person,
        examination__candidacy__call=candidacy.call_id,
        released_at__isnull=True,
        declared_at__isnull=False,
    )
    endorsements, statements = candidacies.endorsements(candidacy), candidacies.counter_statements(candidacy)
    return Head(list(endorsements), list(statements), list(own))


def graph_of(
    examination: Examination, actor: Actor, listed: Sequence[Confirmed] = (), head: Head | None = None
) -> Graph | None:
    """The links of one file; `None` to whoever has not opened it as its reader. No other candidate stands in it.

    Nodes: the candidacy by its reference, bodies by `body_id`, points by their references, entries by `list:` and their ids."""
    head = head or head_of(examination, actor)
    if not any(mine.examination_id == examination.pk and mine.opened_at for mine in head.own):
        return None
    candidacy = examination.candidacy
    nodes = {candidacy.reference: Node(candidacy.reference, Kind.CANDIDACY, candidacy.person.shown_name)}
    edges = []
    for node, edge in _links(examination, actor, head):
        nodes.setdefault(node.id, node)  # a body named twice is one node, by the name that came first
        edges.append(edge)
    for hit in listed:
        entry = Node(f"list:{hit.entry}", Kind.LIST_ENTRY, hit.name, True, hit.source)
        nodes.setdefault(entry.id, entry)
        whose = body_id(hit.of) if hit.of else candidacy.reference
        if hit.of:  # a payer of a dated post, or a name that was corrected since, stands in no other link
            nodes.setdefault(whose, Node(whose, Kind.ORGANISATION, hit.of))
        same = Relation.SAME_AS
        edges.append(Edge(whose, entry.id, same, "", "", hit.confirmed, Confidence.CONFIRMED))
    return Graph(nodes.values(), edges)


def body_id(name: str) -> str:
    """Bodies whose names differ in case, spaces and punctuation alone are one."""
    return f"body:{same_name(name) or name}"


def _links(examination: Examination, actor: Actor, head: Head) -> Iterator[tuple[Node, Edge]]:
    """Each link of the file with the node at its other end."""
    candidacy = examination.candidacy
    yield from _periods(examination)
    if candidacy.slate is not None:
        yield _to_body(
            candidacy,
            candidacy.slate.organisation,
            Relation.ON_SLATE_OF,
            _("The joint slate, joined by the candidate"),
        )
    for said in head.endorsements:
        source = _("Endorsement %(reference)s, sent by the candidate") % {"reference": said.reference}
        yield _to_body(candidacy, said.body, Relation.ENDORSED_BY, source, *_on(said.created_at))
    statements = {row.reference: row for row in head.statements}
    for row in statements.values():
        source = _("Statement %(reference)s of an invited body") % {"reference": row.reference}
        if row.is_controlled:
            source = f"{source} ({_('controlled by the persecuting state')})"
        known = Confidence.DOCUMENT
        yield _to_body(candidacy, row.body, Relation.STATEMENT_BY, source, *_on(row.given_at), known=known)
    for point in visible_points(actor).filter(examination=examination).exclude(state=PointState.DROPPED):
        body = statements.get(point.counter_statement)
        yield _point(candidacy, point, body.body if body else "")


def _periods(examination: Examination) -> Iterator[tuple[Node, Edge]]:
    candidacy = examination.candidacy
    kinds = dict(answers.kinds(charter_of(examination)))
    rows: Sequence[ServicePeriod] = list(candidacy.periods.all())
    for row in rows:
        source = _("Declared by the candidate: %(kind)s") % {"kind": kinds.get(row.kind, row.kind)}
        relation = RELATIONS.get(PeriodKind(row.kind)) if row.kind in PeriodKind.values else None
        until = row.until_day.isoformat() if row.until_day else ""
        dates = row.from_day.isoformat(), until
        yield _to_body(candidacy, row.employer, relation or Relation.DATED_FACT, source, *dates)


def _point(candidacy: Candidacy, point: AdversePoint, body: str) -> tuple[Node, Edge]:
    """What a point rests on: the body whose statement it takes up, or its evidence as an exhibit."""
    source = _("Adverse point %(reference)s") % {"reference": point.reference}
    rests, dates = Relation.POINT_RESTS_ON, _on(point.created_at)
    if body:
        return _to_body(candidacy, body, rests, source, *dates, known=Confidence.DOCUMENT)
    # By its reference: the text itself is long, in a language of its own, and stands with the point.
    name = _("Evidence of %(reference)s") % {"reference": point.reference}
    if point.undisclosable:
        name = _("Sources that cannot be disclosed")
    node = Node(point.reference, Kind.EXHIBIT, name)
    return node, Edge(candidacy.reference, node.id, rests, *dates, source, Confidence.DOCUMENT)


def _to_body(
    candidacy: Candidacy,
    name: str,
    relation: Relation,
    source: str,
    since: str = "",
    until: str = "",
    known: Confidence = Confidence.DECLARED,
) -> tuple[Node, Edge]:
    node = Node(body_id(name), Kind.ORGANISATION, name)
    return node, Edge(candidacy.reference, node.id, relation, since, until, source, known)


def _on(at: datetime | None) -> tuple[str, str]:
    """What happened on one day begins and ends on it."""
    day = timezone.localtime(at).date().isoformat() if at else ""
    return day, day


# --- other files ---------------------------------------------------------------------------------------------------


def shared_of(examination: Examination, actor: Actor, head: Head | None = None) -> tuple[list[Shared], int]:
    """The bodies of this file's public head that stand in the heads of other files of the call, and how many files these are.

    Only what a public head shows is compared, and of other files a number is told. A reading is named where the actor holds
    it and has declared to have no interest in its file (3.1).
    """
    others = {e.pk: e for e in others_of_call(examination, actor).select_related("candidacy__slate")}
    if not others:
        return [], 0
    heads = _heads(list(others.values()))
    head = head or head_of(examination, actor)
    mine = _bodies(examination.candidacy, (said.body for said in head.endorsements))
    own = {reading.examination_id: reading for reading in head.own}
    found = []
    for key in sorted(mine, key=lambda key: mine[key]):
        having = [pk for pk in others if key in heads[pk]]
        if having:
            readings = sorted((own[pk] for pk in having if pk in own), key=lambda r: r.reference)
            found.append(Shared(mine[key], len(having), readings))
    return found, len(others)


def _heads(examinations: Collection[Examination]) -> dict[int, dict[str, str]]:
    """The bodies in the public heads of files, by examination: their names by `body_id`."""
    of = {e.candidacy_id: e.pk for e in examinations}
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for e in examinations:
        found[e.pk] = _bodies(e.candidacy, ())
    for candidacy, body in candidacies.endorsing_bodies(of):
        found[of[candidacy]].setdefault(body_id(body), body)
    return found


def _bodies(candidacy: Candidacy, endorsing: Iterable[str]) -> dict[str, str]:
    """The slate and the given endorsing bodies of one file by `body_id`; a body named twice keeps the name that came first."""
    slate = candidacy.slate
    named = [slate.organisation] if slate is not None and slate.organisation else []
    found: dict[str, str] = {}
    for name in (*named, *endorsing):
        found.setdefault(body_id(name), name)
    return found
