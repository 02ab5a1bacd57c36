"""The finding at first sight, the suspension, and the review by others (9.4, 9.6).

Against the participant nothing takes effect before the participant can read why: a suspension waits for the finding,
and a violation is established only with the decision, in the person's language. A decision in the person's favour
waits for nobody; its translation follows.
"""

from __future__ import annotations

from datetime import timedelta

from hemicycle.integrity import queries as integrity
from hemicycle.mandates import actions as mandates
from hemicycle.mandates.procedure import MandateState
from hemicycle.people import queries as people
from hemicycle.people.models import Person
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK, Actor
from hemicycle.record.acts import Facts
from hemicycle.rules.findings import N_
from hemicycle.rules.procedure import Office

from .. import queries
from ..models import Case
from ..procedure import CaseState
from .gates import act, law_of, lift, unmet, write

C = CaseState


def _urgent_now(case: Case) -> bool:
    return case.urgent_until is not None and clock.now() < case.urgent_until and case.suspended_at is None


def _heard(case: Case, act_name: str) -> None:
    """No finding before the reply, or before its time is over. Silence is no admission."""
    if case.state != C.NOTIFIED or not case.reply_time_runs(clock.now()):
        return
    if case.told_at is None:
        raise unmet(
            N_(
                "The notice does not stand in the participant’s language yet; the time for the reply has not begun."
            ),
            act_name,
        )
    raise unmet(
        N_("The time for the reply runs until %(due)s; no finding before."),
        act_name,
        due=f"{case.reply_due:%Y-%m-%d %H:%M}",
    )


def _one_at_a_time(case: Case) -> None:
    """Of two cases against one participant the second waits with its finding until the first is decided."""
    states = (C.PRIMA_FACIE, C.SUSPENDED, C.UNDER_REVIEW)
    for other in Case.objects.filter(mandate=case.mandate_id, state__in=states).exclude(pk=case.pk):
        if other.standing(clock.now()) != C.LAPSED:
            raise unmet(
                N_("Another case against this participant has a finding and is not decided yet."),
                "find_prima_facie",
            )
        lapse(other, CLOCK)  # it is over by its date, and nobody had written that down yet


@act
def find_no_case(
    case: Case, by: Actor, *, reasons: str, language: str, translation: str = "", translator: str = ""
) -> Facts:
    """The allegation goes no further. An urgent suspension ends with it."""
    return _close_without_finding(case, by, "find_no_case", reasons, language, translation, translator)


@act
def decline_to_suspend(
    case: Case, by: Actor, *, reasons: str, language: str, translation: str = "", translator: str = ""
) -> Facts:
    return _close_without_finding(case, by, "decline_to_suspend", reasons, language, translation, translator)


def _close_without_finding(
    case: Case, by: Actor, act_name: str, reasons: str, language: str, translation: str, translator: str
) -> Facts:
    if _urgent_now(case):
        lift(case, by)
    sealed = _decide(case, act_name, reasons, language, translation, translator)
    return Facts({"language": language}, sealed)


def _decide(
    case: Case,
    act_name: str,
    reasons: str,
    language: str,
    translation: str,
    translator: str,
    must_reach: bool = False,
) -> dict[str, str]:
    case.decided_at = clock.now()
    return write(
        case,
        act_name,
        "decision",
        reasons,
        language,
        translation=translation,
        translator=translator,
        must_reach=must_reach,
    )


@act
def find_prima_facie(
    case: Case, by: Actor, *, reasons: str, language: str, translation: str = "", translator: str = ""
) -> Facts:
    """The allegation and the reply, weighed at first sight; reasons answer the reply."""
    _heard(case, "find_prima_facie")
    _one_at_a_time(case)
    sealed = write(
        case,
        "find_prima_facie",
        "finding",
        reasons,
        language,
        translation=translation,
        translator=translator,
    )
    return Facts({"language": language}, sealed)


@act
def suspend(case: Case, by: Actor) -> Facts:
    """Pending review by others by a set date; the mandate rests from this instant."""
    if "finding" in {row.of for row in queries.not_reached(case)}:
        raise unmet(
            N_(
                "The finding does not stand in the participant’s language yet: the Secretariat puts a translation "
                "beside it first."
            ),
            "suspend",
        )
    days = law_of(case).periods.suspension_review_days.value
    case.suspended_at = clock.now()
    case.review_by = case.suspended_at + timedelta(days=days)
    mandates.suspend(case.mandate, by, case=case.reference, until=case.review_by)
    return Facts({"mandate": case.mandate.reference, "review_by": case.review_by})


@act
def review(case: Case, by: Actor, *, reviewer: Person) -> Facts:
    """Give the case to a reviewer who neither alleged, found nor suspended, and has declared no interest; to another
    one where the first can no longer decide. The date of the review stays."""
    if reviewer not in people.holders(Office.REVIEWER):
        raise unmet(N_("This person does not hold the office of reviewer."), "review")
    if reviewer.pk == case.reviewer_id:
        raise unmet(N_("This person reviews the case already."), "review")
    if queries.took_part(reviewer.pk, case) or reviewer.pk == case.mandate.person_id:
        raise unmet(N_("Who alleged, found or suspended does not review."), "review")
    if integrity.recused(reviewer.pk, queries.subjects_of(case)):
        raise unmet(N_("This person declared an interest in the case."), "review")
    before = case.reviewer
    case.reviewer = reviewer
    return Facts({"reviewer": reviewer.reference, "instead_of": before.reference if before else None})


@act
def uphold(
    case: Case, by: Actor, *, reasons: str, language: str, translation: str = "", translator: str = ""
) -> Facts:
    """The violation is established; whether the mandate ends with it is the charter's to say. One that has ended
    meanwhile stays as it ended."""
    sealed = _decide(case, "uphold", reasons, language, translation, translator, must_reach=True)
    case.mandate.refresh_from_db()
    has_ended = case.mandate.standing(clock.now()) == MandateState.ENDED
    ends = law_of(case).suspension.upheld_ends_mandate.value and not has_ended
    if ends:
        mandates.end_on_finding(case.mandate, by, case=case.reference)
    return Facts({"mandate": case.mandate.reference, "ends_mandate": ends}, sealed)


@act
def dismiss(
    case: Case, by: Actor, *, reasons: str, language: str, translation: str = "", translator: str = ""
) -> Facts:
    """The participant is restored at once, and the public page carries a correction of equal prominence."""
    sealed = _decide(case, "dismiss", reasons, language, translation, translator)
    is_restored = lift(case, by)
    return Facts({"mandate": case.mandate.reference, "restored": is_restored}, sealed)


@act
def lapse(case: Case, by: Actor) -> Facts:
    """No decision by the review date: lapsed, which means restored."""
    is_restored = lift(case, by)
    return Facts({"mandate": case.mandate.reference, "restored": is_restored})
