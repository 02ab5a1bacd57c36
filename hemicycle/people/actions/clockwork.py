"""What time brings: codes expire, terms of offices end. The clock only writes down what is over already
(6.0)."""

from __future__ import annotations

from hemicycle.record import clock
from hemicycle.record.actors import CLOCK

from ..models import Enrolment, Holding
from ..procedure import EnrolmentState, HoldingState
from . import enrolments, holdings


def tick() -> int:
    """Write the entries that are due, each in its own transaction; returns how many."""
    now, done = clock.now(), 0
    for enrolment in Enrolment.objects.filter(state=EnrolmentState.ISSUED, expires_at__lte=now):
        enrolments.expire_enrolment(enrolment, CLOCK)
        done += 1
    over = Holding.objects.filter(
        state__in=[HoldingState.HELD, HoldingState.RESTING], held_until__isnull=False, held_until__lte=now
    )
    for holding in over:
        holdings.end_holding(holding, CLOCK)
        done += 1
    return done
