"""What each act on a suspension case does."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet

from hemicycle.mandates import actions as mandates
from hemicycle.people.models import Person
from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts, decide, gate
from hemicycle.record.due import take_each
from hemicycle.record.models import Entry
from hemicycle.rules.charter import Charter
from hemicycle.rules.findings import N_, Finding, Unmet
from hemicycle.rules.procedure import Office, OutOfOrder

from . import queries
from .models import Case
from .procedure import CASE, CaseState

C = CaseState
act = gate(CASE, queries.offices)


def _law(case: Case) -> Charter:
    return law.by_reference(case.charter)


def _urgent_now(case: Case) -> bool:
    return case.urgent_until is not None and clock.now() < case.urgent_until and case.suspended_at is None


@act
def allege(case: Case, by: Actor) -> Facts:
    """A named person alleges that a participant no longer meets a criterion. The participant will know who."""
    case.complainant_id = by.person or 0
    case.charter = law.in_force().reference
    if case.criterion not in {item.key for item in queries.may_be_alleged(law.in_force())}:
        raise Unmet(Finding(N_("Choose the criterion that is said not to be met."), {}, "suspension.allege"))
    if by.person == case.mandate.person_id:
        raise Unmet(
            Finding(
                N_("Nobody alleges against himself or herself; renounce instead."), {}, "suspension.allege"
            )
        )
    if case.mandate.standing(clock.now()) == "ended":
        raise Unmet(Finding(N_("This participation has ended."), {}, "suspension.allege"))
    return Facts(
        {"mandate": case.mandate.reference}, {"allegation": case.allegation, "evidence": case.evidence}
    )


@act
def withdraw(case: Case, by: Actor) -> Facts:
    if by.person != case.complainant_id:
        raise Unmet(Finding(N_("Only who made the allegation can withdraw it."), {}, "suspension.withdraw"))
    return Facts()


def _put_to_the_person(case: Case, substance: str, translator: str) -> None:
    language = case.mandate.person.language
    if language != case.language and not translator:
        raise Unmet(
            Finding(
                N_(
                    "The participant reads another language than the allegation: give a translation and its translator."
                ),
                {},
                "suspension.notify",
            )
        )
    case.substance, case.substance_language, case.translator = substance, language, translator
    case.notified_at = clock.now()


@act
def notify(case: Case, by: Actor, *, substance: str, translator: str = "") -> Facts:
    """Substance and evidence in the person's language; the time for the reply begins."""
    _put_to_the_person(case, substance, translator)
    case.reply_due = clock.now() + timedelta(days=_law(case).periods.suspension_reply_days.value)
    return Facts({"reply_due": case.reply_due}, {"substance": substance})


@act
def suspend_urgently(case: Case, by: Actor, *, danger: str) -> Facts:
    """In urgent danger two offices named by the charter suspend first; this is the first of the two."""
    case.danger = danger
    case.urgent_by = decide(suspend_urgently, case, by)
    return Facts(sealed={"danger": danger})


@act
def refuse_urgent(case: Case, by: Actor, *, reasons: str) -> Facts:
    case.danger, case.urgent_by = "", ""
    return Facts(sealed={"reasons": reasons})


@act
def confirm_urgent(case: Case, by: Actor, *, substance: str, translator: str = "") -> Facts:
    """The second office; the mandate rests at once, the reply is due within hours, and all of it ends by itself."""
    president = {Office.PRESIDENT, Office.ACTING_PRESIDENT}
    first, second = case.urgent_by, decide(confirm_urgent, case, by)
    if first == second or {first, second} <= president:
        raise Unmet(
            Finding(N_("The second of two different offices must confirm."), {}, "suspension.confirm_urgent")
        )
    periods = _law(case).periods
    _put_to_the_person(case, substance, translator)
    case.reply_due = clock.now() + timedelta(hours=periods.urgent_reply_hours.value)
    case.urgent_until = clock.now() + timedelta(days=periods.urgent_suspension_days.value)
    mandates.suspend(case.mandate, by, case=case.reference, until=case.urgent_until)
    return Facts({"mandate": case.mandate.reference, "until": case.urgent_until}, {"substance": substance})


@act
def extend_reply(case: Case, by: Actor, *, days: int, ground: str) -> Facts:
    """For danger or detention, or for any reason that the participant gives; never shortens."""
    limit = _law(case).periods.reply_extended_days.value
    if not 1 <= days <= limit:
        raise Unmet(
            Finding(
                N_("The extension is from 1 to %(limit)s days."), {"limit": limit}, "suspension.extend_reply"
            )
        )
    base = max(case.reply_due or clock.now(), clock.now())
    case.reply_due = base + timedelta(days=days)
    case.extension_ground = ground
    return Facts({"reply_due": case.reply_due}, {"ground": ground})


@act
def reply(case: Case, by: Actor, *, text: str, language: str, helper: str = "") -> Facts:
    if not case.reply_time_runs(clock.now()):
        raise Unmet(
            Finding(
                N_("The time for the reply has ended. Ask the Secretariat to extend it."),
                {},
                "suspension.reply",
            )
        )
    case.reply_text, case.reply_language, case.helper = text, language, helper
    return Facts(sealed={"reply": text})


