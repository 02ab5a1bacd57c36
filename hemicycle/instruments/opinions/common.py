"""Common ground and division: what every group supports, what sets groups against one another."""

from __future__ import annotations

from dataclasses import dataclass

from .tallies import SIGNIFICANT, Tallies
from .votes import Flags


@dataclass(frozen=True, slots=True)
class Ground:
    """One flag a statement: every group supports it, every group rejects it, groups stand against one another.

    A group supports a statement when more than half of those of it who voted on the statement agree, beyond chance.
    """

    supported: Flags
    rejected: Flags
    divided: Flags


def ground(tallies: Tallies, is_in: Flags) -> Ground:
    """What these groups have in common; statements that are out are none of the three."""
    does_support = tallies.majority() > SIGNIFICANT
    does_reject = tallies.turned().majority() > SIGNIFICANT
    return Ground(
        does_support.all(axis=0) & is_in,
        does_reject.all(axis=0) & is_in,
        does_support.any(axis=0) & does_reject.any(axis=0) & is_in,
    )
