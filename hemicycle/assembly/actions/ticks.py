"""What time brings in this room. What ended by a date is over already; these acts only write it down
(6.0).
"""

from __future__ import annotations

from hemicycle.record import clock
from hemicycle.record.due import take_each

from ..models import ActingPresidency, Session
from ..procedure import ActingState, SessionState
from .presidency import end_acting_president
from .sessions import begin_session, close_session


def tick() -> int:
    """Begin and close sessions, end acting presidencies; return how many acts were taken."""
    now, today = clock.now(), clock.today()
    sessions, acting = Session.objects, ActingPresidency.objects.filter(state=ActingState.ACTING)
    return (
        take_each(begin_session, sessions.filter(state=SessionState.PLANNED, opens_on__lte=today))
        + take_each(close_session, sessions.filter(state=SessionState.OPEN, closes_on__lt=today))
        + take_each(end_acting_president, acting.filter(until_at__lte=now))
    )
