"""The pages of this room: what everybody reads of the money, a donor's receipt, and the treasurer's own page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from hemicycle.record import law
from hemicycle.record.log import receipts
from hemicycle.rules import accounts
from hemicycle.rules.charter import Charter
from hemicycle.web import desk
from hemicycle.web.parts import Cell, Crumb, Row
from hemicycle.web.public import public
from hemicycle.web.templatetags.house import day
from hemicycle.web.views import actor_of

from . import queries
from .forms import DONORS
from .models import Contribution, Spending
from .procedure import CONTRIBUTION, SPENDING, ContributionState, DonorKind, SpendingState

KINDS: dict[str, str] = {
    ContributionState.PLEDGED: "open",
    ContributionState.RECEIVED: "done",
    ContributionState.WITHDRAWN: "stopped",
    ContributionState.REVERSAL_ASKED: "open",
    ContributionState.REVERSED: "stopped",
    SpendingState.ASKED: "open",
    SpendingState.PAID: "done",
    SpendingState.DISMISSED: "stopped",
    SpendingState.RETURN_ASKED: "open",
    SpendingState.RETURNED: "stopped",
}


def money(units: int, currency: str) -> str:
    """Minor units as the language of the page writes them: `1,250.00 EUR`."""
    sign, whole, cents = "−" if units < 0 else "", abs(units) // 100, abs(units) % 100
    grouped = formats.number_format(whole, force_grouping=True)
    return f"{sign}{grouped}{formats.get_format('DECIMAL_SEPARATOR')}{cents:02d}\u00a0{currency}"


def _sum(units: int, currency: str) -> Cell:
    return Cell(money(units, currency), is_number=True)


def _offices(charter: Charter, act: str) -> list[str]:
    table = CONTRIBUTION if act in CONTRIBUTION.by_act else SPENDING
    return [charter.office(code).name[get_language() or "en"] for code in table.by_act[act].offices]


@public
def public_page(request: HttpRequest) -> HttpResponse:
    """What was received from whom and spent on what, what is left, and who may sign. Nobody signs in for it."""
    charter = law.in_force()
    states = queries.fund_states(charter)
    contributions, spendings = list(queries.received()), list(queries.paid())
    context = {
        "title": _("Voluntary contributions"),
        "description": _("What was received, what was spent, what is left, and who may sign."),
        "left": [
            (currency, money(sum(s.left for s in states if s.currency == currency), currency))
            for currency in queries.currencies()
        ],
        "fund_columns": [_("Purpose"), pgettext("money", "Received"), pgettext("money", "Spent"), pgettext("money", "Left")],
        "funds": [
            Row([queries.purpose_name(charter, s.fund), *(_sum(n, s.currency) for n in (s.received, s.spent, s.left))])
            for s in states
        ],
        "donor_columns": [_("Donor"), _("Kind of donor"), pgettext("money", "Received")],
        "donors": [
            Row([donor, str(DONORS[DonorKind(kind)]), _sum(total, currency)])
            for (donor, kind, currency), total in queries.totals_by_donor(contributions).items()
        ],
        "contribution_columns": [_("Contribution"), _("Donor"), _("Purpose"), _("Day"), _("Amount")],
        "contributions": [_received_row(charter, row) for row in contributions],
        "spending_columns": [_("Spending"), _("Purpose"), _("Payee"), _("Day"), _("Amount")],
        "spendings": [_paid_row(charter, row) for row in spendings],
        "back_columns": [pgettext("money", "Booked back"), pgettext("money", "Kind"), _("Day"), _("Amount")],
        "back": [_back_row(row) for row in queries.booked_back()],
        "asks": _offices(charter, "ask_spending"),
        "confirms": _offices(charter, "confirm_spending"),
        "balanced": all(sum(queries.trial_balance(c).values()) == 0 for c in queries.currencies()),
    }  # fmt: skip
    return render(request, "contributions/public.html", context)


def _received_row(charter: Charter, row: Contribution) -> Row:
    reference = Cell(row.reference, url=reverse("contributions-receipt", args=[row.reference]))
    purpose = queries.purpose_name(charter, row.purpose)
    return Row(
        [reference, row.donor, purpose, _day(row, row.received_on), _sum(row.received or 0, row.currency)]
    )


def _paid_row(charter: Charter, row: Spending) -> Row:
    purpose = queries.purpose_name(charter, row.purpose)
    payee = row.payee_public or pgettext("payee", "not public")
    return Row(
        [Cell(row.reference), purpose, payee, _day(row, row.decided_at), _sum(row.amount, row.currency)]
    )


def _day(row: Contribution | Spending, booked: date | datetime | None) -> str:
    """The day of a booking, and that of the contrary one beside it."""
    if row.reversed_at is None:
        return day(booked)
    return _("%(day)s, booked back on %(back)s") % {"day": day(booked), "back": day(row.reversed_at)}


def _back_row(row: Contribution | Spending) -> Row:
    what = _("Contribution") if isinstance(row, Contribution) else _("Spending")
    units = row.received or 0 if isinstance(row, Contribution) else row.amount
    back = day(row.reversed_at) if row.reversed_at else ""
    url = (
        reverse("contributions-receipt", args=[row.reference])
        if isinstance(row, Contribution)
        else "#spending"
    )
    return Row([Cell(row.reference, url=url), what, back, _sum(units, row.currency)])


@public
def receipt(request: HttpRequest, reference: str) -> HttpResponse:
    """A contribution that came in, for its donor and everybody: what was recorded, and the receipt to save."""
    row = queries.received().filter(reference=reference).first()
    entry = queries.receipt_of(reference) if row is not None else None
    if row is None or entry is None:
        raise Http404
    context = {
        "title": _("Receipt of a contribution"),
        "row": row,
        "kind": DONORS[DonorKind(row.donor_kind)],
        "purpose": queries.purpose_name(law.in_force(), row.purpose),
        "amount": money(row.received or 0, row.currency),
        "at": entry.at,
        "has_proof": receipts.has_proof(entry),
        "address": request.build_absolute_uri("/record"),
        "crumbs": [
            Crumb(_("Voluntary contributions"), reverse("contributions-public")),
            Crumb(_("Receipt")),
        ],
    }
    return render(request, "contributions/receipt.html", context)


@public
def receipt_file(request: HttpRequest, reference: str) -> HttpResponse:
    """The receipt as a file: the same promise each time, and the proof as soon as the entry has its place."""
    entry = queries.receipt_of(reference)
    if entry is None:
        raise Http404
    response = HttpResponse(receipts.public(entry), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="receipt-{reference}.json"'
    return response


def treasury(request: HttpRequest) -> HttpResponse:
    """Every contribution and every spending, for those who act on money."""
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    if not queries.is_of_the_house(actor):
        raise Http404
    charter = law.in_force()
    actions: list[dict[str, Any]] = [
        {"title": table.by_act[act].title, "url": desk.begin_url("contributions", act), "primary": not i}
        for i, (table, act) in enumerate([(CONTRIBUTION, "pledge"), (SPENDING, "ask_spending")])
        if actor.holds(*table.by_act[act].offices)
    ]
    context = {
        "title": _("Contributions and spending"),
        "lead": _("Nothing is paid by one person. What everybody reads stands on the public page."),
        "actions": actions,
        "fund_columns": [_("Purpose"), pgettext("money", "Received"), pgettext("money", "Spent"), pgettext("money", "Left"), _("Asked for, not decided")],
        "funds": [
            Row([
                queries.purpose_name(charter, s.fund),
                *(_sum(units, s.currency) for units in (s.received, s.spent, s.left, s.asked)),
            ])
            for s in queries.fund_states(charter)
        ],
        "account_columns": [pgettext("ledger", "Account"), pgettext("ledger", "Balance")],
        "accounts": [
            Row([_account(charter, account), _sum(units, currency)])
            for currency in queries.currencies()
            for account, units in sorted(queries.trial_balance(currency).items())
        ],
        "columns": [_("Contribution"), _("Donor"), _("Purpose"), _("Amount"), _("State")],
        "rows": [_contribution_row(charter, row) for row in queries.visible_to(actor)],
        "empty": _("No contribution has been pledged so far."),
        "spending_columns": [_("Spending"), _("Purpose"), _("Amount"), _("State")],
        "spendings": [_spending_row(charter, row) for row in queries.spendings_visible_to(actor)],
    }  # fmt: skip
    return render(request, "contributions/treasury.html", context)


def _account(charter: Charter, account: str) -> str:
    """An account of the ledger in words."""
    kind, _colon, fund = account.partition(":")
    if kind == accounts.BANK:
        return pgettext("ledger", "Bank")
    words = _("Received: %(purpose)s") if kind == accounts.RECEIVED else _("Spent: %(purpose)s")
    return words % {"purpose": queries.purpose_name(charter, fund)}


def _contribution_row(charter: Charter, row: Contribution) -> Row:
    state = Cell(state_label=CONTRIBUTION.state_title(row.state), state_kind=KINDS[row.state])
    amount = _sum(row.pledged if row.received is None else row.received, row.currency)
    reference = Cell(row.reference, url=desk.matter_url(row))
    return Row([reference, row.donor, queries.purpose_name(charter, row.purpose), amount, state])


def _spending_row(charter: Charter, row: Spending) -> Row:
    state = Cell(state_label=SPENDING.state_title(row.state), state_kind=KINDS[row.state])
    reference = Cell(row.reference, url=desk.matter_url(row))
    return Row([reference, queries.purpose_name(charter, row.purpose), _sum(row.amount, row.currency), state])
