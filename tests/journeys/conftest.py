"""The demonstration, loaded once and served on this machine, and a real browser before it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).parents[2]
HEMICYCLE = [sys.executable, "-m", "config.command"]


def environment(home: Path, port: int = 8000) -> dict[str, str]:
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("HEMICYCLE_", "DATABASE_URL", "DJANGO_"))
    }
    return {**kept, "HEMICYCLE_HOME": str(home), "HEMICYCLE_PORT": str(port)}


def load_once(
    factory: pytest.TempPathFactory,
    name: str,
    command: Sequence[str],
    begin: Callable[[Path], None] | None = None,
) -> Path:
    """A data folder that `begin` and `command` fill; the workers of one run share it."""
    base = factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    home, ready = shared / name, shared / f"{name}.ready"
    try:
        (shared / f"{name}.lock").touch(exist_ok=False)
    except FileExistsError:
        for _ in range(1200):
            if ready.exists():
                return home
            time.sleep(0.25)
        raise RuntimeError(f"another worker did not load {name}") from None
    home.mkdir(exist_ok=True)
    if begin is not None:
        begin(home)
    done = subprocess.run(
        command, cwd=ROOT, env=environment(home), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    ready.touch()
    return home


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the replay."""
    return load_once(tmp_path_factory, "replay", [*HEMICYCLE, "demo", "--no-serve"])


@dataclass(frozen=True)
class Served:
    url: str
    home: Path


@pytest.fixture(scope="module")
def served(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demonstration served as `make demo` serves it, on a copy of the loaded folder."""
    with serve(loaded, tmp_path_factory.mktemp("served") / "home") as found:
        yield found


@pytest.fixture(scope="module")
def opinions_given(
    tmp_path_factory: pytest.TempPathFactory, lay_migrated: Callable[[Path], None]
) -> Iterator[Served]:
    """The story up to the opinions, as of today; everybody asked has accepted but one."""
    script = [sys.executable, "-m", "tests.journeys.before_the_list"]
    loaded = load_once(tmp_path_factory, "before-the-list", script, lay_migrated)
    with serve(loaded, tmp_path_factory.mktemp("opinions") / "home") as found:
        yield found


@contextmanager
def serve(loaded: Path, home: Path, **more: str) -> Iterator[Served]:
    shutil.copytree(loaded, home)
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (home / "log").open("w") as log:
        process = subprocess.Popen(
            [*HEMICYCLE, "demo"], cwd=ROOT, env={**environment(home, port), **more}, stdout=log, stderr=log
        )
        try:
            url = f"http://localhost:{port}"
            wait_for(url, process, home / "log")
            yield Served(url, home)
        finally:
            process.terminate()
            process.wait(20)


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        if process.poll() is not None:
            raise RuntimeError(log.read_text())
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.25)
    raise RuntimeError("no answer\n" + log.read_text())


NewPage = Callable[..., Page]


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """Open a page in a browser context of its own; a fault of script or a refused resource fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def make(width: int = 1280, height: int = 900, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "console",
            lambda m: faults.append(m.text) if m.type == "error" and "Content Security" in m.text else None,
        )
        return page

    yield make
    for context in contexts:
        context.close()
    assert not faults, faults


def virtual_passkey(page: Page) -> None:
    """Give the page's browser a passkey holder with user verification, as a phone or a laptop has one."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable", {"enableUI": False})
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
                "isUserVerified": True, "automaticPresenceSimulation": True,
            }
        },
    )  # fmt: skip
