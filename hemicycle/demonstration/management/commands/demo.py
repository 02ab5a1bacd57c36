"""`hemicycle demo`: load the replay once, then serve it on this machine only."""

from __future__ import annotations

import shutil
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from hemicycle.demonstration import queries as demonstration
from hemicycle.demonstration import replay
from hemicycle.record import clock, queries
from hemicycle.record.log import sequencer, witnesses
from hemicycle.record.models.log import Position
from hemicycle.web import supervisor


class Command(BaseCommand):
    help = "Load the replay of an invented platform (first time) and serve it on this machine."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--no-serve", action="store_true", help="only load")
        parser.add_argument("--reset", action="store_true", help="throw the old demonstration away first")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("Run it as: hemicycle demo")
        if options["reset"]:
            self.reset()
        settings.HOME.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        if queries.is_empty():
            self.load()
            self.close_batch()
        elif not queries.is_demonstration():
            raise CommandError(
                f"{settings.HOME / 'hemicycle.sqlite3'} is not a demonstration; it stays untouched. "
                "Give the demonstration a folder of its own: HEMICYCLE_HOME=demo-home"
            )
        if demonstration.is_aged():
            self.stdout.write(
                "This demonstration has aged: its session is over. Begin again: make demo-reset"
            )
        if options["no_serve"]:
            return
        self.stdout.write(
            f"\n  Open {settings.ENV.origin}/ - choose who you are at {settings.ENV.origin}/sign-in/"
        )
        self.stdout.write("  All people are invented. Ctrl-C ends everything.\n")
        sys.exit(supervisor.run())

    def load(self) -> None:
        began = time.monotonic()

        def show(done: int, of: int, what: str) -> None:
            if sys.stderr.isatty():
                filled = 30 * done // of
                sys.stderr.write(
                    f"\r[{'#' * filled}{'.' * (30 - filled)}] {done * 100 // of:3d} %  {what[:40]:<40}"
                )
                sys.stderr.write("\n" if done == of else "")
            elif done in (0, of) or done * 10 // of != (done - 1) * 10 // of:
                sys.stderr.write(f"{done * 100 // of:3d} %  {what}\n")
            sys.stderr.flush()

        replay.load(show)
        self.stdout.write(f"The replay is loaded ({time.monotonic() - began:.0f} s).")

    def close_batch(self) -> None:
        """Place every leaf of the replay in the log, sign it, and let the witness see it once."""
        sequencer.sequence(close_day=True)
        witnesses.cosign()
        self.stdout.write(f"The log holds {Position.objects.count()} leaves; check them: hemicycle verify")

    def reset(self) -> None:
        """Remove the demonstration's database and files, and nothing that is not marked as a demonstration."""
        database = settings.HOME / "hemicycle.sqlite3"
        if not database.exists():
            return
        call_command("migrate", verbosity=0)
        if not queries.is_empty() and not queries.is_demonstration():
            raise CommandError(f"{database} is not a demonstration; it stays untouched.")
        from django.db import connections

        connections.close_all()
        for path in settings.HOME.glob("hemicycle.sqlite3*"):
            path.unlink()
        for folder in (
            settings.MEDIA_ROOT,
            settings.LOG_FOLDER,
            settings.LOG_KEYS,
            settings.HOME / "witness",
        ):
            shutil.rmtree(folder, ignore_errors=True)
        self.stdout.write(f"The demonstration of {clock.today():%-d %B %Y} begins anew.")
