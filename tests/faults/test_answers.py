"""What every answer carries, whoever asks for whatever: the headers that tell a browser to be careful."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from hemicycle.record.models import Entry

from ..candidacy import making
from ..candidacy.browsing import hidden, unlock
from ..cast import Cast
from .test_space import picture_file

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]


@pytest.fixture
def answers(cast: Cast, open_house: None) -> Iterator[dict[str, HttpResponseBase]]:
    """One answer of each kind: public, own, file, static, open data, refusal, redirection, nothing there."""
    made, public, own = making.draft(making.call(cast), cast.nadia), Client(), cast.client("nadia")
    evidence = reverse("candidacy-evidence", args=[made.reference])
    form = {**hidden(own.get(evidence)), "title": "A page", "language": "en", "file": picture_file()}
    sent = own.post(evidence, form)
    name = made.evidence.get().name
    unlock(own, reverse("candidacy-evidence-item", args=[name]))
    found: dict[str, HttpResponseBase] = {
        "first page": public.get("/"),
        "sign-in": public.get(reverse("sign-in")),
        "own page": own.get(evidence),
        "sent": sent,
        "page of a file": own.get(reverse("candidacy-file", args=[name, 1])),
        "the file to somebody else": public.get(reverse("candidacy-file", args=[name, 1])),
        "refused form": own.post(evidence, hidden(own.get(evidence))),
        "another's page": cast.client("anna").get(evidence),
        "led to the sign-in": public.get(evidence),
        "nothing there": public.get("/nothing/here/"),
        "style sheet": public.get("/static/hemicycle/hemicycle.css"),
    }
    yield found
    for each in found.values():
        each.close()


def test_every_answer_says_what_it_is_and_is_taken_at_its_word(answers: dict[str, HttpResponseBase]) -> None:
    for name, answer in answers.items():
        kind = answer["Content-Type"]
        assert kind == "image/png" or "charset=" in kind, name
        assert answer["X-Content-Type-Options"] == "nosniff", name


def test_every_page_says_what_it_may_load_and_that_nobody_frames_it(
    answers: dict[str, HttpResponseBase],
) -> None:
    for name, answer in answers.items():
        if name == "style sheet":
            continue
        policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split("; ")
                      if " " in part)  # fmt: skip
        assert policy["default-src"] == policy["frame-ancestors"] == "'none'", name
        assert (
            "unsafe" not in answer["Content-Security-Policy"]
            and "http" not in answer["Content-Security-Policy"]
        )
        assert answer["X-Frame-Options"] == "DENY", name
        if name != "page of a file":
            assert policy["base-uri"] == "'none'" and policy["script-src"] == "'self'", name
        else:
            assert "sandbox" in answer["Content-Security-Policy"]


def test_no_answer_lets_another_origin_read_it_or_tells_it_the_address(
    answers: dict[str, HttpResponseBase],
) -> None:
    for name, answer in answers.items():
        assert name == "style sheet" or "Access-Control-Allow-Origin" not in answer, name
        assert answer["Referrer-Policy"] in ("same-origin", "no-referrer"), name
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin", name


def test_what_a_person_reads_of_the_own_file_is_kept_by_no_browser(
    answers: dict[str, HttpResponseBase],
) -> None:
    for name in ("own page", "sent", "refused form", "page of a file", "sign-in", "led to the sign-in"):
        assert "no-store" in answers[name]["Cache-Control"], name


def test_no_answer_names_the_software_that_gave_it(answers: dict[str, HttpResponseBase]) -> None:
    for name, answer in answers.items():
        assert not {"Server", "X-Powered-By"} & set(answer.headers), name


@pytest.mark.parametrize("verb", ["TRACE", "PUT", "DELETE", "PATCH", "HEMICYCLE"])
def test_other_verbs_change_nothing_and_echo_nothing(verb: str, cast: Cast, open_house: None) -> None:
    made, own = making.draft(making.call(cast), cast.nadia), cast.client("nadia")
    before = Entry.objects.count()
    for address in ("/", "/static/", reverse("candidacy-evidence", args=[made.reference])):
        answer = own.generic(verb, address, "a=1", headers={"x-told": "echo-me"})
        assert b"echo-me" not in answer.content
    assert Entry.objects.count() == before


def test_no_folder_and_no_source_is_listed(cast: Cast, open_house: None) -> None:
    public = Client()
    for address in ("/static/", "/static/hemicycle/", "/.git/config", "/.git/HEAD", "/.env",
                    "/static/../config/settings.py", "/hemicycle.sqlite3", "/admin/", "/docs", "/debug"):  # fmt: skip
        assert public.get(address).status_code == 404, address


def test_a_session_is_a_random_reference_that_scripts_cannot_read(cast: Cast, open_house: None) -> None:
    cookie = cast.client("nadia").cookies[settings.SESSION_COOKIE_NAME]
    assert len(cookie.value) == 32 and cookie.value.isalnum()  # of 36 letters: 165 bits
    answer = Client().get(reverse("sign-in"))
    assert settings.SESSION_COOKIE_HTTPONLY and settings.SESSION_COOKIE_SAMESITE == "Lax"
    assert all(each["samesite"] == "Lax" for each in answer.cookies.values())


def test_an_unknown_host_is_not_served() -> None:
    assert Client().get("/", headers={"host": "evil.example"}).status_code == 400
    forwarded = Client().get("/sign-in/", headers={"x-forwarded-host": "evil.example"})
    assert b"evil.example" not in forwarded.content


PRODUCTION = """
import django; django.setup()
from django.conf import settings as s
assert s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE and s.SECURE_HSTS_SECONDS >= 31536000 and not s.DEBUG
"""


def test_behind_tls_cookies_are_secure_and_the_browser_is_told_to_stay(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PRODUCTION], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
        env={"HEMICYCLE_HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT),
             "DJANGO_SETTINGS_MODULE": "config.settings", "HEMICYCLE_ORIGIN": "https://forum.example.org"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
