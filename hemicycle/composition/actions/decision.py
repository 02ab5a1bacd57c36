"""The Bureau's decision (7.4). A vote does not approve a list: these acts ask it."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_noop as N_

from hemicycle.assembly import queries as assembly
from hemicycle.people.models import Language
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.rules.findings import Unmet
from hemicycle.voting import actions as voting
from hemicycle.voting.models import Manner, Vote
from hemicycle.voting.procedure import VoteState

from .. import queries
from ..models import List
from ..procedure import ListState
from .gates import act, bureau_vote, certify, check_proposer, give_reasons, unmet

QUESTIONS = {
    "en": "Does the Bureau approve the President’s list of participants for the session {session}?",
    "fr": "Le Bureau approuve-t-il la liste de participants proposée par la présidence pour la session {session}\u00a0?",
    "ru": "Утверждает ли Бюро список участников на сессию {session}, предложенный Председателем?",
}
SEAT_QUESTIONS = {
    "en": "Does the Bureau approve the person proposed for seat {number} of the list for the session {session}?",
    "fr": "Le Bureau approuve-t-il la personne proposée pour le siège {number} de la liste pour la session {session}\u00a0?",
    "ru": "Утверждает ли Бюро лицо, предложенное на место {number} списка на сессию {session}?",
}

# One label for all three languages, without a name: a vote outlives a name that must go.
PAGE = "Seat {number} · Siège {number} · Место {number}"


@act
def call_bureau_vote(
    list_: List,
    by: Actor,
    *,
    manner: str = Manner.SITTING,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
) -> Facts:
    """Call the Bureau's vote on the list as a whole: its roll of this instant, a page for each proposed person."""
    _before_vote(list_, "call_bureau_vote")
    rows = [place for place in queries.places(list_) if place.is_live]
    vote = _vote(
        list_,
        QUESTIONS,
        [place.number for place in rows],
        manner=manner,
        opens_at=opens_at,
        closes_at=closes_at,
    )
    vote.subject = list_.reference
    vote.concerns = queries.concerned_by(list_)
    voting.call_vote(vote, by, roll=assembly.roll_of(vote.body))
    return Facts({"vote": vote.reference})


@act
def call_separate_votes(
    list_: List,
    by: Actor,
    *,
    manner: str = Manner.SITTING,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
) -> Facts:
    """Call one vote for each seat that has none yet, where the charter lets the Bureau vote separately (7.4)."""
    if not queries.charter_of(list_).list.separate_votes.value:
        raise unmet(N_("The charter has no separate votes on a list."), "call_separate_votes")
    _before_vote(list_, "call_separate_votes", separate=True)
    carried = queries.carried(list_)
    called = []
    for place in queries.places(list_):
        if not place.is_live or place.seat is None or f"{list_.reference}/{place.number}" in carried:
            continue
        vote = _vote(
            list_, SEAT_QUESTIONS, [place.number], manner=manner, opens_at=opens_at, closes_at=closes_at
        )
        vote.subject = f"{list_.reference}/{place.number}"
        vote.concerns = queries.subjects_of(place.seat.candidacy)
        voting.call_vote(vote, by, roll=assembly.roll_of(vote.body))
        called.append(vote.reference)
    return Facts({"votes": called})


def _before_vote(list_: List, act_name: str, *, separate: bool = False) -> None:
    """Raise `Unmet` while a vote is under way, once the Bureau has decided, and where the list keeps a rule no more."""
    check_proposer(list_, act_name)
    if queries.undecided(list_):
        raise unmet(N_("A vote on this list is under way."), act_name)
    if not queries.is_to_be_voted_on(list_, separate=separate):
        decisive = [vote for vote in queries.bureau_votes(list_) if vote.state != VoteState.VOID]
        raise unmet(
            N_("The Bureau has decided; only a vote that was void or annulled is held again: %(votes)s"),
            act_name,
            votes=_named(decisive),
        )
    _check_rules(list_)


