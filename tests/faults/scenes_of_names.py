"""A scene of lists of names: versions at each stage, comparisons at each stage, names to judge. See scenes.py."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hemicycle.vetting import actions
from hemicycle.vetting.models import Hit, Run

from ..candidacy import making as files
from ..cast import Cast
from ..laying import laid
from ..vetting import listing
from ..vetting import making as readings


@laid
def lists_of_names(cast: Cast) -> None:
    call, clerk = files.call(cast), cast.actor("anna")
    readings.describe(cast)
    opened = readings.assigned(readings.file(call, cast, "nadia"), cast)
    other = readings.assigned(readings.file(call, cast, "oleg"), cast)
    readings.opened(opened)
    with tempfile.TemporaryDirectory() as folder:
        names = [listing.listed("p1", "Nadiya Yeryomkina"), listing.listed("p2", "Nadia Yeryomkina")]
        source = listing.kept(clerk)
        listing.used(source, clerk, listing.write(Path(folder), *names))
        listing.read_in(source, clerk, listing.write(Path(folder), name="later.csv"))
        listing.kept(clerk, "Of the persecuting state", is_persecuting=True)
    listing.compare([opened], clerk)
    waiting, stopped = Run(), Run()
    actions.begin_run(waiting, clerk, occasion="bureau", examinations=[other])
    actions.begin_run(stopped, clerk, occasion="incident", examinations=[other])
    actions.stop_run(stopped, clerk)
    first = readings.readings(opened)[0]
    _raised, judged = Hit.objects.order_by("pk")
    actions.judge_hit(judged, readings.actor_of(first), who="another", reasons="Born later.", language="en")
