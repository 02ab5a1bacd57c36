"""`hemicycle verify`: is the record of this data folder what was signed?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, ProgrammingError

from hemicycle.instruments.ledger import verify
from hemicycle.record import queries
from hemicycle.record.log import checking


class Command(BaseCommand):
    help = "Check every entry of the record against its leaf, the tree, and what the log and its witnesses signed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--policy", help="file with the keys to trust, kept elsewhere (default: the settings)"
        )
        parser.add_argument(
            "--export",
            metavar="FILE",
            help="write the tables for verify.py instead; the file holds what the log seals: keep it like the database",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        policy = None
        if options["policy"]:
            try:
                policy = verify.read_policy(Path(options["policy"]).read_text())
            except (OSError, ValueError, LookupError) as error:
                raise CommandError(f"{options['policy']} is no policy: {error}") from None
        try:
            is_empty = queries.is_empty()
        except (OperationalError, ProgrammingError):
            raise CommandError(f"There is no record in {settings.HOME}. Set HEMICYCLE_HOME.") from None
        if is_empty:
            raise CommandError("The record is empty: there is nothing to check.")
        if options["export"]:
            try:
                count = checking.export(Path(options["export"]))
            except OSError as error:
                raise CommandError(f"{options['export']} cannot be written: {error}") from None
            self.stdout.write(
                f"{count} rows. Check them: verify.py --policy FILE --export FILE {settings.HOME}"
            )
            return
        try:
            report = checking.check(policy, self.stdout.write)
        except verify.Fault as fault:
            self.stdout.write(f"NOT IN ORDER: {fault.kind}: {fault.where}")
            sys.exit(1)
        behind = report.tree - report.cosigned
        self.stdout.write(
            f"In order: {report.entries} entries, {report.leaves} leaves, {report.checkpoints} checkpoints."
        )
        if behind:
            self.stdout.write(f"{behind} leaves are signed and not yet cosigned by enough witnesses.")
