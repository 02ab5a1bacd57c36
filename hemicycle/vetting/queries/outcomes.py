"""What stands at the end: opinions, open points, who may be proposed, numbers of a round."""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from hemicycle.candidacy import queries as candidacies
from hemicycle.candidacy.models import Call, Candidacy, CounterStatement
from hemicycle.candidacy.procedure import CandidacyState
from hemicycle.integrity import queries as integrity
from hemicycle.people.models import Person
from hemicycle.record import clock, law
from hemicycle.record.models import Entry
from hemicycle.rules import terms
from hemicycle.rules.charter import Charter
from hemicycle.rules.charter.entries import Bar, Criterion
from hemicycle.rules.findings import N_, Finding

from ..models import (
    GONE,
    ON_FORM_REVIEW,
    UNANSWERED,
    AdversePoint,
    Assessorship,
    Examination,
    LetterKind,
    NewReading,
    Objection,
    OpinionIs,
    OutcomeLetter,
    Reading,
    ReadingFinding,
    WithdrawalNote,
)
from ..procedure import AssessorshipState, ExaminationState, NoteState, ObjectionState, PointState
from .access import ANEW, live_readings, told_round
from .visible import RUNNING

HAS_OPINION = (
    ExaminationState.CONCLUDED, ExaminationState.UNDER_REVIEW, ExaminationState.REVIEWED, ExaminationState.READ_AGAIN,
)  # fmt: skip


def opinion_of(candidacy: Candidacy) -> Examination | None:
    """The examination once its opinion is given and while its file is open; `None` before and after."""
    found = Examination.objects.filter(candidacy=candidacy, state__in=HAS_OPINION)
    return found.exclude(candidacy__state__in=GONE).first()


def eligible(call: Call) -> QuerySet[Candidacy]:
    """Candidacies that may be proposed: an opinion is given, whatever it says. The opinion is advice (3.5).

    Those with "not met" need the President's reasons (`is_not_met`). A running review does not keep anybody out.
    """
    return (
        call.candidacies.filter(state=CandidacyState.ADMISSIBLE, examination__state__in=HAS_OPINION)
        .select_related("person", "call", "slate", "examination")
        .order_by("pk")
    )


def is_not_met(candidacy: Candidacy) -> bool:
    """Whether the opinion as it stands is "not met": a proposal then needs the President's reasons."""
    examination = opinion_of(candidacy)
    return examination is not None and examination.opinion == OpinionIs.NOT_MET


def open_points(candidacy: Candidacy) -> QuerySet[AdversePoint]:
    """Adverse points not answered yet."""
    return AdversePoint.objects.filter(examination__candidacy=candidacy, state__in=UNANSWERED)


def answered_points(candidacy: Candidacy, *, is_given: bool = False) -> QuerySet[AdversePoint]:
    """Points that were put to the person and answered: what a page for the Bureau shows beside opinion and reply. Those of
    a new reading that runs are not among them, but where its opinion is just being given (`is_given`)."""
    rows = AdversePoint.objects.filter(examination__candidacy=candidacy, notified_at__isnull=False)
    rows = rows.filter(state__in=[PointState.UPHELD, PointState.DROPPED])
    return rows if is_given else rows.exclude(RUNNING)


def dissents_of(examination: Examination) -> QuerySet[Any]:
    """Dissents printed with the opinion as it stands."""
    return examination.voices.filter(agrees=False, reading__round=told_round(examination))


def counter_statements(candidacy: Candidacy) -> dict[str, CounterStatement]:
    """Statements of invited bodies, by reference: each is answered like an adverse point (2.3)."""
    return {row.reference: row for row in candidacies.counter_statements(candidacy)}


def unanswered_statements(examination: Examination) -> list[CounterStatement]:
    """Statements of invited bodies that no answered point deals with: put to the person and answered, or dropped with
    reasons because nothing rests on them (2.3)."""
    answered = examination.points.filter(state__in=[PointState.UPHELD, PointState.DROPPED])
    done = set(answered.values_list("counter_statement", flat=True))
    given = counter_statements(examination.candidacy)
    return [row for reference, row in given.items() if reference not in done]


