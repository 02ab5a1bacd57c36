"""Who may see contributions and spending, what is booked, and what is left for each purpose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import QuerySet, Sum
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemicycle.assembly import queries as assembly
from hemicycle.integrity import queries as integrity
from hemicycle.record import law
from hemicycle.record.actors import Actor
from hemicycle.record.models import Entry
from hemicycle.rules import accounts
from hemicycle.rules.charter import Charter
from hemicycle.rules.procedure import Office

from .models import BOOKED_OUT, CAME_IN, Contribution, Posting, Spending
from .procedure import ContributionState, SpendingState

M = TypeVar("M", Contribution, Spending)
HOUSE = frozenset({Office.TREASURER, Office.SECRETARIAT, Office.SECRETARY_GENERAL})


def offices(actor: Actor, matter: Contribution | Spending) -> frozenset[str]:
    """Offices held; an interest declared in the matter takes them away."""
    held = frozenset(assembly.offices(actor, matter))
    if matter.pk is None or actor.person is None or not held - {Office.ANYONE}:
        return held
    return held & {Office.ANYONE} if integrity.recused(actor.person, [matter.reference]) else held


def is_of_the_house(actor: Actor) -> bool:
    return actor.person is not None and actor.holds(*HOUSE)


def visible_to(actor: Actor) -> QuerySet[Contribution]:
    """The offices that act on money; the public reads what was received in `received`."""
    rows = Contribution.objects.all()
    return rows if is_of_the_house(actor) else rows.none()


def spendings_visible_to(actor: Actor) -> QuerySet[Spending]:
    rows = Spending.objects.all()
    return rows if is_of_the_house(actor) else rows.none()


def waiting_for(actor: Actor) -> list[Contribution | Spending]:
    """What waits for this person's confirmation: asked for by somebody else."""
    if not actor.holds(Office.TREASURER, Office.SECRETARY_GENERAL):
        return []
    return [
        *_asked_by_others(actor, Spending.objects.filter(state=SpendingState.ASKED), "ask_spending"),
        *_asked_by_others(actor, Spending.objects.filter(state=SpendingState.RETURN_ASKED), "ask_return"),
        *_asked_by_others(
            actor, Contribution.objects.filter(state=ContributionState.REVERSAL_ASKED), "ask_reversal"
        ),
    ]


def _asked_by_others(actor: Actor, rows: QuerySet[M], act: str) -> list[M]:
    """Of these, those for which somebody else asked last."""
    entries = Entry.objects.filter(matter__in=rows.values("reference"), act=act).order_by("number")
    by = dict(entries.values_list("matter", "actor"))
    return [row for row in rows if by.get(row.reference) != actor.reference]


# --- what the public reads ------------------------------------------------------------------------------------------


def received() -> QuerySet[Contribution]:
    """Contributions that came in, the latest first: public from then on, also when they are booked back."""
    return Contribution.objects.filter(state__in=CAME_IN).order_by("-received_on", "-pk")


def paid() -> QuerySet[Spending]:
    """Spending that one person asked for and another confirmed with a signature, the latest first: public from then on,
    also when it is booked back."""
    return Spending.objects.filter(state__in=[*BOOKED_OUT, SpendingState.RETURNED]).order_by(
        "-decided_at", "-pk"
    )


def booked_back() -> list[Contribution | Spending]:
    """What was booked and then booked back, the latest first."""
    rows: list[Contribution | Spending] = [
        *received().filter(reversed_at__isnull=False),
        *paid().filter(reversed_at__isnull=False),
    ]
    return sorted(rows, key=lambda row: (row.reversed_at, row.reference), reverse=True)


def receipt_of(reference: str) -> Entry | None:
    """The entry that a donor's receipt is made from."""
    entries = Entry.objects.filter(matter=reference, room="contributions", act="receive")
    return entries.select_related("leaf__position").order_by("-number").first()


# --- the ledger -----------------------------------------------------------------------------------------------------


def trial_balance(currency: str) -> dict[str, int]:
    """What stands on each account in one currency, in minor units; the values add up to zero. One query."""
    rows = Posting.objects.filter(currency=currency).order_by().values_list("account")
    return {account: total for account, total in rows.annotate(Sum("amount")) if total is not None}


def currencies() -> list[str]:
    """The currencies in which something is booked, and that of the charter in force."""
    booked = set(Posting.objects.order_by().values_list("currency", flat=True).distinct())
    return sorted({*booked, law.in_force().contributions.currency.value})


@dataclass(frozen=True)
class FundState:
    """A purpose in one currency, in minor units. `asked` is what waits for a second person: it is shown and does not
    count."""

    fund: str
    currency: str
    received: int
    spent: int
    asked: int

    @property
    def left(self) -> int:
        return self.received - self.spent


def fund_states(charter: Charter) -> list[FundState]:
    """Every purpose of the charter and every other one with a line, in each currency with a line."""
    waiting = Spending.objects.filter(state=SpendingState.ASKED).order_by()
    asked = {
        (purpose, currency): total
        for purpose, currency, total in waiting.values_list("purpose", "currency").annotate(Sum("amount"))
    }
    found = []
    for currency in currencies():
        balance = trial_balance(currency)
        own = charter.contributions.currency.value == currency
        named = [accounts.GENERAL, *(row.key for row in charter.earmarks)] if own else []
        for fund in [*named, *(each for each in accounts.funds(balance) if each not in named)]:
            found.append(
                FundState(
                    fund, currency, accounts.received(balance, fund), accounts.spent(balance, fund),
                    asked.get((fund, currency), 0),
                )
            )  # fmt: skip
    return found


def purposes(charter: Charter) -> list[tuple[str, str]]:
    """(key, words) of every purpose that money may be given or asked for, the general one first."""
    language = get_language() or "en"
    named = [(row.key, row.text[language]) for row in charter.earmarks]
    return [(accounts.GENERAL, _("General purposes of the platform")), *named]


def purpose_name(charter: Charter, purpose: str) -> str:
    """The words of a purpose; its code, where an earlier charter had it."""
    return dict(purposes(charter)).get(purpose, purpose)


def is_purpose(charter: Charter, purpose: str) -> bool:
    return purpose == accounts.GENERAL or purpose in {row.key for row in charter.earmarks}


def totals_by_donor(rows: Iterable[Contribution]) -> dict[tuple[str, str, str], int]:
    """(donor, kind, currency) -> what was received and not booked back, the largest first."""
    found: dict[tuple[str, str, str], int] = {}
    for row in rows:
        if row.reversed_at is not None:
            continue
        key = (row.donor, row.donor_kind, row.currency)
        found[key] = found.get(key, 0) + (row.received or 0)
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
