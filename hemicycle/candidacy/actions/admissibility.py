"""Acts on form only: return, admissibility, review, late admission (articles 5.5 to 5.8)."""

from __future__ import annotations

from datetime import datetime, timedelta

from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts, SamePerson
from hemicycle.record.models import Entry
from hemicycle.rules.findings import N_, Finding, Unmet

from .. import queries
from ..models import Candidacy, Ground
from ..procedure import CANDIDACY, CandidacyState
from .writing import act, own


@act
def return_for_completion(candidacy: Candidacy, by: Actor, *, reasons: str) -> Facts:
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
def dismiss_admissibility(candidacy: Candidacy, by: Actor, *, reasons: str) -> Facts:
    """The second clerk sees something that the first did not: the form is looked at again, from the beginning."""
    candidacy.not_confirmed_reasons = reasons
    return Facts({}, {"reasons": reasons})


@act
def propose_inadmissible(candidacy: Candidacy, by: Actor, *, ground: str, reasons: str) -> Facts:
    """First of two clerks. On form only; incomplete only after the chance to complete (procedure 2.4)."""
    article = "candidacy.propose_inadmissible"
    if ground not in Ground.values:
        raise Unmet(Finding(N_("Only a ground of form makes a candidacy inadmissible."), {}, article))
    chances = queries.charter_of(candidacy.call).candidacy.chances_to_complete.value
    if ground == Ground.INCOMPLETE and candidacy.times_returned < chances:
        raise Unmet(Finding(N_("Return it for completion first: everybody has that chance."), {}, article))
    if ground == Ground.LATE and candidacy.submitted_at and candidacy.submitted_at < candidacy.deadline:
        raise Unmet(Finding(N_("It was received before its deadline."), {}, article))
    candidacy.inadmissible_ground, candidacy.inadmissible_reasons = ground, reasons
    return Facts({"ground": ground}, {"reasons": reasons})


@act
def confirm_inadmissible(candidacy: Candidacy, by: Actor) -> Facts:
    candidacy.inadmissible_at, candidacy.not_confirmed_reasons = clock.now(), ""
    return Facts({"ground": candidacy.inadmissible_ground})


@act
def dismiss_inadmissibility(candidacy: Candidacy, by: Actor, *, reasons: str) -> Facts:
    candidacy.inadmissible_ground = candidacy.inadmissible_reasons = ""
    candidacy.not_confirmed_reasons = reasons
    return Facts({}, {"reasons": reasons})


@act
def ask_review(candidacy: Candidacy, by: Actor, *, reasons: str) -> Facts:
    """Ask others to look again, once, within the charter's period."""
    article = "candidacy.ask_review"
    if candidacy.review_decided_at is not None:
        raise Unmet(Finding(N_("A review has been decided; there is one."), {}, article))
    days = queries.charter_of(candidacy.call).periods.review_request_days.value
    if candidacy.inadmissible_at and clock.now() >= candidacy.inadmissible_at + timedelta(days=days):
        raise Unmet(
            Finding(N_("A review is asked within %(days)s days of the decision."), {"days": days}, article)
        )
    candidacy.review_reasons = reasons
    return Facts({}, {"reasons": reasons})


@act
def decide_review(candidacy: Candidacy, by: Actor, *, is_admissible: bool, reasons: str) -> Facts:
    """Decided by a reviewer who took no part in the decision under review."""
    parts = (
        "propose_admissible",
        "dismiss_admissibility",
        "propose_inadmissible",
        "confirm_inadmissible",
        "dismiss_inadmissibility",
        "return_for_completion",
    )
    if Entry.objects.filter(matter=candidacy.reference, act__in=parts, actor=by.reference).exists():
        raise SamePerson(CANDIDACY, CANDIDACY.by_act["decide_review"])
    candidacy.review_decision, candidacy.review_decided_at = reasons, clock.now()
    to = CandidacyState.ADMISSIBLE if is_admissible else CandidacyState.INADMISSIBLE
    return Facts({"admissible": is_admissible}, {"reasons": reasons}, to=to)


@act
def plead_late(candidacy: Candidacy, by: Actor, *, plea: str) -> Facts:
    """A person says what kept him or her from the deadline, with or without a draft; two clerks decide
    (5.8).
    """
    now, article = clock.now(), "candidacy.plead_late"
    if candidacy.pk is None:
        own(candidacy, by, article)
        if now < candidacy.call.closes_at:
            raise Unmet(Finding(N_("The call is still open; begin a candidacy."), {}, article))
        candidacy.notice_read_at = now
    days = law.in_force().periods.erase_draft_days.value
    if now >= candidacy.call.closes_at + timedelta(days=days):
        raise Unmet(
            Finding(
                N_("Late admission can be asked for %(days)s days after the deadline."),
                {"days": days},
                article,
            )
        )
    if candidacy.late_plea:
        raise Unmet(Finding(N_("You have already said what kept you; the Secretariat answers."), {}, article))
    candidacy.late_plea = plea
    return Facts({"call": candidacy.call.reference}, {"plea": plea})


@act
def ask_late_admission(candidacy: Candidacy, by: Actor, *, ground: str) -> Facts:
    """First of two clerks: only for force majeure, pleaded by the person (procedure 2.1)."""
    if not candidacy.late_plea:
        raise Unmet(Finding(N_("The person has not asked for it."), {}, "candidacy.ask_late_admission"))
    candidacy.late_ground = ground
    return Facts({}, {"ground": ground})


@act
def confirm_late_admission(candidacy: Candidacy, by: Actor, *, until: datetime) -> Facts:
    """Second clerk: the person may write and send until then. Counted with its ground on the decision sheet."""
    if until <= clock.now():
        raise Unmet(Finding(N_("Give a day to come."), {}, "candidacy.confirm_late_admission"))
    candidacy.is_late_admission, candidacy.late_until = True, until
    return Facts({"until": until})


@act
def refuse_late_admission(candidacy: Candidacy, by: Actor, *, reasons: str) -> Facts:
    candidacy.late_ground = ""
    return Facts({}, {"reasons": reasons})
