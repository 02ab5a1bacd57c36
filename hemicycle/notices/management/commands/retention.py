"""`hemicycle retention --on 2027-05-01`: what goes by a day. It reads, and changes nothing."""

from __future__ import annotations

import textwrap
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hemicycle.notices import retention, showing
from hemicycle.record import clock, erasure

WIDTH = 80


class Command(BaseCommand):
    help = "Say what is erased by a day: by month and kind, with references. A dry run: nothing is changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", metavar="DAY", help="a day as 2027-05-01 (default: today)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            day = date.fromisoformat(options["on"]) if options["on"] else clock.today()
        except ValueError:
            raise CommandError("Give the day as 2027-05-01.") from None
        found = showing.lines(retention.plan(showing.end_of(day)))
        self.stdout.write(f"What goes by {day.isoformat()}, as things stand now")
        for line in found:
            held = f", {line.held} put off by a hold" if line.held else ""
            head = f"{line.month:%Y-%m}  {line.title}: {len(line.references)} (article {line.article}{held})"
            self.stdout.write(textwrap.fill(head, WIDTH, subsequent_indent=" " * 9))
            names = ", ".join(line.references)
            self.stdout.write(
                textwrap.fill(
                    names, WIDTH, initial_indent=" " * 9, subsequent_indent=" " * 9, break_on_hyphens=False
                )
            )
        if not found:
            self.stdout.write("Nothing.")
        waiting = erasure.waiting()
        if waiting:
            self.stdout.write(
                f"Keys that should be gone and may still stand in the store or its backup: {waiting}"
            )
