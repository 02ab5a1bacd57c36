"""No page shows what a sealed file holds before its reader has said why: every address, walked by every office."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from itertools import product
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import get_resolver

from hemicycle.assembly.models import Session
from hemicycle.candidacy import actions as candidacies
from hemicycle.candidacy.models import Call, Candidacy, Evidence, Slate
from hemicycle.integrity.models import FileOpening
from hemicycle.people import queries as people
from hemicycle.record.models import Entry, Matter
from hemicycle.vetting.models import Assessorship, Examination, Objection, Reading
from hemicycle.web.desk import Desk, desks

from ..candidacy import browsing
from ..cast import Cast, Reader, sign_in
from . import scenes
from .test_leaks import addresses, rows_of, source, words

assert get_resolver().url_patterns  # desks are registered

# What is announced, stated of an assessor for candidates, or put to another office than the readers'.
NO_FILE: tuple[type[models.Model], ...] = (Call, Slate, Assessorship, Objection)
# Where the reference of a file names nothing, whichever it is: one is tried.
ELSEWHERE = ("lists/", "proposals/", "vote/", "votes/")
LETTER = "She has rented here since May."


def candidates(cast: Cast) -> None:
    scenes.candidates(cast)
    # A page of evidence that is a text, as it leaves the house.
    draft = Candidacy.objects.get(person=cast.nadia)
    browsing.upload(cast.client("nadia"), draft, LETTER.encode(), name="a.txt")
    candidacies.submit(draft, people.actor(cast.nadia))


# Each scene with the rooms whose files it holds, and who comes near them.
SCENES: dict[Callable[[Cast], None], tuple[tuple[str, ...], tuple[str, ...]]] = {
    candidates: (("candidacy",), ("anna", "clara", "farid", "greta")),
    scenes.latecomers: (("candidacy",), ("anna", "farid")),
    scenes.examinations: (("candidacy", "vetting"), ("anna", "clara", "david", "farid", "marta")),
    scenes.cases: (("suspension",), ("anna", "greta", "jonas", "farid")),
}


def content(rooms: tuple[str, ...]) -> set[str]:
    """What the files hold, as a page would write it."""
    found = words(row for row in rows_of(*rooms) if not isinstance(row, NO_FILE))
    outside = words([*Session.objects.all(), *Call.objects.all(), *Slate.objects.all()])
    return {escape(text) for text in {*found, LETTER} - outside}


def matters(rooms: tuple[str, ...]) -> list[tuple[Desk, Matter]]:
    return [(d, m) for d in desks.values() if d.table.room in rooms for m in d.model._default_manager.all()]


def values(rooms: tuple[str, ...], name: str, path: str) -> list[str]:
    """What may stand in a place of an address."""
    if name == "reference":
        prefix = "READ" if path.startswith("files/") else "CAND"
        found = [matter.reference for _desk, matter in matters(rooms) if matter.reference.startswith(prefix)]
        return found[:1] if path.startswith(ELSEWHERE) else found
    last = dict(Evidence.objects.order_by("pk").values_list("candidacy", "name"))  # one of each file
    known: dict[str, list[str]] = {
        "name": list(last.values()),
        "look": ["first", "second"],
        "part": ["residence"],
    }
    return known.get(name, ["1"])


def is_far(given: dict[str, str], owners: dict[str, str], strangers: dict[str, str]) -> bool:
    """Whether an address names a file, and evidence of another but the one that stands for all others."""
    reference, name = given.get("reference", ""), given.get("name", "")
    if not reference or owners.get(name) in (None, owners.get(reference)):
        return False
    return strangers.setdefault(reference, name) != name


def pages(rooms: tuple[str, ...]) -> Iterator[str]:
    """Every address of the house but those of the generic pages, with what the scene has in its places."""
    owners = {name: str(key) for name, key in Evidence.objects.values_list("name", "candidacy")}
    owners |= {ref: str(key) for ref, key in Candidacy.objects.values_list("reference", "pk")}
    owners |= {
        ref: str(key) for ref, key in Reading.objects.values_list("reference", "examination__candidacy")
    }
    for path, pattern in addresses():
        if pattern.name in ("matter", "act", "begin") or path.startswith(("sign-out", "static", "media")):
            continue
        places = re.findall(r"<\w+:(\w+)>", path)
        strangers: dict[str, str] = {}
        for given in product(*(values(rooms, name, path) for name in places)):
            if is_far(dict(zip(places, given, strict=True)), owners, strangers):
                continue
            filled = path
            for value in given:
                filled = re.sub(r"<\w+:\w+>", str(value), filled, count=1)
            yield f"/{filled}"
    for examination in Examination.objects.select_related("candidacy") if "vetting" in rooms else ():
        yield f"/matters/new/vetting/raise_point/?examination={examination.reference}"
        yield f"/matters/new/candidacy/invite_body/?candidacy={examination.candidacy.reference}"


def shown(client: Client, rooms: tuple[str, ...], secrets: set[str]) -> dict[str, set[str]]:
    """Which pages show what of the files. The acts of a matter that is not to be found are not found either."""
    found = {}

    def look(path: str) -> int:
        answer: Any = client.get(path)
        assert answer.status_code < 500, path
        text = source(answer)
        if seen := {secret for secret in secrets if secret in text}:
            found[path] = seen
        return int(answer.status_code)

    for path in pages(rooms):
        look(path)
    tried = set()  # acts on matters of one kind and state are offered by the same code
    for desk, matter in matters(rooms):
        status = look(f"/matters/{matter.reference}/")
        if status != 404 and (status, matter.PREFIX, matter.state) not in tried:
            tried.add((status, matter.PREFIX, matter.state))
            for step in desk.table.steps:
                look(f"/matters/{matter.reference}/{step.act}/")
    return found


@pytest.mark.parametrize("scene", SCENES, ids=lambda s: s.__name__)
def test_no_page_shows_what_a_file_holds_before_it_was_opened(
    scene: Callable[[Cast], None], cast: Cast, open_house: None
) -> None:
    scene(cast)
    rooms, offices = SCENES[scene]
    secrets = content(rooms)
    assert len(secrets) > 1
    before = FileOpening.objects.count(), Entry.objects.count()
    for key in offices:
        assert shown(sign_in(cast.persons[key], Client), rooms, secrets) == {}, key
    assert (FileOpening.objects.count(), Entry.objects.count()) == before


@pytest.mark.parametrize("scene", SCENES, ids=lambda s: s.__name__)
def test_the_same_walk_finds_it_once_the_files_are_opened(
    scene: Callable[[Cast], None], cast: Cast, open_house: None
) -> None:
    """Else the walk above would prove nothing."""
    scene(cast)
    rooms, offices = SCENES[scene]
    secrets = content(rooms)
    found = {key: shown(sign_in(cast.persons[key], Reader), rooms, secrets) for key in offices}
    kinds = {re.sub(r"/[A-Z]{4}-[^/]+|/[0-9a-f]{32}", "/*", path) for by in found.values() for path in by}
    expected = {
        candidates: {"/matters/*/", "/candidacies/forms/first/*/", "/evidence/*/"},
        scenes.latecomers: {"/matters/*/"},
        scenes.examinations: {"/matters/*/", "/files/*/", "/files/*/evidence/"},
        scenes.cases: {"/matters/*/"},
    }
    assert expected[scene] <= kinds
