"""Every page of every act, in the middle of the house's work, sent what no honest form would send.

Never a 500; a refusal leaves no entry and no changed row; what somebody typed comes back with the refusal.
"""

from __future__ import annotations

import html
import random
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import get_resolver

from hemicycle.record.models import Entry

from ..cast import Cast
from .doors import CLEAR, Door, House, undone
from .scenes import SCENES

assert get_resolver().url_patterns  # every room's urls.py registers its desks when it is read

MARKUP = "<script>alert(1)</script>{{ 7|add:7 }}%(x)s%s"
OVERSIZE = "ß" * 100_000
STRANGE = {
    "nothing": "",
    "NUL": "a\x00b",
    "emoji": "🏳\u200d🌈" * 40,
    "right to left": "\u202emalicious\u202c שלום",
    "huge number": str(10**30),
    "negative": "-1",
    "not a number": "NaN",
    "unknown reference": "CAND-22222222",
    "surrogate": "\ufffe\uffff",
    "far year": "9999-12-31T23:59",
    "year one": "0001-01-01",
    "oversize": OVERSIZE,
}


def typed(form: Any, text: str, rng: random.Random) -> dict[str, Any]:
    """A form filled so that most of it could pass: choices and dates as the form knows them, `text` as every text."""
    data: dict[str, Any] = {"once": uuid.uuid4().hex}
    for name, field in form.fields.items():
        if name in ("once", "seen"):
            continue
        if isinstance(field, forms.FileField):
            data[name] = SimpleUploadedFile("a.csv", text.encode(errors="replace")[:5000] or b"\x00")
        elif isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
            options = [str(value) for value, _label in field.choices if str(value)]
            data[name] = rng.choice(options) if options else text
        elif isinstance(field, forms.BooleanField):
            data[name] = "on"
        elif isinstance(field, forms.DateTimeField):
            data[name] = "2027-03-20 12:00"
        elif isinstance(field, forms.DateField):
            data[name] = "2027-03-20"
        elif isinstance(field, forms.IntegerField | forms.DecimalField):
            data[name] = "3"
        else:
            data[name] = text
    return data


def blows(house: House, door: Door, key: str, rng: random.Random) -> None:
    """Everything that a person who may act can send by mistake or on purpose. On PostgreSQL, only what it may refuse to
    write or to read: texts, numbers, dates and references; the rest is answered before any database is asked."""
    house.open(door, key)
    page = house.send(door, key, "GET", "get")
    form = page.context.get("form") if page.context is not None else None
    is_whole = connection.vendor == "sqlite"
    if is_whole:
        house.send(door, key, "nothing", data={})
        house.send(door, key, "another method", "put", data=b"\xff\xfe{", content_type="application/json")
    if form is None:
        return
    names = [n for n in form.fields if n not in ("once", "seen")]
    for what in rng.sample(sorted(STRANGE), 3):
        text = STRANGE[what]
        house.send(door, key, what, data={"once": uuid.uuid4().hex, **dict.fromkeys(names, text)})
    lists = {"once": [uuid.uuid4().hex] * 2, **{n: ["a", "2", "CAND-22222222"] for n in names}}
    house.send(door, key, "lists", data=lists)
    if not is_whole:
        house.send(door, key, "typed", data=typed(form, MARKUP, rng), follow=True)
        return
    house.send(door, key, "wrong seen", data={**typed(form, "Words.", rng), "seen": "x" * 40})
    markup = house.send(door, key, "markup", data=typed(form, MARKUP, rng), follow=True)
    if markup.status_code in (409, 422):
        kept(house, door, markup, form)
    if MARKUP in markup.content.decode():
        house.faults.append(f"{door.name}: what was typed has become markup")
    if door.matter.pk and form.fields.get("seen") is not None and not door.bound.step.reads:
        stale = house.send(door, key, "stale", data={**typed(form, MARKUP, rng), "seen": str(10**9)})
        if stale.status_code not in (404, 409, 422):
            house.faults.append(f"{door.name}: a stale page answered {stale.status_code}")
        elif stale.status_code != 404:
            kept(house, door, stale, form)
    replay(house, door, key, typed(form, "Words.", rng))


