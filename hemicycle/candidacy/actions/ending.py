"""Acts by which a file ends, and the clock's round (articles 5.9, 11.3, 11.4)."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from hemicycle.integrity import actions as integrity
from hemicycle.record import clock, erasure
from hemicycle.record.actors import CLOCK, Actor
from hemicycle.record.acts import Facts
from hemicycle.record.due import take_each
from hemicycle.record.forgetting import forget_salts
from hemicycle.rules.findings import N_, Finding, Unmet

from .. import files, queries
from ..models import Call, Candidacy, CounterStatement
from ..procedure import CallState, CandidacyState, CounterStatementState
from .admissibility import end_completion
from .around import lapse_invitation
from .calls import close_call
from .writing import act, spoken

S = CandidacyState
logger = logging.getLogger(__name__)


@act
def withdraw(candidacy: Candidacy, by: Actor) -> Facts:
    """Close the file to everybody at once; it is erased by the clock (procedure 1.6)."""
    candidacy.withdrawn_at = clock.now()
    return Facts({"call": candidacy.call.reference, "was_received": candidacy.submitted_at is not None})


@act
def lapse(candidacy: Candidacy, by: Actor) -> Facts:
    """Write down that a draft was not sent in time."""
    if candidacy.standing(clock.now()) != S.LAPSED:
        raise Unmet(Finding(N_("The deadline has not come."), {}, "candidacy.lapse"))
    return Facts({"deadline": candidacy.deadline})


@act
def hold(candidacy: Candidacy, by: Actor, *, ground: str, until: datetime, language: str) -> Facts:
    """A legal hold has a ground and an end, and is told to the person (procedure 1.6)."""
    if until <= clock.now():
        raise Unmet(Finding(N_("Give a day to come."), {}, "candidacy.hold"))
    candidacy.hold_ground, candidacy.hold_until = ground, until
    candidacy.languages["hold_ground"] = spoken(language, "hold")
    return Facts({"until": until}, {"ground": ground})


@act
def release_hold(candidacy: Candidacy, by: Actor) -> Facts:
    if candidacy.hold_until is None:
        raise Unmet(Finding(N_("There is no hold."), {}, "candidacy.release_hold"))
    candidacy.hold_ground, candidacy.hold_until = "", None
    return Facts()


def erasure_due(candidacy: Candidacy) -> datetime | None:
    """When the file is to be erased, null while no date is set. A hold in force puts it off to its end."""
    charter = queries.charter_of(candidacy.call)
    due: datetime | None = None
    state = candidacy.standing(clock.now())
    if state in (S.LAPSED, S.LATE_ASKED):
        due = candidacy.deadline + timedelta(days=charter.periods.erase_draft_days.value)
    elif state == S.WITHDRAWN and candidacy.withdrawn_at:
        due = candidacy.withdrawn_at + timedelta(days=charter.periods.erase_withdrawn_days.value)
    elif state == S.INADMISSIBLE and candidacy.inadmissible_at:
        since = candidacy.review_decided_at or candidacy.inadmissible_at
        due = since + timedelta(days=charter.retention.inadmissible_days.value)
    if due is not None and candidacy.hold_until is not None:
        due = max(due, candidacy.hold_until)
    return due


@act
def erase(candidacy: Candidacy, by: Actor) -> Facts:
    """Erase what the person wrote, the files, the salts, and the key under which every copy of them lies; the counts of
    the round stay. No approver is asked.
    """
    due = erasure_due(candidacy)
    if due is None or clock.now() < due:
        raise Unmet(Finding(N_("This file is not yet to be erased."), {}, "candidacy.erase"))
    call = Call.objects.select_for_update().get(pk=candidacy.call_id)
    if candidacy.submitted_at is not None:
        for name in _counted(candidacy):
            call.erased[name] = call.erased.get(name, 0) + 1
        if candidacy.is_late_admission:
            call.erased_grounds = [
                *call.erased_grounds,
                [candidacy.late_ground, candidacy.late_ground_language],
            ]
    elif candidacy.state == S.INADMISSIBLE:
        call.erased["late_refused"] = call.erased.get("late_refused", 0) + 1
    call.save(update_fields=["erased", "erased_grounds"])
    matters = [candidacy.reference]
    matters += candidacy.endorsements.values_list("reference", flat=True)
    matters += candidacy.counter_statements.values_list("reference", flat=True)
    for held in candidacy.evidence.all():
        files.forget(held.file_names)
    for rows in (candidacy.answers, candidacy.bar_answers, candidacy.periods, candidacy.evidence):
        rows.all().delete()
    candidacy.fact_corrections.all().delete()
    candidacy.endorsements.all().delete()
    candidacy.counter_statements.all().delete()
    forget_salts(matters)
    integrity.forget_openings(candidacy.reference)
    erasure.destroy([candidacy.reference])
    return Facts({"was": candidacy.state, "due": due})


def _counted(candidacy: Candidacy) -> list[str]:
    names = {
        "received": True,
        "late": candidacy.is_late_admission,
        "returned": bool(candidacy.times_returned),
        "from_slates": candidacy.slate_id is not None,
        candidacy.state: True,
    }
    return [name for name, counts in names.items() if counts]


def _erase(candidacy: Candidacy) -> bool:
    """The act, then the row itself: after it nothing in this room says who the person was.

    False where another clock was faster, and where a later room still needs the row for now (a participation whose end
    nobody has written down yet): the clock tries again in its next round.
    """
    try:
        with transaction.atomic():
            erase(candidacy, CLOCK)
            candidacy.delete()
    except Candidacy.DoesNotExist:
        return False
    except IntegrityError:
        logger.warning("%s is not erased yet: something rests on it", candidacy.reference)
        return False
    return True


def tick() -> int:
    """What is due now, done by the clock, each in its own transaction. Returns how many acts were done."""
    now = clock.now()
    done = take_each(close_call, Call.objects.filter(state=CallState.OPEN, closes_at__lte=now))
    drafts = Candidacy.objects.filter(state=S.DRAFT).select_related("call")
    done += take_each(lapse, [c for c in drafts if c.standing(now) == S.LAPSED])
    done += take_each(end_completion, Candidacy.objects.filter(state=S.RETURNED, return_due__lte=now))
    invited = CounterStatement.objects.filter(state=CounterStatementState.INVITED, due_at__lte=now)
    done += take_each(lapse_invitation, invited)
    for candidacy in _to_erase(now):
        done += _erase(candidacy)
    files.sweep()
    return done


def _to_erase(now: datetime) -> list[Candidacy]:
    over = Candidacy.objects.filter(
        state__in=[S.LAPSED, S.LATE_ASKED, S.WITHDRAWN, S.INADMISSIBLE]
    ).select_related("call")
    return [c for c in over if (due := erasure_due(c)) is not None and due <= now]
