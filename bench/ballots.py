"""600 ballots with their receipts by 600 signed-in people, over real HTTP: spread over a minute, then all at once.

    .venv/bin/python bench/ballots.py [--database sqlite|postgres|both] [--voters 600] [--spread 60]

Each run makes a data folder and a database of its own, founds a record, signs the voters in and opens two votes. In the
first a ballot comes every tenth of a second; in the second all voters send theirs at the same moment over loopback, and
every tenth sends it twice, as a double click does. Each fetches the receipt after the ballot. The tables are then held
against what was answered: none lost, none doubled, the outcome right, every receipt another leaf. Exit 1 if not, or if a
limit was broken: the 99th of a hundred within 250 ms, and the last receipt of all at once within 10 s.

The peer in the same run is the plainest Django view (bench/bare.py): the same server, session and sign-in, one INSERT,
and no gate, roll, check or record. The ratio says what the procedure costs.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 10.0  # seconds to the last receipt of all at once
LIMIT_P99 = 0.25  # seconds to a ballot with its receipt when they come one by one
CSRF = "a" * 32
PG_BIN = Path(os.environ.get("PG_BIN", "/usr/lib/postgresql/15/bin"))


@dataclass(frozen=True)
class Voter:
    """A signed-in person: the key of the session, and the form of the ballot, signed."""

    session: str
    form: dict[str, str]


NOBODY = Voter("nobody", {"choice": "for", "once": "0" * 32})


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    seconds: float  # ballot and receipt together
    receipt: str = ""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A PostgreSQL server of this run alone; yields its DATABASE_URL."""
    given = os.environ.get("BENCH_DATABASE_URL")
    if given:
        yield given
        return
    data, port = folder / "pg", free_port()
    shutil.chown(folder, "postgres")
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    quiet: dict[str, Any] = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder}
    subprocess.run(
        [*as_postgres, PG_BIN / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8"], **quiet
    )
    options = (
        f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c max_connections=50"
    )
    control = [*as_postgres, PG_BIN / "pg_ctl", "-D", data, "-w"]
    subprocess.run([*control, "-l", folder / "pg.log", "-o", options, "start"], **quiet)
    try:
        subprocess.run(
            [*as_postgres, PG_BIN / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "postgres", "h"],
            **quiet,
        )
        yield f"postgresql://postgres@127.0.0.1:{port}/h"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], **{**quiet, "check": False})


@contextmanager
def server(application: str, port: int, env: dict[str, str]) -> Iterator[None]:
    """granian with 2 workers of 2 threads, as `hemicycle serve` runs it."""
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "2", "--blocking-threads", "2", "--backlog", "1024", "--no-ws", "--log-level", "warning", application,
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, env=env)
    try:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                with socket.create_connection(("127.0.0.1", port), 0.2):
                    break
            except OSError:
                time.sleep(0.1)
        else:
            raise RuntimeError(f"{application} did not start")
        yield
    finally:
        process.terminate()
        process.wait(15)