def kept(house: House, door: Door, response: Any, form: Any) -> None:
    """What was typed into a text field is in the page that refuses it."""
    texts = [f for f in form.fields.values() if type(f) is forms.CharField and not f.widget.is_hidden]
    if texts and html.escape(MARKUP) not in response.content.decode():
        house.faults.append(f"{door.name}: what was typed is lost ({response.status_code})")


def replay(house: House, door: Door, key: str, data: dict[str, Any]) -> None:
    """The same form twice: the second answer is no second act."""
    with undone():
        client = house.client(key)
        first = client.post(door.url, data)
        done = Entry.objects.filter(once=data["once"]).count()
        entries = Entry.objects.count()
        for value in data.values():
            if isinstance(value, SimpleUploadedFile):
                value.seek(0)
        second = client.post(door.url, data)
        if second.status_code not in CLEAR:
            house.faults.append(f"{door.name} as {key}, replay: {second.status_code}")
        if first.status_code == 302 and done and Entry.objects.count() != entries:
            house.faults.append(f"{door.name}: one form acted twice")


@pytest.mark.parametrize("scene", SCENES, ids=lambda s: s.__name__)
def test_nothing_that_is_sent_breaks_the_house(
    scene: Callable[[Cast], None], cast: Cast, open_house: None
) -> None:
    house = House(cast, scene)
    rng = random.Random(scene.__name__)
    struck = 0
    for door in house.doors(SCENES[scene]):
        able = next(house.able(door), None)
        if able is not None:
            blows(house, door, able, rng)
            struck += 1
        if connection.vendor != "sqlite":
            continue
        other = rng.choice(list(house.persons))
        house.send(door, other, "GET as anyone", "get")
        house.send(door, other, "as anyone", data={"once": uuid.uuid4().hex})
        public = house.send(door, "anonymous", "as the public", data={"once": uuid.uuid4().hex})
        if public.status_code != 302 or "sign-in" not in public["Location"]:
            house.faults.append(f"{door.name}: the public is answered {public.status_code}")
    assert struck, "nobody may do anything in this scene"
    assert not house.faults, "\n".join(sorted(set(house.faults)))


@pytest.mark.parametrize(
    "reference", ["CAND-22222222", "LIST-22222222", "XXXX-1", "%00", "a" * 3000, "🏳", "VOTE-' OR 1=1"]
)
def test_an_unknown_reference_is_nothing_to_anybody(reference: str, cast: Cast) -> None:
    client = cast.client("anna")
    for kind in ("matters", "vote", "files", "lists", "candidacy", "evidence", "proposals"):
        for rest in ("", "submit/", "part/names/", "check/", "marks/", "1/"):
            for method in (client.get, client.post):
                response = method(f"/{kind}/{reference}/{rest}")
                assert response.status_code in (302, 404, 405), (kind, reference, rest, response.status_code)


PAGES = (
    "/", "/composition", "/record", "/votes/x", "/rounds/x", "/apply/", "/desk/", "/candidacies/", "/persons/",
    "/matters/new/people/grant/", "/matters/new/suspension/allege/",
)  # fmt: skip
NAMES = [
    "page",
    "q",
    "person",
    "office",
    "state",
    "call",
    "session",
    "mandate",
    "matter",
    "from",
    "until",
    "room",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_strange_query_breaks_no_page(path: str, cast: Cast) -> None:
    clients = (Client(), cast.client("anna"))
    for strange in ("%00", "%FF%FE", str(10**30), "-1", "NaN", "%F0%9F%8F%B3", "a" * 5000):
        for client in clients:
            response = client.get(path + "?" + "&".join(f"{name}={strange}" for name in NAMES))
            assert response.status_code in (200, 302, 400, 403, 404), (path, strange, response.status_code)
