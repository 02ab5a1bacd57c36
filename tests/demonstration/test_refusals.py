"""Every act of every room, tried on a real matter of the story by somebody who holds no office: refused, and nothing
changes. Rooms test the refusals that are their own; this one misses none."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec

import pytest
from django.apps import apps

from config.rooms import ROOMS
from hemicycle.demonstration.replay.stage import Stage
from hemicycle.record import acts
from hemicycle.record.actors import Actor
from hemicycle.record.models import Correction, Entry, Matter
from hemicycle.rules.procedure import NotEmpowered

for _room in ROOMS:
    if find_spec(f"hemicycle.{_room}.actions"):
        import_module(f"hemicycle.{_room}.actions")

NOBODY = Actor("P-NOBODY222")
ACTS = sorted(key for key in acts.registry if key[0] in ROOMS)


def matter_for(room: str, act: str) -> Matter | None:
    """A matter of the story that has been through the act's own table."""
    table = acts.registry[room, act].table
    references = Entry.objects.filter(room=room, act__in=table.by_act).values("matter")
    for model in apps.get_app_config(room).get_models():
        if issubclass(model, Matter):
            found = model._default_manager.filter(
                state__in=list(table.states), reference__in=references
            ).first()
            if found is not None:
                return found
    return None


@pytest.mark.parametrize(("room", "act"), ACTS, ids=lambda part: part)
def test_nobody_without_office_takes_the_act(told: Stage, room: str, act: str) -> None:
    matter = matter_for(room, act)
    bound = acts.registry[room, act]
    if matter is None:  # the story has none of its kind: the gate and the row alone must refuse
        bound, matter = (
            replace(bound, offices=lambda actor, matter: actor.offices),
            Correction(subject="none"),
        )
    before = (Entry.objects.count(), matter.state, matter.version)
    with pytest.raises(NotEmpowered):
        bound(matter, NOBODY)
    if matter.pk:
        matter.refresh_from_db()
    assert (Entry.objects.count(), matter.state, matter.version) == before
