"""The acts on lists, acceptances and additions, each bound to a row of the table."""

from .acceptance import (
    accept,
    ask_acceptance,
    decline,
    forget_amendments,
    forget_erased,
    lapse_acceptance,
    lapse_unanswered,
    say_presence,
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
from .bureau import (
    attach_alternatives,
    object,
    propose_amendment,
    withdraw_amendment,
    withdraw_objection,
)
from .comments import comment, erase_comments, erase_due
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
from .lot import draw_lot, prepare_lot
from .ratification import held_elsewhere, ratify, refuse_ratification
from .referral import amend, drop_referral, enter_referral, refer_back
from .release import adopt_pending, ask_release, confirm_release, take_back, withdraw
from .telling import announce, publish_late_contacts, tell_candidates, tell_late


def tick() -> int:
    """What time brings here: questions not answered lapse; opinions that came late are told; contacts entered after the
    announcement are published. Returns how many."""
    forget_erased()
    forget_amendments()
    return erase_due() + lapse_unanswered() + tell_late() + publish_late_contacts()


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
    "attach_alternatives",
    "call_addition_vote",
    "call_bureau_vote",
    "call_separate_votes",
    "comment",
    "compose",
    "confirm_release",
    "decline",
    "draft",
    "draw_lot",
    "drop_referral",
    "enter_referral",
    "erase_comments",
    "held_elsewhere",
    "lapse_acceptance",
    "object",
    "order_succession",
    "override",
    "prepare_lot",
    "propose_addition",
    "propose_amendment",
    "ratify",
    "refer_back",
    "refuse",
    "refuse_addition",
    "refuse_ratification",
    "release_addition",
    "say_presence",
    "seat",
    "state_reasons",
    "take_back",
    "tell_candidates",
    "tick",
    "unseat",
    "withdraw",
    "withdraw_acceptance",
    "withdraw_addition",
    "withdraw_amendment",
    "withdraw_objection",
]