def python(env: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def send(port: int, path: str, voter: Voter) -> Answer:
    """One ballot over a connection of its own, and then its receipt over the same."""
    cookie = {"Host": f"localhost:{port}", "Cookie": f"csrftoken={CSRF}; sessionid={voter.session}"}
    begun = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        form = {"Content-Type": "application/x-www-form-urlencoded", **cookie}
        connection.request("POST", path, urlencode({"csrfmiddlewaretoken": CSRF, **voter.form}), form)
        response = connection.getresponse()
        response.read()
        status, location, receipt = response.status, response.headers.get("Location") or "", ""
        if location.endswith("/recorded/") and "/cast/" in path:
            connection.request("GET", path.replace("/cast/", "/receipt.json"), headers=cookie)
            response = connection.getresponse()
            receipt = response.read().decode() if response.status == 200 else ""
        return Answer(status, location, time.perf_counter() - begun, receipt)
    finally:
        connection.close()


def spread(port: int, path: str, voters: Sequence[Voter], seconds: float) -> list[Answer]:
    """The ballots of all, one after the other begun at even distances, whether or not the one before is answered."""
    begun = time.perf_counter()

    def one(index: int) -> Answer:
        time.sleep(max(0.0, begun + index * seconds / len(voters) - time.perf_counter()))
        return send(port, path, voters[index])

    with ThreadPoolExecutor(64) as pool:
        return list(pool.map(one, range(len(voters))))


def all_at_once(port: int, path: str, voters: Sequence[Voter]) -> tuple[list[Answer], float]:
    """Every form from a thread of its own, all let go at the same moment; the answers, and the seconds in all."""
    answers: list[Answer | None] = [None] * len(voters)
    gate = threading.Barrier(len(voters) + 1)

    def one(index: int) -> None:
        gate.wait()
        answers[index] = send(port, path, voters[index])

    threading.stack_size(512 * 1024)
    threads = [threading.Thread(target=one, args=(i,)) for i in range(len(voters))]
    for thread in threads:
        thread.start()
    gate.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - begun
    return [answer for answer in answers if answer is not None], seconds


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def report(name: str, answers: Sequence[Answer], seconds: float) -> None:
    times = [answer.seconds for answer in answers]
    shares = "  ".join(f"p{int(s * 100)} {percentile(times, s):.2f} s" for s in (0.5, 0.95, 0.99))
    print(f"  {name}: {len(answers)} forms in {seconds:.2f} s ({len(answers) / seconds:.0f}/s)  {shares}")


def verify(
    sent: Sequence[Voter], answers: Sequence[Answer], voters: Sequence[Voter], told: dict[str, Any]
) -> list[str]:
    """What is wrong, in words; empty when none is lost, none doubled and the outcome right."""
    wrong = []
    good = sum(a.status == 302 and a.location.endswith("/recorded/") for a in answers)
    if good != len(sent):
        statuses = Counter(answer.status for answer in answers)
        wrong.append(f"{len(sent) - good} forms were not answered with a receipt: {dict(statuses)}")
    for what in ("ballots", "entries", "lines"):
        if told[what] != len(voters):
            wrong.append(f"{told[what]} {what} of {len(voters)} voters")
    promises = {json.loads(answer.receipt)["promise"] for answer in answers if answer.receipt}
    if len(promises) != len(voters) or sum(bool(answer.receipt) for answer in answers) != len(sent):
        wrong.append(f"{len(promises)} receipts of {len(voters)} ballots")
    expected = Counter(voter.form["choice"] for voter in voters)
    figures = [expected["for"], expected["against"], expected["abstention"]]
    if told["outcome"] != figures:
        wrong.append(f"the outcome is {told['outcome']}, sent were {figures}")
    if told["carried"] != (figures[0] > figures[1]):
        wrong.append("the outcome does not follow from its figures")
    return wrong


def run(database: str, number: int, seconds: float) -> bool:
    folder = Path(tempfile.mkdtemp(prefix="hemicycle-bench-"))
    try:
        if database == "sqlite":
            return measure(database, number, seconds, folder, "")
        with postgres(folder) as url:
            return measure(database, number, seconds, folder, url)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def measure(database: str, number: int, spread_over: float, folder: Path, url: str) -> bool:
    port, peer_port = free_port(), free_port()
    env = {key: value for key, value in os.environ.items() if not key.startswith(("HEMICYCLE_", "DATABASE_"))}
    env |= {"HEMICYCLE_HOME": str(folder / "home"), "PYTHONPATH": str(ROOT), "HEMICYCLE_PORT": str(port)}
    env |= {"DATABASE_URL": url} if url else {}
    (folder / "home").mkdir()
    python(env, "-m", "config.command", "migrate", "--verbosity", "0")
    python(env, "-m", "config.command", "createcachetable")
    seeded = json.loads(python(env, "bench/seed_ballots.py", "seed", str(number)).splitlines()[-1])
    one_by_one, voters = (
        [Voter(key, form) for key, form in zip(seeded["sessions"], forms, strict=True)]
        for forms in seeded["forms"]
    )
    sent = [*voters, *voters[::10]]
    load = os.getloadavg()[0]
    print(f"{database}: {number} voters, 2 workers x 2 threads; {os.cpu_count()} cores, load {load:.1f}")
    first, second = (f"/vote/{vote}/cast/" for vote in seeded["votes"])
    with server("config.wsgi:application", port, env):
        for _ in range(8):  # both servers begin warm
            send(port, first, NOBODY)
        slow = spread(port, first, one_by_one, spread_over)
        report(f"one by one, {spread_over:.0f} s", slow, spread_over)
        answers, seconds = all_at_once(port, second, sent)
    report("all at once", answers, seconds)
    with server("bench.bare:application", peer_port, {**env, "HEMICYCLE_BARE_PEER": "1"}):
        send(peer_port, "/", NOBODY)
        bare, bare_seconds = all_at_once(peer_port, "/", sent)
    report("peer: bare Django view, all at once", bare, bare_seconds)
    p99 = percentile([answer.seconds for answer in slow], 0.99)
    print(f"  one by one: p99 {p99 * 1000:.0f} ms; limit 250 ms: {'kept' if p99 <= LIMIT_P99 else 'BROKEN'}")
    print(
        f"  all at once: ratio to the peer {seconds / bare_seconds:.2f}; limit {LIMIT:.0f} s:"
        f" {'kept' if seconds <= LIMIT else 'BROKEN'}"
    )
    wrong = []
    for vote, given, got in ((0, one_by_one, slow), (1, sent, answers)):
        told = python(env, "bench/seed_ballots.py", "close", seeded["votes"][vote]).splitlines()[-1]
        wrong += verify(given, got, given[:number], json.loads(told))
    print("  " + ("; ".join(wrong) if wrong else "none lost, none doubled, outcomes right, a receipt each"))
    return not wrong and seconds <= LIMIT and p99 <= LIMIT_P99


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--voters", type=int, default=600)
    parser.add_argument(
        "--spread", type=float, default=60.0, help="seconds for the ballots that come one by one"
    )
    given = parser.parse_args()
    databases = ["sqlite", "postgres"] if given.database == "both" else [given.database]
    if (
        "postgres" in databases
        and not (PG_BIN / "initdb").exists()
        and not os.environ.get("BENCH_DATABASE_URL")
    ):
        print("skipped: postgres (no server here; set PG_BIN or BENCH_DATABASE_URL)")
        databases.remove("postgres")
    good = [run(database, given.voters, given.spread) for database in databases]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
