"""Money is promised, comes in with a receipt, and goes out by two people."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext_noop as N_

from hemicycle.record import clock, erasure, law
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts, gate
from hemicycle.record.due import take_each
from hemicycle.record.forgetting import forget_salts
from hemicycle.record.retention import Due
from hemicycle.rules import accounts
from hemicycle.rules.accounts import Line
from hemicycle.rules.findings import Finding, Unmet

from . import queries, retention
from .models import Contribution, Fund, Posting, Spending
from .procedure import CONTRIBUTION, SPENDING, DonorKind

BATCH = 200
BEFORE = timedelta(days=1826)  # money may have come before the software; a slip of the finger goes further
act = gate(CONTRIBUTION, queries.offices)
spending_act = gate(SPENDING, queries.offices)


def unmet(message: str, act_name: str) -> Unmet:
    return Unmet(Finding(message, {}, f"contributions.{act_name}"))


@act
def pledge(
    contribution: Contribution, by: Actor, *, donor: str, donor_kind: str, amount: Decimal, purpose: str
) -> Facts:
    """A state or a body promises an amount in the charter's currency; `contribution` is unsaved. Raises `Unmet`.

    `donor`: its public name, never a person's. `purpose`: `general` or an earmark of the charter, which it then pays
    and nothing else.
    """
    if not donor.strip():
        raise unmet(N_("Say who gives."), "pledge")
    if donor_kind not in list(DonorKind):
        raise unmet(N_("Only a state or a body may give."), "pledge")
    contribution.purpose = _purpose(purpose, "pledge")
    contribution.pledged = accounts.minor_units(amount, "contributions.pledge")
    contribution.currency = law.in_force().contributions.currency.value
    contribution.donor, contribution.donor_kind = " ".join(donor.split()), donor_kind
    return Facts(
        {"amount": contribution.pledged, "currency": contribution.currency, "purpose": contribution.purpose}
    )


def _purpose(purpose: str, act_name: str) -> str:
    if not queries.is_purpose(law.in_force(), purpose):
        raise unmet(N_("The charter has no such purpose."), act_name)
    return purpose


@act
def receive(
    contribution: Contribution, by: Actor, *, amount: Decimal, received_on: date, bank_reference: str
) -> Facts:
    """The money is there: it is booked, and the donor's receipt is made from this entry. Raises `Unmet`.

    `amount`: as it came in, which may differ from the pledge. `bank_reference`: sealed, and in the entry a commitment.
    """
    units = accounts.minor_units(amount, "contributions.receive")
    if received_on > clock.today():
        raise unmet(N_("The day on which the money came in has not come yet."), "receive")
    if received_on < law.first_day() - BEFORE:
        raise unmet(N_("That day lies years before the platform was installed: check the year."), "receive")
    if not bank_reference.strip():
        raise unmet(N_("Give the bank’s reference of the payment."), "receive")
    _locked(contribution.purpose, contribution.currency)
    contribution.received, contribution.received_on = units, received_on
    contribution.bank_reference = bank_reference.strip()
    _book(contribution, accounts.of_receipt(contribution.purpose, units))
    return Facts(
        {
            "amount": units,
            "currency": contribution.currency,
            "purpose": contribution.purpose,
            "donor_kind": contribution.donor_kind,
            "received_on": received_on,
        },
        {"donor": contribution.donor, "bank_reference": contribution.bank_reference},
    )


@act
def withdraw_pledge(contribution: Contribution, by: Actor) -> Facts:
    """The donor takes the promise back before anything came in."""
    return Facts()


@spending_act
def ask_spending(
    spending: Spending,
    by: Actor,
    *,
    amount: Decimal,
    purpose: str,
    payee: str,
    document: str,
    payee_public: str = "",
) -> Facts:
    """The first person says what is to be paid, to whom, and on which document; `spending` is unsaved. Nothing is paid
    and nothing is set aside: only what is confirmed counts. Raises `Unmet`.

    `payee` and `document` are sealed; `payee_public` is printed, for a company or a body that may be named.
    """
    spending.purpose = _purpose(purpose, "ask_spending")
    spending.amount = accounts.minor_units(amount, "contributions.ask_spending")
    spending.currency = law.in_force().contributions.currency.value
    if not payee.strip():
        raise unmet(N_("Say who is to be paid."), "ask_spending")
    if not document.strip():
        raise unmet(N_("Say on which document it is to be paid, and where that is kept."), "ask_spending")
    balance = queries.trial_balance(spending.currency)
    accounts.check_left(balance, spending.purpose, spending.amount, "contributions.ask_spending")
    spending.payee, spending.document = payee.strip(), document.strip()
    spending.payee_public = " ".join(payee_public.split())
    return Facts(
        {"amount": spending.amount, "currency": spending.currency, "purpose": spending.purpose},
        {"payee": spending.payee, "document": spending.document},
    )


@spending_act
def confirm_spending(spending: Spending, by: Actor) -> Facts:
    """The second person has seen the document too: it is booked, if so much is left for the purpose now. Raises
    `Unmet`."""
    if spending.erased_at is not None:
        raise unmet(N_("Payee and document are erased: dismiss this, and ask again."), "confirm_spending")
    _locked(spending.purpose, spending.currency)
    balance = queries.trial_balance(spending.currency)
    accounts.check_left(balance, spending.purpose, spending.amount, "contributions.confirm_spending")
    spending.decided_at = clock.now()
    _book(spending, accounts.of_payment(spending.purpose, spending.amount))
    return Facts({"amount": spending.amount, "currency": spending.currency, "purpose": spending.purpose})


@spending_act
def dismiss_spending(spending: Spending, by: Actor) -> Facts:
    """It is not paid, or was asked for by mistake."""
    spending.decided_at = clock.now()
    return Facts()


@act
def ask_reversal(contribution: Contribution, by: Actor, *, reasons: str) -> Facts:
    """The first person says that a contribution was booked by mistake, or sent back. Raises `Unmet`."""
    return _asked_back(contribution, reasons, "ask_reversal")


@act
def confirm_reversal(contribution: Contribution, by: Actor) -> Facts:
    """The second person has seen it too: the contrary is booked, if the money was not spent. Raises `Unmet`."""
    _check_kept(contribution, "confirm_reversal")
    units = contribution.received or 0
    _locked(contribution.purpose, contribution.currency)
    balance = queries.trial_balance(contribution.currency)
    accounts.check_left(balance, contribution.purpose, units, "contributions.confirm_reversal")
    return _booked_back(contribution, accounts.of_receipt(contribution.purpose, units), units)


@act
def drop_reversal(contribution: Contribution, by: Actor) -> Facts:
    """It was right as it was booked."""
    contribution.reversal_reasons = ""
    return Facts()


@spending_act
def ask_return(spending: Spending, by: Actor, *, reasons: str) -> Facts:
    """The first person says that a spending was booked by mistake, or that the money came back. Raises `Unmet`."""
    return _asked_back(spending, reasons, "ask_return")


@spending_act
def confirm_return(spending: Spending, by: Actor) -> Facts:
    """The second person has seen the money too: the contrary is booked."""
    _check_kept(spending, "confirm_return")
    _locked(spending.purpose, spending.currency)
    return _booked_back(spending, accounts.of_payment(spending.purpose, spending.amount), spending.amount)


@spending_act
def drop_return(spending: Spending, by: Actor) -> Facts:
    """It was right as it was booked."""
    spending.reversal_reasons = ""
    return Facts()


def _asked_back(matter: Contribution | Spending, reasons: str, act_name: str) -> Facts:
    if not reasons.strip():
        raise unmet(N_("Give the reasons."), act_name)
    _check_kept(matter, act_name)
    matter.reversal_reasons = reasons.strip()
    return Facts({}, {"reasons": reasons})


def _check_kept(matter: Contribution | Spending, act_name: str) -> None:
    due = retention.due_of(matter)
    if due is None or due.at <= clock.now():
        raise unmet(N_("The time for accounts is over: nothing is booked back any more."), act_name)


def _booked_back(matter: Contribution | Spending, lines: tuple[Line, ...], units: int) -> Facts:
    _book(matter, tuple(Line(line.account, -line.amount) for line in lines), f"{matter.reference}/b")
    matter.reversed_at = clock.now()
    return Facts({"amount": units, "currency": matter.currency, "purpose": matter.purpose})


def _locked(purpose: str, currency: str) -> Fund:
    """The fund, held until the act is over, so that two who look at its bookings look one after the other."""
    Fund.objects.get_or_create(code=purpose, currency=currency)
    return Fund.objects.select_for_update().get(code=purpose, currency=currency)


def _book(matter: Contribution | Spending, lines: tuple[Line, ...], under: str = "") -> None:
    if sum(line.amount for line in lines):
        raise ValueError(f"what is booked on {matter.reference} does not add up to zero")
    at = clock.now()
    Posting.objects.bulk_create(
        Posting(
            matter=under or matter.reference, account=line.account, currency=matter.currency, amount=line.amount, booked_at=at
        )
        for line in lines
    )  # fmt: skip


@act
def erase_bank_reference(contribution: Contribution, by: Actor) -> Facts:
    """The time for accounts is over: the bank reference goes, the booking stays."""
    due = _due(retention.contribution_due(contribution), "erase_bank_reference")
    contribution.bank_reference = contribution.reversal_reasons = ""
    contribution.erased_at = clock.now()
    forget_salts([contribution.reference])
    erasure.destroy([contribution.reference])
    return Facts({"due": due.at})


@spending_act
def erase_payee(spending: Spending, by: Actor) -> Facts:
    """The time for accounts is over: payee and document go, the booking stays, and a name that was public."""
    due = _due(retention.spending_due(spending), "erase_payee")
    spending.payee = spending.document = spending.reversal_reasons = ""
    spending.erased_at = clock.now()
    forget_salts([spending.reference])
    erasure.destroy([spending.reference])
    return Facts({"due": due.at})


def _due(due: Due | None, act_name: str) -> Due:
    if due is None or clock.now() < due.at:
        raise unmet(N_("This is not yet to be erased."), act_name)
    return due


def tick() -> int:
    """Erase what goes now, a batch in each round. Returns how many acts were taken."""
    names: dict[str, list[str]] = {"bank_reference": [], "payee": []}
    for due in retention.plan(clock.now()):
        names[due.kind].append(due.reference)
    came_in = Contribution.objects.filter(reference__in=names["bank_reference"][:BATCH])
    done = take_each(erase_bank_reference, came_in)
    return done + take_each(erase_payee, Spending.objects.filter(reference__in=names["payee"][:BATCH]))
