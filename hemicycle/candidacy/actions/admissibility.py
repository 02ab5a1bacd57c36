"""Acts on form only: return, admissibility, review, late admission (articles 5.5 to 5.8)."""

from __future__ import annotations

from datetime import datetime, timedelta

from hemicycle.people.models import Language
from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts, SamePerson
from hemicycle.record.models import Entry
from hemicycle.rules.findings import N_, Finding, Unmet

from .. import queries
from ..models import Candidacy, Ground
from ..procedure import CANDIDACY, CallState, CandidacyState
from .writing import act, own, spoken


@act
def return_for_completion(candidacy: Candidacy, by: Actor, *, reasons: str, language: str) -> Facts:
    """One chance to complete; the period is the charter's and the first date is kept."""
    charter = queries.charter_of(candidacy.call)
    chances = charter.candidacy.chances_to_complete.value
    if candidacy.times_returned >= chances:
        raise Unmet(
            Finding(N_("It was returned before; there is %(chances)s chance to complete."), {"chances": chances},
                    "candidacy.return_for_completion")
        )  # fmt: skip
    candidacy.returned_at = clock.now()
    candidacy.return_due = candidacy.returned_at + timedelta(days=charter.periods.completion_days.value)
    candidacy.return_reasons = reasons
    candidacy.languages["return_reasons"] = spoken(language, "return_for_completion")
    candidacy.times_returned += 1
    return Facts({"due": candidacy.return_due}, {"reasons": reasons})


@act
def end_completion(candidacy: Candidacy, by: Actor) -> Facts:
    if candidacy.return_due is None or clock.now() < candidacy.return_due:
        raise Unmet(Finding(N_("The time for completion is not over."), {}, "candidacy.end_completion"))
    return Facts({"due": candidacy.return_due})


@act
def propose_admissible(candidacy: Candidacy, by: Actor) -> Facts:
    """First of two clerks (procedure 2.4). On form only; says nothing on the person."""
    return Facts()


@act
def declare_admissible(candidacy: Candidacy, by: Actor) -> Facts:
    """Second clerk, who has looked at the form as well; facts corrected meanwhile are shown to him or her."""
    candidacy.not_confirmed_reasons = ""
    return Facts()


@act
def dismiss_admissibility(candidacy: Candidacy, by: Actor, *, reasons: str, language: str) -> Facts:
    """The second clerk sees something that the first did not: the form is looked at again, from the beginning."""
    candidacy.not_confirmed_reasons = reasons
    candidacy.languages["not_confirmed_reasons"] = spoken(language, "dismiss_admissibility")
    return Facts({}, {"reasons": reasons})


@act
def propose_inadmissible(
    candidacy: Candidacy, by: Actor, *, ground: str, reasons: str, language: str
) -> Facts:
    """First of two clerks. On form only (procedure 2.4): what came in time is never late, what did not come in time has
    no other ground, and it is incomplete only after the chance to complete."""
    _check_ground(candidacy, ground)
    candidacy.inadmissible_ground, candidacy.inadmissible_reasons = ground, reasons
    candidacy.languages["inadmissible_reasons"] = spoken(language, "propose_inadmissible")
    # A review belongs to one decision; this is a new one (a file that a review admitted late, and that then came).
    candidacy.review_reasons = candidacy.review_decision = ""
    candidacy.review_decided_at = None
    return Facts({"ground": ground}, {"reasons": reasons})


def _check_ground(candidacy: Candidacy, ground: str) -> None:
    article = "candidacy.propose_inadmissible"
    if ground not in Ground.values:
        raise Unmet(Finding(N_("Only a ground of form makes a candidacy inadmissible."), {}, article))
    if candidacy.submitted_at is None:
        if not candidacy.late_plea:
            raise Unmet(Finding(N_("The person has not asked for it."), {}, article))
        if ground != Ground.LATE:
            raise Unmet(Finding(N_("It was not sent; that it is late is the only ground."), {}, article))
        return
    if ground == Ground.LATE:
        raise Unmet(Finding(N_("It was received before its deadline."), {}, article))
    chances = queries.charter_of(candidacy.call).candidacy.chances_to_complete.value
    if ground == Ground.INCOMPLETE and candidacy.times_returned < chances:
        raise Unmet(Finding(N_("Return it for completion first: everybody has that chance."), {}, article))


@act
def confirm_inadmissible(candidacy: Candidacy, by: Actor) -> Facts:
    candidacy.inadmissible_at, candidacy.not_confirmed_reasons = clock.now(), ""
    return Facts({"ground": candidacy.inadmissible_ground})


@act
def dismiss_inadmissibility(candidacy: Candidacy, by: Actor, *, reasons: str, language: str) -> Facts:
    candidacy.inadmissible_ground = candidacy.inadmissible_reasons = ""
    candidacy.not_confirmed_reasons = reasons
    candidacy.languages["not_confirmed_reasons"] = spoken(language, "dismiss_inadmissibility")
    to = CandidacyState.SUBMITTED if candidacy.submitted_at else CandidacyState.LAPSED
    return Facts({}, {"reasons": reasons}, to=to)


