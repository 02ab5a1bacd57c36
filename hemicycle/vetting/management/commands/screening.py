"""`hemicycle screening`: lists of names at the command line of the server. (`screening preview FILE` needs no record.)"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from hemicycle.instruments.names.files import Unreadable
from hemicycle.instruments.names.sources.lists import FORMATS
from hemicycle.record.actors import CLOCK
from hemicycle.rules.findings import Unmet
from hemicycle.vetting import actions, queries
from hemicycle.vetting.models import Run, Source, Version
from hemicycle.vetting.procedure.screening import RUN, SourceState, VersionState
from hemicycle.web.desk import matter_url


class Command(BaseCommand):
    help = (
        "Lists of names: read in a version (`import`), or say which are in use and what is being compared (`status`). "
        "A version is used when a clerk says so, on its page."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        subparsers = parser.add_subparsers(dest="what", required=True, metavar="import|status|preview")
        importing = subparsers.add_parser(
            "import", help="read in a version of a list that a clerk took into use"
        )
        importing.add_argument("file", type=Path)
        importing.add_argument(
            "--list", required=True, metavar="REFERENCE", help="SRCE-…, or the name of the list"
        )
        importing.add_argument("--format", choices=sorted(FORMATS), help="recognised by default")
        subparsers.add_parser("status", help="lists in use, and comparisons under way")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("en"):
            self.status() if options["what"] == "status" else self.read_in(**options)

    def read_in(self, file: Path, list: str, format: str | None, **options: Any) -> None:
        kept = Source.objects.filter(state=SourceState.KEPT)
        source = kept.filter(reference=list).first() or kept.filter(name=list).first()
        if source is None:
            known = "; ".join(f"{one.reference} {one.name}" for one in kept) or "none"
            raise CommandError(f"No list “{list}” is in use. In use: {known}. Nothing was read in.")
        try:
            taken = actions.take_in(file, format or "", self._progress)
            version = Version(source=source, file=taken)
            actions.read_in(version, CLOCK)
        except Unreadable as error:
            raise CommandError(f"{error}. Nothing was read in.") from error
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}. Nothing was read in.") from error
        except Unmet as error:
            raise CommandError(f"{error} Nothing was read in.") from error
        finally:
            if sys.stderr.isatty():
                self.stderr.write("")
        self._tell(version)

    def _progress(self, entries: int) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r{entries} entries", ending="")
            self.stderr.flush()

    def _tell(self, version: Version) -> None:
        counts = version.file.counts
        self.stdout.write(f"{version.reference}: {version.title}")
        self.stdout.write(
            f"  {counts['entries']} entries, {counts['names']} names, {counts.get('weak', 0)} of them weak"
        )
        for word, number in version.difference.items():
            self.stdout.write(f"  {word}: {number}")
        for why, count, lines in version.file.passed_over:
            told = ", ".join(str(line) for line in lines)
            self.stdout.write(f"  passed over: {count} {why} (lines {told})")
        self.stdout.write(
            f"Nobody is compared with it before a clerk uses it:\n  {settings.ENV.origin}{matter_url(version)}"
        )

    def status(self) -> None:
        for source in Source.objects.filter(state=SourceState.KEPT):
            used = (
                source.versions.filter(state=VersionState.IN_FORCE).select_related("file", "source").first()
            )
            told = used.title if used is not None else f"{source.name}: no version in use"
            mark = "  to be renewed" if queries.overdue(source, used) else ""
            self.stdout.write(f"{source.reference}  {told}{mark}")
        for run in queries.with_progress(Run.objects.exclude(state="done")):
            done, total = run.done, run.total  # type: ignore[attr-defined]
            self.stdout.write(f"{run.reference}  {done} of {total} files  {RUN.state_title(run.state)}")
