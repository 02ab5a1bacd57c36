"""The reserve of seats: exact fractions, and an answer that shows its own arithmetic (R10, E4)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from .charter.sections import Reserve
from .findings import N_, Finding

ROUNDINGS = ("up", "down", "nearest")
ARTICLE = "composition.seat"


@dataclass(frozen=True)
class QuotaResult:
    """``required`` of ``base`` seats for the reserve, ``present`` there, ``short_by`` (0 when met)."""

    base: int
    required: int
    present: int
    short_by: int
    met: bool
    arithmetic: tuple[Finding, ...]

    @property
    def summary(self) -> Finding:
        """The last line: ``5 of 15 reserved: met`` or ``short by 1``."""
        return self.arithmetic[-1]


def reserved_seats(total: int, share: Fraction, rounding: str) -> int:
    """How many of ``total`` seats a ``share`` is, rounded ``up``, ``down`` or ``nearest`` (a half: up)."""
    if total < 0 or not 0 <= share <= 1:
        raise ValueError(f"no share {share} of {total} seats")
    exact = total * share
    if rounding == "up":
        return ceil(exact)
    if rounding == "down":
        return floor(exact)
    if rounding == "nearest":
        return floor(exact + Fraction(1, 2))
    raise ValueError(f"unknown rounding: {rounding}")


def judge(
    *,
    total: int,
    filled: int,
    reserved: int,
    share: Fraction,
    rounding: str = "up",
    base: str = "seats",
    ended: bool = False,
    article: str = ARTICLE,
) -> QuotaResult:
    """Whether ``reserved`` of the ``filled`` seats are enough. A suspended participant's seat is filled.

    ``base``: ``seats`` reckons the share on all ``total`` seats, ``filled`` on those that are occupied.
    ``ended``: the separate forum is established, so lists proposed from then on owe nothing.
    """
    if not 0 <= reserved <= filled <= total:
        raise ValueError(f"{reserved} reserved of {filled} filled of {total} seats cannot be")
    if base not in ("seats", "filled"):
        raise ValueError(f"unknown base: {base}")
    number = total if base == "seats" else filled
    if ended or not share:
        line = N_("The reserve has ended: no seat is owed.") if ended else N_("No seat is reserved.")
        return QuotaResult(number, 0, reserved, 0, True, (Finding(line, article=article),))
    required = reserved_seats(number, share, rounding)
    short = max(0, required - reserved)
    lines = [_rule_line(number, share, rounding, base, required, article)]
    if base == "seats" and filled < total:
        vacant = {"vacant": total - filled, "total": total}
        lines.append(Finding(N_("%(vacant)s of %(total)s seats vacant"), vacant, article))
    params = {"present": reserved, "base": number, "required": required, "short": short}
    if short:
        line = N_("%(present)s of %(base)s reserved, %(required)s required: short by %(short)s")
    else:
        line = N_("%(present)s of %(base)s reserved: met")
    lines.append(Finding(line, params, article))
    return QuotaResult(number, required, reserved, short, not short, tuple(lines))


def judge_by(
    reserve: Reserve, *, total: int, filled: int, reserved: int, ended: bool = False, article: str = ARTICLE
) -> QuotaResult:
    """``judge`` with the rules of a charter's ``reserve`` section."""
    return judge(
        total=total,
        filled=filled,
        reserved=reserved,
        share=reserve.share.value,
        rounding=reserve.rounding.value,
        base=reserve.base.value,
        ended=ended,
        article=article,
    )


def _rule_line(
    number: int, share: Fraction, rounding: str, base: str, required: int, article: str
) -> Finding:
    messages = {
        ("seats", "up"): N_("%(share)s of %(base)s seats, rounded up: %(required)s"),
        ("seats", "down"): N_("%(share)s of %(base)s seats, rounded down: %(required)s"),
        ("seats", "nearest"): N_("%(share)s of %(base)s seats, rounded to the nearest: %(required)s"),
        ("filled", "up"): N_("%(share)s of %(base)s filled seats, rounded up: %(required)s"),
        ("filled", "down"): N_("%(share)s of %(base)s filled seats, rounded down: %(required)s"),
        ("filled", "nearest"): N_("%(share)s of %(base)s filled seats, rounded to the nearest: %(required)s"),
    }
    params = {"share": str(share), "base": number, "required": required}
    return Finding(messages[base, rounding], params, article)