def _check_rules(list_: List) -> None:
    """Somebody left after the release, or an opinion became “not met” by a new reading; the Bureau is not asked for, and
    cannot approve, what the charter does not allow (4.2, 4.6), or what the President gave no reasons for (3.5)."""
    found = queries.broken(list_) + queries.without_reasons(list_)
    if found:
        raise Unmet(*found)


def _vote(list_: List, questions: dict[str, str], numbers: list[int], **when: Any) -> Vote:
    """An unsaved vote of the body that decides on lists, with a page for each of these seats."""
    words = {"session": list_.session.name, "number": numbers[0] if numbers else 0}
    pages = [
        {"label": PAGE.format(number=number), "url": f"/proposals/{list_.reference}/{number}/"}
        for number in numbers
    ]
    return bureau_vote(list_, questions, words, pages=pages, **when)


@act
def approve(list_: List, by: Actor) -> Facts:
    """Record that the Bureau approved: its vote carried, and the rules of the charter hold still. Raises `Unmet`."""
    check_proposer(list_, "approve")
    decisive = _decided(list_, "approve")
    lost = [vote for vote in decisive if vote.state != VoteState.CARRIED]
    if lost:
        raise unmet(N_("The vote of the Bureau did not carry: %(votes)s"), "approve", votes=_named(lost))
    _check_rules(list_)
    result = queries.judge(list_)
    charter = queries.charter_of(list_)
    list_.approved_at = clock.now()
    ratifies = charter.stages.ratification.value
    if not ratifies or charter.list.takes_effect_on.value == "approval":
        list_.effective_at = list_.approved_at
    return Facts(
        {
            "votes": [vote.reference for vote in decisive],
            "reserved": result.present,
            "required": result.required,
            # The rule with it: whoever reads the entry can reckon again.
            "share": charter.reserve.share.value if result.required else Fraction(0),
            "rounding": charter.reserve.rounding.value,
            "base": result.base,
            **certify(list_),
        },
        to=ListState.BEFORE_RATIFICATION if ratifies else ListState.APPROVED,
    )


@act
def refuse(list_: List, by: Actor, *, reasons: str, language: str = Language.ENGLISH) -> Facts:
    """Record that the Bureau refused: its vote, or one of its separate votes, was lost. Raises `Unmet`."""
    decisive = _decided(list_, "refuse")
    if not any(vote.state == VoteState.REJECTED for vote in decisive):
        raise unmet(N_("No vote of the Bureau on this list was lost."), "refuse")
    give_reasons(list_, reasons, language, "refuse")
    return Facts({"votes": [vote.reference for vote in decisive]}, {"reasons": reasons})


def _decided(list_: List, act_name: str) -> list[Vote]:
    """The votes that decide: the latest on the whole, or the latest on each seat. Raises `Unmet` while one is open."""
    if queries.undecided(list_):
        raise unmet(N_("A vote on this list is under way."), act_name)
    votes = queries.bureau_votes(list_)
    if not votes:
        raise unmet(N_("The Bureau has not voted on this list."), act_name)
    void = [vote for vote in votes if vote.state == VoteState.VOID]
    if void:
        raise unmet(N_("There was no quorum; vote again: %(votes)s"), act_name, votes=_named(void))
    if votes[0].subject != list_.reference:
        voted = {vote.subject for vote in votes}
        missing = [subject for subject in queries.seat_subjects(list_) if subject not in voted]
        if missing:
            seats = ", ".join(subject.partition("/")[2] for subject in missing)
            raise unmet(N_("The Bureau has not voted on these seats: %(seats)s"), act_name, seats=seats)
    return votes


def _named(votes: list[Vote]) -> str:
    """References of votes; with the seat for a separate vote."""
    return ", ".join(
        f"{vote.reference} ({vote.subject.partition('/')[2]})" if "/" in vote.subject else vote.reference
        for vote in votes
    )
