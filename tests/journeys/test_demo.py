"""`hemicycle demo` as a newcomer runs it: what it keeps, whom it lets in, what it does behind the pages, how it ends."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bench.crawl import cast

from .conftest import HEMICYCLE, ROOT, environment, wait_for
from .walking import ask

pytestmark = pytest.mark.browser  # it needs the loaded replay, as the browser's journeys do

MAILS = "SELECT count(*) FROM notices_dispatch WHERE sent_at"


@pytest.fixture
def home(loaded: Path, tmp_path: Path) -> Path:
    """A copy of the loaded folder, which this test alone starts."""
    shutil.copytree(loaded, tmp_path / "home")
    return tmp_path / "home"


def free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def started(home: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    log = home.parent / "log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [*HEMICYCLE, "demo"], cwd=ROOT, env=environment(home, port), stdout=out, stderr=out
        )
    try:
        wait_for(f"http://localhost:{port}", process, log)
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.wait(20)


def refused(home: Path, port: int, **settings: str) -> str:
    """Start it where it must refuse; returns what it says."""
    done = subprocess.run(
        [*HEMICYCLE, "demo"], cwd=ROOT, env={**environment(home, port), **settings}, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    return done.stderr


def processes_of(home: Path) -> list[str]:
    """The command lines of all running processes that were started with this data folder."""
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            if f"HEMICYCLE_HOME={home}\0".encode() in (folder / "environ").read_bytes():
                found.append((folder / "cmdline").read_text().replace("\0", " "))
        except OSError:  # it ended while we looked
            continue
    return found


def listening(port: int) -> set[str]:
    """The addresses, as the kernel writes them, on which something listens to this port."""
    lines = [
        line.split()
        for name in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]
    ]
    return {
        line[1].split(":")[0] for line in lines if line[3] == "0A" and int(line[1].split(":")[1], 16) == port
    }


def until(true: Callable[[], bool], seconds: float, what: str) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"after {seconds} s still not: {what}"
        time.sleep(0.25)


def test_a_second_start_is_quick_keeps_the_data_and_ctrl_c_leaves_no_process(home: Path) -> None:
    before = ask(home, "SELECT count(*), max(number), min(at) FROM record_entry")
    port, began = free_port(), time.monotonic()
    with started(home, port) as process:
        assert time.monotonic() - began < 30, "ten seconds alone; here others use the two cores too"
        until(lambda: len(processes_of(home)) >= 5, 20, "parent, web, worker and clock run")
        running = " ".join(processes_of(home))
        assert all(part in running for part in ("granian", "db_worker", "tick"))
        assert listening(port) == {"0100007F"}, "it listens on this machine's own address only"
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
    assert processes_of(home) == []
    assert listening(port) == set()
    now = ask(home, "SELECT count(*), max(number), min(at) FROM record_entry")
    assert now[0][2] == before[0][2] and now[0][0] >= before[0][0] > 2000


def test_the_worker_delivers_letters_and_the_clock_reads_on(home: Path) -> None:
    waiting = f"{MAILS} IS NULL AND dropped_at IS NULL"
    assert ask(home, waiting)[0][0] > 0, "the replay left mails to deliver"
    port = free_port()
    with started(home, port):
        until(lambda: ask(home, waiting) == [(0,)], 60, "all mails are sent, but for what was read before")
        clerk = next(visitor for name, visitor in cast(f"http://localhost:{port}") if "Brandvik" in name)
        form = clerk.get("/matters/new/people/ask_enrolment/").body
        hidden = dict(re.findall(r'name="(csrfmiddlewaretoken|once)" value="([^"]+)"', form))
        answer = clerk.post(
            "/matters/new/people/ask_enrolment/", {**hidden, "name": "Rosa Neu", "language": "fr"}
        )
        assert answer.status == 200
        last = ask(home, "SELECT max(number) FROM record_entry WHERE act = 'ask_enrolment'")
        read = "SELECT number FROM notices_bookmark"
        until(lambda: ask(home, read) >= last, 45, "the clock has read the new entry")
    assert ask(home, f"{MAILS} IS NOT NULL")[0][0] > 0


def test_a_taken_port_is_named_and_nothing_is_started(home: Path) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = refused(home, port)
    assert f"Port {port} is taken" in said and "HEMICYCLE_PORT=8001" in said
    assert processes_of(home) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HEMICYCLE_ORIGIN", "https://forum.example.org"), ("HEMICYCLE_SECRET_KEY", "k" * 50),
        ("HEMICYCLE_SMTP_URL", "smtp://mail.example.org"), ("HEMICYCLE_BIND", "0.0.0.0"),
        ("DATABASE_URL", "postgresql://localhost/x"),
    ],
)  # fmt: skip
def test_a_demonstration_does_not_start_with(name: str, value: str, tmp_path: Path) -> None:
    said = refused(tmp_path / "home", free_port(), **{name: value})
    assert "Demonstration mode does not start together with production settings" in said and name in said
    assert not (tmp_path / "home").exists(), "nothing was made"


def test_production_does_not_open_a_demonstration(home: Path) -> None:
    done = subprocess.run(
        [*HEMICYCLE, "serve"], cwd=ROOT, env=environment(home, free_port()), capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode != 0 and "production does not open it" in done.stderr
    assert os.environ.get("HEMICYCLE_DEMO", "") == ""
