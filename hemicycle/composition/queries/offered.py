"""Which buttons a list shows: an act that its own rule would refuse now is not offered. The gate decides all the same."""

from __future__ import annotations

from collections.abc import Callable

from hemicycle.record import clock
from hemicycle.voting.procedure import VoteState

from ..models import List
from ..procedure import ListState
from .lot import lot_to_draw
from .marks import owed_reasons
from .seats import charter_of
from .selection import methods_of
from .standing import bureau_votes, is_to_be_voted_on, undecided, votes
from .telling import letters_due


def offers(list_: List, act: str) -> bool:
    """Whether the button of an act that is open to the person changes anything now."""
    asked = _ASKED.get(act)
    return asked is None or asked(list_)


def ratifying_votes(list_: List) -> list[str]:
    """How the bodies that ratify have decided on the list as a whole; empty while one of their votes is under way."""
    rules = charter_of(list_).list
    bodies = (rules.ratified_by.value, rules.ratified_between_part_sessions_by.value)
    if undecided(list_):
        return []
    found = votes(list_).filter(subject=list_.reference, body__in=bodies)
    return list(
        found.filter(state__in=(VoteState.CARRIED, VoteState.REJECTED)).values_list("state", flat=True)
    )


def _decided(list_: List) -> list[str]:
    return [] if undecided(list_) else [vote.state for vote in bureau_votes(list_)]


def _may_call(list_: List) -> bool:
    return not undecided(list_) and is_to_be_voted_on(list_)


def _may_call_separate(list_: List) -> bool:
    separate = charter_of(list_).list.separate_votes.value
    return separate and not undecided(list_) and is_to_be_voted_on(list_, separate=True)


def _said_yes(list_: List) -> bool:
    states = _decided(list_)
    return bool(states) and all(state == VoteState.CARRIED for state in states)


def _may_approve(list_: List) -> bool:
    return _said_yes(list_) and not is_to_be_voted_on(list_, separate=True)


def _may_refuse(list_: List) -> bool:
    return VoteState.REJECTED in _decided(list_)


def _may_enter_referral(list_: List) -> bool:
    return not undecided(list_) and not _said_yes(list_)


def _is_ratified(list_: List) -> bool:
    states = ratifying_votes(list_)
    return VoteState.CARRIED in states and VoteState.REJECTED not in states


def _is_not_ratified(list_: List) -> bool:
    return VoteState.REJECTED in ratifying_votes(list_)


def _is_time(list_: List) -> bool:
    """Whether the public may be told: after ratification, or after approval where the charter says so (7.9)."""
    waits = list_.state == ListState.BEFORE_RATIFICATION
    return not waits or charter_of(list_).list.announce_on.value == "approval"


def _may_tell(list_: List) -> bool:
    return _is_time(list_) and bool(letters_due(list_))


def _may_announce(list_: List) -> bool:
    return list_.announced_at is None and _is_time(list_) and not letters_due(list_)


def _may_draw(list_: List) -> bool:
    lot = lot_to_draw(list_)
    return lot is not None and lot.source_on <= clock.today()


_ASKED: dict[str, Callable[[List], bool]] = {
    "override": lambda list_: list_.state == ListState.DRAFT or bool(owed_reasons(list_)),
    "prepare_lot": lambda list_: methods_of(list_).fair_lot,
    "draw_lot": _may_draw,
    "withdraw_objection": lambda list_: list_.objections.exists(),
    "withdraw_amendment": lambda list_: list_.member_amendments.exists(),
    "call_bureau_vote": _may_call,
    "call_separate_votes": _may_call_separate,
    "approve": _may_approve,
    "refuse": _may_refuse,
    "enter_referral": _may_enter_referral,
    "ratify": _is_ratified,
    "refuse_ratification": _is_not_ratified,
    "tell_candidates": _may_tell,
    "announce": _may_announce,
}
