"""Whoever sits is compared again when a list of names is renewed, and is told."""

from __future__ import annotations

from pathlib import Path

from hemicycle.mandates import actions
from hemicycle.mandates import queries as seats
from hemicycle.notices import actions as notices
from hemicycle.notices.models import Kind, Letter
from hemicycle.people import queries as people
from hemicycle.vetting import actions as vetting
from hemicycle.vetting import queries as comparisons
from hemicycle.vetting.models import Occasion, Run

from ..composition.making import Round
from ..vetting import listing
from .making import seated


def test_a_renewed_list_is_compared_with_everybody_who_sits_and_they_are_told(
    found: Round, tmp_path: Path
) -> None:
    seated(found)
    assert actions.tick() == 0, "no list is in use"
    clerk = found.by("anna")
    source = listing.kept(clerk)
    listing.used(source, clerk, listing.write(tmp_path))
    notices.tick()
    assert actions.tick() == 1
    assert actions.tick() == 0
    run = Run.objects.get(occasion=Occasion.IN_OFFICE)
    sitting = seats.sitting()
    assert run.results.count() == len(sitting) == 15
    notices.tick()
    assert Letter.objects.filter(kind=Kind.COMPARED, about=run.reference).count() == 15
    someone = people.actor(sitting[0].person)
    assert comparisons.visible_runs(someone).get() == run
    seated_ones = {mandate.candidacy_id for mandate in sitting}
    outside = next(row for row in [*found.declared, *found.others] if row.pk not in seated_ones)
    assert not comparisons.visible_runs(people.actor(outside.person)).exists()
    vetting.compare.func(run.pk)
    listing.used(source, clerk, listing.write(tmp_path, listing.listed("p9", "Ada One"), name="b.csv"))
    assert actions.tick() == 1


def test_whoever_is_in_a_call_is_for_vetting_and_not_compared_twice(found: Round, tmp_path: Path) -> None:
    clerk = found.by("anna")
    listing.used(listing.kept(clerk), clerk, listing.write(tmp_path))
    assert vetting.compare_all(comparisons.under_way(), Occasion.UNDER_WAY) == 1
    assert actions.tick() == 0, "nobody sits yet"
