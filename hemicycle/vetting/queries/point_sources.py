"""What a point rests on, for whom, and whether that is enough to put it to the person."""

from __future__ import annotations

from hemicycle.record.actors import Actor
from hemicycle.rules import sources

from ..models import AdversePoint, PointSource
from .access import charter_of, live_readings
from .outcomes import counter_statements


def point_sources(point: AdversePoint, actor: Actor) -> list[PointSource]:
    """Whoever sees the point sees its sources; its person those alone that can be disclosed."""
    rows = list(point.sources.all())
    if point.examination.candidacy.person_id == actor.person:
        return [row for row in rows if row.is_disclosable]
    return rows


def source_with_copy(point: AdversePoint, actor: Actor, row: str) -> PointSource | None:
    """A source of which a copy is kept here, for whoever sees the source."""
    return next((s for s in point_sources(point, actor) if s.row == row and s.pages_kept), None)


def independent_sources(point: AdversePoint) -> int:
    """How many origins stand behind it that can be told to the person."""
    return sources.independent(row.origin for row in point.sources.all() if row.is_disclosable)


def sources_wanted(point: AdversePoint) -> int:
    """The charter's number; none for a point that excludes nobody (procedure 3.3)."""
    return 0 if point.undisclosable else charter_of(point.examination).vetting.independent_sources.value


def lacks_sources(point: AdversePoint) -> bool:
    return independent_sources(point) < sources_wanted(point)


def may_enter_sources(point: AdversePoint, actor: Actor) -> bool:
    """Whoever raised it. Where none of those who read now did (the Secretariat, a reader released since), each of them."""
    if point.raised_by_id == actor.person:
        return True
    now = set(live_readings(point.examination).values_list("assessor_id", flat=True))
    return point.raised_by_id not in now and actor.person in now


def copies(point: AdversePoint) -> dict[str, tuple[str, str]]:
    """What of the file may be the copy of a source: pieces by name, statements of bodies by reference; title, language."""
    candidacy = point.examination.candidacy
    pieces = {row.name: (row.title, row.shown_language) for row in candidacy.evidence.all()}
    return pieces | {ref: (row.body, row.language) for ref, row in counter_statements(candidacy).items()}


def offers_point(point: AdversePoint, act: str) -> bool:
    """Whether the button of an act would not be refused at once by what only the point says."""
    if act == "notify_point":
        return not lacks_sources(point)
    if act == "save_reply":  # the page of the reply keeps drafts too
        return False
    return act != "take_back_source" or point.sources.exists()
