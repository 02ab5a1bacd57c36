"""What each act on groups, statements, amendments and initiatives does."""

from __future__ import annotations

from hemicycle.record import clock
from hemicycle.record.due import take_each

from .. import queries, retention
from ..models import Amendment, Initiative, Statement
from ..procedure import AmendmentState, GroupState, StatementState
from .amending import (
    close_amendment,
    drop_amendment,
    propose_amendment,
    take_in,
    vote_on_amendment,
    withdraw_amendment,
)  # fmt: skip
from .consenting import consent, give_opinion, join_opinion, withdraw_consent, withdraw_opinion
from .drafting import begin_statement, finalise, join_movers, leave_movers, write_version
from .groups import (
    OPEN,
    accept_member,
    ask_to_join,
    decline_member,
    dissolve_group,
    empty_groups,
    found_group,
    join_group,
    lapse_joining,
    leave_group,
    take_back_joining,
)
from .initiatives import (
    adopt_initiative,
    back_initiative,
    propose_initiative,
    withdraw_backing,
    withdraw_initiative,
)  # fmt: skip
from .publishing import erase_initiative, erase_statement, lapse_statement, publish, withdraw_statement

BATCH = 200


def tick() -> int:
    """What time has ended: votes on amendments, final texts without enough consents, drafts without movers, groups without
    members, requests to join them, their initiatives, texts."""
    now = clock.now()
    done = take_each(
        close_amendment, Amendment.objects.filter(state=AmendmentState.OPEN, closes_at__lte=now)[:BATCH]
    )
    late = Statement.objects.filter(state=StatementState.FINAL, consent_until__lte=now)[:BATCH]
    done += take_each(lapse_statement, late)
    done += take_each(lapse_statement, queries.without_movers()[:BATCH])
    done += take_each(dissolve_group, empty_groups()[:BATCH])
    done += take_each(lapse_joining, queries.lapsed_joinings()[:BATCH])
    orphans = Initiative.objects.filter(state__in=OPEN, group__state=GroupState.DISSOLVED)
    done += take_each(withdraw_initiative, orphans[:BATCH])
    gone = {due.reference for due in retention.plan(now)}
    done += take_each(erase_statement, Statement.objects.filter(reference__in=gone)[:BATCH])
    return done + take_each(erase_initiative, Initiative.objects.filter(reference__in=gone)[:BATCH])


__all__ = [
    "accept_member", "adopt_initiative", "ask_to_join", "back_initiative", "begin_statement", "close_amendment", "consent",
    "decline_member", "dissolve_group", "drop_amendment", "erase_initiative", "erase_statement", "finalise", "found_group", "give_opinion", "join_group",
    "join_movers", "join_opinion", "lapse_joining", "lapse_statement", "leave_group", "leave_movers", "propose_amendment",
    "propose_initiative", "publish", "take_back_joining", "take_in", "tick", "vote_on_amendment", "withdraw_amendment", "withdraw_backing",
    "withdraw_consent", "withdraw_initiative", "withdraw_opinion", "withdraw_statement", "write_version",
]  # fmt: skip
