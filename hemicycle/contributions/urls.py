"""Addresses of contributions, and what this room tells the generic pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from hemicycle.record import law
from hemicycle.record.actors import Actor
from hemicycle.record.models import Matter
from hemicycle.rules.procedure import Office
from hemicycle.web import desk
from hemicycle.web.desk import Desk, Fact, MenuItem, Waiting, register, register_menu
from hemicycle.web.templatetags.house import day, moment

from . import actions, forms, queries, views
from .forms import DONORS
from .models import BOOKED_OUT, Contribution, Spending
from .procedure import CONTRIBUTION, SPENDING, ContributionState, DonorKind, SpendingState
from .views import money

plain_urlpatterns = [
    path("contributions/<str:reference>/receipt.json", views.receipt_file, name="contributions-receipt-file"),
]

urlpatterns = [
    path("contributions/", views.public_page, name="contributions-public"),
    path("contributions/<str:reference>/", views.receipt, name="contributions-receipt"),
    path("treasury/", views.treasury, name="contributions-treasury"),
]


def _purpose(matter: Contribution | Spending) -> Fact:
    return Fact(_("Purpose"), queries.purpose_name(law.in_force(), matter.purpose))


def _contribution_facts(row: Contribution, actor: Actor) -> Sequence[Fact]:
    facts = [
        Fact(_("Donor"), row.donor),
        Fact(_("Kind of donor"), DONORS[DonorKind(row.donor_kind)]),
        _purpose(row),
        Fact(_("Pledged"), money(row.pledged, row.currency)),
    ]
    if row.received is not None and row.received_on is not None:
        facts += [
            Fact(pgettext("money", "Received"), money(row.received, row.currency)),
            Fact(_("Day on which it came in"), day(row.received_on)),
            Fact(
                _("Receipt for the donor"),
                _("show and save it; the donor opens it at the same address, without an account"),
                url=reverse("contributions-receipt", args=[row.reference]),
            ),
        ]
    facts += _back_facts(row)
    if row.bank_reference and actor.holds(Office.TREASURER):
        facts.append(Fact(_("The bank’s reference of the payment"), row.bank_reference))
    return facts


def _spending_facts(row: Spending, actor: Actor) -> Sequence[Fact]:
    balance = next(
        (
            state
            for state in queries.fund_states(law.in_force())
            if (state.fund, state.currency) == (row.purpose, row.currency)
        ),
        None,
    )
    facts = [Fact(_("Amount"), money(row.amount, row.currency)), _purpose(row)]
    if row.state == SpendingState.ASKED and balance is not None:
        note = _("asked for and not decided, this one included: %(sum)s") % {
            "sum": money(balance.asked, row.currency)
        }
        facts.append(Fact(_("Left for this purpose"), money(balance.left, row.currency), note=note))
    if row.payee:
        facts.append(Fact(_("Who is to be paid"), row.payee))
    facts.append(Fact(_("Name of the payee for the public"), row.payee_public or _("none")))
    if row.document:
        facts.append(Fact(_("The document on which it is paid"), row.document))
    if row.decided_at is not None and row.state in (*BOOKED_OUT, SpendingState.RETURNED):
        facts.append(Fact(_("Confirmed"), moment(row.decided_at)))
    return [*facts, *_back_facts(row)]


def _back_facts(row: Contribution | Spending) -> list[Fact]:
    facts = []
    if row.reversal_reasons:
        facts.append(Fact(_("Why it is to be booked back"), row.reversal_reasons))
    if row.reversed_at is not None:
        facts.append(Fact(pgettext("money", "Booked back"), moment(row.reversed_at)))
    return facts


def _blank_contribution(request: HttpRequest, act: str) -> Matter:
    return Contribution()


def _blank_spending(request: HttpRequest, act: str) -> Matter:
    return Spending()


register(
    Desk(
        table=CONTRIBUTION,
        model=Contribution,
        visible=queries.visible_to,
        forms={
            "pledge": forms.PledgeForm,
            "receive": forms.ReceiveForm,
            "ask_reversal": forms.ReasonsForm,
        },
        title=lambda row: row.donor,
        facts=_contribution_facts,
        kinds={state: views.KINDS[state] for state in ContributionState},
        context=lambda row, actor: {"asked": _contribution_facts(row, actor) if row.pk else ()},
        act_templates={
            "confirm_reversal": "contributions/decide.html",
            "drop_reversal": "contributions/decide.html",
        },
        blank=_blank_contribution,
    ),
    Desk(
        table=SPENDING,
        model=Spending,
        visible=queries.spendings_visible_to,
        forms={
            "ask_spending": forms.AskSpendingForm,
            "confirm_spending": forms.ConfirmSpendingForm,
            "ask_return": forms.ReasonsForm,
        },
        title=lambda row: _("Spending of %(sum)s") % {"sum": money(row.amount, row.currency)},
        facts=_spending_facts,
        kinds={state: views.KINDS[state] for state in SpendingState},
        context=lambda row, actor: {"asked": _spending_facts(row, actor) if row.pk else ()},
        act_templates={
            "confirm_spending": "contributions/decide.html",
            "dismiss_spending": "contributions/decide.html",
            "confirm_return": "contributions/decide.html",
            "drop_return": "contributions/decide.html",
        },
        blank=_blank_spending,
    ),
)
register_menu(
    "contributions",
    MenuItem(gettext_lazy("Contributions and spending"), "contributions-treasury", queries.HOUSE),
    title=gettext_lazy("Money"),
)
desk.public_menu.insert(1, MenuItem(gettext_lazy("Contributions"), "contributions-public"))


def waiting(actor: Actor) -> Iterable[Waiting]:
    """For those who may confirm: what somebody else asked for."""
    for row in queries.waiting_for(actor):
        is_asked = row.state == SpendingState.ASKED
        words = (
            _("Confirm or dismiss a spending: %s") if is_asked else _("Confirm that it is booked back: %s")
        )
        yield Waiting(words % row.reference, desk.matter_url(row))


desk.waiting_lists.append(waiting)

__all__ = ["actions", "plain_urlpatterns", "urlpatterns"]