def _heard(case: Case, article: str) -> None:
    """No finding before the reply, or before its time is over. Silence is no admission."""
    if case.state == C.NOTIFIED and case.reply_time_runs(clock.now()):
        raise Unmet(
            Finding(
                N_("The time for the reply runs until %(due)s; no finding before."),
                {"due": f"{case.reply_due:%Y-%m-%d %H:%M}"},
                article,
            )
        )


@act
def find_no_case(case: Case, by: Actor, *, reasons: str) -> Facts:
    """The allegation goes no further. An urgent suspension ends with it."""
    _close_without_finding(case, by, reasons)
    return Facts(sealed={"reasons": reasons})


@act
def decline_to_suspend(case: Case, by: Actor, *, reasons: str) -> Facts:
    _close_without_finding(case, by, reasons)
    return Facts(sealed={"reasons": reasons})


def _close_without_finding(case: Case, by: Actor, reasons: str) -> None:
    if _urgent_now(case):
        mandates.restore(case.mandate, by, case=case.reference)
    case.decision, case.decided_at = reasons, clock.now()


@act
def find_prima_facie(case: Case, by: Actor, *, reasons: str) -> Facts:
    """The allegation and the reply, weighed at first sight; reasons answer the reply."""
    _heard(case, "suspension.find_prima_facie")
    case.finding = reasons
    return Facts(sealed={"finding": reasons})


@act
def suspend(case: Case, by: Actor) -> Facts:
    """Pending review by others by a set date; the mandate rests from this instant."""
    days = _law(case).periods.suspension_review_days.value
    case.suspended_at = clock.now()
    case.review_by = case.suspended_at + timedelta(days=days)
    mandates.suspend(case.mandate, by, case=case.reference, until=case.review_by)
    return Facts({"mandate": case.mandate.reference, "review_by": case.review_by})


@act
def review(case: Case, by: Actor, *, reviewer: Person) -> Facts:
    """Give the case to a reviewer who neither alleged, found nor suspended, and has declared no interest."""
    from hemicycle.integrity import queries as integrity
    from hemicycle.people import queries as people

    if reviewer not in people.holders(Office.REVIEWER):
        raise Unmet(Finding(N_("This person does not hold the office of reviewer."), {}, "suspension.review"))
    if queries.took_part(reviewer.pk, case) or reviewer.pk == case.mandate.person_id:
        raise Unmet(Finding(N_("Who alleged, found or suspended does not review."), {}, "suspension.review"))
    if integrity.recused(reviewer.pk, queries.subjects_of(case)):
        raise Unmet(Finding(N_("This person declared an interest in the case."), {}, "suspension.review"))
    case.reviewer = reviewer
    return Facts({"reviewer": reviewer.reference})


@act
def uphold(case: Case, by: Actor, *, reasons: str) -> Facts:
    """The violation is established; whether the mandate ends with it is the charter's to say."""
    case.decision, case.decided_at = reasons, clock.now()
    ends = _law(case).suspension.upheld_ends_mandate.value
    if ends:
        mandates.end_on_finding(case.mandate, by, case=case.reference)
    return Facts({"mandate": case.mandate.reference, "ends_mandate": ends}, {"reasons": reasons})


@act
def dismiss(case: Case, by: Actor, *, reasons: str) -> Facts:
    """The participant is restored at once, and the public page carries a correction of equal prominence."""
    case.decision, case.decided_at = reasons, clock.now()
    mandates.restore(case.mandate, by, case=case.reference)
    return Facts({"mandate": case.mandate.reference}, {"reasons": reasons})


@act
def lapse(case: Case, by: Actor) -> Facts:
    """No decision by the review date: lapsed, which means restored."""
    mandates.restore(case.mandate, by, case=case.reference)
    return Facts({"mandate": case.mandate.reference})


@act
def lapse_urgent(case: Case, by: Actor) -> Facts:
    """The urgent suspension ended at its own date; the case itself goes on. Asked again with the lock held: the state
    stays, so that only the entry tells a second clock that it was written."""
    if (
        case.urgent_until is None
        or clock.now() < case.urgent_until
        or _urgent_lapses().filter(matter=case.reference)
    ):
        raise OutOfOrder(CASE, CASE.by_act["lapse_urgent"], case.state)
    mandates.restore(case.mandate, by, case=case.reference)
    return Facts({"mandate": case.mandate.reference})


def tick() -> int:
    """Write down what time has ended. Returns how many acts were taken."""
    now = clock.now()
    over = Case.objects.filter(state__in=[C.SUSPENDED, C.UNDER_REVIEW], review_by__lte=now)
    urgent = Case.objects.filter(urgent_until__lte=now, suspended_at__isnull=True, decided_at__isnull=True)
    unwritten = urgent.exclude(reference__in=_urgent_lapses().values("matter"))
    return take_each(lapse, over) + take_each(lapse_urgent, unwritten)


def _urgent_lapses() -> QuerySet[Entry]:
    return Entry.objects.filter(room="suspension", act="lapse_urgent")
