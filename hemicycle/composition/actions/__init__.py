"""The acts on lists, acceptances and additions, each bound to a row of the table."""

from .acceptance import (
    accept,
    ask_acceptance,
    decline,
    forget_amendments,
    forget_erased,
    lapse_acceptance,
    lapse_unanswered,
    withdraw_acceptance,
)
from .addition import (
    add_successor,
    call_addition_vote,
    propose_addition,
    refuse_addition,
    release_addition,
    withdraw_addition,
)
from .decision import (
    approve,
    call_bureau_vote,
    call_separate_votes,
    refuse,
)
from .drafting import (
    Chosen,
    adopt_amendments,
    compose,
    draft,
    order_succession,
    override,
    seat,
    state_reasons,
    unseat,
)
from .ratification import held_elsewhere, ratify, refuse_ratification
from .referral import amend, drop_referral, enter_referral, refer_back
from .release import adopt_pending, ask_release, confirm_release, take_back, withdraw
from .telling import announce, publish_late_contacts, tell_candidates, tell_late


def tick() -> int:
    """What time brings here: questions not answered lapse; opinions that came late are told; contacts entered after the
    announcement are published. Returns how many."""
    forget_erased()
    forget_amendments()
    return lapse_unanswered() + tell_late() + publish_late_contacts()


__all__ = [
    "Chosen",
    "accept",
    "add_successor",
    "adopt_amendments",
    "adopt_pending",
    "amend",
    "announce",
    "approve",
    "ask_acceptance",
    "ask_release",
    "call_addition_vote",
    "call_bureau_vote",
    "call_separate_votes",
    "compose",
    "confirm_release",
    "decline",
    "draft",
    "drop_referral",
    "enter_referral",
    "held_elsewhere",
    "lapse_acceptance",
    "order_succession",
    "override",
    "propose_addition",
    "ratify",
    "refer_back",
    "refuse",
    "refuse_addition",
    "refuse_ratification",
    "release_addition",
    "seat",
    "state_reasons",
    "take_back",
    "tell_candidates",
    "tick",
    "unseat",
    "withdraw",
    "withdraw_acceptance",
    "withdraw_addition",
]
