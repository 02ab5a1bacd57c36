"""Reading leaves a trace: who opened which sealed file, how many in an hour, and what was told of it (article 11.2).

A room's own act opens a file (`candidacy.open_file`); within it, `note_opening` counts and keeps the trace.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from hemicycle.people.models import Language, Person
from hemicycle.record import clock, law
from hemicycle.record.actors import CLOCK, Actor
from hemicycle.record.acts import Facts, gate
from hemicycle.record.forgetting import forget_salts
from hemicycle.rules.findings import N_, Finding, Unmet

from .. import queries
from ..models import Alarm, FileOpening
from ..procedure import ALARM, OPENING

HOUR = timedelta(hours=1)
OTHER = "other"  # the reason of the charter's list that says nothing by itself
opening_act = gate(OPENING, queries.offices_on_opening)
alarm_act = gate(ALARM, queries.offices)


@opening_act
def note_opening(opening: FileOpening, by: Actor) -> Facts:
    """Keep that somebody opened a file, in which office and why; refused beyond the office's number of files an hour.

    The row of the person is locked first, so that two openings at the same instant count one another.
    """
    opening.person = Person.objects.select_for_update(of=("self",)).get(reference=by.reference)
    charter = law.in_force()
    if opening.reason not in {row.key for row in charter.reading_reasons}:
        raise Unmet(Finding(N_("The charter knows no such reason."), {}, "integrity.note_opening"))
    if opening.reason == OTHER and not opening.text.strip():
        raise Unmet(Finding(N_("Say in your words why you open the file."), {}, "integrity.note_opening"))
    at_most = charter.reading.files_an_hour.of(opening.office).value
    lately = queries.opened_since(opening.person, clock.now() - HOUR)
    if len(lately) >= at_most:
        raise _too_many(opening, lately[-at_most] + HOUR if at_most else None, at_most)
    return Facts({"file": opening.file, "office": opening.office, "reason": opening.reason})


def _too_many(opening: FileOpening, again: datetime | None, at_most: int) -> Unmet:
    """The refusal of a mass read. It is told to the integrity officer, once an hour for a person."""
    person, office = opening.person, opening.office
    params: dict[str, object] = {"count": at_most, "at": again}
    message = N_(
        "Your office opens %(count)s files an hour at most, and you have opened them. The next can be opened on %(at)s. "
        "The integrity officer has been told; whoever needs more sooner speaks to that officer."
    )
    if again is None:
        message, params = N_("Your office opens no files. The integrity officer has been told."), {}
    finding = Finding(message, params, "integrity.note_opening")
    return Unmet(finding, afterwards=lambda: _alarm(person, office, at_most))


def _alarm(person: Person, office: str, at_most: int) -> None:
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    if Alarm.objects.filter(person=person, hour=hour).exists():
        return
    with suppress(IntegrityError, ValidationError):  # another refusal of the same hour was faster
        raise_alarm(Alarm(person=person, hour=hour, office=office, at_most=at_most), CLOCK)


@alarm_act
def raise_alarm(alarm: Alarm, by: Actor) -> Facts:
    """Somebody tried to open more files in an hour than the office may."""
    return Facts({"person": alarm.person.reference, "office": alarm.office, "at_most": alarm.at_most})


@alarm_act
def answer_alarm(alarm: Alarm, by: Actor, *, reasons: str, language: str = Language.ENGLISH) -> Facts:
    """The integrity officer says what was found; nobody answers an alarm about himself or herself."""
    if alarm.person_id == by.person:
        raise Unmet(Finding(N_("Somebody else answers an alarm about you."), {}, "integrity.answer_alarm"))
    alarm.answer, alarm.answer_language, alarm.answered_at = reasons, language, clock.now()
    return Facts({"person": alarm.person.reference}, {"reasons": reasons})


@opening_act
def delay_disclosure(
    opening: FileOpening, by: Actor, *, until: date, reasons: str, language: str = Language.ENGLISH
) -> Facts:
    """Put off that the person concerned is shown an opening, with reasons, for the charter's days at most."""
    article = "integrity.delay_disclosure"
    days = law.in_force().reading.disclosure_delay_days_at_most.value
    shown = timezone.make_aware(datetime.combine(until, time.min))
    if shown <= clock.now():
        raise Unmet(Finding(N_("Give a day to come."), {}, article))
    if shown > opening.created_at + timedelta(days=days):
        message = N_("An opening is shown at the latest %(days)s days after it.")
        raise Unmet(Finding(message, {"days": days}, article))
    opening.shown_from, opening.delay_reasons, opening.delay_language = shown, reasons, language
    return Facts({"file": opening.file, "until": until}, {"reasons": reasons})


def forget_openings(file: str) -> None:
    """With an erased file go the words in which its readers said why; that it was opened stays."""
    rows = FileOpening.objects.filter(file=file)
    forget_salts(list(rows.values_list("reference", flat=True)), room="integrity")
    rows.update(text="", delay_reasons="")


def opened(by: Actor, file: str, office: str, reason: str, text: str, language: str) -> FileOpening:
    """The trace of one opening, taken within the room's own act that opens the file. Returns it."""
    opening = FileOpening(file=file, office=office, reason=reason, text=text, language=language)
    note_opening(opening, by)
    return opening
