"""Lists of invented people for tests, taken into use by the real acts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hemicycle.record.actors import Actor
from hemicycle.vetting import actions
from hemicycle.vetting.models import Examination, Hit, Run, Source, Version

HEADER = "entity_id,name,kind,schema,birth_dates,programme"
OTHERS = (
    "x1,Ignatius Featherstone-Quill,primary,Person,1950,INVENTED",
    "x2,Orlando Pennyfeather,primary,Person,,INVENTED",
)


def listed(number: str, name: str, **more: str) -> str:
    told = {"kind": "primary", "schema": "Person", "birth_dates": "", "programme": "INVENTED", **more}
    return ",".join((number, name, told["kind"], told["schema"], told["birth_dates"], told["programme"]))


def write(folder: Path, *lines: str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_text("\n".join((HEADER, *OTHERS, *lines)) + "\n", encoding="utf-8")
    return path


def kept(by: Actor, name: str = "Invented list", **more: Any) -> Source:
    source = Source()
    actions.keep_source(source, by, name=name, publisher="An invented office", **more)
    return source


def read_in(source: Source, by: Actor, path: Path) -> Version:
    version = Version(source=source, file=actions.take_in(path))
    actions.read_in(version, by)
    return version


def used(source: Source, by: Actor, path: Path) -> Version:
    version = read_in(source, by, path)
    actions.use_version(version, by)
    return version


def compare(examinations: list[Examination], by: Actor, occasion: str = "incident") -> Run:
    """A run begun, and done as the worker does it."""
    run = Run()
    actions.begin_run(run, by, occasion=occasion, examinations=examinations)
    actions.compare.func(run.pk)
    run.refresh_from_db()
    return run


def only_hit(examination: Examination) -> Hit:
    return Hit.objects.get(examination=examination)
