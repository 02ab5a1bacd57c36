"""The clerk's two tables of work: files by call, readings by assessor. Numbers only; no person is rated by them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from hemicycle.candidacy.models import Call
from hemicycle.record.actors import Actor
from hemicycle.web.parts import Cell

from .. import queries
from ..procedure import UNREAD, ExaminationState, ReadingState

E = ExaminationState


def by_call(actor: Actor) -> dict[str, Any]:
    """How many files of each call stand where, and how many readings are overdue."""
    columns = [
        _("Call"), _("Without readers"), _("Being read"), _("Readers agree on an opinion"), _("Opinion given"),
        _("Under review"), _("Readings overdue"),
    ]  # fmt: skip
    rows = [
        [
            row.call.session.name,
            *(
                Cell(sum(row.files[state] for state in states), is_number=True)
                for states in (
                    (E.ASSIGNING,),
                    (E.READING, E.READ_AGAIN),
                    (E.AGREEING,),
                    (E.CONCLUDED, E.REVIEWED),
                    (E.UNDER_REVIEW,),
                )
            ),
            Cell(row.overdue, is_number=True),
        ]
        for row in queries.progress(actor)
    ]
    return {"progress_columns": columns, "progress": rows}


def by_assessor(call: Call | None) -> dict[str, Any]:
    """The readings of one call by assessor, by name."""
    columns = [
        _("Assessor"), _("Not read yet"), _("Due within 7 days"), _("Overdue"), _("Readings given"),
        _("Readers released"),
    ]  # fmt: skip
    rows = [
        [
            person.shown_name,
            *(
                Cell(number, is_number=True)
                for number in (
                    sum(found[state] for state in UNREAD),
                    found[queries.DUE_SOON],
                    found[queries.LATE],
                    found[ReadingState.GIVEN],
                    found[ReadingState.RELEASED],
                )
            ),
        ]
        for person, found in (queries.loads_of(call) if call else ())
    ]
    return {"load_columns": columns, "loads": rows}
