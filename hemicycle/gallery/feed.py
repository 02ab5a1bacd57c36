"""What is new in public, the latest first, for a feed: titles, days and addresses; no name of a participant.

A reader of feeds keeps what it once read, and no correction reaches it: so nothing stands here that may have to disappear.
Each source asks `released.py` or the public queries of its room, as the pages do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from hemicycle.composition.models import List
from hemicycle.consultations import queries as consultations
from hemicycle.dialogue import marks
from hemicycle.dialogue import queries as dialogue
from hemicycle.followup import passages, shown
from hemicycle.followup import queries as followup
from hemicycle.record import clock, law
from hemicycle.statements import queries as statements
from hemicycle.suspension import queries as suspension

from . import register, released, votes

LATEST = 50


@dataclass(frozen=True)
class Item:
    """One thing that was made public at an instant. `key` names it for ever, in every language the same."""

    at: datetime
    key: str
    title: str
    url: str
    summary: str = ""


def compositions() -> Iterator[Item]:
    for list_ in _standing():
        said = _("Composition announced: session %(session)s") % {"session": list_.session.name}
        yield Item(_announced(list_), f"composition/{list_.reference}", said, _composition(list_))


def decision_sheets() -> Iterator[Item]:
    for list_ in _standing():
        said = _("Decision sheet of the session %(session)s") % {"session": list_.session.name}
        url = reverse("public-sheet", args=[released.address_of(list_.session)])
        yield Item(_announced(list_), f"sheet/{list_.reference}", said, url)


def decided_votes() -> Iterator[Item]:
    rows = list(released.votes()[:LATEST])
    for vote, line in zip(rows, votes.lines(rows), strict=True):
        assert vote.closed_at is not None
        said = f"{line.question} – {line.result}"
        figures = ", ".join(part for part in (line.body, line.figures) if part)
        yield Item(vote.closed_at, f"vote/{vote.reference}", said, line.url, figures)


def suspensions() -> Iterator[Item]:
    """That one took effect, and the correction that ended it: the latter in the place of the former (article 9.7)."""
    titles = {
        "suspended": _("Participation suspended pending review; no violation has been established"),
        "left": _("Participation ended while suspended pending review; no violation has been established"),
        "dismissed": _("Correction: the allegation was dismissed"),
        "lapsed": _("Correction: the suspension has lapsed"),
        "upheld": _("Review concluded: the suspension was upheld"),
    }
    for measure in suspension.public_measures()[:LATEST]:
        has_ended = measure.state != "suspended" and measure.until is not None
        at = measure.until if has_ended and measure.until is not None else measure.since
        seat = _("Seat %(number)s") % {"number": measure.mandate.seat_number}
        key = f"suspension/{measure.reference}/{int(measure.since.timestamp())}"
        yield Item(at, key, titles[measure.state], _composition(measure.mandate.list), seat)


def corrections() -> Iterator[Item]:
    """That a published fact was corrected, and where; the texts stand there."""
    entries = released.entries().filter(room="record", act="publish_correction")[:LATEST]
    for line in register.lines(list(entries), law.in_force()):
        url = line.url or reverse("public-record")
        yield Item(line.at, f"correction/{line.reference}", _("A published fact was corrected"), url)


def published_statements() -> Iterator[Item]:
    for row in statements.published()[:LATEST]:
        assert row.published_at is not None
        url = reverse("statements-public", args=[row.reference])
        summary = row.topic.shown_name if row.topic is not None else ""
        said = _("Statement of participants published")
        yield Item(row.published_at, f"statement/{row.reference}", said, url, summary)


def released_answers() -> Iterator[Item]:
    for row in dialogue.released_answers()[:LATEST]:
        assert row.released_at is not None
        said = _("Holding answer to a question") if row.is_holding else _("Question answered")
        key = f"answer/{row.question.reference}/{row.part}"
        yield Item(
            row.released_at, key, said, marks.question_url(row.question), row.question.topic.shown_name
        )


def consultation_results() -> Iterator[Item]:
    for row in consultations.published().order_by("-published_at")[:LATEST]:
        assert row.published_at is not None
        said = _("Result of a consultation published: %(name)s") % {"name": row.shown_name}
        url = reverse("consultations-result", args=[row.reference])
        yield Item(row.published_at, f"consultation/{row.reference}", said, url, row.topic.shown_name)


def proposals() -> Iterator[Item]:
    """That one was made, each stage that ended, and that it was carried out."""
    for row in followup.proposals().order_by("-created_at", "-pk")[:LATEST]:
        yield Item(
            row.created_at,
            f"proposal/{row.reference}",
            _("Proposal made"),
            shown.url_of(row),
            row.topic.shown_name,
        )
    for row in followup.carried_out()[:LATEST]:
        assert row.carried_out_at is not None
        key, said = f"proposal/{row.reference}/carried-out", _("Proposal carried out")
        yield Item(row.carried_out_at, key, said, shown.url_of(row), row.topic.shown_name)
    for stage in followup.ended_stages()[:LATEST]:
        assert stage.ended_at is not None
        told = passages.said(passages.stage_name(stage.key), stage.get_outcome_display())
        key = f"proposal/{stage.proposal.reference}/{stage.pk}"
        said = _("Proposal: new stage (%(stage)s)") % {"stage": told}
        yield Item(stage.ended_at, key, said, shown.url_of(stage.proposal), stage.proposal.topic.shown_name)


def earlier_contacts() -> Iterator[Item]:
    for row in followup.public_contacts().order_by("-public_at")[:LATEST]:
        assert row.public_at is not None
        url = reverse("followup-contact", args=[row.reference])
        said = _("Hearing, meeting, visit or letters: transcribed and confirmed")
        summary = passages.said(row.get_kind_display(), shown.days_of(row))
        yield Item(row.public_at, f"earlier/{row.reference}", said, url, summary)


# Whoever publishes something new adds its source here.
SOURCES: tuple[Callable[[], Iterable[Item]], ...] = (
    compositions, decision_sheets, decided_votes, suspensions, corrections, published_statements, released_answers,
    consultation_results, proposals, earlier_contacts,
)  # fmt: skip


def items() -> list[Item]:
    """The latest of all sources, each thing once."""
    found = [item for source in SOURCES for item in source()]
    return sorted(found, key=lambda item: (item.at, item.key), reverse=True)[:LATEST]


def _standing() -> QuerySet[List]:
    """A list that came back has no page at its address any more."""
    return released.lists().exclude(returned_at__lte=clock.now())[:LATEST]


def _announced(list_: List) -> datetime:
    assert list_.announced_at is not None
    return list_.announced_at


def _composition(list_: List) -> str:
    return reverse("public-composition-of", args=[released.address_of(list_.session)])
