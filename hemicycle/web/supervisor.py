"""Web, worker and clock under one parent: whoever ends the parent ends all, and a part that dies ends the rest."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from hemicycle.record import queries

GRACE = 8.0  # seconds that a part has to end by itself


def refuse_wrong_database() -> None:
    """Refuse a database that is not migrated, or not of this mode. Raises `CommandError`."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError("The database is not up to date. Run: hemicycle migrate")
    if queries.is_empty():
        raise CommandError("Nothing is founded yet. Run: hemicycle found charters/pace-2025/1.0.toml")
    refuse_other_mode()


def refuse_other_mode() -> None:
    """Refuse a demonstration's database in production, and any other in a demonstration."""
    if queries.is_empty():
        return
    marked = queries.is_demonstration()
    if marked and not settings.DEMONSTRATION:
        raise CommandError(
            "This database is a demonstration with invented people; production does not open it."
        )
    if settings.DEMONSTRATION and not marked:
        raise CommandError("This database is not a demonstration; demonstration mode does not open it.")


def refuse_taken_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise CommandError(
                f"Port {port} is taken. Stop what runs there, or choose another: HEMICYCLE_PORT=8001"
            ) from None


def commands(workers: int) -> list[Sequence[str]]:
    """What runs: the web server, the worker of background tasks, and the clock."""
    hemicycle = [sys.executable, "-m", "config.command"]
    web = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", settings.ENV.bind,
        "--port", str(settings.ENV.port), "--workers", str(workers), "--blocking-threads", "2",
        "--no-ws", "--log-level", "warning", "config.wsgi:application",
    ]  # fmt: skip
    return [web, [*hemicycle, "db_worker", "--interval", "2"], [*hemicycle, "tick", "--every", "15"]]


def run(workers: int = 2) -> int:
    """Start all parts and wait. Returns 0 after Ctrl-C or SIGTERM, 1 when a part died."""
    refuse_taken_port(settings.ENV.bind, settings.ENV.port)
    asked = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        asked = True

    old = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    # A session of its own for each part: Ctrl-C reaches the parent alone, which then ends them in order.
    parts = [subprocess.Popen(command, start_new_session=True) for command in commands(workers)]  # noqa: S603
    try:
        while not asked and all(part.poll() is None for part in parts):
            time.sleep(0.2)
    finally:
        end(parts)
        for number, handler in old.items():
            signal.signal(number, handler)
    return 0 if asked else 1


def end(parts: Sequence[subprocess.Popen[bytes]]) -> None:
    for part in parts:
        if part.poll() is None:
            part.send_signal(signal.SIGTERM)
    until = time.monotonic() + GRACE
    for part in parts:
        try:
            part.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            part.kill()
            part.wait()
