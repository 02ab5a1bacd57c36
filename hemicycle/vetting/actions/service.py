"""Dated posts, employers, incomes and funds: declared, found, corrected, disputed (articles 2.3, 5.2, 6.3, 6.5).

What a reader finds is the reader's own until the readings are gathered, as the reading itself is (3.2): the other reader
sees nothing of it. It is put to the person as every adverse point is (3.4): the reader names the point that rests on it
(`tie_service`), the Secretariat puts the point, and with it the entry; then the time to reply runs. What no point rests
on is shown to the person when the opinion is given; nothing in the opinion can rest on it either, for a "not met" needs
a point that was put and upheld. A reader's dispute of what the person declared is told in the same way.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict, Unpack

from hemicycle.candidacy.models import Candidacy
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.rules.findings import N_
from hemicycle.rules.service import reach

from .. import queries
from ..models import NOW, AdversePoint, Examination, Reading, ServiceDispute, ServiceEntry, span_of
from ..procedure import ExaminationState, PointState
from ._bound import on_service, said, unmet
from .points import BEFORE_OPINION

#: A candidate may still dispute what was shown with the opinion, until the review is over.
UNTIL_REVIEWED = (*BEFORE_OPINION, ExaminationState.CONCLUDED, ExaminationState.UNDER_REVIEW)


class Told(TypedDict):
    """What is said of an entry; dates as `models.ServiceEntry` has them."""

    kind: str
    what: str
    payer: str
    began: str
    ended: str
    language: str
    source: NotRequired[str]
    exhibit: NotRequired[str]


@on_service
def declare_service(entry: ServiceEntry, by: Actor, **told: Unpack[Told]) -> Facts:
    """The candidate declares a post, an employer, an income or a fund."""
    _until_opinion(entry, "declare_service")
    return _write(entry, "declare_service", **told)


@on_service
def find_service(entry: ServiceEntry, by: Actor, **told: Unpack[Told]) -> Facts:
    """A reader enters what the file or a public source shows, and says which; the person will read both."""
    entry.reading = _own_reading(entry, by, "find_service")
    if not told.get("source", "").strip() and not told.get("exhibit"):
        raise unmet(N_("Name the source: in words, or a piece of the file."), "find_service")
    return _write(entry, "find_service", **told)


@on_service
def correct_service(entry: ServiceEntry, by: Actor, **told: Unpack[Told]) -> Facts:
    """The candidate corrects an own entry until the opinion; what stood there stays beside it (2.5)."""
    _until_opinion(entry, "correct_service")
    names = ("kind", "what", "payer", "began", "ended", "source", "exhibit", "language")
    was = {name: getattr(entry, name) for name in names}
    facts = _write(entry, "correct_service", **told)
    entry.before = [*entry.before, {**was, "until": clock.now().isoformat()}]
    return facts


@on_service
def withdraw_service(entry: ServiceEntry, by: Actor) -> Facts:
    """The candidate takes an own entry out, until the opinion; nobody else is shown it any more."""
    _until_opinion(entry, "withdraw_service")
    return Facts()


@on_service
def take_back_service(entry: ServiceEntry, by: Actor) -> Facts:
    """A reader takes back what the same reader found, unless it was put to the person: then the point is answered."""
    _own_reading(entry, by, "take_back_service")
    _not_yet_put(entry, "take_back_service")
    return Facts()


@on_service
def tie_service(entry: ServiceEntry, by: Actor, *, point: str) -> Facts:
    """A reader names the own point, not yet put to the person, that rests on what this reader found, or on the own
    dispute of what was declared. Both are put to the person together."""
    reading = _own_reading(entry, by, "tie_service")
    own = AdversePoint.objects.filter(examination=reading.examination_id, raised_by_id=by.person)
    chosen = own.filter(reference=point, state=PointState.RAISED).first()
    if chosen is None:
        raise unmet(N_("Choose a point of yours that is not yet put to the person."), "tie_service")
    if entry.reading_id == reading.pk:
        rests: ServiceEntry | ServiceDispute | None = entry
    else:
        rests = ServiceDispute.objects.filter(entry=entry, reading=reading).first()
    if rests is None:
        raise unmet(N_("You have not disputed this entry."), "tie_service")
    _not_yet_put(rests, "tie_service")
    rests.point = chosen
    rests.save(update_fields=["point"])
    return Facts({"point": chosen.reference})


@on_service
def dispute_service(entry: ServiceEntry, by: Actor, *, text: str, language: str) -> Facts:
    """The candidate disputes what a reader found; the text stands beside it, and said again it is replaced.

    Until the review is over: what no point rests on is shown with the opinion only.
    """
    if _examination(entry, "dispute_service").standing(clock.now()) not in UNTIL_REVIEWED:
        raise unmet(N_("The review is over; nothing is disputed any more."), "dispute_service")
    return _dispute(entry, None, text, language, "dispute_service")


@on_service
def dispute_declared(entry: ServiceEntry, by: Actor, *, text: str, language: str) -> Facts:
    """A reader disputes what the candidate declared, until the opinion; the text stands beside it."""
    reading = _own_reading(entry, by, "dispute_declared")
    said_before = ServiceDispute.objects.filter(entry=entry, reading=reading).select_related("point").first()
    if said_before is not None:
        _not_yet_put(said_before, "dispute_declared")
    return _dispute(entry, reading, text, language, "dispute_declared")


def _dispute(entry: ServiceEntry, reading: Reading | None, text: str, language: str, act: str) -> Facts:
    words = {"text": said(text, act), "language": language, "disputed_at": clock.now()}
    ServiceDispute(entry=entry, reading=reading, **words).clean_fields()
    ServiceDispute.objects.update_or_create(entry=entry, reading=reading, defaults=words)
    return Facts({"language": language}, {"text": text})


def _not_yet_put(row: ServiceEntry | ServiceDispute, act: str) -> None:
    """What was put to the person with a point stays as it was put."""
    if row.point is not None and row.point.notified_at is not None:
        raise unmet(N_("It was put to the person. Answer the point instead."), act)


def _until_opinion(entry: ServiceEntry, act: str) -> None:
    """Lock the file: whoever gives the opinion ends the corrections under the same lock."""
    entry.candidacy = Candidacy.objects.select_for_update(of=("self",)).get(pk=entry.candidacy_id)
    if entry.candidacy.corrections_closed_at is not None:
        raise unmet(N_("The opinion has been given; facts can no longer be corrected here."), act)
    if not queries.takes_entries(entry.candidacy):
        raise unmet(N_("In its present state, the file takes no entries."), act)


def _examination(entry: ServiceEntry, act: str) -> Examination:
    """The examination as it is now, locked: whoever gives the opinion waits."""
    rows = Examination.objects.select_for_update(of=("self",)).select_related("candidacy__person")
    found = rows.filter(candidacy=entry.candidacy_id).first()
    if found is None:
        raise unmet(N_("This file is not being examined."), act)
    return found


def _own_reading(entry: ServiceEntry, by: Actor, act: str) -> Reading:
    """The open reading in which `by` acts, before the opinion."""
    examination = _examination(entry, act)
    if examination.standing(clock.now()) not in BEFORE_OPINION:
        raise unmet(N_("The opinion has been given; readers add nothing to the file."), act)
    return queries.live_readings(examination).get(assessor_id=by.person)


def _write(
    entry: ServiceEntry,
    act: str,
    kind: str,
    what: str,
    payer: str,
    began: str,
    ended: str,
    language: str,
    source: str = "",
    exhibit: str = "",
) -> Facts:
    """Set and check the fields. The record keeps commitments to the words and the dates, and nothing else."""
    if kind not in {row.key for row in queries.service_kinds(queries.law_of(entry.candidacy))}:
        raise unmet(N_("Choose from the kinds that are shown."), act)
    if not payer.strip():
        raise unmet(N_("Say who the employer or payer was."), act)
    if not what.strip():
        raise unmet(N_("Say what it was."), act)
    try:
        span = span_of(kind, began, ended)
    except ValueError:
        message = N_(
            "Give a year, a month or a day, such as 2014, 2014-03 or 2014-03-18, and an end that is not before the beginning."
        )
        raise unmet(message, act) from None
    today = clock.today()
    if span.began.first > today or (span.ended is not None and span.ended.first > today):
        raise unmet(N_("The date lies in the future."), act)
    if reach(span, today) is None:
        raise unmet(N_("The last day must not come before the first."), act)
    if exhibit and not entry.candidacy.evidence.filter(name=exhibit).exists():
        raise unmet(N_("This piece of evidence is not in the file."), act)
    entry.kind, entry.what, entry.payer = kind, what.strip(), payer.strip()
    entry.began, entry.ended, entry.source = began, ended, source.strip()
    entry.exhibit, entry.language, entry.changed_at = exhibit, language, clock.now()
    words = {"what": entry.what, "payer": entry.payer, "dates": f"{began}/{ended}", "source": entry.source}
    return Facts({"language": language, "goes_on": ended == NOW}, {k: v for k, v in words.items() if v})
