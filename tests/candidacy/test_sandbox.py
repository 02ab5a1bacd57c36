"""The process that reads strangers' files: what it cannot reach, what it may not use, and what its answers may not do."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core import checks

from hemicycle.candidacy import cleaning, files, pixels, sandbox

from .sealing import keep
from .test_files import picture

pytestmark = pytest.mark.sqlite_only  # no database is asked: once is enough


@pytest.fixture
def fresh() -> Iterator[None]:
    """What was found out about this machine is found out again, here and afterwards."""
    sandbox.kind.cache_clear()
    yield
    sandbox.kind.cache_clear()


@pytest.fixture
def bubblewrap(fresh: None) -> None:
    if sandbox.kind() != sandbox.BUBBLEWRAP:
        pytest.skip("bubblewrap is not installed, or this container refuses it")


@pytest.fixture
def bare(fresh: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without bubblewrap."""
    monkeypatch.setenv("PATH", "")


def inside(code: str, *prefix: str) -> str:
    """What some Python prints when it runs where `pixels.py` runs."""
    done = subprocess.run(
        [*prefix, *sandbox.interpreter(), "-c", code],
        capture_output=True, text=True, env=sandbox.ENVIRON, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


TRIED = "\ntry:\n    {}\n    print('reached')\nexcept OSError as error:\n    print(type(error).__name__)\n"


@pytest.mark.usefixtures("bubblewrap")
def test_there_is_no_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        reach = "import socket" + TRIED.format(f"socket.create_connection(('127.0.0.1', {port}), 5)")
        assert inside(reach) == "reached", "from outside the sandbox it is there"
        assert inside(reach, *sandbox.bubblewrap()) in ("ConnectionRefusedError", "OSError")
    names = inside("import socket; print(socket.if_nameindex())", *sandbox.bubblewrap())
    assert names in ("[]", "[(1, 'lo')]"), "nothing but a loopback of its own"


@pytest.mark.usefixtures("bubblewrap")
def test_nothing_of_the_house_can_be_read(media: Path, settings: Any) -> None:
    kept = keep(picture(), "a.png", 1)
    secret = settings.HOME / "tests-secret.key"
    secret.parent.mkdir(parents=True, exist_ok=True)
    secret.write_text("key")
    try:
        for there in (
            files.path(kept.pages[0]), secret, Path("/etc/passwd"), Path("/proc/1/environ"),
            Path(__file__), Path(files.__file__),
        ):  # fmt: skip
            look = TRIED.format(f"open({str(there)!r}, 'rb').read()")
            assert there.exists() and inside(look, *sandbox.bubblewrap()) == "FileNotFoundError", there
    finally:
        secret.unlink()


@pytest.mark.usefixtures("bubblewrap")
def test_nothing_can_be_written_anywhere() -> None:
    for folder in ("/", "/tmp", "/usr", "/dev", sys.prefix, str(sandbox.SCRIPT.parent)):
        write = TRIED.format(f"open({folder + '/hemicycle-sandbox'!r}, 'wb').write(b'x')")
        assert inside(write, *sandbox.bubblewrap()) in ("OSError", "FileNotFoundError", "PermissionError"), (
            folder
        )


@pytest.mark.usefixtures("bubblewrap")
def test_it_knows_no_environment_no_user_and_no_other_process() -> None:
    os.environ["HEMICYCLE_TEST_SECRET"] = "seen"
    try:
        told = inside(
            "import os; print(sorted(k for k in os.environ if k not in ('PWD', 'LC_CTYPE')), os.getuid(), os.getpid() < 9)",
            *sandbox.bubblewrap(),
        )
    finally:
        del os.environ["HEMICYCLE_TEST_SECRET"]
    assert told == f"{sorted(sandbox.ENVIRON)} 65534 True"


@pytest.mark.usefixtures("bubblewrap")
def test_a_data_folder_below_what_is_shown_is_covered_again(
    settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "secret").write_text("key")
    settings.HOME = data
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(sys, "executable", shutil.which("python3", path=sys.base_prefix + "/bin"))
    look = TRIED.format(f"open({str(data / 'secret')!r}).read()")
    assert inside(look, *sandbox.bubblewrap()) == "FileNotFoundError"


# --- with and without bubblewrap


def limited(code: str) -> str:
    return inside(
        f"import sys; sys.path.insert(0, {str(sandbox.SCRIPT.parent)!r}); import pixels; pixels.confine()\n{code}"
    )


def test_its_memory_ends_below_512_megabytes() -> None:
    assert pixels.MEMORY < 512 * 1024 * 1024
    assert limited("try: bytearray(512 << 20)\nexcept MemoryError: print('refused')") == "refused"


def test_it_writes_no_file_and_begins_no_process_even_without_bubblewrap(tmp_path: Path) -> None:
    write = TRIED.format(f"open({str(tmp_path / 'x')!r}, 'wb', buffering=0).write(b'x')")
    assert limited(write) == "OSError"
    if os.geteuid() != 0:  # the kernel does not count the processes of root
        assert limited("import os" + TRIED.format("os.fork()")) == "BlockingIOError"


@pytest.mark.usefixtures("bare")
def test_without_bubblewrap_files_are_read_all_the_same_and_the_operator_is_told() -> None:
    assert sandbox.kind() == sandbox.PROCESS
    assert keep(picture(), "a.png", 1).kind == "image"
    [told] = checks.run_checks(tags=["files"], include_deployment_checks=True)
    assert told.id == "hemicycle.W001" and "bubblewrap" in str(told.hint)


@pytest.mark.usefixtures("fresh")
def test_a_bubblewrap_that_does_not_work_here_is_not_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    refusing = tmp_path / "bwrap"
    refusing.write_text("#!/bin/sh\nexit 1\n")
    refusing.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert sandbox.kind() == sandbox.PROCESS


@pytest.mark.usefixtures("bubblewrap")
def test_the_operator_is_told_that_bubblewrap_is_used() -> None:
    [told] = checks.run_checks(tags=["files"], include_deployment_checks=True)
    assert told.id == "hemicycle.I001"


FRAME = "import sys, struct\nsay = lambda k, b: sys.stdout.buffer.write(k + struct.pack('>Q', len(b)) + b)\n"
PAGE = "b'\\x89PNG\\r\\n\\x1a\\n'"
ANSWERS = {
    "nothing": ("", "broken"),
    "death": ("import os; os.abort()", "broken"),
    "no end": (FRAME + f"say(b'k', b'image'); say(b'p', {PAGE})", "broken"),
    "noise": ("print('A' * 5000)", "broken"),
    "a page without a kind": (FRAME + f"say(b'p', {PAGE}); say(b'e', b'')", "broken"),
    "a kind that there is not": (FRAME + f"say(b'k', b'html'); say(b'p', {PAGE}); say(b'e', b'')", "broken"),
    "a page that is no picture": (FRAME + "say(b'k', b'pdf'); say(b'p', b'<html>'); say(b'e', b'')", "broken"),
    "pages without end": (FRAME + f"say(b'k', b'pdf')\nwhile True: say(b'p', {PAGE})", "broken"),
    "a page of 8 exabytes": (FRAME + "sys.stdout.buffer.write(b'k' + b'\\x7f' + bytes(7) + b'x')", "broken"),
    "a refusal that there is not": (FRAME + "say(b'r', b'<script>')", "broken"),
    "metadata that are none": (FRAME + "say(b'k', b'pdf'); say(b'm', b'author Ottilie'); say(b'e', b'')", "broken"),
    "metadata of a kind that there is not": (FRAME + "say(b'k', b'pdf'); say(b'm', b'place ' + b'0' * 64); say(b'e', b'')", "broken"),
    "metadata without end": (FRAME + "say(b'k', b'pdf')\nwhile True: say(b'm', b'author ' + b'0' * 64)", "broken"),
    "silence": ("import time; time.sleep(60)", "time"),
    "work without end": ("while True: pass", "time"),
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERS)
def test_a_process_that_was_taken_over_gains_nothing_by_its_answer(
    name: str, fresh: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, media: Path
) -> None:
    code, refusal = ANSWERS[name]
    script = tmp_path / "pixels.py"
    script.write_text(code)
    sandbox.kind()  # found out with the true script
    monkeypatch.setattr(sandbox, "SCRIPT", script)
    monkeypatch.setattr(sandbox, "SECONDS", 1)
    with pytest.raises(cleaning.BadFile) as caught:
        keep(picture(), "a.png", 1)
    assert caught.value.code == refusal
    assert not list(files.folder().iterdir())
