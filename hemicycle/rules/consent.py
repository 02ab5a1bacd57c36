"""Consent to a statement: how many it needs, how many count, and the arithmetic in words (article 8.6 of the first charter)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from .findings import N_, Finding

ARTICLE = "statements.publish"
Base = Literal["occupied", "sitting"]

#: How many have consented, and how many it needs: where that is enough, and where it is not.
_SHARE = (
    N_("%(given)s of %(base)s have consented; %(share)s of %(base)s is %(needed)s: that is enough."),
    N_("%(given)s of %(base)s have consented; %(share)s of %(base)s is %(needed)s: %(short)s more."),
)
_MORE_THAN_HALF = (
    N_("%(given)s of %(base)s members who sit have consented; more than half is %(needed)s: that is enough."),
    N_("%(given)s of %(base)s members who sit have consented; more than half is %(needed)s: %(short)s more."),
)
_ONE = (
    N_("%(given)s of %(base)s have consented: one is enough."),
    N_("%(given)s of %(base)s have consented: one is needed."),
)


@dataclass(frozen=True)
class Reckoning:
    """`given` consents count of `needed`; `base` people is what the share is taken of. `not_counted`: who consented and is
    suspended, or sits no more. `words`: the arithmetic, where it is met and where it is not."""

    given: int
    needed: int
    base: int
    share: Fraction
    not_counted: int = 0
    words: tuple[str, str] = _SHARE

    @property
    def is_met(self) -> bool:
        return self.base > 0 and self.given >= self.needed

    def findings(self) -> tuple[Finding, ...]:
        """One line with the arithmetic, and one more where consents were not counted."""
        enough, short = self.words
        message = enough if self.is_met else short
        params = {"given": self.given, "base": self.base, "share": str(self.share), "needed": self.needed}
        found = [Finding(message, {**params, "short": max(0, self.needed - self.given)}, ARTICLE)]
        if self.not_counted:
            text = N_("Not counted, because suspended or no longer sitting: %(count)s.")
            found.append(Finding(text, {"count": self.not_counted}, ARTICLE))
        return tuple(found)


def in_name_of_all(
    consents: Collection[int],
    sitting: Collection[int],
    occupied: Collection[int],
    share: Fraction,
    base: Base,
) -> Reckoning:
    """The share of the occupied seats, or of those who sit, as the charter says. Only who sits now is counted.

    `consents`, `sitting`, `occupied`: keys of participations. Of fifteen, two thirds are ten; of fourteen, ten too.
    """
    counted, of = set(consents) & set(sitting), len(set(occupied) if base == "occupied" else set(sitting))
    return Reckoning(len(counted), max(1, ceil(share * of)), of, share, len(set(consents)) - len(counted))


def of_a_group(consents: Collection[int], members: Collection[int], sitting: Collection[int]) -> Reckoning:
    """A group consents when more than half of its members who sit do."""
    able = set(members) & set(sitting)
    mine = set(consents) & set(members)
    half = Fraction(1, 2)
    needed = floor(half * len(able)) + 1
    return Reckoning(len(mine & able), needed, len(able), half, len(mine - able), _MORE_THAN_HALF)


def of_signatories(consents: Collection[int], sitting: Collection[int]) -> Reckoning:
    """Whoever consents speaks for himself or herself: one is enough."""
    counted = set(consents) & set(sitting)
    left_out = len(set(consents)) - len(counted)
    return Reckoning(len(counted), 1, len(set(sitting)), Fraction(0), left_out, _ONE)


def carries(votes_for: int, votes_against: int, share: Fraction) -> bool:
    """An amendment carries by more than this share of the votes cast; abstentions are none."""
    cast = votes_for + votes_against
    return cast > 0 and Fraction(votes_for, cast) > share
