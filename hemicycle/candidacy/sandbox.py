"""Where a stranger's file is read: a process without network, without the house's files, without a way to write.

With bubblewrap (`bwrap`) on the machine: own network, processes and users; of the file system only the interpreter, its
libraries and two scripts, all read-only; no home, no environment, no data folder. Where it is not there, or where a
container refuses it, the same process runs with the limits of `pixels.confine` alone; `kind()` says which, `hemicycle
serve` and `hemicycle check --deploy --tag files` print it. The file comes in and the pages go out through pipes: nothing touches a disk.
"""

from __future__ import annotations

import functools
import os
import shutil
import signal
import struct
import subprocess
import sys
import sysconfig
import threading
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core import checks

SECONDS = 60  # by the clock on the wall; its own seconds are counted in pixels.py
GRACE = 0.5
PAGE_AT_MOST = 64 * 1024 * 1024  # bytes of one answer: a child that was taken over may say anything
SCRIPT = Path(__file__).with_name("pixels.py")
BESIDE = Path(__file__).with_name("metadata.py")  # which the script loads
BUBBLEWRAP, PROCESS = "bubblewrap", "process"
ENVIRON = {"MALLOC_ARENA_MAX": "1", "PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"}
ITS_SECONDS_ARE_OVER = {
    -signal.SIGXCPU,
    128 + signal.SIGXCPU,
}  # bubblewrap passes a signal on as 128 and more


class Died(Exception):
    """The process ended without an answer: the file broke a library, or (`is_late`) it was ended for being slow."""

    is_late = False


@functools.cache
def kind() -> str:
    """`bubblewrap`, or `process` where there is none or it does not work here. Tried once in each process."""
    if shutil.which("bwrap"):
        with suppress(Died, OSError):
            list(_frames([*bubblewrap(), *interpreter(), str(SCRIPT), "probe"], b""))
            return BUBBLEWRAP
    return PROCESS


def run(*arguments: str, data: bytes) -> Generator[tuple[str, bytes], None, None]:
    """The frames of `pixels.py` without the last: `k` kind, `m` metadata, `p` page, `r` refusal. Raises `Died`."""
    prefix = bubblewrap() if kind() == BUBBLEWRAP else []
    return _frames([*prefix, *interpreter(), str(SCRIPT), *arguments], data)


def report(**kwargs: Any) -> list[checks.CheckMessage]:
    """For the operator, at the start and on demand: what stands between a stranger's file and the house."""
    if kind() == BUBBLEWRAP:
        return [checks.Info("Files of candidates are read under bubblewrap.", id="hemicycle.I001")]
    return [
        checks.Warning(
            "Files of candidates are read without bubblewrap, in a plain process with limits.",
            hint="Install the package bubblewrap; in a container, allow user namespaces.",
            id="hemicycle.W001",
        )
    ]


def interpreter() -> list[str]:
    return [sys.executable, "-I", "-B"]


def bubblewrap() -> list[str]:
    """The command before the command. What is not named here does not exist inside."""
    command = [shutil.which("bwrap") or "bwrap", "--unshare-all", "--unshare-user", "--uid", "65534", "--gid", "65534",
               "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--hostname", "sandbox"]  # fmt: skip
    for name in ("/lib", "/lib64"):
        there = Path(name)
        if there.is_symlink():
            command += ["--symlink", str(there.readlink()), name]
        elif there.is_dir():
            command += ["--ro-bind", name, name]
    command += ["--ro-bind", "/usr", "/usr", "--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache"]
    command += ["--dev-bind", "/dev/urandom", "/dev/urandom"]  # asked for by whoever opens a locked PDF
    shown = [Path(p) for p in (sys.base_prefix, sys.prefix, *map(sysconfig.get_path, ("purelib", "platlib")))]
    for folder in dict.fromkeys(shown):
        if not folder.is_relative_to("/usr"):
            command += ["--ro-bind", str(folder), str(folder)]
    command += ["--ro-bind", str(SCRIPT), str(SCRIPT), "--ro-bind", str(BESIDE), str(BESIDE)]
    # A data folder inside what is shown (a container that keeps all below one folder) is covered again.
    folders = (
        settings.HOME,
        settings.MEDIA_ROOT,
        settings.LOG_KEYS,
        settings.KEYSTORE,
        settings.KEYSTORE_BACKUP,
    )
    for hidden in [Path(each) for each in (*folders, settings.MASTER_FILE) if each is not None]:
        if hidden.exists() and any(hidden.is_relative_to(f) for f in [Path("/usr"), *shown]):
            command += (
                ["--tmpfs", str(hidden)] if hidden.is_dir() else ["--ro-bind", "/dev/null", str(hidden)]
            )
    return [*command, "--remount-ro", "/", "--chdir", "/", "--"]


def _frames(command: list[str], data: bytes) -> Generator[tuple[str, bytes], None, None]:
    # Our own interpreter and script; no shell, no argument of the sender.
    child = subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=ENVIRON,
        process_group=0,
    )  # fmt: skip
    assert child.stdin is not None and child.stdout is not None
    late = threading.Event()

    def end() -> None:
        late.set()
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)

    ending = threading.Timer(SECONDS, end)
    ending.start()
    try:
        with suppress(BrokenPipeError):  # it died early: the missing end says so
            child.stdin.write(data)
            child.stdin.flush()
        with suppress(BrokenPipeError):
            child.stdin.close()
        letter = ""
        while letter not in ("e", "r"):
            letter, content = _frame(child.stdout)
            if letter != "e":
                yield letter, content
    except Died as death:
        with suppress(subprocess.TimeoutExpired):  # its pipe may be closed an instant before it has ended
            child.wait(GRACE)
        death.is_late = late.is_set() or child.returncode in ITS_SECONDS_ARE_OVER
        raise
    finally:
        ending.cancel()
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
        child.stdout.close()
        child.wait()


def _frame(source: IO[bytes]) -> tuple[str, bytes]:
    head = source.read(9)
    if len(head) < 9 or head[:1] not in b"kmpre":
        raise Died
    length = struct.unpack(">Q", head[1:])[0]
    content = source.read(length) if length <= PAGE_AT_MOST else b""
    if len(content) != length:
        raise Died
    return head[:1].decode(), content
