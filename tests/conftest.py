"""Fixtures for every room: a founded record and the cast. `tests/cast.py` says who is who."""

from __future__ import annotations

import gc
import json
import mimetypes
import os
import shutil
import sqlite3
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError
from django.db import connections
from django.utils import translation
from playwright.sync_api import Browser, Page, Route, sync_playwright

from hemicycle.record import clock

from .cast import Cast, found
from .laying import way

# A Tuesday in a session year, so that tests with dates read alike everywhere.
NOON = datetime(2027, 2, 9, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def log(request: pytest.FixtureRequest, settings: Any) -> None:
    """Each test has a log, data keys and files of its own; their folders are made by whoever writes there."""
    folder = settings.HOME / "logs" / uuid.uuid4().hex
    settings.LOG_FOLDER, settings.LOG_KEYS = folder / "record", folder / "keys"
    settings.KEYSTORE, settings.MEDIA_ROOT = folder / "keystore", folder / "files"
    way.begin(settings.HOME / "laid")
    info = request.node._fixtureinfo
    ours = [each for defs in info.name2fixturedefs.values() for each in defs if each.baseid]
    if any("monkeypatch" in names for names in (info.argnames, *(each.argnames for each in ours))):
        way.leave()  # what is put in the place of something is to be met by every act


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A request leaves its language behind in the thread; the next test begins without it."""
    yield
    translation.deactivate()


@pytest.fixture
def noon() -> Iterator[datetime]:
    """Time stands still at NOON; `clock.set_to` inside a test moves it."""
    with clock.set_to(NOON):
        yield NOON


@pytest.fixture
def cast(db: None, noon: datetime) -> Cast:
    """A founded record with the invented cast, at NOON."""
    return found()


@pytest.fixture
def on_postgres() -> bool:
    return settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[None]:
    """A database of this test alone, in which acts really commit: for threads that race and processes that die.

    The record refuses to be emptied (that is what its triggers are for), so such a test begins with a copy of the
    migrated database instead of a flush.
    """
    alias = connections["default"]
    template = alias.settings_dict["NAME"]
    way.leave()
    connections.close_all()
    with django_db_blocker.unblock():
        if alias.vendor == "sqlite":
            name: Any = tmp_path / "own.sqlite3"
            copy_database(template, name)
        else:
            name = f"own_{uuid.uuid4().hex[:12]}"
            _maintain(alias, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        alias.settings_dict["NAME"] = name
        try:
            yield
        finally:
            connections.close_all()
            alias.settings_dict["NAME"] = template
            if alias.vendor == "postgresql":
                _maintain(alias, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def lay_migrated(django_db_setup: None) -> Callable[[Path], None]:
    """Begin a data folder with a copy of the migrated database, for a process of its own: to migrate takes it half a minute
    each time. That an empty folder is migrated too, the loading of the replay shows (tests/journeys)."""

    def lay(home: Path) -> None:
        alias = connections["default"]
        assert alias.vendor == "sqlite", "a data folder holds a file of SQLite"
        copy_database(alias.settings_dict["NAME"], home / "hemicycle.sqlite3")

    return lay


def copy_database(source: Any, target: Path) -> None:
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. One module, one browser: Playwright allows one driver at a time in a process."""
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine")
    # The driver runs a loop in this thread; what Django then refuses is safe here, where one thread does one thing.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def show(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a drawn page under a strict policy, with the static files as they stand in the tree."""
    contexts = []
    complaints: list[str] = []

    def open_page(html: str, *, width: int = 1280, at: str = "", **options: Any) -> Page:
        def answer(route: Route) -> None:
            path = route.request.url.partition("//page.test")[2]
            if path.startswith("/static/"):
                found = finders.find(path.removeprefix("/static/"))
                assert found, path
                route.fulfill(path=found, content_type=mimetypes.guess_type(path)[0] or "font/woff2")
            else:
                policy = (
                    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'"
                )
                route.fulfill(
                    body=html,
                    content_type="text/html; charset=utf-8",
                    headers={"Content-Security-Policy": policy},
                )

        context = browser.new_context(viewport={"width": width, "height": 844}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.route("http://page.test/**", answer)
        page.goto(f"http://page.test/{at}")
        return page

    open_page.complaints = complaints  # type: ignore[attr-defined]
    yield open_page
    for context in contexts:
        context.close()


def _maintain(alias: Any, statement: str) -> None:
    with alias._nodb_cursor() as cursor:
        cursor.execute(statement)


def at_once(*work: Callable[[], Any]) -> list[Any]:
    """Run callables in threads that start together, each on a connection of its own, at NOON. Returns what each
    returned, or the exception that it raised."""
    results: list[Any] = [None] * len(work)
    start = threading.Barrier(len(work))

    def one(i: int) -> None:
        start.wait()
        try:
            with clock.set_to(NOON):
                results[i] = work[i]()
        except Exception as error:
            results[i] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(i,)) for i in range(len(work))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


LOADED = ("loaded", "opinions_given")  # fixtures of tests/journeys that workers share
DONE: set[str] = set()
REFUSED: set[str] = set()


def pytest_configure(config: pytest.Config) -> None:
    """Let the database be made whatever tests are chosen: pytest-django makes it only for marked ones, and
    `own_database` copies it without the mark."""
    from pytest_django import fixtures

    chosen = fixtures._get_databases_for_setup
    fixtures._get_databases_for_setup = lambda items: ({"default", *chosen(items)[0]}, chosen(items)[1])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that share something dear (the loaded story, a served demonstration) stay with one worker. What is loaded for
    several files is loaded at once, by the first file of each kind, so that no worker waits for another's loading."""
    for item in items:
        folder = item.path.parent.name
        if folder in ("demonstration", "journeys") or item.get_closest_marker("browser"):
            group = folder if folder == "demonstration" else f"{folder}/{item.path.name}"
            item.add_marker(pytest.mark.xdist_group(group))
    firsts = [next((i.path for i in items if name in i.fixturenames), None) for name in LOADED]  # type: ignore[attr-defined]
    items.sort(key=lambda item: item.path not in firsts)


def pytest_collection_finish() -> None:
    """Twelve thousand tests and all that they import stay; the collector need not look through them again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _is_postgres() -> bool:
    return str(settings.DATABASES["default"]["ENGINE"]).endswith("postgresql")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """What the tests of the pages send is sent again at their end, and nothing may come of it (`replaying`)."""
    if not item.path.name.startswith("test_pages") or item.get_closest_marker("browser") or _is_postgres():
        return (yield)  # sent again on one database only: it is the gate that answers, and it takes long
    from . import replaying

    with replaying.recording() as sent:
        result = yield
    wrong = replaying.send_again(sent)
    assert not wrong, wrong
    return result


def pytest_sessionstart(session: pytest.Session) -> None:
    """Note which acts the tests really took and which they saw refused; `tools/test.py` names what is missing."""
    from hemicycle.record import acts
    from hemicycle.rules.findings import Unmet
    from hemicycle.rules.procedure import Refused

    perform = acts.perform

    def noted(bound: Any, matter: Any, by: Any, *args: Any, **kwargs: Any) -> Any:
        name = f"{bound.table.room}.{bound.step.act}"
        try:
            entry = perform(bound, matter, by, *args, **kwargs)
        except (Refused, Unmet, ValidationError):
            REFUSED.add(name)
            raise
        DONE.add(name)
        return entry

    acts.perform = noted


def pytest_sessionfinish(session: pytest.Session) -> None:
    folder = os.environ.get("HEMICYCLE_TEST_NOTES")
    if folder and (DONE or REFUSED):
        note = {"done": sorted(DONE), "refused": sorted(REFUSED)}
        (Path(folder) / f"{uuid.uuid4().hex}.json").write_text(json.dumps(note))
