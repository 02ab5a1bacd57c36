"""The public board: what became of proposals, in numbers, each with its definition. It tells of bodies, never of a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hemicycle.assembly.models import Session
from hemicycle.record import law
from hemicycle.rules.indicators import AT_LEAST, Board, Share
from hemicycle.web.parts import Cell, Row

from . import passages, queries, shown
from .models import Proposal


@dataclass(frozen=True)
class Figure:
    """One indicator: its key in open data, its name, its number and what it is a part of, and how it is defined."""

    key: str
    label: str
    share: Share | None
    count: int
    definition: str

    @property
    def value(self) -> str:
        return str(self.count) if self.share is None else f"{self.share.count}/{self.share.of}"


def figures(board: Board) -> Sequence[Figure]:
    days = law.in_force().follow_up.ignored_after_days.value
    told = [
        ("taken_up", pgettext("proposals", "taken up"), board.taken_up,
         _("Of all that were made: a committee took it up.")),
        ("answered", pgettext("proposals", "answered"), board.answered,
         _("Of those asked of a state: at least one of the states asked has answered, whatever the answer.")),
        ("carried_out", pgettext("proposals", "carried out"), board.carried_out,
         _("Of all that were made: two people have confirmed it, with evidence that anybody can read.")),
        ("declined", pgettext("proposals", "declined"), board.declined,
         _("Of all that were made: the committee did not take it up, and gave its reasons.")),
        ("ignored", pgettext("proposals", "ignored"), board.ignored,
         _("Of all that were made: what was due had no act for %(days)s days after its last day, and has had none since; no "
           "state has answered it. To close it then does not take it out of this number.") % {"days": days}),
    ]  # fmt: skip
    made = Figure(
        "made", pgettext("proposals", "made"), None, board.made, _("Put before a committee, in public.")
    )
    return [made, *(Figure(key, label, share, share.count, words) for key, label, share, words in told)]


def times(board: Board) -> Sequence[Row]:
    """The median time of each stage; too few say nothing."""
    few = _("not told: fewer than %(number)s stages") % {"number": AT_LEAST}
    return [
        Row(
            [
                passages.stage_name(time.key),
                Cell(few if time.median is None else number(time.median), is_number=True),
                Cell(str(time.of), is_number=True),
            ]
        )
        for time in board.times
    ]


def number(value: Fraction) -> str:
    return formats.number_format(
        value.numerator if value.denominator == 1 else float(value), decimal_pos=None, use_l10n=True
    )


def groups(rows: Sequence[Proposal], by: str, at: datetime) -> Sequence[Row]:
    """The figures by topic or by committee, in the order of their names."""
    found: dict[Any, list[Proposal]] = {}
    for proposal in rows:
        found.setdefault(getattr(proposal, by), []).append(proposal)
    return [
        Row(
            [
                thing.shown_name,
                *(Cell(str(each.count), is_number=True) for each in figures(queries.board_of(its, at))),
            ]
        )
        for thing, its in sorted(found.items(), key=lambda item: item[0].shown_name)
    ]


def data(at: datetime) -> dict[str, Any]:
    """The board as open data: indicators of all and of each session, definitions, and every proposal with its chain."""
    sessions = {row.name: _plain(queries.indicators(row, at)) for row in Session.objects.all()}
    everything = queries.indicators(None, at)
    return {
        "as_of": at.isoformat(),
        "definitions": {figure.key: figure.definition for figure in figures(everything)},
        "indicators": _plain(everything),
        "sessions": {name: found for name, found in sessions.items() if found["made"]},
        "proposals": [_proposal(row, at) for row in queries.proposals()],
    }


def _plain(board: Board) -> dict[str, Any]:
    shares = {
        name: {"count": share.count, "of": share.of}
        for name in ("taken_up", "answered", "carried_out", "declined", "ignored")
        for share in (getattr(board, name),)
    }
    medians = {
        time.key: {"median": None if time.median is None else float(time.median), "of": time.of}
        for time in board.times
    }
    return {"made": board.made, **shares, "working_days": medians}


def _proposal(row: Proposal, at: datetime) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "title": shown.title(row),
        "language": row.language,
        "topic": row.topic.reference,
        "committee": row.committee.code,
        "side": row.side,
        "made_at": row.created_at.isoformat(),
        "state": row.public_standing(at),
        "stages": [
            {
                "stage": stage.key,
                "state": stage.asked_state.code if stage.asked_state else None,
                "begun_at": stage.begun_at.isoformat(),
                "due_on": stage.due_on.isoformat(),
                "ended_at": stage.ended_at.isoformat() if stage.ended_at else None,
                "outcome": stage.outcome or None,
                "working_days": stage.took,
                "source": stage.source or None,
            }
            for stage in row.stages.all()
        ],
        "page": shown.url_of(row),
    }
