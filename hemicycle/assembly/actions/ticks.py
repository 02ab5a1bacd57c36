"""What time brings in this room. What ended by a date is over already; these acts only write it down
(6.0).
"""

from __future__ import annotations

from hemicycle.record import clock
from hemicycle.record.actors import CLOCK

from ..models import ActingPresidency, Session
from ..procedure import ActingState, SessionState
from .presidency import end_acting_president
from .sessions import begin_session, close_session


def tick() -> int:
    """Begin and close sessions, end acting presidencies; return how many acts were taken."""
    now, today = clock.now(), clock.today()
    done = 0
    for session in Session.objects.filter(state=SessionState.PLANNED, opens_on__lte=today):
        begin_session(session, CLOCK)
        done += 1
    for session in Session.objects.filter(state=SessionState.OPEN, closes_on__lt=today):
        close_session(session, CLOCK)
        done += 1
    for acting in ActingPresidency.objects.filter(state=ActingState.ACTING, until_at__lte=now):
        end_acting_president(acting, CLOCK)
        done += 1
    return done
