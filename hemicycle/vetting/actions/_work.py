"""What comparisons done by the worker share: they are handed to it, and to another when it gives no sign of life."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction

from hemicycle.record import clock

from ..models import Comparison, Run
from ..procedure.screening import RunState

SILENT = timedelta(minutes=2)  # without a sign of life for so long, the worker is lost


def hand_over(work: Run | Comparison, task: Any) -> None:
    """Leave it to the worker once this act is written. The waiting itself is a sign of life: a task may be lost before it
    begins."""
    work.beat_at = clock.now()
    transaction.on_commit(lambda: task.enqueue(work.pk))


def revive(model: type[Run] | type[Comparison], task: Any) -> int:
    """Hand what lost its worker to another: nothing done is done again. Returns how many."""
    states = [RunState.WAITING, RunState.RUNNING]
    lost = list(
        model.objects.filter(state__in=states, beat_at__lt=clock.now() - SILENT).values_list("pk", flat=True)
    )
    for key in lost:
        model.objects.filter(pk=key).update(beat_at=clock.now())
        task.enqueue(key)
    return len(lost)
