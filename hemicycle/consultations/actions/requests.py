"""Withdrawals, and what one clerk asks for and another does: that of an open consultation, and codes for civil society, of
which each makes one half."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Sum

from hemicycle.people.models import Language
from hemicycle.record import clock, erasure
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.rules.findings import N_

from .. import answering, queries
from ..models import Code, CodeOrder, Consultation, Withdrawal
from ..procedure import ConsultationState, RequestState
from ._bound import on_codes, on_consultation, on_withdrawal, publicity_of, unmet

CODES_AT_MOST = 500
TAKES_CODES = (ConsultationState.PREPARED, ConsultationState.OPEN)


@on_consultation
def withdraw(consultation: Consultation, by: Actor, *, reasons: str, language: str) -> Facts:
    """It is not held, with reasons. One clerk is enough: nobody outside the house has known of it. Raises `Unmet`."""
    _check_reasons(reasons, language, "withdraw")
    _withdrawn(consultation, reasons, language)
    consultation.codes.all().delete()
    return Facts()


@on_consultation
def withdraw_open(consultation: Consultation, by: Actor, *, reasons: str, language: str) -> Facts:
    """It does not go on; what was answered is destroyed, and everybody reads the reasons. Within `confirm_withdrawal`, so that
    nobody destroys alone what many answered."""
    _withdrawn(consultation, reasons, language)
    codes = consultation.codes.count()
    erasure.destroy(answering.forget(consultation))
    return Facts({"codes": codes})


@on_withdrawal
def ask_withdrawal(withdrawal: Withdrawal, by: Actor, *, reasons: str, language: str) -> Facts:
    """The first clerk says why; `withdrawal` is unsaved. Answers are taken as before. Raises `Unmet`."""
    consultation = _held(withdrawal)
    _check_reasons(reasons, language, "ask_withdrawal")
    if not consultation.is_open:
        raise unmet(N_("Only an open consultation is withdrawn by two clerks."), "ask_withdrawal")
    if consultation.withdrawals.filter(state=RequestState.ASKED).exists():
        raise unmet(N_("The withdrawal of this consultation is asked for already."), "ask_withdrawal")
    withdrawal.reasons, withdrawal.language = reasons.strip(), language
    return Facts({"consultation": consultation.reference})


@on_withdrawal
def confirm_withdrawal(withdrawal: Withdrawal, by: Actor) -> Facts:
    """The second clerk finds the reasons right: the consultation is withdrawn now."""
    consultation = _held(withdrawal)
    withdraw_open(consultation, by, reasons=withdrawal.reasons, language=withdrawal.language)
    return Facts({"consultation": consultation.reference})


@on_withdrawal
def dismiss_withdrawal(withdrawal: Withdrawal, by: Actor) -> Facts:
    """It goes on, or has closed meanwhile."""
    return Facts({"consultation": withdrawal.consultation.reference})


@on_codes
def ask_codes(order: CodeOrder, by: Actor, *, halves: Sequence[str]) -> Facts:
    """The first halves of so many codes, of which only keyed digests are kept; `order` is unsaved. They open nothing. Raises
    `Unmet`. Codes are nobody's: who has which is written nowhere."""
    consultation = _held(order)
    if not consultation.civil_society:
        raise unmet(N_("Civil society is not invited to this consultation."), "ask_codes")
    _check_begun(consultation, "ask_codes")
    if consultation.code_orders.filter(state=RequestState.ASKED).exists():
        raise unmet(
            N_("Codes were begun already: another clerk makes their second halves, or they are dismissed."),
            "ask_codes",
        )
    done = consultation.code_orders.filter(state=RequestState.DONE)
    made = done.aggregate(all=Sum("number"))["all"] or 0
    if not halves or made + len(halves) > CODES_AT_MOST:
        raise unmet(
            N_("A consultation has %(most)d codes at most; %(made)d are made already."),
            "ask_codes",
            most=CODES_AT_MOST,
            made=made,
        )
    order.number = len(halves)
    order.halves = [answering.half_digest(consultation, each) for each in halves]
    return Facts({"consultation": consultation.reference, "codes": order.number})


@on_codes
def make_codes(order: CodeOrder, by: Actor, *, halves: Sequence[str]) -> Facts:
    """The second halves, one for each first: from now on both together are a voice. Neither clerk knows a whole code. Raises
    `Unmet`."""
    consultation = _held(order)
    _check_begun(consultation, "make_codes")
    if len(halves) != order.number:
        raise unmet(N_("There is one second half for each first."), "make_codes")
    digests = map(answering.joined, order.halves, halves)
    Code.objects.bulk_create([Code(consultation=consultation, digest=each) for each in digests])
    order.halves = []
    return Facts(
        {"consultation": consultation.reference, "codes": order.number}, publicity=publicity_of(consultation)
    )


@on_codes
def dismiss_codes(order: CodeOrder, by: Actor) -> Facts:
    """The first halves are worth nothing: by mistake, lost, or the time is over."""
    order.halves = []
    return Facts({"consultation": order.consultation.reference, "codes": order.number})


def _withdrawn(consultation: Consultation, reasons: str, language: str) -> None:
    consultation.reasons, consultation.reasons_language = reasons.strip(), language
    consultation.withdrawn_at = clock.now()


def _check_reasons(reasons: str, language: str, act: str) -> None:
    """Raises `Unmet` for a withdrawal without reasons in a language of the platform."""
    if not reasons.strip():
        raise unmet(N_("Give the reasons."), act)
    if language not in Language.values:
        raise unmet(N_("Say in which language the reasons are written."), act)


def _check_begun(consultation: Consultation, act: str) -> None:
    if consultation.state not in TAKES_CODES or (consultation.opened_at and not consultation.is_open):
        raise unmet(N_("The consultation is over: no codes are made any more."), act)


def _held(matter: Withdrawal | CodeOrder) -> Consultation:
    """The consultation, which nobody closes meanwhile. Always after the request: who holds a consultation waits for none."""
    held = Consultation.objects.select_for_update(of=("self",)).defer(*queries.HEAVY)
    matter.consultation = held.get(pk=matter.consultation_id)
    return matter.consultation
