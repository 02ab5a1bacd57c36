"""A disk without space, in each place where a request may meet it: 507 in words, nothing saved, a line for the operator."""

from __future__ import annotations

import errno
import html
import io
import logging
import random
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import global_settings
from django.core.files import temp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.urls import reverse
from PIL import Image

from hemicycle.candidacy import files
from hemicycle.candidacy.models import Candidacy, Evidence
from hemicycle.record import clock
from hemicycle.record.models import Entry
from hemicycle.web import space

from .. import cast as casting
from ..candidacy import making, sealing
from ..candidacy.browsing import hidden, part
from ..candidacy.test_files import picture
from ..cast import Cast, sign_in
from ..conftest import NOON

FULL = Path("/dev/full")
LANGUAGES = {
    "": ("Nothing was saved", "go back with the button of the browser", "tell the Secretariat"),
    "/fr": ("Rien n’a été enregistré", "bouton de votre navigateur", "Secrétariat"),
    "/ru": ("Ничего не сохранено", "кнопкой браузера", "Секретариату"),
}


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.CRITICAL, logger="hemicycle.web.space"):
        yield caplog


@contextmanager
def no_page_left() -> Iterator[None]:
    """SQLite may not take another page: it answers what it answers when the disk is full."""
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1073741823")


@pytest.mark.sqlite_only
@pytest.mark.usefixtures("own_database")
def test_a_draft_that_cannot_be_saved_is_said_in_three_languages_and_saved_later(
    settings: Any, tmp_path: Path, lines: pytest.LogCaptureFixture, on_postgres: bool
) -> None:
    if on_postgres:
        pytest.skip("SQLite's own limit stands for the full disk")
    settings.DEMONSTRATION, settings.MEDIA_ROOT = True, tmp_path
    with clock.set_to(NOON):
        cast = casting.found()
        made = making.draft(making.call(cast), cast.nadia)
        client = sign_in(cast.nadia)
        url = part(made, "criterion:exile")
        form = {
            **hidden(client.get(url)), "language": "en", "since": "2022-02-24", "declared": "on",
            "statement": " ".join(["word" * 4] * 580),
        }  # fmt: skip
        before = Entry.objects.count(), made.version
        with no_page_left():
            for prefix, said in LANGUAGES.items():
                refused = client.post(prefix + url, form)
                words = html.unescape(refused.content.decode())
                assert refused.status_code == 507 and all(each in words for each in said), words
                assert f'<html lang="{prefix.strip("/") or "en"}">' in words
                made.refresh_from_db()
                assert (Entry.objects.count(), made.version) == before
                assert not made.answers.exists()
        assert len(lines.records) == 3
        assert all("No space left for the database" in line.getMessage() for line in lines.records)
        assert made.reference not in lines.text and "word" not in lines.text
        again = client.post(url, form)
        assert again.status_code == 302, "the same form, sent again when there is space, is saved"
        assert made.answers.get().statement.startswith("word")


@pytest.mark.django_db
@pytest.mark.usefixtures("open_house")
def test_a_file_is_written_nowhere_while_it_arrives(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that nothing of it lies on a disk in clear, and so that no full disk can refuse it there. Each file that Python
    makes for a moment meets the kernel's own /dev/full, and what is sent is larger than Django holds in memory."""
    opened: list[Any] = []

    def full(*_given: Any, **_more: Any) -> Any:
        opened.append(FULL.open("wb", buffering=0))
        return opened[-1]

    for module in (tempfile, temp):
        monkeypatch.setattr(module, "NamedTemporaryFile", full)
    data = noise()
    assert len(data) > global_settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    made, client = making.draft(making.call(cast), cast.nadia), cast.client("nadia")
    url = reverse("candidacy-evidence", args=[made.reference])
    form = hidden(client.get(url))
    sent = SimpleUploadedFile("a.png", data, "image/png")
    answer = client.post(url, {**form, "title": "A page", "language": "en", "file": sent})
    assert answer.status_code == 302 and not opened
    assert Evidence.objects.get().kind == "image"


def picture_file() -> Any:
    return SimpleUploadedFile("a.png", picture(), "image/png")


def noise() -> bytes:
    """A picture that no program packs smaller."""
    out = io.BytesIO()
    Image.frombytes("RGB", (1000, 1000), random.Random(5).randbytes(3_000_000)).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def full_folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which the next page meets the full disk, whoever the tests run as."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(files, "secret_name", lambda: "f" * 32)
    (files.folder() / ("f" * 32 + ".png")).symlink_to(FULL)
    return tmp_path


@pytest.mark.django_db
def test_a_clean_page_that_does_not_fit_is_no_fault_of_the_file(open_house: None, full_folder: Path) -> None:
    with pytest.raises(OSError, match="No space left") as caught:
        sealing.keep(picture(), "a.png", 1)
    assert space.what_is_full(caught.value) == "files"


@pytest.mark.django_db
def test_a_page_of_evidence_that_does_not_fit_answers_507(
    cast: Cast, open_house: None, lines: pytest.LogCaptureFixture, full_folder: Path
) -> None:
    made, client = making.draft(making.call(cast), cast.nadia), cast.client("nadia")
    url = reverse("candidacy-evidence", args=[made.reference])
    form = hidden(client.get(url))
    answer = client.post(url, {**form, "title": "A page", "language": "en", "file": picture_file()})
    assert answer.status_code == 507
    assert "No space left for the files" in lines.text and not Evidence.objects.exists()


def test_each_database_is_believed_by_its_code_and_not_by_its_words() -> None:
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL
    busy = sqlite3.OperationalError("database is locked")
    busy.sqlite_errorcode = sqlite3.SQLITE_BUSY
    for cause, what in (
        (full, "database"), (busy, ""), (psycopg.errors.DiskFull("could not extend file"), "database"),
        (psycopg.errors.LockNotAvailable("x"), ""), (OSError(errno.ENOSPC, "x"), "files"),
        (OSError(errno.EDQUOT, "x"), "files"), (OSError(errno.EACCES, "x"), ""),
    ):  # fmt: skip
        error = OperationalError("database or disk is full")
        error.__cause__ = cause
        assert space.what_is_full(error) == what, cause
    assert space.what_is_full(None) == ""


@pytest.mark.django_db
def test_another_fault_stays_a_fault(cast: Cast, open_house: None, monkeypatch: pytest.MonkeyPatch) -> None:
    made, client = making.draft(making.call(cast), cast.nadia), cast.client("nadia")
    Candidacy.objects.filter(pk=made.pk).update(saved=7)  # a row that no code of ours can have written
    client.raise_request_exception = False
    answer = client.get(reverse("matter", args=[made.reference]))
    assert answer.status_code == 500 and "Something went wrong" in answer.content.decode()
