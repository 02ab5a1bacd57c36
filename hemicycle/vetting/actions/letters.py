"""Outcome letters: to every candidate, once, with the findings and the way to a review (article 6.8)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from hemicycle.candidacy.models import Candidacy
from hemicycle.candidacy.procedure import CandidacyState
from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.rules.charter import Charter
from hemicycle.rules.findings import N_

from .. import queries
from ..models import Examination, LetterKind, OpinionIs, OutcomeLetter
from ._bound import in_days, on_letter, unmet


@on_letter
def send_letter(letter: OutcomeLetter, by: Actor) -> Facts:
    """Freeze what one candidate is told, and send it. The message about it has no content (1.5)."""
    candidacy, kind = letter.candidacy, letter.kind
    charter = law.by_reference(candidacy.call.charter)
    examination = Examination.objects.filter(candidacy=candidacy).first()
    if OutcomeLetter.objects.filter(candidacy=candidacy, kind=kind).exists():
        raise unmet(N_("This letter was sent before."), "send_letter")
    _check(candidacy, kind, examination)
    letter.charter, letter.sent_at = charter.reference, clock.now()
    letter.destroyed_on = _destroyed_on(candidacy, kind, charter)
    if kind == LetterKind.INADMISSIBLE:
        letter.text = candidacy.inadmissible_reasons
        since = candidacy.inadmissible_at or clock.now()
        letter.review_until = in_days(charter.periods.review_request_days.value, since)
    if examination is not None and examination.opinion:
        letter.opinion, letter.text = examination.opinion, examination.opinion_text
        letter.text_language = examination.opinion_language
        letter.findings, letter.points = _findings(examination), _points(examination)
        letter.decided_by = [
            {"capacity": c.capacity, "organisation": c.organisation, "language": c.language}
            for c in queries.capacities(examination)
        ]
        letter.review_until = examination.review_until if kind == LetterKind.NOT_ELIGIBLE else None
    return Facts({"kind": kind, "opinion": letter.opinion, "destroyed_on": letter.destroyed_on})


def _check(candidacy: Candidacy, kind: str, examination: Examination | None) -> None:
    """A letter says what is: its kind follows from the candidacy and its opinion."""
    state = candidacy.standing(clock.now())
    opinion = examination.opinion if examination is not None else ""
    fits = (
        state in (CandidacyState.INADMISSIBLE, CandidacyState.REVIEW_ASKED)
        if kind == LetterKind.INADMISSIBLE
        else state == CandidacyState.ADMISSIBLE
        and bool(opinion)
        and (kind != LetterKind.NOT_ELIGIBLE or opinion == OpinionIs.NOT_MET)
        and (kind != LetterKind.REVIEWED or bool(examination and examination.first_opinion))
    )
    if not fits:
        raise unmet(N_("This letter does not say what was decided."), "send_letter")


def _destroyed_on(candidacy: Candidacy, kind: str, charter: Charter) -> date:
    """The day on which the file is destroyed, by the charter's retention."""
    today = clock.today()
    if kind == LetterKind.INADMISSIBLE:
        return today + timedelta(days=charter.retention.inadmissible_days.value)
    if kind in (LetterKind.ON_LIST, LetterKind.SUCCESSION):
        closes: date = candidacy.call.session.closes_on
        return closes + timedelta(days=charter.retention.after_term_days.value)
    return today + timedelta(days=charter.retention.not_chosen_days.value)


def _findings(examination: Examination) -> list[dict[str, Any]]:
    """The findings of every reader, by the place of the reader; names are not told."""
    return [
        {
            "key": f.key,
            "reader": r.ordinal,
            "verdict": f.verdict,
            "reasons": f.reasons,
            "language": f.language,
        }
        for r in queries.live_readings(examination)
        .filter(given_at__isnull=False)
        .prefetch_related("findings")
        for f in r.findings.all()
    ]


def _points(examination: Examination) -> list[dict[str, Any]]:
    return [
        {
            "key": p.key,
            "reference": p.reference,
            "state": p.state,
            "answer": p.answer,
            "language": p.answer_language,
        }
        for p in queries.answered_points(examination.candidacy)
    ]


def send_letters(kinds: Mapping[int, str], by: Actor) -> None:
    """The letters just before publication: {key of a candidacy: on_list | succession | not_chosen}; one act each."""
    for candidacy in Candidacy.objects.filter(pk__in=kinds).select_related("call__session", "person"):
        send_letter(OutcomeLetter(candidacy=candidacy, kind=kinds[candidacy.pk]), by)