def still_open(call: Call) -> QuerySet[Candidacy]:
    """Files kept open for the succession list by a reply or a review that still runs (3.7)."""
    running = Q(examination__state__in=ANEW) | Q(examination__points__state__in=UNANSWERED)
    return call.candidacies.filter(running, state=CandidacyState.ADMISSIBLE).distinct()


def latest_reply_date(call: Call) -> date:
    """From this day a list may be proposed, whatever reply or review still runs."""
    days = law.by_reference(call.charter).periods.latest_reply_days_after_close.value
    return terms.latest_reply_date(timezone.localtime(call.closes_at).date(), days)


def before_proposal(call: Call, on: date | None = None) -> tuple[Finding, ...]:
    """What a list still waits for: opinions not given yet, until the latest reply date; empty from then on."""
    if (on or clock.today()) >= latest_reply_date(call):
        return ()
    without = call.candidacies.filter(state=CandidacyState.ADMISSIBLE).exclude(
        examination__state__in=HAS_OPINION
    )
    waiting = without.count()
    if not waiting:
        return ()
    message = N_(
        "%(count)s files have no opinion yet. A list may be proposed when all have one, or from %(day)s."
    )
    day = latest_reply_date(call).isoformat()
    return (Finding(message, {"count": waiting, "day": day}, "vetting.give_opinion"),)


def counts(call: Call) -> dict[str, int]:
    """Numbers of a round, for after the call: numbers only, no reference. Withdrawn files are not among them."""
    rows = Examination.objects.filter(candidacy__call=call).exclude(candidacy__state__in=GONE)
    found: Counter[str] = Counter()
    for state, opinion, third, asked, first in rows.values_list(
        "state", "opinion", "third_called_at", "review_asked_at", "first_opinion"
    ):
        found["examined"] += 1
        found["third_readings"] += third is not None
        found["reviews"] += asked is not None
        found["reviews_changed"] += bool(first) and first != opinion
        if state in HAS_OPINION:
            found["assessed"] += 1
            found[opinion] += 1
    points = AdversePoint.objects.filter(examination__in=rows, notified_at__isnull=False)
    for state in points.values_list("state", flat=True):
        found["points"] += 1
        found["points_upheld"] += state == PointState.UPHELD
        found["points_dropped"] += state == PointState.DROPPED
    released = Reading.objects.filter(examination__in=rows, released_at__isnull=False)
    found["interests"] = released.filter(release_ground="interest").count()
    upheld = Objection.objects.filter(reading__examination__in=rows, state=ObjectionState.UPHELD)
    found["objections_upheld"] = upheld.count()
    names = (
        "examined", "assessed", "met", "not_met", "divided", "third_readings", "reviews", "reviews_changed",
        "points", "points_upheld", "points_dropped", "interests", "objections_upheld",
    )  # fmt: skip
    return {name: found[name] for name in names}


def review_of_form(candidacy: Candidacy) -> bool | None:
    """Whether the review of a refusal for reasons of form admitted the candidacy; `None` where none was decided."""
    if candidacy.review_decided_at is None:
        return None
    decided = Entry.objects.filter(room="candidacy", act="decide_review", matter=candidacy.reference)
    entry = decided.order_by("-number").first()
    return bool(entry.facts["admissible"]) if entry is not None else None


def letters_sent(candidacy: Candidacy, kind: str) -> QuerySet[OutcomeLetter]:
    """Letters of a kind that tell the decision as it stands. On the form: those sent since it was decided (3.7)."""
    sent = OutcomeLetter.objects.filter(candidacy=candidacy, kind=kind)
    decided_at = None
    if kind == LetterKind.INADMISSIBLE:
        decided_at = candidacy.inadmissible_at
    elif kind in ON_FORM_REVIEW:
        decided_at = candidacy.review_decided_at
    elif kind in (LetterKind.REVIEWED, LetterKind.READ_AGAIN):
        decided_at = _called_at(candidacy, kind)
    return sent.filter(sent_at__gte=decided_at) if decided_at is not None else sent


