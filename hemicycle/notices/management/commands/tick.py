"""`hemicycle tick`: let every room write down what time has brought, and read on in the record."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from config.rooms import ROOMS
from hemicycle.record import clock, heartbeat

Tick = Callable[[], int]


def ticks() -> list[tuple[str, Tick]]:
    """`(room, tick)` of every room whose actions have one, in the order of the rooms."""
    found: list[tuple[str, Tick]] = []
    for room in ROOMS:
        if find_spec(f"hemicycle.{room}.actions") is None:
            continue
        tick = getattr(import_module(f"hemicycle.{room}.actions"), "tick", None)
        if tick is not None:
            found.append((room, tick))
    return found


class Command(BaseCommand):
    help = "Perform what is due by the clock in every room. With --every, again and again until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=float, metavar="SECONDS", help="repeat after so many seconds")

    def handle(self, *args: Any, **options: Any) -> None:
        every = options["every"]
        if every is None:
            self.once()
            return
        if every <= 0:
            raise CommandError("--every takes a number of seconds, more than 0.")
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        self.stdout.write(f"The clock runs every {every:g} s.")
        self.stdout.flush()
        while not stop.is_set():
            began = time.monotonic()
            self.once(quiet=True)
            close_old_connections()
            stop.wait(max(0.0, every - (time.monotonic() - began)))
        self.stdout.write("The clock was stopped.")

    def once(self, quiet: bool = False) -> None:
        """One round. A room that fails is named with its error; the others still get their turn."""
        stamp = timezone.localtime(clock.now()).strftime("%Y-%m-%d %H:%M:%S")
        failed = []
        total = 0
        for room, tick in ticks():
            try:
                done = tick()
            except Exception as error:  # one room's fault must not stop the deadlines of all others
                failed.append(room)
                self.stderr.write(f"{stamp} {room}: {type(error).__name__}: {error}")
                continue
            total += done
            if done:
                self.stdout.write(f"{stamp} {room}: {done}")
        if not failed:
            heartbeat.beat()
        if not total and not quiet and not failed:
            self.stdout.write(f"{stamp} nothing was due")
        if failed and not quiet:
            raise CommandError(f"The clock could not do its work in: {', '.join(failed)}")
