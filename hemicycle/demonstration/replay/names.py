"""Lists of names in use, the files of today compared with them, and one name judged."""

from __future__ import annotations

import csv
import tempfile
from functools import partial
from pathlib import Path

from hemicycle.people import queries as persons
from hemicycle.vetting import actions as vetting
from hemicycle.vetting import queries as examinations
from hemicycle.vetting.models import Hit, Occasion, Reading, Run, Source, Version
from hemicycle.vetting.procedure.screening import HitState, RunState

from .stage import Stage, data, only

COLUMNS = ("entity_id", "name", "birth_dates", "position", "programme")


def plan(stage: Stage) -> None:
    """Two lists are taken into use after the files were assigned; a reader of one file judges a name of the first."""
    stage.plan(-7, 10, partial(take_lists_into_use, stage))
    stage.plan(-7, 12, compare)
    stage.plan(-2, 15, partial(judge, stage))


def take_lists_into_use(stage: Stage) -> None:
    clerk = stage.actor("clerk1")
    named = {
        part: stage.next_candidacies[key].person.latin_name
        for part, key in (("candidate", only("candidate")), ("read", only("read", "next")))
    }
    for told in data("names")["list"]:
        source = Source()
        vetting.keep_source(
            source,
            clerk,
            name=told["name"],
            publisher=told["publisher"],
            is_persecuting=told["is_persecuting"],
        )
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "names.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(COLUMNS)
                writer.writerows(
                    [number, name.format(**named), *rest] for number, name, *rest in told["entries"]
                )
            version = Version(source=source, file=vetting.take_in(path))
        vetting.read_in(version, clerk)
        vetting.use_version(version, clerk)


def compare() -> None:
    """What clock and worker do; here time is the story's."""
    vetting.compare_all(examinations.under_way(), Occasion.UNDER_WAY)
    for run in Run.objects.filter(state=RunState.WAITING):
        vetting.compare.func(run.pk)


def judge(stage: Stage) -> None:
    """The reader who has opened the file of the candidate clears the name that is like his, with reasons."""
    candidacy = stage.next_candidacies[only("candidate")]
    hit = Hit.objects.get(examination__candidacy=candidacy, state=HitState.RAISED)
    reading = Reading.objects.get(examination__candidacy=candidacy, ordinal=1)
    vetting.judge_hit(
        hit,
        persons.actor(reading.assessor),
        who="another",
        reasons=data("names")["judged"]["reasons"],
        language="en",
    )
