"""The opinion: put to the readers, agreed or with dissent, given; and its review (articles 6.4, 6.6, 6.7)."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from hemicycle.candidacy import actions as candidacies
from hemicycle.candidacy.models import Candidacy
from hemicycle.integrity import queries as integrity
from hemicycle.people import queries as people
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.rules.findings import N_, Finding, Unmet

from .. import queries
from ..models import (
    AdversePoint,
    Examination,
    LetterKind,
    OpinionIs,
    OutcomeLetter,
    Reading,
    ReadingFinding,
    Verdict,
    Voice,
)
from ..procedure import ExaminationState, PointState
from ._bound import in_days, on_examination, said, unmet
from .assigning import place_reviewers
from .letters import send_letter


def _readers(examination: Examination) -> list[Reading]:
    """Those whose opinion it is: the first readers, or those of the review or new reading; nobody who is recused meanwhile."""
    subjects = queries.subjects_of(examination.candidacy)
    rows = queries.live_readings(examination).filter(round=examination.round)
    return [row for row in rows if not integrity.recused(row.assessor_id, subjects)]


def _all_given(examination: Examination) -> list[Reading]:
    readers = _readers(examination)
    if not readers or any(reading.given_at is None for reading in readers):
        raise unmet(
            N_("A reading is still missing. Nobody knows the other's before it is given."), "give_opinion"
        )
    return readers


def _speak(examination: Examination, by: Actor, *, agrees: bool, text: str = "", language: str = "") -> None:
    reading = next(r for r in _all_given(examination) if r.assessor_id == by.person)
    values = {
        "examination": examination,
        "agrees": agrees,
        "dissent": text,
        "language": language,
        "spoken_at": clock.now(),
    }
    Voice.objects.update_or_create(reading=reading, defaults=values)


@on_examination
def draft_opinion(
    examination: Examination,
    by: Actor,
    *,
    opinion: str,
    text: str,
    language: str,
    grounds: Sequence[str] = (),
) -> Facts:
    """Put an opinion to the other readers: met, not met or divided, with its text; what was said before is void.

    `grounds`: the criteria and bars on which a "not met" rests. What may not exclude is refused here already.
    """
    if opinion not in OpinionIs.values:
        raise unmet(N_("An opinion is met, not met or divided."), "give_opinion")
    if opinion == OpinionIs.NOT_MET:
        _check_grounds(examination, list(grounds), answered=False)
    readings = _all_given(examination)
    examination.draft, examination.draft_text = opinion, said(text, "give_opinion")
    examination.draft_language, examination.draft_by = language, people.person_of(by)
    examination.draft_grounds = list(grounds) if opinion == OpinionIs.NOT_MET else []
    Voice.objects.filter(reading__in=readings).delete()
    _speak(examination, by, agrees=True)
    return Facts({"opinion": opinion, "grounds": examination.draft_grounds}, {"text": examination.draft_text})


@on_examination
def agree(examination: Examination, by: Actor) -> Facts:
    """Agree with the opinion put to the readers."""
    _drafted(examination)
    _speak(examination, by, agrees=True)
    return Facts()


@on_examination
def dissent(examination: Examination, by: Actor, *, text: str, language: str) -> Facts:
    """Disagree: the dissent is printed with the opinion, which is then divided."""
    _drafted(examination)
    _speak(examination, by, agrees=False, text=said(text, "give_opinion"), language=language)
    return Facts({"language": language}, {"text": text})


def _drafted(examination: Examination) -> None:
    if not examination.draft:
        raise unmet(N_("No opinion has been put to the readers yet."), "give_opinion")


@on_examination
def give_opinion(examination: Examination, by: Actor) -> Facts:
    """Give the opinion that the readers agreed. It is advice (3.5).

    Refused while a point is unanswered or its time to reply runs, while a reader has not spoken, and for a "not met"
    that rests on what excludes nobody.
    """
    # The statement of an invited body may come at the same instant: one waits for the other here (2.3).
    Candidacy.objects.select_for_update(of=("self",)).get(pk=examination.candidacy_id)
    check_points(examination)
    check_hits(examination)
    opinion = settle(examination)
    if opinion == OpinionIs.NOT_MET:
        days = queries.charter_of(examination).periods.review_request_days.value
        examination.review_until = in_days(days)
    examination.save()
    candidacies.close_corrections(examination.candidacy, by)
    if opinion == OpinionIs.NOT_MET:
        send_letter(OutcomeLetter(candidacy=examination.candidacy, kind=LetterKind.NOT_ELIGIBLE), by)
    return facts(examination)


def check_hits(examination: Examination) -> None:
    """No opinion while a name on a list waits for a judgement: silence would read as if nobody had been found."""
    waiting = queries.unjudged(examination)
    if waiting:
        message = N_("Names on lists are still to be judged: %(count)s.")
        raise unmet(message, "give_opinion", count=waiting)


def settle(examination: Examination) -> str:
    """Check that every reader has spoken, and write the opinion. With a dissent it is divided: nobody is outvoted."""
    _drafted(examination)
    readings = _all_given(examination)
    voices = {voice.reading_id: voice for voice in Voice.objects.filter(reading__in=readings)}
    silent = sum(1 for reading in readings if reading.pk not in voices)
    if silent:
        raise unmet(N_("%(count)s readers have not said whether they agree."), "give_opinion", count=silent)
    agreed = all(voice.agrees for voice in voices.values())
    opinion = examination.draft if agreed else OpinionIs.DIVIDED.value
    if opinion == OpinionIs.NOT_MET:
        _check_grounds(examination, examination.draft_grounds, answered=True)
    examination.opinion = opinion
    examination.opinion_text, examination.opinion_language = (
        examination.draft_text,
        examination.draft_language,
    )
    examination.grounds = examination.draft_grounds if opinion == OpinionIs.NOT_MET else []
    examination.concluded_at = clock.now()
    return opinion


def facts(examination: Examination) -> Facts:
    return Facts(
        {"opinion": examination.opinion, "grounds": examination.grounds, "until": examination.review_until},
        {"text": examination.opinion_text},
    )


def check_points(examination: Examination) -> None:
    """Every point and every statement of an invited body is answered, and none while the time to reply still runs."""
    now = clock.now()
    found = []
    for point in AdversePoint.objects.filter(examination=examination).select_related(
        "examination__candidacy"
    ):
        state = point.standing(now)
        if state == PointState.NOTIFIED:
            message = N_("The time to reply to a point still runs, until %(day)s.")
            day = timezone.localtime(point.reply_due).date().isoformat() if point.reply_due else ""
            found.append(Finding(message, {"day": day, "key": point.key}, "vetting.reply"))
        elif state in (PointState.RAISED, PointState.REPLIED, PointState.REPLY_OVER):
            found.append(
                Finding(N_("A point is not answered yet."), {"key": point.key}, "vetting.answer_point")
            )
    for statement in queries.unanswered_statements(examination):
        message = N_(
            "A statement of an invited body is not answered like an adverse point yet: %(reference)s"
        )
        found.append(Finding(message, {"reference": statement.reference}, "vetting.raise_point"))
    if found:
        raise Unmet(*found)


def _check_grounds(examination: Examination, grounds: Sequence[str], *, answered: bool) -> None:
    """What a "not met" may rest on (3.3, 3.4): each ground needs a reader who finds it not met, and a point that was put
    to the person and upheld (`answered`) or at least raised, and that does not rest on undisclosable sources alone.
    """
    charter = queries.charter_of(examination)
    texts = {row.key: row.text for row in queries.asked(charter)}
    if not grounds or not set(grounds) <= set(texts):
        raise unmet(N_("Name the criteria or bars on which “not met” rests."), "give_opinion")
    readings = queries.live_readings(examination).filter(given_at__isnull=False)
    points = AdversePoint.objects.filter(examination=examination, key__in=list(grounds))
    if examination.state == ExaminationState.READ_AGAIN:  # neither finding nor point of those who read before
        readings, points = readings.filter(round=examination.round), points.filter(round=examination.round)
    findings = ReadingFinding.objects.filter(reading__in=readings)
    not_met = set(findings.filter(verdict=Verdict.NOT_MET).values_list("key", flat=True))
    points = points.filter(state=PointState.UPHELD) if answered else points.exclude(state=PointState.DROPPED)
    open_keys = {p.key for p in points if not p.undisclosable or charter.vetting.secret_source_excludes.value}
    secret = {p.key for p in points if p.undisclosable}
    found = []
    for key in grounds:
        rule = {"rule": texts[key], "key": key}
        if key not in not_met and not charter.vetting.unclear_excludes.value:
            found.append(
                Finding(N_("“Unclear” alone excludes nobody: %(rule)s"), rule, "vetting.give_opinion")
            )
        elif key not in open_keys and key in secret:
            message = N_(
                "A point that rests only on sources that cannot be disclosed excludes nobody: %(rule)s"
            )
            found.append(Finding(message, rule, "vetting.give_opinion"))
        elif key not in open_keys:
            message = N_("Nobody is excluded on a point that was not put to the person and upheld: %(rule)s")
            found.append(Finding(message, rule, "vetting.give_opinion"))
    if found:
        raise Unmet(*found)


# --- review --------------------------------------------------------------------------------------------------------


@on_examination
def ask_review(examination: Examination, by: Actor, *, reasons: str, language: str) -> Facts:
    """The person asks for review of a "not met"; it goes to people who did not read before."""
    if examination.opinion != OpinionIs.NOT_MET:
        raise unmet(N_("A review is for an opinion “not met”."), "ask_review")
    if examination.review_until is None or clock.now() >= examination.review_until:
        raise unmet(N_("The time to ask for review is over."), "ask_review")
    examination.review_reasons, examination.review_language = said(reasons, "ask_review"), language
    examination.review_asked_at = clock.now()
    examination.round += 1
    examination.draft, examination.draft_text, examination.draft_grounds = "", "", []
    found = place_reviewers(examination, by)
    return Facts({"language": language, "found": found}, {"reasons": examination.review_reasons})


@on_examination
def give_review(examination: Examination, by: Actor) -> Facts:
    """Give the opinion on review, under the same rules. The first opinion stays readable beside it."""
    check_hits(examination)
    before = examination.opinion, examination.opinion_text, examination.opinion_language
    first = examination.concluded_at
    settle(examination)
    examination.first_opinion, examination.first_text, examination.first_language = before
    examination.concluded_at, examination.reviewed_at = first, clock.now()
    examination.save()
    send_letter(OutcomeLetter(candidacy=examination.candidacy, kind=LetterKind.REVIEWED), by)
    return facts(examination)
