"""`hemicycle demo` and `hemicycle serve` as somebody starts them: what they keep, and what they refuse."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

pytestmark = pytest.mark.sqlite_only  # it opens the demonstration’s own file
ROOT = Path(__file__).parents[2]
FOUND = (
    "import django; django.setup()\n"
    "from pathlib import Path\n"
    "from hemicycle.assembly import founding\n"
    "clerks = [founding.Clerk('Ada Invented'), founding.Clerk('Bo Invented')]\n"
    "founding.found(Path('charters/pace-2025/1.0.toml'), clerks, demonstration={})\n"
)


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("HEMICYCLE_", "DATABASE_URL", "DJANGO_"))
    }
    return {**kept, "HEMICYCLE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "config.settings", **more}


def run(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment(home, **more), capture_output=True, text=True,
        check=False, timeout=120,
    )  # fmt: skip


def hemicycle(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return run(home, "-m", "config.command", *arguments, **more)


def founded(home: Path, *, demonstration: bool) -> Path:
    """A data folder with a record of a few entries, marked as a demonstration or not."""
    mode = {"HEMICYCLE_DEMO": "1"} if demonstration else {}
    done = run(home, "-c", FOUND.format(demonstration), **mode)
    assert done.returncode == 0, done.stderr
    return home


def entries(home: Path) -> list[tuple[int, str]]:
    with closing(sqlite3.connect(home / "hemicycle.sqlite3")) as database:
        return list(database.execute("SELECT number, facts FROM record_entry ORDER BY number"))


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory, lay_migrated: Callable[[Path], None]) -> Path:
    home = tmp_path_factory.mktemp("demonstration")
    lay_migrated(home)
    return founded(home, demonstration=True)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory, lay_migrated: Callable[[Path], None]) -> Path:
    home = tmp_path_factory.mktemp("real")
    lay_migrated(home)
    return founded(home, demonstration=False)


def test_a_second_start_keeps_the_data_and_is_quick(demonstration: Path) -> None:
    before, began = entries(demonstration), time.monotonic()
    done = hemicycle(demonstration, "demo", "--no-serve")
    assert done.returncode == 0, done.stderr
    assert time.monotonic() - began < 10
    assert entries(demonstration) == before
    assert "loaded" not in done.stdout


def test_an_aged_demonstration_says_so_when_it_starts(demonstration: Path) -> None:
    assert "make demo-reset" in hemicycle(demonstration, "demo", "--no-serve").stdout


def test_the_demonstration_refuses_a_real_record_and_leaves_it_alone(real: Path) -> None:
    before = entries(real)
    for arguments in (("demo", "--no-serve"), ("demo", "--no-serve", "--reset")):
        done = hemicycle(real, *arguments)
        assert done.returncode != 0
        assert "not a demonstration" in done.stderr
        assert entries(real) == before


def test_production_refuses_the_demonstrations_record(demonstration: Path) -> None:
    done = hemicycle(demonstration, "serve")
    assert done.returncode != 0
    assert "demonstration" in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HEMICYCLE_ORIGIN", "https://forum.example.org"),
        ("HEMICYCLE_SECRET_KEY", "k" * 50),
        ("HEMICYCLE_SMTP_URL", "smtp://mail.example.org"),
        ("HEMICYCLE_BIND", "0.0.0.0"),
        ("DATABASE_URL", "postgresql://localhost/real"),
    ],
)
def test_the_demonstration_refuses_every_production_setting(tmp_path: Path, name: str, value: str) -> None:
    done = hemicycle(tmp_path, "demo", "--no-serve", **{name: value})
    assert done.returncode == 2
    assert name in done.stderr
    assert not (tmp_path / "hemicycle.sqlite3").exists()


def test_an_interrupted_load_leaves_nothing_and_the_next_start_loads_again(
    tmp_path: Path, lay_migrated: Callable[[Path], None]
) -> None:
    lay_migrated(tmp_path)
    code = (
        "import django; django.setup()\n"
        "from hemicycle.demonstration import replay\n"
        "def show(done, of, what):\n"
        "    if done >= 6: raise KeyboardInterrupt\n"
        "replay.load(show)\n"
    )
    done = run(tmp_path, "-c", code, HEMICYCLE_DEMO="1")
    assert done.returncode != 0 and "KeyboardInterrupt" in done.stderr
    assert entries(tmp_path) == []
