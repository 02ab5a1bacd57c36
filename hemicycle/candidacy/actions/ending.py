"""Acts by which a file ends, and the clock's round (articles 5.9, 11.3, 11.4)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import IntegrityError, transaction

from hemicycle.integrity import actions as integrity
from hemicycle.record import clock, erasure
from hemicycle.record.actors import CLOCK, Actor
from hemicycle.record.acts import Facts
from hemicycle.record.due import take_each
from hemicycle.record.forgetting import forget_salts
from hemicycle.record.sealing import fields, keystore
from hemicycle.rules.findings import N_, Finding, Unmet
from hemicycle.rules.procedure import OutOfOrder

from .. import files, retention
from ..models import Call, Candidacy, CounterStatement, Erasure, Slate
from ..procedure import CallState, CandidacyState, CounterStatementState, ErasureState
from .admissibility import end_completion
from .around import erase_slate, lapse_invitation
from .calls import close_call
from .erasures import close_erasure, on_erasure
from .writing import act, spoken

S = CandidacyState
logger = logging.getLogger(__name__)
BATCH = 200  # files that go in one round of the clock


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
    found = retention.due(candidacy)
    return None if found is None else found.at


@act
def erase(candidacy: Candidacy, by: Actor, *, due: datetime | None = None, within: int = 0) -> Facts:
    """Erase what the person wrote, the files, the salts, and the key under which every copy of them lies; the counts of
    the round stay. No approver is asked.

    `due`: since when it may go, where this room does not know it by itself (a judged file, an erasure that two people
    decided, `within` is the key of that one). A hold in force is respected whatever says so.
    """
    dates = [at for at in (erasure_due(candidacy), due) if at is not None]
    if not dates or clock.now() < max(min(dates), candidacy.hold_until or min(dates)):
        raise Unmet(Finding(N_("This file is not yet to be erased."), {}, "candidacy.erase"))
    _keep_counts(candidacy)
    under_way = candidacy.erasures.filter(state__in=[ErasureState.ASKED, ErasureState.CONFIRMED])
    for row in under_way.exclude(pk=within):
        close_erasure(row, by)
    for held in candidacy.evidence.all():
        files.forget(held.file_names)
    _empty(candidacy)
    fields.blank(candidacy)
    candidacy.is_late_admission, candidacy.late_until, candidacy.hold_until = False, None, None
    erasure.destroy([candidacy.reference])
    return Facts({"was": candidacy.state, "due": min(dates)})


@on_erasure
def carry_out(row: Erasure, by: Actor) -> Facts:
    """The day has come: the file goes with its key, and this row says that it did."""
    candidacy, due = row.candidacy, retention.requested(row)
    if candidacy is None or due is None or clock.now() < due.at:
        raise Unmet(Finding(N_("This file is not yet to be erased."), {}, "candidacy.carry_out"))
    erase(candidacy, by, due=due.at, within=row.pk)
    candidacy.delete()
    row.candidacy, row.ground, row.stop_reasons = None, "", ""
    return Facts({"file": row.file})


def _keep_counts(candidacy: Candidacy) -> None:
    """What the public is told of the round outlives its files (procedure 1.6)."""
    call = Call.objects.select_for_update().get(pk=candidacy.call_id)
    if candidacy.submitted_at is not None:
        for name in _counted(candidacy):
            call.erased[name] = call.erased.get(name, 0) + 1
        if candidacy.is_late_admission and not keystore.is_destroyed(candidacy.reference):
            call.erased_grounds = [
                *call.erased_grounds,
                [candidacy.late_ground, candidacy.late_ground_language],
            ]
    elif candidacy.state == S.INADMISSIBLE:
        call.erased["late_refused"] = call.erased.get("late_refused", 0) + 1
    call.save(update_fields=["erased", "erased_grounds"])


def _empty(candidacy: Candidacy) -> None:
    """Every row beside the file, and the salts of every entry on it."""
    matters = [candidacy.reference]
    matters += candidacy.endorsements.values_list("reference", flat=True)
    matters += candidacy.counter_statements.values_list("reference", flat=True)
    asked = Erasure.objects.filter(file=candidacy.reference)  # also those that were just closed
    matters += asked.values_list("reference", flat=True)
    for rows in (candidacy.answers, candidacy.bar_answers, candidacy.periods, candidacy.evidence):
        rows.all().delete()
    candidacy.fact_corrections.all().delete()
    candidacy.endorsements.all().delete()
    candidacy.counter_statements.all().delete()
    asked.update(ground="", stop_reasons="")
    forget_salts(matters)
    integrity.forget_openings(candidacy.reference)


def _counted(candidacy: Candidacy) -> list[str]:
    names = {
        "received": True,
        "late": candidacy.is_late_admission,
        "returned": bool(candidacy.times_returned),
        "from_slates": candidacy.slate_id is not None,
        candidacy.state: True,
    }
    return [name for name, counts in names.items() if counts]


def erase_file(candidacy: Candidacy, due: datetime | None = None) -> bool:
    """The act, then the row itself: after it nothing in this room says who the person was.

    False where another clock was faster, and where a later room still needs the row for now (a participation whose end
    nobody has written down yet): the clock tries again in its next round.
    """
    return _goes(candidacy.reference, lambda: _gone(candidacy, due))


def erase_requested(row: Erasure) -> bool:
    """Carry out an erasure that two people decided; false where it cannot be yet, or another clock was faster."""
    return _goes(row.file, partial(carry_out, row, CLOCK))


def _gone(candidacy: Candidacy, due: datetime | None) -> None:
    erase(candidacy, CLOCK, due=due)
    candidacy.delete()


def _goes(reference: str, work: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            work()
    except (Candidacy.DoesNotExist, Erasure.DoesNotExist, OutOfOrder):
        return False
    except Unmet:
        logger.warning("%s is not erased yet: a hold is in force", reference)
        return False
    except IntegrityError:
        logger.warning("%s is not erased yet: something rests on it", reference)
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
    done += _erase_due(now)
    files.sweep()
    return done


def _erase_due(now: datetime) -> int:
    """The files that go now, a batch in each round."""
    done = 0
    for due in retention.plan(now)[:BATCH]:
        if due.kind == "slate":
            done += take_each(erase_slate, Slate.objects.filter(reference=due.reference))
        else:
            at = due.at if due.kind == "brought_back" else None
            done += sum(erase_file(row, at) for row in Candidacy.objects.filter(reference=due.reference))
    return done