@act
def ask_review(candidacy: Candidacy, by: Actor, *, reasons: str, language: str) -> Facts:
    """Ask others to look again, once, within the charter's period."""
    article = "candidacy.ask_review"
    if candidacy.review_decided_at is not None:
        raise Unmet(Finding(N_("A review has been decided; there is one."), {}, article))
    if not queries.may_ask_review(candidacy):
        days = queries.charter_of(candidacy.call).periods.review_request_days.value
        raise Unmet(
            Finding(N_("A review is asked within %(days)s days of the decision."), {"days": days}, article)
        )
    candidacy.review_reasons = reasons
    candidacy.languages["review_reasons"] = spoken(language, "ask_review")
    return Facts({}, {"reasons": reasons})


TOOK_PART = (
    "propose_admissible", "dismiss_admissibility", "propose_inadmissible", "confirm_inadmissible",
    "dismiss_inadmissibility", "return_for_completion", "ask_late_admission", "dismiss_late_admission",
)  # fmt: skip


@act
def decide_review(
    candidacy: Candidacy,
    by: Actor,
    *,
    is_admissible: bool,
    reasons: str,
    language: str,
    until: datetime | None = None,
    ground: str = "",
) -> Facts:
    """Decided by a reviewer who took no part in the decision under review.

    What was refused as late and is admitted on review may be written and sent `until` then; `ground` is public.
    """
    if Entry.objects.filter(matter=candidacy.reference, act__in=TOOK_PART, actor=by.reference).exists():
        raise SamePerson(CANDIDACY, CANDIDACY.by_act["decide_review"])
    candidacy.review_decision, candidacy.review_decided_at = reasons, clock.now()
    candidacy.languages["review_decision"] = spoken(language, "decide_review")
    to = CandidacyState.ADMISSIBLE if is_admissible else CandidacyState.INADMISSIBLE
    if is_admissible and candidacy.submitted_at is None:
        to = CandidacyState.DRAFT
        _admit(candidacy, until, ground, language, "candidacy.decide_review")
    return Facts({"admissible": is_admissible}, {"reasons": reasons}, to=to)


def _admit(candidacy: Candidacy, until: datetime | None, ground: str, language: str, article: str) -> None:
    """The person may write and send until then; what had been found against it is gone."""
    if until is None or until <= clock.now():
        raise Unmet(Finding(N_("Give a day to come."), {}, article))
    if not ground.strip() or language not in Language.values:
        raise Unmet(Finding(N_("Give the ground of the late admission and its language."), {}, article))
    candidacy.is_late_admission, candidacy.late_until = True, until
    candidacy.late_ground, candidacy.late_ground_language = ground, language
    candidacy.inadmissible_ground = candidacy.inadmissible_reasons = candidacy.not_confirmed_reasons = ""
    candidacy.inadmissible_at = None


@act
def plead_late(
    candidacy: Candidacy, by: Actor, *, plea: str, language: str, notice_read: bool = False
) -> Facts:
    """A person says what kept him or her from the deadline, with or without a draft; two clerks decide (5.8).

    Who never began has read the notice of the risk first, as everybody has (procedure 1.2).
    """
    now, article = clock.now(), "candidacy.plead_late"
    if candidacy.call.state == CallState.WITHDRAWN:
        raise Unmet(Finding(N_("This call was withdrawn."), {}, article))
    if candidacy.pk is None:
        own(candidacy, by, article)
        if now < candidacy.call.closes_at:
            raise Unmet(Finding(N_("The call is still open; begin a candidacy."), {}, article))
        if not notice_read:
            message = N_("Read the notice of the risk first, and say that you have read it.")
            raise Unmet(Finding(message, {}, article))
        candidacy.notice_read_at = now
    days = law.in_force().periods.erase_draft_days.value
    if now >= candidacy.call.closes_at + timedelta(days=days):
        message = N_("Late admission can be asked for %(days)s days after the deadline.")
        raise Unmet(Finding(message, {"days": days}, article))
    if candidacy.late_plea:
        raise Unmet(Finding(N_("You have already said what kept you; the Secretariat answers."), {}, article))
    candidacy.late_plea = plea
    candidacy.languages["late_plea"] = spoken(language, "plead_late")
    return Facts({"call": candidacy.call.reference}, {"plea": plea})


@act
def ask_late_admission(candidacy: Candidacy, by: Actor, *, ground: str, language: str) -> Facts:
    """First of two clerks: only for force majeure, pleaded by the person (procedure 2.1)."""
    article = "candidacy.ask_late_admission"
    if not candidacy.late_plea:
        raise Unmet(Finding(N_("The person has not asked for it."), {}, article))
    if not ground.strip() or language not in Language.values:
        raise Unmet(Finding(N_("Give the ground of the late admission and its language."), {}, article))
    candidacy.late_ground, candidacy.late_ground_language = ground, language
    return Facts({}, {"ground": ground})


@act
def confirm_late_admission(candidacy: Candidacy, by: Actor, *, until: datetime) -> Facts:
    """Second clerk: the person may write and send until then. Counted with its ground on the decision sheet."""
    _admit(
        candidacy,
        until,
        candidacy.late_ground,
        candidacy.late_ground_language,
        "candidacy.confirm_late_admission",
    )
    return Facts({"until": until})


@act
def dismiss_late_admission(candidacy: Candidacy, by: Actor, *, reasons: str, language: str) -> Facts:
    """The second clerk does not confirm. The plea is still to be answered: to refuse it takes two clerks as well, who
    find the candidacy inadmissible as late (procedure 2.4)."""
    candidacy.late_ground = candidacy.late_ground_language = ""
    candidacy.not_confirmed_reasons = reasons
    candidacy.languages["not_confirmed_reasons"] = spoken(language, "dismiss_late_admission")
    return Facts({}, {"reasons": reasons})
