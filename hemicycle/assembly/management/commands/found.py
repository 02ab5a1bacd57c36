"""`hemicycle found FILE`: once, on an empty record."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from hemicycle.assembly import founding
from hemicycle.record import law
from hemicycle.rules.charter import LANGUAGES, CharterError, format_problems
from hemicycle.rules.findings import Unmet


class Command(BaseCommand):
    help = (
        "Found this record, once: adopt the charter in FILE and enrol the first two clerks by one-time code."
    )
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the charter, for example charters/pace-2025/1.0.toml")
        parser.add_argument("--first-clerk", metavar="NAME", default="")
        parser.add_argument("--second-clerk", metavar="NAME", default="")
        parser.add_argument("--language", choices=LANGUAGES, default="en", help="of both clerks")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        names = [options["first_clerk"], options["second_clerk"]]
        names = [name or self._asked(which) for name, which in zip(names, ("first", "second"), strict=True)]
        if settings.DEMONSTRATION:
            raise CommandError("A demonstration founds itself. Unset HEMICYCLE_DEMO to found a real record.")
        if not path.is_file():  # before a database is made for nothing
            raise CommandError(f"{path} cannot be read: no such file. Nothing was founded.")
        call_command("migrate", verbosity=0, interactive=False)
        clerks = [founding.Clerk(name, options["language"]) for name in names]
        try:
            founded = founding.found(path, clerks)
        except CharterError as error:
            raise CommandError(
                "This charter cannot be law; nothing was founded.\n" + format_problems(path, error.findings)
            ) from error
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}. Nothing was founded.") from error
        except Unmet as error:
            raise CommandError(f"{error} Nothing was founded.") from error
        self.stdout.write(_printed(founded))

    def _asked(self, which: str) -> str:
        """Ask at a terminal. In a script, or without an answer, the clerk stays unnamed until the own account says more."""
        unnamed = f"{which.capitalize()} clerk"
        if not sys.stdin.isatty():
            return unnamed
        return input(f"Name of the {which} clerk (may stay empty): ").strip() or unnamed


def _printed(founded: founding.Founded) -> str:
    """What is shown once, at most 80 columns wide, to be cut apart and handed over in person."""
    charter = law.in_force()
    hours = charter.periods.enrolment_code_hours.value
    lines = [
        f"Founded: record entry 1, charter {charter.reference}.",
        *textwrap.wrap(
            f"Each clerk signs in at {settings.ENV.origin} with the code below. Hand each code to its clerk "
            f"in person. It works once, within {hours} hours, and is not shown again.",
            80,
        ),
    ]
    for clerk in founded.clerks:
        lines += [
            "-" * 80,
            *textwrap.wrap(clerk.person.name, 78, initial_indent="  ", subsequent_indent="  "),
        ]
        lines += [f"  {clerk.person.reference}", f"  {clerk.code}"]
    return "\n".join([*lines, "-" * 80])
