"""Ratification (7.9). A vote does not ratify a list: these acts ask it."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from hemicycle.assembly.models import PartSession
from hemicycle.people.models import Language
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.voting import queries as voting
from hemicycle.voting.models import Vote
from hemicycle.voting.procedure import VoteState

from .. import queries
from ..models import List
from ..procedure import ListState
from .gates import act, keep_reasons, unmet

# What the clerk finds in the form that records the vote on ratification, which is held elsewhere (7.9).
QUESTIONS = {
    "en": "Is the list of participants for the session {session} ratified?",
    "fr": "La liste de participants pour la session {session} est-elle ratifiée\u00a0?",
    "ru": "Ратифицируется ли список участников на сессию {session}?",
}


def held_elsewhere(list_: List) -> dict[str, str]:
    """What a clerk need not type to record the vote on ratification: its subject, its body today, its question."""
    rules = queries.charter_of(list_).list
    part_session = _in_part_session(clock.today())
    body = rules.ratified_by.value if part_session else rules.ratified_between_part_sessions_by.value
    questions = {
        f"question_{code}": text.format(session=list_.session.name) for code, text in QUESTIONS.items()
    }
    return {"subject": list_.reference, "body": body, **questions}


@act
def ratify(list_: List, by: Actor) -> Facts:
    """Record that the Assembly, or the Standing Committee between part-sessions, ratified (7.9). Raises `Unmet`."""
    vote = _ratification(list_, "ratify")
    if vote.state != VoteState.CARRIED:
        raise unmet(N_("Ratification was refused: %(vote)s"), "ratify", vote=vote.reference)
    list_.ratified_at = clock.now()
    list_.effective_at = list_.effective_at or list_.ratified_at
    to = ListState.RATIFIED if list_.announced_at is None else ListState.ANNOUNCED
    return Facts({"vote": vote.reference, "body": vote.body}, to=to)


@act
def refuse_ratification(
    list_: List, by: Actor, *, reasons: str = "", language: str = Language.ENGLISH
) -> Facts:
    """Record that ratification was refused: the list returns, and no mandate begins or goes on (7.9)."""
    vote = _ratification(list_, "refuse_ratification")
    if vote.state != VoteState.REJECTED:
        raise unmet(N_("The vote carried: %(vote)s"), "refuse_ratification", vote=vote.reference)
    list_.returned_at = clock.now()
    keep_reasons(list_, reasons, language)
    return Facts({"vote": vote.reference, "body": vote.body}, {"reasons": reasons} if reasons else {})


def _ratification(list_: List, act_name: str) -> Vote:
    """The vote on ratification since the approval, of the body that may take it on its day: the one that was lost, if
    any was, whatever was voted after it; else the latest."""
    rules = queries.charter_of(list_).list
    bodies = {rules.ratified_by.value, rules.ratified_between_part_sessions_by.value}
    if queries.undecided(list_):
        raise unmet(N_("A vote on this list is under way."), act_name)
    if list_.approved_at is None:
        raise unmet(N_("The Bureau has not approved the list."), act_name)
    approved_on = timezone.localtime(list_.approved_at).date()
    decided = [VoteState.CARRIED, VoteState.REJECTED]
    votes = queries.votes(list_).filter(subject=list_.reference, body__in=bodies, state__in=decided)
    since = [vote for vote in votes.order_by("-closed_at", "-pk") if voting.day_of(vote) >= approved_on]
    if not since:
        raise unmet(N_("No vote on the ratification of this list is recorded."), act_name)
    entitled = [
        vote
        for vote in since
        if vote.body == rules.ratified_by.value or not _in_part_session(voting.day_of(vote))
    ]
    if not entitled:
        raise unmet(N_("During a part-session the Assembly ratifies, nobody in its place."), act_name)
    return next((vote for vote in entitled if vote.state == VoteState.REJECTED), entitled[0])


def _in_part_session(day: date) -> bool:
    return PartSession.objects.filter(from_day__lte=day, until_day__gte=day).exists()
