"""A reading, from the declaration on interests to the reading given (articles 6.2, 6.3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django.utils import timezone

from hemicycle.integrity import actions as integrity
from hemicycle.integrity import queries as interests
from hemicycle.integrity.models import FileOpening, Interest
from hemicycle.people import queries as people
from hemicycle.people.models import Language
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK, Actor
from hemicycle.record.acts import Facts
from hemicycle.rules.findings import N_, Finding, Unmet

from .. import queries
from ..models import Examination, Reading, ReadingFinding, Verdict
from ..procedure import READING, ObjectionState
from ._bound import on_examination, on_reading, unmet
from .assigning import call_third, release


@on_reading
def declare_no_interest(reading: Reading, by: Actor) -> Facts:
    """After the public head was seen, and before the file opens (3.1)."""
    reading.declared_at = clock.now()
    return Facts()


@on_reading
def declare_interest(reading: Reading, by: Actor, *, kind: str, text: str, language: str) -> Facts:
    """The interest goes into integrity's register, the reading is released, and somebody else reads."""
    subject = reading.examination.candidacy.reference
    if not interests.has_interest(by.person, subject):
        integrity.declare(
            Interest(person=people.person_of(by), subject=subject, kind=kind, text=text, language=language),
            by,
        )
    release(reading, "interest")
    return Facts({"kind": kind})


@on_reading
def open_file(reading: Reading, by: Actor) -> Facts:
    """The file opens to its reader; the entry is what its subject sees of it.

    Refused while an objection is undecided or may still come, beyond the charter's files per day, and where what was
    added to the file since the assignment keeps this reader from it.
    """
    if reading.objections.filter(state=ObjectionState.RAISED).exists():
        raise unmet(N_("The candidate has objected. The decision comes first."), "open_file")
    if not queries.objection_time_over(reading):
        raise unmet(
            N_("The candidate may still object to the assessors. Nobody reads before that."), "open_file"
        )
    why = queries.why_not_open(reading)
    if why == "language":
        message = N_(
            "The file now holds a text in a language that you do not read. Ask the Secretariat to give it to somebody else."
        )
        raise unmet(message, "open_file")
    if why:
        message = N_(
            "Since the file was assigned, something ties you to it. Ask the Secretariat to give it to somebody else."
        )
        raise unmet(message, "open_file")
    at_most = queries.charter_of(reading.examination).vetting.files_opened_per_day_at_most.value
    today = timezone.make_aware(datetime.combine(clock.today(), time.min))
    opened = Reading.objects.filter(assessor_id=reading.assessor_id, opened_at__gte=today).count()
    if opened >= at_most:
        raise unmet(N_("Nobody opens more than %(count)s files a day."), "open_file", count=at_most)
    reading.opened_at = clock.now()
    opening = _trace(reading, by, "open_file", "review" if reading.is_review else "assessment")
    return Facts({"place": reading.ordinal, "opening": opening.reference})


@on_reading
def reopen_file(
    reading: Reading, by: Actor, *, reason: str, text: str = "", language: str = Language.ENGLISH
) -> Facts:
    """In another session the reader says again why; the days and the tie were looked at when the file was opened."""
    opening = _trace(reading, by, "reopen_file", reason, text, language)
    return Facts({"opening": opening.reference, "reason": reason}, {"text": text} if text else {})


def _trace(
    reading: Reading, by: Actor, act: str, reason: str, text: str = "", language: str = Language.ENGLISH
) -> FileOpening:
    """The candidacy is the file that a reader opens; its person sees the trace (article 11.2)."""
    office = READING.decide(act, reading.standing(clock.now()), queries.offices(by, reading))
    file = reading.examination.candidacy.reference
    return integrity.opened(by, file, office, reason, text, language)


Given = Mapping[str, Mapping[str, Any]]


def _store(reading: Reading, findings: Given, language: str) -> int:
    """Write a draft's findings: {key: {verdict, reasons, evidence}}. Unknown keys, verdicts and exhibits are refused."""
    keys = {row.key for row in queries.asked(queries.charter_of(reading.examination))}
    exhibits = set(reading.examination.candidacy.evidence.values_list("name", flat=True))
    for key, found in findings.items():
        verdict, evidence = (
            str(found.get("verdict") or ""),
            [str(name) for name in found.get("evidence") or ()],
        )
        if key not in keys:
            raise unmet(N_("“%(key)s” is no criterion or bar of this call."), "save_reading", key=key)
        if verdict and verdict not in Verdict.values:
            raise unmet(N_("A finding is met, not met or unclear."), "save_reading")
        if not exhibits.issuperset(evidence):
            raise unmet(N_("This piece of evidence is not in the file."), "save_reading")
        values = {
            "verdict": verdict,
            "reasons": str(found.get("reasons") or "").strip(),
            "language": language,
            "evidence": evidence,
        }
        ReadingFinding.objects.update_or_create(reading=reading, key=key, defaults=values)
    return len(findings)


@on_reading
def save_reading(reading: Reading, by: Actor, *, findings: Given, language: str) -> Facts:
    """Keep a draft. Only its reader sees it; the entry says how many parts were saved, not what they say."""
    return Facts({"saved": _store(reading, findings, language)})


@on_reading
def give_reading(
    reading: Reading, by: Actor, *, findings: Given | None = None, language: str = "en"
) -> Facts:
    """Give a finding with reasons on every criterion and bar that is asked. A score is nowhere (R3).

    When the last reading is given, all open to their readers; if the first ones differ, a third reader is called.
    """
    _store(reading, findings or {}, language)
    charter = queries.charter_of(reading.examination)
    rows = {row.key: row for row in reading.findings.all()}
    missing = [
        Finding(
            N_("A finding or its reasons are missing: %(rule)s"),
            {"rule": row.text, "key": row.key},
            "vetting.give_reading",
        )
        for row in queries.asked(charter)
        if row.key not in rows or not rows[row.key].verdict or not rows[row.key].reasons
    ]
    if missing:
        raise Unmet(*missing)
    reading.given_at = clock.now()
    reading.save()
    if not reading.is_review:
        _after_given(Examination.objects.select_for_update().get(pk=reading.examination_id))
    return Facts({"place": reading.ordinal, "findings": len(rows)})


def _after_given(examination: Examination) -> None:
    charter = queries.charter_of(examination)
    readings = list(queries.live_readings(examination).filter(is_review=False))
    third = examination.third_called_at is not None
    if len(readings) < charter.vetting.readings.value + third or any(r.given_at is None for r in readings):
        return
    differing = queries.differences(readings)
    if differing and not third and charter.stages.third_reader.value:
        call_third(examination, CLOCK, differing=differing)
    else:
        gather(examination, CLOCK)


@on_examination
def gather(examination: Examination, by: Actor) -> Facts:
    """Every reading is given: from now on the readers see one another's and seek one opinion."""
    readings = list(queries.live_readings(examination).filter(is_review=False))
    return Facts({"readings": len(readings), "differing": len(queries.differences(readings))})
