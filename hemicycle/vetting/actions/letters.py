"""Outcome letters: to every candidate, once for each decision, with the findings and the way to a review (article 6.8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from hemicycle.candidacy import actions as candidacies
from hemicycle.candidacy.models import Candidacy
from hemicycle.candidacy.procedure import CandidacyState
from hemicycle.candidacy.queries import review_until
from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.rules.charter import Charter
from hemicycle.rules.findings import N_
from hemicycle.rules.procedure import Office

from .. import queries
from ..models import (
    BEFORE_PUBLICATION,
    GONE,
    ON_FORM_REVIEW,
    Examination,
    LetterKind,
    NewReading,
    OpinionIs,
    OutcomeLetter,
    Reading,
)
from ._bound import on_letter, unmet

OF_A_ROUND = (LetterKind.REVIEWED, LetterKind.READ_AGAIN)  # sent in the act that ends it
#: Where such an opinion is "not met", a review may be asked for.
NEW_OPINION = (LetterKind.NOT_ELIGIBLE, LetterKind.READ_AGAIN)


@on_letter
def send_letter(letter: OutcomeLetter, by: Actor, *, bodies: Sequence[str] = ()) -> Facts:
    """Freeze what one candidate is told, and send it. The message about it has no content (1.5).

    `bodies`: those that decided on the list, for the letters before publication.
    """
    # Two clocks, or a clerk and the clock, may come to the same letter at once: one waits for the other here.
    candidacy = Candidacy.objects.select_for_update(of=("self",)).get(pk=letter.candidacy_id)
    letter.candidacy, kind = candidacy, letter.kind
    charter = law.by_reference(candidacy.call.charter)
    examination = Examination.objects.filter(candidacy=candidacy).first()
    if queries.letters_sent(candidacy, kind).exists():
        raise unmet(N_("This letter was sent before."), "send_letter")
    _check(candidacy, kind, examination)
    letter.charter, letter.sent_at = charter.reference, clock.now()
    letter.destroyed_on = _destroyed_on(candidacy, kind, charter)
    letter.decided_by = _decided_by(candidacy, kind, charter, examination, bodies)
    if kind == LetterKind.INADMISSIBLE:
        letter.text = candidacy.inadmissible_reasons
        letter.text_language = candidacy.language_of("inadmissible_reasons")
        letter.review_until = review_until(candidacy)
    elif kind in ON_FORM_REVIEW:
        letter.text = candidacy.review_decision
        letter.text_language = candidacy.language_of("review_decision")
    elif examination is not None and examination.opinion:
        letter.opinion, letter.text = examination.opinion, examination.opinion_text
        letter.text_language = examination.opinion_language
        letter.findings = _findings(examination, _told(kind, examination))
        letter.points = _points(examination, is_given=kind in OF_A_ROUND)
        letter.review_until = examination.review_until if kind in NEW_OPINION else None
    return Facts({"kind": kind, "opinion": letter.opinion, "destroyed_on": letter.destroyed_on})


def _check(candidacy: Candidacy, kind: str, examination: Examination | None) -> None:
    """A letter says what is: its kind follows from the candidacy and its opinion."""
    state = candidacy.standing(clock.now())
    opinion = examination.opinion if examination is not None else ""
    if kind in ON_FORM_REVIEW:
        admitted = queries.review_of_form(candidacy)
        fits = state not in GONE and admitted is (kind == LetterKind.FORM_REVERSED)
    elif kind == LetterKind.INADMISSIBLE:
        fits = state in (CandidacyState.INADMISSIBLE, CandidacyState.REVIEW_ASKED)
    else:
        fits = (
            state == CandidacyState.ADMISSIBLE
            and bool(opinion)
            and (kind != LetterKind.NOT_ELIGIBLE or opinion == OpinionIs.NOT_MET)
            and (kind != LetterKind.REVIEWED or bool(examination and examination.first_opinion))
            and (kind != LetterKind.READ_AGAIN or bool(examination and queries.new_reading(examination)))
        )
    if not fits:
        raise unmet(N_("This letter does not say what was decided."), "send_letter")


def _destroyed_on(candidacy: Candidacy, kind: str, charter: Charter) -> date | None:
    """The day on which the file is destroyed, by the charter's retention: the day on which the clock does it.

    `None` while the procedure goes on after a review; a later letter names the day. A new reading does not put off the day
    that a letter named before.
    """
    today = clock.today()
    named = candidacy.letters.filter(destroyed_on__isnull=False).order_by("sent_at").last()
    if kind == LetterKind.READ_AGAIN and named is not None:
        return named.destroyed_on
    if kind == LetterKind.FORM_REVERSED:
        return None
    if kind in (LetterKind.INADMISSIBLE, LetterKind.FORM_CONFIRMED):
        days = timedelta(days=charter.retention.inadmissible_days.value)
        since = candidacy.inadmissible_at or clock.now()
        return timezone.localtime(candidacies.erasure_due(candidacy) or since + days).date()
    is_in_line = queries.letters_sent(candidacy, LetterKind.ON_LIST) | queries.letters_sent(
        candidacy, LetterKind.SUCCESSION
    )
    if kind in (LetterKind.ON_LIST, LetterKind.SUCCESSION) or is_in_line.exists():
        closes: date = candidacy.call.session.closes_on
        return closes + timedelta(days=charter.retention.after_term_days.value)
    return today + timedelta(days=charter.retention.not_chosen_days.value)


def _decided_by(
    candidacy: Candidacy,
    kind: str,
    charter: Charter,
    examination: Examination | None,
    bodies: Sequence[str],
) -> list[dict[str, Any]]:
    """Who decided what of it: offices, capacities and bodies, never names (3.1, 3.7)."""
    if kind == LetterKind.INADMISSIBLE:
        count = charter.candidacy.deciding_clerks.value
        return [{"what": "form", "office": Office.SECRETARIAT.value, "count": count}]
    if kind in ON_FORM_REVIEW:
        return [{"what": "form_review", "office": Office.REVIEWER.value, "count": 1}]
    again = set(NewReading.objects.filter(examination=examination).values_list("round", flat=True))
    rows: list[dict[str, Any]] = [
        {
            "what": _read(c.reading, again),
            "capacity": c.capacity,
            "organisation": c.organisation,
            "language": c.language,
        }
        for c in (queries.capacities(examination) if examination is not None else ())
        if c.reading.given_at is not None and c.reading.round <= _told(kind, examination)
    ]
    if kind in BEFORE_PUBLICATION:
        rows.append({"what": "proposed", "office": charter.list.proposed_by.value, "count": 1})
        rows += [{"what": "approved", "body": body} for body in bodies]
    return rows


def _read(reading: Reading, again: set[int]) -> str:
    if reading.round in again:
        return "again"
    return "review" if reading.is_review else "read"


def _told(kind: str, examination: Examination | None) -> int:
    """Up to which round a letter tells: nothing of one that still runs."""
    if examination is None:
        return 0
    return examination.round if kind in OF_A_ROUND else queries.told_round(examination)


def _findings(examination: Examination, told: int) -> list[dict[str, Any]]:
    """The findings of every reader up to a round, by the place of the reader; names are not told."""
    return [
        {
            "key": f.key,
            "reader": r.ordinal,
            "verdict": f.verdict,
            "reasons": f.reasons,
            "language": f.language,
        }
        for r in queries.live_readings(examination)
        .filter(given_at__isnull=False, round__lte=told)
        .prefetch_related("findings")
        for f in r.findings.all()
    ]


def _points(examination: Examination, *, is_given: bool) -> list[dict[str, Any]]:
    return [
        {
            "key": p.key,
            "reference": p.reference,
            "state": p.state,
            "answer": p.answer,
            "language": p.answer_language,
        }
        for p in queries.answered_points(examination.candidacy, is_given=is_given)
    ]


def send_letters(kinds: Mapping[int, str], by: Actor, bodies: Sequence[str] = ()) -> None:
    """The letters just before publication: {key of a candidacy: on_list | succession | not_chosen}; one act each.

    `bodies` are those whose votes carried the list.
    """
    for candidacy in Candidacy.objects.filter(pk__in=kinds).select_related("call__session", "person"):
        letter = OutcomeLetter(candidacy=candidacy, kind=kinds[candidacy.pk])
        send_letter(letter, by, bodies=bodies)
