"""Readings of invented files at the generic pages: one's own, to give once and to look at again."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from hemicycle.record import law
from hemicycle.record.models import Matter
from hemicycle.rules.procedure import Office
from hemicycle.web.desk import Desk
from hemicycle.web.views import actor_of

from .. import forms, pages, queries, training
from ..models import TrainingReading
from ..procedure.training import TRAINING, TrainingState


def blank_training(request: HttpRequest, act: str) -> Matter:
    """For the invented file named in the address, if the charter has something to ask in it."""
    file = training.find(request.GET.get("file", ""))
    is_reader = actor_of(request).holds(Office.ASSESSOR, Office.REVIEWER)
    if file is None or not is_reader or not queries.asked_of(file, law.in_force()):
        raise Http404
    return TrainingReading(file=file.key)


DESK = Desk(
    TRAINING, TrainingReading, queries.visible_training, title=pages.training.training_title,
    context=pages.training.training_context, kinds={TrainingState.GIVEN: "done"}, template="vetting/training.html",
    forms={"give_training": forms.TrainingForm}, act_templates={"give_training": "vetting/training_form.html"},
    blank=blank_training,
)  # fmt: skip