def _called_at(candidacy: Candidacy, kind: str) -> datetime | None:
    """When the review or the new reading began that a letter of the kind tells of."""
    if kind == LetterKind.REVIEWED:
        rows = Examination.objects.filter(candidacy=candidacy).values_list("review_asked_at", flat=True)
        return rows.first()
    called = NewReading.objects.filter(examination__candidacy=candidacy).values_list("called_at", flat=True)
    return called.last()


def untold_refusals() -> QuerySet[Candidacy]:
    """Candidacies found inadmissible whose person has no letter on this finding yet."""
    told = OutcomeLetter.objects.filter(
        candidacy=OuterRef("pk"), kind=LetterKind.INADMISSIBLE, sent_at__gte=OuterRef("inadmissible_at")
    )
    return Candidacy.objects.filter(~Exists(told), state=CandidacyState.INADMISSIBLE)


def untold_reviews() -> QuerySet[Candidacy]:
    """Candidacies on whose form a review was decided and whose person has no letter on that decision yet."""
    told = OutcomeLetter.objects.filter(
        candidacy=OuterRef("pk"), kind__in=ON_FORM_REVIEW, sent_at__gte=OuterRef("review_decided_at")
    )
    rows = Candidacy.objects.filter(~Exists(told), review_decided_at__isnull=False)
    return rows.exclude(state__in=GONE)


# --- one file ------------------------------------------------------------------------------------------------------


def asked(charter: Charter) -> list[Criterion | Bar]:
    """Criteria, then bars, that a reading must find on; placeholders are shown and never asked (3.6)."""
    return [*(c for c in charter.criteria if c.asked), *(b for b in charter.bars if b.asked)]


def differences(readings: Sequence[Reading]) -> list[str]:
    """Keys on which the given readings differ. Whether they differ, never how many say what."""
    verdicts: dict[str, set[str]] = {}
    for finding in ReadingFinding.objects.filter(reading__in=readings):
        verdicts.setdefault(finding.key, set()).add(finding.verdict)
    return [key for key, found in verdicts.items() if len(found) > 1]


@dataclass(frozen=True)
class Capacity:
    """An assessor as the candidate is told: place in the file, capacity, organisation; the row of the reading."""

    reading: Reading
    capacity: str
    organisation: str
    language: str


def capacities(examination: Examination) -> list[Capacity]:
    """Capacity and organisation of those who read a file now, in the order of the readings. No names."""
    readings = list(live_readings(examination))
    rows = Assessorship.objects.filter(
        person_id__in=[r.assessor_id for r in readings], state=AssessorshipState.CURRENT
    )
    known = {row.person_id: row for row in rows}
    return [
        Capacity(
            r, known[r.assessor_id].capacity, known[r.assessor_id].organisation, known[r.assessor_id].language
        )
        if r.assessor_id in known
        else Capacity(r, "", "", "")
        for r in readings
    ]


def openings(examination: Examination) -> list[tuple[datetime, int]]:
    """Who opened the file to read it and when: instant and the place of the reader. From the record, without what is
    not to be shown yet."""
    ordinals = dict(Reading.objects.filter(examination=examination).values_list("reference", "ordinal"))
    entries = Entry.objects.filter(room="vetting", act="open_file", matter__in=list(ordinals)).order_by(
        "number"
    )
    later = integrity.put_off(examination.candidacy.reference)
    return [(e.at, ordinals[e.matter]) for e in entries if e.facts.get("opening") not in later]


# --- withdrawn with a point open (1.6) ------------------------------------------------------------------------------


def keyed_reference(person: Person) -> str:
    """A reference that only this house can make again, and from which nobody can read who it is."""
    key = hashlib.sha256(b"hemicycle.vetting.withdrawal:" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, person.reference.encode(), hashlib.sha256).hexdigest()


def withdrew_with_point_open(person: Person) -> bool:
    """Whether the person withdrew while a point put to them was open, in a round whose successor has not closed."""
    kept = WithdrawalNote.objects.filter(state=NoteState.KEPT)
    return kept.filter(keyed_reference=keyed_reference(person)).exists()
