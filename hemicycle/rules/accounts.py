"""Money in the law: amounts, funds and double entry, in whole minor units (cents), never in floating point.

Every booking is two or more lines that add up to zero. An account is a code: ``bank`` holds what there is,
``received:<fund>`` what was given for a fund (negative), ``spent:<fund>`` what was paid from it (positive). A fund is
``general`` or the key of one of the charter's earmarks; what was given for a purpose pays that purpose only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from .findings import N_, Finding, Unmet

BANK = "bank"
GENERAL = "general"
RECEIVED = "received"
SPENT = "spent"
AT_MOST = 10**13  # minor units of one amount: a hundred thousand million is a slip of the finger


@dataclass(frozen=True)
class Line:
    """One line of a booking: minor units, positive where the account is debited, negative where it is credited."""

    account: str
    amount: int


def minor_units(amount: Decimal, article: str) -> int:
    """The amount in whole minor units. ``Unmet`` unless it is positive, with two decimals at most, and of a size
    that somebody may have meant."""
    if not amount.is_finite() or amount <= 0:
        raise Unmet(Finding(N_("The amount must be more than zero."), {}, article))
    units = amount.scaleb(2) if amount < AT_MOST else Decimal(AT_MOST)
    if units >= AT_MOST:
        raise Unmet(Finding(N_("The amount is too large to be meant."), {}, article))
    if units != units.to_integral_value():
        raise Unmet(Finding(N_("The amount has more than two decimals."), {}, article))
    return int(units)


def written(units: int) -> str:
    """Minor units as a finding says them: ``1250.00``."""
    sign = "-" if units < 0 else ""
    return f"{sign}{abs(units) // 100}.{abs(units) % 100:02d}"


def of_receipt(fund: str, units: int) -> tuple[Line, Line]:
    """What is booked when money comes in for a fund."""
    return _booked(Line(BANK, units), Line(f"{RECEIVED}:{fund}", -units))


def of_payment(fund: str, units: int) -> tuple[Line, Line]:
    """What is booked when money goes out of a fund."""
    return _booked(Line(BANK, -units), Line(f"{SPENT}:{fund}", units))


def _booked(one: Line, other: Line) -> tuple[Line, Line]:
    if one.amount + other.amount or not one.amount:
        raise ValueError("a booking adds up to zero, and says something")
    return one, other


def balances(lines: Iterable[Line]) -> dict[str, int]:
    """The trial balance: what stands on each account. Its values add up to zero."""
    found: dict[str, int] = {}
    for line in lines:
        found[line.account] = found.get(line.account, 0) + line.amount
    return found


def received(balance: Mapping[str, int], fund: str) -> int:
    return -balance.get(f"{RECEIVED}:{fund}", 0)


def spent(balance: Mapping[str, int], fund: str) -> int:
    return balance.get(f"{SPENT}:{fund}", 0)


def left(balance: Mapping[str, int], fund: str) -> int:
    """What may still be paid from a fund. Only what came in and what was paid counts, nothing promised or asked for."""
    return received(balance, fund) - spent(balance, fund)


def funds(balance: Mapping[str, int]) -> list[str]:
    """The funds with a line, the general one first."""
    found = {account.partition(":")[2] for account in balance} - {""}
    return sorted(found, key=lambda fund: (fund != GENERAL, fund))


def check_left(balance: Mapping[str, int], fund: str, units: int, article: str) -> None:
    """``Unmet`` where a fund has less left than is to be paid from it."""
    if left(balance, fund) < units:
        raise Unmet(
            Finding(
                N_("For this purpose %(left)s is left, and %(asked)s is asked for."),
                {"left": written(left(balance, fund)), "asked": written(units)},
                article,
            )
        )
