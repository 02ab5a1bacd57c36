"""Urgent danger: two offices named by the charter suspend first, for days, and it ends by itself (9.5)."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet

from hemicycle.mandates import actions as mandates
from hemicycle.mandates.procedure import MandateState
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts, decide
from hemicycle.record.models import Entry
from hemicycle.rules.findings import N_
from hemicycle.rules.procedure import Office, OutOfOrder

from .. import queries
from ..models import Case
from ..procedure import CASE
from .gates import act, law_of, lift, tell, unmet, write
from .hearing import put_to_the_person


@act
def suspend_urgently(case: Case, by: Actor, *, danger: str, language: str) -> Facts:
    """In urgent danger two offices named by the charter suspend first; this is the first of the two."""
    _may_be_urgent(case, "suspend_urgently")
    case.refusal, case.refusal_language = "", ""
    case.urgent_by = decide(suspend_urgently, case, by)
    return Facts(sealed=write(case, "suspend_urgently", "danger", danger, language))


def _may_be_urgent(case: Case, act_name: str) -> None:
    """Days without a finding are for once: never while a suspension runs, never one after the other (9.5)."""
    now = clock.now()
    case.mandate.refresh_from_db()
    if case.mandate.standing(now) == MandateState.SUSPENDED:
        raise unmet(N_("The participation is suspended already."), act_name)
    days = timedelta(days=law_of(case).periods.urgent_suspension_days.value)
    last = queries.urgent_end(case.mandate.person_id)
    if last is not None and now < last + days:
        raise unmet(
            N_(
                "The participant was suspended urgently until %(last)s. Until %(day)s a suspension needs the reply and a "
                "finding first."
            ),
            act_name,
            last=f"{last:%Y-%m-%d}",
            day=f"{last + days:%Y-%m-%d}",
        )


@act
def refuse_urgent(case: Case, by: Actor, *, reasons: str, language: str) -> Facts:
    """No suspension: the reasons stand beside those for which it was asked."""
    case.urgent_by = ""
    return Facts(sealed=write(case, "refuse_urgent", "refusal", reasons, language))


@act
def confirm_urgent(
    case: Case, by: Actor, *, substance: str, language: str, translation: str = "", translator: str = ""
) -> Facts:
    """The second office; the mandate rests at once, the reply is due within hours, and all of it ends by itself.

    The measure does not wait for a translation. The hours of the reply do: they run from the notice in the person's
    language, now or when the translation is put beside it.
    """
    president = {Office.PRESIDENT, Office.ACTING_PRESIDENT}
    first, second = case.urgent_by, decide(confirm_urgent, case, by)
    if first == second or {first, second} <= president:
        raise unmet(N_("The second of two different offices must confirm."), "confirm_urgent")
    _may_be_urgent(case, "confirm_urgent")
    sealed = put_to_the_person(
        case, "confirm_urgent", substance, language, translation, translator, must_reach=False
    )
    periods = law_of(case).periods
    if language == case.mandate.person.language or translation.strip():
        tell(case, timedelta(hours=periods.urgent_reply_hours.value))
    case.urgent_until = clock.now() + timedelta(days=periods.urgent_suspension_days.value)
    mandates.suspend(case.mandate, by, case=case.reference, until=case.urgent_until)
    return Facts({"mandate": case.mandate.reference, "until": case.urgent_until}, sealed)


@act
def lapse_urgent(case: Case, by: Actor) -> Facts:
    """The urgent suspension ended at its own date; the case itself goes on. Asked again with the lock held: the state
    stays, so that only the entry tells a second clock that it was written."""
    if (
        case.urgent_until is None
        or clock.now() < case.urgent_until
        or urgent_lapses().filter(matter=case.reference)
    ):
        raise OutOfOrder(CASE, CASE.by_act["lapse_urgent"], case.state)
    is_restored = lift(case, by)
    return Facts({"mandate": case.mandate.reference, "restored": is_restored})


def urgent_lapses() -> QuerySet[Entry]:
    return Entry.objects.filter(room="suspension", act="lapse_urgent")
