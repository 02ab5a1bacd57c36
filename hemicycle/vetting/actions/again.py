"""A new reading after the opinion: called by a clerk with a cause, read by others, answered by the person (6.9).

What follows for a participation is decided elsewhere: nothing here suspends or ends one.
"""

from __future__ import annotations

from hemicycle.candidacy.models import Candidacy
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.rules.findings import N_

from .. import queries
from ..models import ON_FORM, Examination, LetterKind, NewReading, OpinionIs, OutcomeLetter
from ._bound import in_days, on_examination, said, unmet
from .assigning import place_reviewers
from .letters import send_letter
from .opinions import check_hits, check_points, facts, settle


@on_examination
def read_again(examination: Examination, by: Actor, *, cause: str, reasons: str, language: str) -> Facts:
    """Have the file read by people who did not read it before. The person is told at once, with cause and reasons; the
    opinion that stands is kept, and stands until they give theirs."""
    why = queries.why_not_read_again(examination)
    if why:
        raise unmet(why, "read_again")
    if cause not in queries.causes(examination):
        raise unmet(N_("The file does not show this cause. Choose another."), "read_again")
    stood = {name: getattr(examination, name) for name in STOOD}
    at = queries.opinion_at(examination)
    examination.round += 1
    NewReading.objects.create(
        examination=examination,
        round=examination.round,
        cause=cause,
        reasons=said(reasons, "read_again"),
        language=language,
        called_at=clock.now(),
        stood={**stood, "at": at.isoformat() if at is not None else ""},
    )
    examination.first_opinion, examination.first_text, examination.first_language = "", "", ""
    examination.review_reasons, examination.review_language = "", ""
    examination.draft, examination.draft_text, examination.draft_grounds = "", "", []
    found = place_reviewers(examination, by)
    return Facts({"cause": cause, "language": language, "found": found}, {"reasons": reasons.strip()})


STOOD = (
    "opinion", "opinion_text", "opinion_language", "grounds", "first_opinion", "first_text", "first_language",
    "review_reasons", "review_language",
)  # fmt: skip


@on_examination
def give_again(examination: Examination, by: Actor) -> Facts:
    """Give the opinion of those who read anew, under the rules of the first one: every point put, and answered."""
    Candidacy.objects.select_for_update(of=("self",)).get(pk=examination.candidacy_id)
    if queries.lacking_reviewers(examination):
        raise unmet(
            N_(
                "A reader is missing: the Secretariat assigns one. One alone does not replace the opinion of two."
            ),
            "give_opinion",
        )
    check_points(examination)
    check_hits(examination)
    first = examination.concluded_at
    opinion = settle(examination)
    # The day of the first opinion stays: it says when the file came to the list, not what is thought of it now.
    examination.concluded_at, examination.review_until = first, None
    if opinion == OpinionIs.NOT_MET:
        days = queries.charter_of(examination).periods.review_request_days.value
        examination.review_until = in_days(days)
    examination.save()
    examination.new_readings.filter(round=examination.round).update(given_at=clock.now())
    # Who was not told an opinion yet learns one that is not "not met" just before publication, like everybody (3.7).
    told = examination.candidacy.letters.exclude(kind__in=ON_FORM)
    if opinion == OpinionIs.NOT_MET or told.exists():
        send_letter(OutcomeLetter(candidacy=examination.candidacy, kind=LetterKind.READ_AGAIN), by)
    return facts(examination)
