"""The table of individual votes: the same columns before the second clerk confirms them and after the close."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from hemicycle.assembly.models import Capacity
from hemicycle.web.parts import Cell, Row

from .models import Choice
from .queries import IndividualVote


def individual_columns() -> list[str]:
    return [_("Name"), _("Capacity"), _("Delegation"), _("Group"), _("Vote")]


def individual_row(row: IndividualVote, name: str, delegations: Mapping[str, str]) -> Row:
    """One vote under the name that is shown today; a code that the house does not know stands as it is."""
    capacities = dict(Capacity.choices)
    choice = _("refused: interest declared") if row.is_refused else Choice(row.choice).label
    return Row(
        [
            Cell(name),
            Cell(capacities.get(row.capacity, row.capacity)),
            Cell(delegations.get(row.delegation_code, row.delegation_code)),
            Cell(row.group_code),
            Cell(choice),
        ]
    )
