"""Every form that the tests of the pages send is sent again: at once, a day and a year later, and by other people.

A middleware notes each POST that changed something. When the test has ended they are sent again, the last first, and nothing
may come of it: no entry, no matter, no row, no file that a row names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings

from config.rooms import ROOMS
from hemicycle.candidacy.models import Evidence
from hemicycle.people.models import Challenge, Holding, Person
from hemicycle.record import clock
from hemicycle.record.models import Entry, Matter

from . import cast as casting

LATER = (timedelta(0), timedelta(days=1), timedelta(days=400))
OTHERS = ("secretariat", "president", "assessor")  # the last who holds each of them, and the last without any
# The forms without a token, and why what they do again is borne. Everything else acts once.
BORNE = {
    r"/consultations/CONS-[^/]+/answer/": "one's own answer in a consultation, changed as often as one likes; there is one of each voter",
    r"/account/begin/": "opens an account that nobody holds; how many is limited, and the clock sweeps them",
}


@dataclass(frozen=True)
class Post:
    """A form as it came in, with the session it came in."""

    path: str
    body: bytes
    content_type: str
    cookies: dict[str, str]


@dataclass
class Sent:
    posts: list[Post] = field(default_factory=list)


_now: list[Sent] = []


class Recorder:
    """Middleware: notes each form that had an effect."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        size = int(request.META.get("CONTENT_LENGTH") or 0)
        if request.method != "POST" or not _now or size > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return self.get_response(request)
        post = Post(request.get_full_path(), request.body, request.content_type or "", dict(request.COOKIES))
        kind = request.META.get("CONTENT_TYPE", "")
        before = effects()
        response = self.get_response(request)
        if effects() != before and not any(re.search(rf"{each}(\?|$)", post.path) for each in BORNE):
            _now[-1].posts.append(Post(post.path, post.body, kind, post.cookies))
        return response


@contextmanager
def recording() -> Iterator[Sent]:
    sent = Sent()
    _now.append(sent)
    with override_settings(MIDDLEWARE=["tests.replaying.Recorder", *settings.MIDDLEWARE]):
        try:
            yield sent
        finally:
            _now.remove(sent)


def effects() -> dict[str, Any]:
    """What a form can have done: entries, matters with their states, rows of every room, files."""
    found: dict[str, Any] = {}
    counted = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model._meta.app_label not in ROOMS or model is Challenge or model._meta.proxy:
                continue  # that a signature was asked for is no effect: it serves once, and the clock sweeps it
            label, table = model._meta.label, connection.ops.quote_name(model._meta.db_table)
            if issubclass(model, Matter):
                cursor.execute(f"SELECT id, state, version FROM {table} ORDER BY id")
                found[label] = cursor.fetchall()
            else:
                counted.append(f"SELECT '{label}', COUNT(*) FROM {table}")
        cursor.execute(" UNION ALL ".join(counted))
        found.update(cursor.fetchall())
    found["acts"] = Entry.objects.count()
    files = sorted(path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())
    held = "".join(map(str, Evidence.objects.values_list("pages", "original")))
    found["files"] = [name for name in files if name in held]  # what no row names is swept
    return found


def send_again(sent: Sent) -> list[str]:
    """Send every form again, in all ways. Returns what came of it, in words; nothing is what should."""
    wrong: list[str] = []
    if not sent.posts:
        return wrong
    held = [Holding.objects.filter(office=each).order_by("person").last() for each in OTHERS]
    persons = [holding.person for holding in held if holding is not None]
    persons += Person.objects.exclude(pk__in=Holding.objects.values("person")).order_by("-pk")[:1]
    others = [casting.sign_in(person, Client) for person in persons]
    before = effects()
    for post in reversed(sent.posts):
        for wait in LATER:
            wrong += _again(post, before, f"after {wait.days} days", wait, _same(post))
        for other in [*others, Client()]:
            wrong += _again(post, before, "by somebody else", LATER[0], other)
    return wrong


def _same(post: Post) -> Client:
    client = Client()
    for name, value in post.cookies.items():
        client.cookies[name] = value
    return client


def _again(post: Post, before: dict[str, Any], how: str, wait: timedelta, client: Client) -> list[str]:
    client.raise_request_exception = False
    with transaction.atomic(), clock.set_to(clock.now() + wait):
        answer = client.generic("POST", post.path, post.body, content_type=post.content_type)
        after = effects()
        transaction.set_rollback(after != before)
    if after == before and answer.status_code < 500:
        return []
    changed = [name for name in before if before[name] != after.get(name)]
    return [f"{post.path} sent again {how} was answered {answer.status_code} and changed {changed}"]
