"""Until when a reading of an invented file keeps its reader and reasons: as long as the ground of an office (article 11.4)."""

from __future__ import annotations

from datetime import datetime

from hemicycle.people.models import Holding
from hemicycle.people.procedure import HoldingState
from hemicycle.record import law, retention
from hemicycle.record.retention import Due
from hemicycle.rules.procedure import Office

from .models import TrainingReading
from .procedure.training import TrainingState

READS = (Office.ASSESSOR, Office.REVIEWER)


@law.held()
def plan(until: datetime) -> list[Due]:
    """The readings of invented files that go by an instant, the earliest first: those of people who read no files any more."""
    rows = list(TrainingReading.objects.filter(state=TrainingState.GIVEN))
    ended = _ended({row.assessor_id for row in rows if row.assessor_id is not None})
    rule = law.in_force().retention.grounds_days
    return retention.by(
        until,
        [
            retention.after(ended[row.assessor_id], rule, "training", row.reference)
            for row in rows
            if row.assessor_id in ended
        ],
    )


def _ended(people: set[int]) -> dict[int | None, datetime]:
    """When the last office of a reader ended, of those in `people` who hold none and await none."""
    ended: dict[int | None, datetime] = {}
    open_: set[int] = set()
    rows = Holding.objects.filter(person__in=people, office__in=READS).exclude(state=HoldingState.REFUSED)
    for person, until in rows.values_list("person_id", "held_until"):
        if until is None:
            open_.add(person)
        else:
            ended[person] = max(ended.get(person, until), until)
    return {person: at for person, at in ended.items() if person not in open_}
