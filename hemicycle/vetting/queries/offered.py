"""What an act would still change: asked by the act itself and by the page that offers it."""

from __future__ import annotations

from hemicycle.record import clock
from hemicycle.rules.findings import N_

from ..models import Examination, OpinionIs, Reading
from ..procedure import ObjectionState, ReadingState
from .access import charter_of, live_readings, objection_until
from .again import why_not_read_again


def offers(examination: Examination, act: str) -> bool:
    """Whether the button of an act that is open to somebody would not be refused at once. The gate decides all the same."""
    if act == "assign":
        return bool(lacking(examination))
    if act == "assign_reviewers":
        return lacking_reviewers(examination) > 0
    if act == "read_again":
        return not why_not_read_again(examination)
    if act == "accept_readers":
        return any(not objection_time_over(reading) for reading in live_readings(examination))
    if act in ("agree", "dissent", "give_opinion", "give_review", "give_again"):
        return bool(examination.draft)
    if act == "ask_review":  # a button for everybody would be refused with what the opinion is
        until = examination.review_until
        return examination.opinion == OpinionIs.NOT_MET and until is not None and clock.now() < until
    return True


def lacking(examination: Examination) -> list[int]:
    """Places without a reader: the charter's readings, and one more once a third reader was called."""
    count = charter_of(examination).vetting.readings.value
    places = list(range(1, count + 1 + (examination.third_called_at is not None)))
    held = set(live_readings(examination).filter(is_review=False).values_list("ordinal", flat=True))
    return [place for place in places if place not in held]


def lacking_reviewers(examination: Examination) -> int:
    """How many readers a review still lacks; one may do where no second can be found (3.5)."""
    count = charter_of(examination).vetting.readings.value
    return max(0, count - live_readings(examination).filter(round=examination.round).count())


def objection_time_over(reading: Reading) -> bool:
    """Whether the file may be opened: the candidate accepted these readers, or the days to object are over."""
    until = objection_until(reading)
    return until is None or clock.now() >= until


def why_not_object(reading: Reading) -> str:
    """Why the candidate cannot object to a reader now; empty while an objection is taken (article 6.2)."""
    if reading.standing(clock.now()) not in (ReadingState.ASSIGNED, ReadingState.DECLARED):
        return N_("The reading has begun, or somebody else reads now: it is too late to object.")
    if reading.objections.filter(state=ObjectionState.RAISED).exists():
        return N_("You have objected; the decision is not given yet.")
    if objection_time_over(reading):
        return N_("The time to object is over, or you said that you do not object to the assessors.")
    return ""
