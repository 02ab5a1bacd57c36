"""`hemicycle charter`: the versions of the charter that this record adopted. (`charter check FILE` needs
no record.)
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from hemicycle.record import law
from hemicycle.record.models import CharterVersion


class Command(BaseCommand):
    help = "Print the versions of the charter that this record adopted. `hemicycle charter check FILE` reads a file."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            current = law.version_in_force().reference
        except law.NoLaw as error:
            raise CommandError(str(error)) from error
        for version in CharterVersion.objects.exclude(in_force_from=None):
            since = timezone.localtime(version.in_force_from).strftime("%Y-%m-%d %H:%M")
            mark = "in force" if version.reference == current else ""
            self.stdout.write(f"{version.reference:<32} {since}  {version.digest[:16]}  {mark}".rstrip())
