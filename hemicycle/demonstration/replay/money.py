"""The money, planned at the outset: a state gives, another body has promised, two people pay, and one more spending waits."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from hemicycle.contributions import actions as money
from hemicycle.contributions.models import Contribution, Spending

from .stage import Stage, data


def play(stage: Stage) -> Iterator[float]:
    given, spent = Contribution(), Spending()
    stage.plan(-46, 11, partial(promise, stage, given))
    stage.plan(-39, 11, partial(receive, stage, given))
    stage.plan(-33, 11, partial(ask, stage, spent))
    stage.plan(-32, 11, partial(confirm, stage, spent))
    stage.plan(-14, 11, partial(promise_more, stage))
    stage.plan(-7, 11, partial(ask_more, stage))
    yield 1.0


def promise(stage: Stage, given: Contribution) -> None:
    money.pledge(
        given, stage.actor("treasurer"), donor=data("texts")["money"]["state"], donor_kind="state",
        amount=Decimal("60000"), purpose="interpretation",
    )  # fmt: skip


def receive(stage: Stage, given: Contribution) -> None:
    money.receive(
        given, stage.actor("treasurer"), amount=Decimal("60000"), received_on=stage.day(-40),
        bank_reference=data("texts")["money"]["bank"],
    )  # fmt: skip


def ask(stage: Stage, spent: Spending) -> None:
    words = data("texts")["money"]
    money.ask_spending(
        spent, stage.actor("clerk1"), amount=Decimal("1840.50"), purpose="interpretation", payee=words["payee"],
        document=words["invoice"], payee_public=words["payee_public"],
    )  # fmt: skip


def confirm(stage: Stage, spent: Spending) -> None:
    money.confirm_spending(spent, stage.actor("secretary_general"))


def promise_more(stage: Stage) -> None:
    """A pledge whose money has not come in."""
    money.pledge(
        Contribution(), stage.actor("treasurer"), donor=data("texts")["money"]["body"], donor_kind="body",
        amount=Decimal("7500"), purpose="general",
    )  # fmt: skip


def ask_more(stage: Stage) -> None:
    """What waits for its second person today."""
    words = data("texts")["money"]
    money.ask_spending(
        Spending(), stage.actor("clerk2"), amount=Decimal("960"), purpose="interpretation", payee=words["next_payee"],
        document=words["next_invoice"],
    )  # fmt: skip
