"""Sources of adverse points: entered with their copy and grades, taken out, until the point is put to the person.

The statement of an invited body is one source like any other: whoever makes a point of it enters and grades it, and the
point needs others beside it before the person has to answer. A statement that stands alone is dropped with reasons.
"""

from __future__ import annotations

import base64
import re
from datetime import date

from hemicycle.candidacy import cleaning
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.rules.findings import N_

from .. import queries
from ..models import AdversePoint, Obtained, PointSource, SourcePage
from ._bound import on_point, unmet
from .points import BEFORE_OPINION, locked

SHA256 = re.compile("[0-9a-f]{64}")


@on_point
def add_source(
    point: AdversePoint,
    by: Actor,
    *,
    title: str,
    origin: str,
    obtained_by: str,
    obtained_on: date,
    how: str,
    reliability: str,
    credibility: str,
    language: str,
    link: str = "",
    exhibit: str = "",
    digest: str = "",
    archived_at: str = "",
    copy: cleaning.Read | None = None,
    undisclosable: bool = False,
) -> Facts:
    """Put a source under the point: what it is, of what origin, its copy, who obtained it and how, both grades. `copy`:
    a file sent with it, that `cleaning.read` has already cleaned."""
    _may_enter(point, by, "add_source")
    reading = queries.live_readings(point.examination).filter(assessor_id=by.person).first()
    source = PointSource(
        point=point, reading=reading, title=title.strip(), origin=origin.strip(), link=link.strip(),
        exhibit=exhibit, digest=digest.strip().lower(), archived_at=archived_at.strip(), how=how.strip(),
        pages_kept=len(copy.pages) if copy else 0,
        obtained_by=obtained_by, obtained_on=obtained_on, reliability=reliability, credibility=credibility,
        is_disclosable=not undisclosable, language=language,
    )  # fmt: skip
    if copy is not None:
        _take(copy, source)
    _check(source)
    source.clean_fields()
    source.save()
    if copy is not None:
        for number, page in enumerate(copy.pages, 1):
            content = page.decode() if copy.is_text else base64.b64encode(page).decode()
            SourcePage.objects.create(source=source, number=number, is_text=copy.is_text, content=content)
    words = {
        name: getattr(source, name) for name in ("title", "origin", "link", "digest", "archived_at", "how")
    }
    grades = f"{source.reliability}{source.credibility}"
    return Facts({"language": language}, {"grades": grades, **{k: v for k, v in words.items() if v}})


@on_point
def take_back_source(point: AdversePoint, by: Actor, *, source: str) -> Facts:
    """Take a source out again before the point is put; nothing of it stays but the commitments of the record."""
    _may_enter(point, by, "take_back_source")
    found = point.sources.filter(row=source).first()
    if found is None:
        raise unmet(N_("Choose a source of this point."), "take_back_source")
    found.delete()
    return Facts()


def _may_enter(point: AdversePoint, by: Actor, act: str) -> None:
    if locked(point).standing(clock.now()) not in BEFORE_OPINION:
        raise unmet(N_("The opinion has been given; readers add nothing to the file."), act)
    if not queries.may_enter_sources(point, by):
        raise unmet(N_("Whoever raised the point says on what it rests."), act)


def _take(copy: cleaning.Read, source: PointSource) -> None:
    """The digest is taken from the file; one that was typed beside it has to be the same."""
    if source.exhibit:
        raise unmet(N_("Name a piece of the file or send a copy: one of the two."), "add_source")
    if source.digest not in ("", copy.digest):
        raise unmet(N_("The file that you sent has another digest than the one you typed."), "add_source")
    source.digest = copy.digest


def _check(source: PointSource) -> None:
    """What only this source can say wrongly; lengths and choices are the model's."""
    if not (source.title and source.origin and source.how):
        raise unmet(N_("Say what the source is, of what origin, and how it was obtained."), "add_source")
    if source.exhibit and source.exhibit not in queries.copies(source.point):
        raise unmet(N_("This piece of evidence is not in the file."), "add_source")
    if source.digest and not SHA256.fullmatch(source.digest):
        raise unmet(N_("A SHA-256 digest has 64 digits from 0 to 9 and a to f."), "add_source")
    if not source.exhibit and not (source.digest and (source.archived_at or source.pages_kept)):
        raise unmet(
            N_(
                "Name the copy: a piece of the file, a file that you send, or a digest and where the copy lies."
            ),
            "add_source",
        )
    if source.obtained_on > clock.today():
        raise unmet(N_("The date lies in the future."), "add_source")
    if source.obtained_by == Obtained.READER and source.reading is None:
        raise unmet(N_("You do not read this file: the Secretariat obtained it."), "add_source")
