"""What time brings: codes expire, terms of offices end. The clock only writes down what is over already
(6.0)."""

from __future__ import annotations

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django_tasks_db.models import DBTaskResult

from hemicycle.record import clock
from hemicycle.record.due import take_each

from .. import retention
from ..models import Challenge, Enrolment, Holding, Recovery
from ..procedure import EnrolmentState, HoldingState
from . import enrolments, holdings, recoveries

BATCH = 200  # grounds that go in one round of the clock


def sweep() -> None:
    """Throw away what nobody needs any more: sessions and challenges that are over, and the tasks that mailed a code a day ago."""
    now = clock.now()
    Challenge.objects.filter(expires_at__lte=now).delete()
    SessionStore.clear_expired()  # sessions live by the server's time, also where a demonstration sets the clock
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    DBTaskResult.objects.filter(
        task_path__startswith="hemicycle.people.tasks.", finished_at__lte=now - timedelta(days=1)
    ).delete()


def tick() -> int:
    """Sweep, and write the entries that are due, each in its own transaction; returns how many."""
    now = clock.now()
    sweep()
    out = [EnrolmentState.ASKED, EnrolmentState.ISSUED]
    unused = Enrolment.objects.filter(state__in=out, expires_at__lte=now)
    over = Holding.objects.filter(
        state__in=[HoldingState.HELD, HoldingState.RESTING], held_until__isnull=False, held_until__lte=now
    )
    done = take_each(enrolments.expire_enrolment, unused) + take_each(holdings.end_holding, over)
    gone = [due.reference for due in retention.plan(now)[:BATCH]]
    done += take_each(holdings.forget_holding_ground, Holding.objects.filter(reference__in=gone))
    return done + take_each(recoveries.forget_recovery_ground, Recovery.objects.filter(reference__in=gone))
