"""A worker that is killed while files are compared with lists: each file wholly or not at all, and nothing twice."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from django.db import connection

from hemicycle.record import clock
from hemicycle.record.actors import CLOCK
from hemicycle.record.models import Entry
from hemicycle.vetting import actions
from hemicycle.vetting.models import Hit, Result, Run
from hemicycle.vetting.procedure.screening import RunState

from ..candidacy import making as files
from ..conftest import NOON
from ..vetting import listing, making
from .test_kill import Reaper, ended, founded, in_a_process

pytestmark = pytest.mark.usefixtures("own_database")
CANDIDATES = ("nadia", "oleg", "pavel")


def begun() -> Run:
    """A run over three files, each with its person's name on the list, taken up by a worker."""
    cast = founded()
    call, clerk = files.call(cast), cast.actor("anna")
    making.describe(cast)
    rows = [making.file(call, cast, key) for key in CANDIDATES]
    with tempfile.TemporaryDirectory() as folder:
        names = [listing.listed(f"p{i}", row.person.latin_name) for i, row in enumerate(rows)]
        listing.used(listing.kept(clerk), clerk, listing.write(Path(folder), *names))
    run = Run()
    actions.begin_run(
        run, clerk, occasion="incident", examinations=[making.assigned(row, cast) for row in rows]
    )
    actions.take_up(run, CLOCK)
    return run


def agrees_with_the_record() -> None:
    for matter in (*Hit.objects.all(), *Run.objects.all()):
        entries = list(Entry.objects.filter(matter=matter.reference).order_by("number"))
        assert (matter.state, matter.version) == (entries[-1].after, len(entries))


def test_a_comparison_killed_after_any_of_its_statements_loses_and_doubles_nothing(settings) -> None:  # type: ignore[no-untyped-def]
    settings.DEMONSTRATION = True
    with clock.set_to(NOON):
        run = begun()

    def work(number: int) -> None:
        with clock.set_to(NOON), connection.execute_wrapper(Reaper(number)):
            actions.compare_some(Run.objects.get(pk=run.pk), 10)

    killed, number = 0, 3
    while ended(in_a_process(lambda number=number: work(number))):
        killed += 1
        done = set(Result.objects.filter(done_at__isnull=False).values_list("examination", flat=True))
        hits = list(Hit.objects.values_list("examination", flat=True))
        assert sorted(hits) == sorted(done), (
            "a file is compared wholly or not at all, and each name is raised once"
        )
        assert Entry.objects.filter(act="raise_hit").count() == len(hits)
        agrees_with_the_record()
        number += 7
    assert killed >= 5
    run.refresh_from_db()
    assert run.state == RunState.DONE
    assert Hit.objects.count() == len(CANDIDATES)
    agrees_with_the_record()
