"""The sources of a point, each with its grades in words: for its readers and the clerk all, for its person what may be told."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.candidacy.explaining import not_in_own
from hemicycle.record.actors import Actor
from hemicycle.record.queries import history

from .. import queries
from ..models import AdversePoint, Obtained, PointSource
from ..procedure import POINT, PointState
from .parts import reader

#: Acts that the page does not tell the person: their number would tell that a source is kept back.
NOT_TOLD = ("add_source", "take_back_source")


def sources_context(point: AdversePoint, actor: Actor) -> dict[str, Any]:
    """The table, what is still missing before the point may be put, and the history as this person may know it."""
    is_own = point.examination.candidacy.person_id == actor.person
    copies = queries.copies(point)
    told = history(point.reference, POINT)
    return {
        "sources": [
            _row(source, copies, actor, is_own=is_own) for source in queries.point_sources(point, actor)
        ],
        "sources_missing": "" if is_own else missing(point),
        "history": [row for row in told if row["act"] not in NOT_TOLD] if is_own else told,
    }


def missing(point: AdversePoint) -> str:
    """How many independent sources there are of how many, while too few keep the point from the person; or empty."""
    if point.state != PointState.RAISED or not queries.lacks_sources(point):
        return ""
    wanted = queries.sources_wanted(point)
    return ngettext(
        "%(found)s of %(wanted)s independent source. The point cannot be put to the person yet.",
        "%(found)s of %(wanted)s independent sources. The point cannot be put to the person yet.",
        wanted,
    ) % {"found": queries.independent_sources(point), "wanted": wanted}


def _row(
    source: PointSource, copies: dict[str, tuple[str, str]], actor: Actor, *, is_own: bool
) -> dict[str, Any]:
    return {
        "source": source,
        "reliability": f"{source.reliability} – {source.get_reliability_display()}",
        "credibility": f"{source.credibility} – {source.get_credibility_display()}",
        "copy": copies.get(source.exhibit),
        "who": "" if is_own else _who(source),
        "note": not_in_own(source.language, source.point.examination.candidacy, actor),
    }


def _who(source: PointSource) -> str:
    """The office or the place of the reader; no name."""
    entered = reader(source.reading.ordinal) if source.reading is not None else _("the Secretariat")
    if source.obtained_by == Obtained.READER:
        return entered
    return _("%(who)s; entered by %(entered)s") % {
        "who": source.get_obtained_by_display(), "entered": entered,
    }  # fmt: skip
