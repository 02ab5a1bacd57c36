"""Small numbers identify: what may be published of counts of people who are not named (procedure 7.3).

One-way margins only. Stage totals of a round are public anyway, so a table whose cells add up to one of
them is suppressed with ``total_published``. Two tables of the same people at two dates are not compared
here: publish one per round.
"""

from __future__ import annotations

from collections.abc import Mapping


def suppress(
    counts: Mapping[str, int], minimum: int = 5, *, total_published: bool = True
) -> dict[str, int | None]:
    """``counts`` with ``None`` where a number would identify; the order of keys stays.

    Every cell under ``minimum`` is withheld, nought included. When the total is public, the smallest other
    cells are withheld too (all of equal size together) until the withheld ones hold two different numbers:
    then exchanging them gives the same publication, so no reader can tell which is which, even one who knows
    this rule. ``ValueError`` if ``minimum`` < 2 (it would hide nothing), for a negative count, or if the
    total itself is under ``minimum`` and is to be published.
    """
    if minimum < 2:
        raise ValueError("a minimum under 2 hides nothing")
    if any(number < 0 for number in counts.values()):
        raise ValueError("a count of people is 0 or more")
    if total_published and counts and sum(counts.values()) < minimum:
        raise ValueError(f"a total under {minimum} is not published")
    sizes = sorted(set(counts.values()))
    withheld = {size for size in sizes if size < minimum}
    if total_published and len(withheld) == 1:
        withheld.update(sizes[1:2])  # sizes[0] is the one withheld: it is the smallest
    return {key: None if number in withheld else number for key, number in counts.items()}
