"""`hemicycle unseal`, as a person at home runs it: without settings, without a database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pyrage
import pytest

from hemicycle.people import sheets, wraps

ROOT = Path(__file__).parents[2]
PAGES = {"page-1.png": bytes(range(256)) * 300, "page-2.png": b"second"}
Person = pyrage.x25519.Identity


class Desk:
    """A folder with what was downloaded."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.identity, self.one_off = folder, Person.generate(), Person.generate()
        self.seal("key.age", str(self.one_off).encode(), self.identity, armored=True)
        for name, content in PAGES.items():
            self.seal(f"{name}.age", content, self.one_off)

    def seal(self, name: str, content: bytes, to: Person, armored: bool = False) -> None:
        (self.folder / name).write_bytes(pyrage.encrypt(content, [to.to_public()], armored))

    def run(
        self, *arguments: str, typed: str = "", files: tuple[str, ...] = ()
    ) -> subprocess.CompletedProcess[str]:
        keep = {k: v for k, v in os.environ.items() if not k.startswith(("HEMICYCLE", "DJANGO"))}
        names = files or tuple(f"{name}.age" for name in PAGES)
        return subprocess.run(
            [sys.executable, "-m", "config.command", "unseal", *arguments, "--key", "key.age", "--out", "out", *names],
            cwd=self.folder, input=typed, capture_output=True, text=True,
            env={**keep, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]), "COLUMNS": "80"},
        )  # fmt: skip

    def opened(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (self.folder / "out").glob("*")}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_the_recovery_sheet_opens_what_was_downloaded(desk: Desk) -> None:
    done = desk.run("--identity", "-", typed=str(desk.identity).lower().replace("-", " ") + "\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Opened 2 of 2 files into out\n"
    assert desk.opened() == PAGES
    assert all(path.stat().st_mode & 0o077 == 0 for path in (desk.folder / "out").glob("*"))


def test_the_phrase_opens_it_with_the_wrapped_key_that_the_site_gave(desk: Desk) -> None:
    recipient = str(desk.identity.to_public())
    keys = [
        {
            "recipient": recipient,
            "wraps": [wraps.with_output(str(desk.identity), "YQ", b"o" * 32, b"s" * 32)],
        },
        {"recipient": recipient, "wraps": [wraps.with_passphrase(str(desk.identity), "tavo remi", 1000)]},
    ]
    (desk.folder / "keys.json").write_text(json.dumps(keys))
    refused = desk.run("--phrase", "-", "--wrap", "keys.json", typed="tavo")
    assert (refused.returncode, refused.stderr) == (
        2, "hemicycle unseal: the phrase opens nothing in keys.json\n",
    )  # fmt: skip
    assert not (desk.folder / "out").exists()
    assert desk.run("--phrase", "-", "--wrap", "keys.json", typed="tavo  remi\n").returncode == 0
    assert desk.opened() == PAGES
    (desk.folder / "keys.json").write_text("[1]")
    assert "is not the file of wrapped keys" in desk.run("--phrase", "-", "--wrap", "keys.json").stderr


def test_a_custodians_two_sheets_open_it(desk: Desk) -> None:
    secret = b"k" * 32
    one, two = sheets.split(secret, b"r" * 32)
    desk.seal("key.age", str(desk.one_off).encode(), Person.from_str(wraps.identity_of(secret)))
    assert "64 letters and digits, this has 0" in desk.run("--sheets", "-", typed=f"{one}\n").stderr
    assert "same sheet twice" in desk.run("--sheets", "-", typed=f"{one}\n{one}\n").stderr
    assert desk.run("--sheets", "-", typed=f"{two}\n{str(one).lower()}\n").returncode == 0
    assert desk.opened() == PAGES


def test_a_strangers_key_opens_nothing(desk: Desk) -> None:
    (desk.folder / "mine").write_text(str(Person.generate()))
    done = desk.run("--identity", "mine")
    assert done.returncode == 2 and "key.age was not sealed to this key, or is damaged" in done.stderr
    assert not (desk.folder / "out").exists()


def test_what_does_not_open_is_named_and_the_rest_is_opened(desk: Desk) -> None:
    (desk.folder / "mine").write_text(str(desk.identity))
    (desk.folder / "page-1.png.age").write_bytes(b"damaged")
    done = desk.run("--identity", "mine")
    assert done.returncode == 1 and done.stdout == "Opened 1 of 2 files into out\n"
    assert done.stderr == "hemicycle unseal: page-1.png.age was sealed to another key, or is damaged\n"
    assert desk.opened() == {"page-2.png": b"second"}


def test_nothing_is_written_over(desk: Desk) -> None:
    (desk.folder / "mine").write_text(str(desk.identity))
    twice = desk.run("--identity", "mine", files=("page-1.png.age", "./page-1.png.age"))
    assert twice.returncode == 2 and "two files would both be written as page-1.png" in twice.stderr
    (desk.folder / "out" / "page-1.png").write_bytes(b"mine")
    done = desk.run("--identity", "mine")
    assert done.returncode == 2 and "page-1.png is there already" in done.stderr
    assert desk.opened() == {"page-1.png": b"mine"}


@pytest.mark.parametrize(
    ("arguments", "typed", "said"),
    [
        (("--identity", "-"), "AGE-SECRET-KEY-1QQQQ", "--identity: this is not an identity"),
        (("--identity", "-"), "", "--identity: an identity begins with"),
        (("--identity", "nowhere"), "", "nowhere: No such file"),
        (("--phrase", "-"), "", "--phrase and --wrap go together"),
        ((), "", "one of the arguments --identity --phrase --sheets is required"),
    ],
)
def test_what_is_missing_or_wrong_is_said(
    desk: Desk, arguments: tuple[str, ...], typed: str, said: str
) -> None:
    done = desk.run(*arguments, typed=typed)
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr


def test_a_key_that_holds_something_else_is_no_key(desk: Desk) -> None:
    (desk.folder / "mine").write_text(str(desk.identity))
    for content in (b"words", b"\xff\xfe"):
        desk.seal("key.age", content, desk.identity)
        done = desk.run("--identity", "mine")
        assert done.returncode == 2 and "opens, but holds no key of files" in done.stderr


def test_the_help_fits_a_window_of_eighty_columns(desk: Desk) -> None:
    done = desk.run("--help")
    assert done.returncode == 0 and max(map(len, done.stdout.splitlines())) <= 80
