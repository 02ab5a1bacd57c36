"""The queue of an assessor or reviewer in words: what it is, by when, what is missing, and one link to what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.web.desk import act_url, matter_url
from hemicycle.web.parts import Task
from hemicycle.web.templatetags.house import moment

from .. import queries
from ..models import AdversePoint, Reading
from ..procedure import EXAMINATION, READING
from ..procedure import ExaminationState as E
from ..queries.queue import Piece, Work
from .parts import reader


@dataclass(frozen=True)
class Line:
    """One row of the page. `url` is empty where nothing can be done yet; `missing` says why."""

    reference: str
    name: str
    place: str
    state: str
    due: datetime | None
    is_late: bool
    missing: str
    todo: str
    url: str


def lines(actor: Actor) -> list[Line]:
    """The queue of the actor, first what is due first."""
    return [_line(piece) for piece in queries.queue.queue(actor)]


def given(actor: Actor) -> list[Task]:
    """Readings given, latest first, each with the way to its page."""
    return [
        Task(
            reading.examination.candidacy.person.shown_name,
            matter_url(reading),
            f"{reading.reference}, {moment(reading.given_at)}",
            READING.state_title(reading.state),
            "done",
        )
        for reading in queries.queue.given(actor)
    ]


def left(actor: Actor) -> list[Task]:
    """Readings that went to somebody else, latest first: their references alone, each with the way to why."""
    return [
        Task(
            reading.reference,
            reverse("vetting-left", args=[reading.reference]),
            moment(reading.released_at),
            READING.state_title(reading.state),
        )
        for reading in queries.queue.left(actor)
    ]


def why_left(reading: Reading) -> str:
    """Why a file is closed to whoever read it. Only the own declaration is told: another ground may be the candidate's, and
    an assessor is not told of an objection (3.1)."""
    told = {"reference": reading.reference, "at": moment(reading.released_at)}
    if reading.release_ground == "interest":
        return _("You declared an interest in it: %(reference)s, %(at)s.") % told
    return _("It was given to another reader: %(reference)s, %(at)s.") % told


def after(reading: Reading, actor: Actor) -> str:
    """Where the reader goes on when nothing is missing in a reading: the next piece that can be done; else to give this one."""
    for piece in queries.queue.queue(actor):
        if piece.can_be_done and piece.reading.pk != reading.pk:
            return url(piece)
    return f"{act_url(reading, 'give_reading')}#give"


def _line(piece: Piece) -> Line:
    state = READING.state_title(piece.reading.state)
    if piece.work in (Work.DRAFT, Work.AGREE, Work.CONCLUDE):
        state = EXAMINATION.state_title(piece.reading.examination.state)
    return Line(
        piece.matter.reference,
        piece.reading.examination.candidacy.person.shown_name,
        reader(piece.reading.ordinal),
        str(state),
        piece.due,
        piece.due is not None and piece.due <= clock.now(),
        missing(piece),
        todo(piece),
        url(piece) if piece.can_be_done else "",
    )


def missing(piece: Piece) -> str:
    """What keeps the piece in the queue."""
    if piece.work == Work.READ:
        return ngettext(
            "Of %(of)s findings %(n)s is without verdict or reasons.",
            "Of %(of)s findings %(n)s are without verdict or reasons.",
            piece.missing,
        ) % {"n": piece.missing, "of": piece.of}
    if piece.work == Work.JUDGE:
        return ngettext(
            "%(n)s name on a list waits for a judgement.",
            "%(n)s names on lists wait for a judgement.",
            piece.missing,
        ) % {"n": piece.missing}
    if piece.work == Work.WAIT:
        return (
            _("The candidate may object until %(at)s.") % {"at": moment(piece.opens_at)}
            if piece.opens_at is not None
            else _("The candidate has objected; the decision is not given yet.")
        )
    if piece.work == Work.ANSWER:
        is_silent = isinstance(piece.matter, AdversePoint) and piece.matter.replied_at is None
        return _("The time to reply is over.") if is_silent else _("A reply waits for an answer.")
    return {
        Work.DECLARE: _("Your declaration on interests is missing."),
        Work.OPEN: _("The file is not opened yet."),
        Work.GIVE: _("Nothing is missing."),
        Work.DRAFT: _("No opinion has been put to the readers yet."),
        Work.AGREE: _("Whether you agree with the opinion is missing."),
        Work.CONCLUDE: _("Every reader has spoken."),
    }[piece.work]


def todo(piece: Piece) -> str:
    """The next step, as the words of its link."""
    return {
        Work.DECLARE: _("Declare"),
        Work.WAIT: "",
        Work.OPEN: _("Open the file"),
        Work.READ: _("Write the reading"),
        Work.GIVE: _("Give the reading"),
        Work.JUDGE: _("Judge the names"),
        Work.ANSWER: _("Answer the reply"),
        Work.DRAFT: _("Put an opinion to the other readers"),
        Work.AGREE: _("Agree, or add a dissent"),
        Work.CONCLUDE: _("Give the opinion"),
    }[piece.work]


def url(piece: Piece) -> str:
    """Where the next step is taken."""
    matter: Any = piece.matter
    if piece.work == Work.OPEN:
        return act_url(matter, "open_file")
    if piece.work in (Work.READ, Work.GIVE):
        return reverse("vetting-next", args=[matter.reference])
    if piece.work == Work.DRAFT:
        return act_url(matter, "draft_opinion")
    if piece.work == Work.CONCLUDE:
        gives = {E.UNDER_REVIEW: "give_review", E.READ_AGAIN: "give_again"}
        return act_url(matter, gives.get(matter.state, "give_opinion"))
    return matter_url(matter)
