"""`hemicycle keys`: the store of data keys. `keys new FILE` (config/command.py) makes a master key."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from hemicycle.record.sealing import keystore, master


class Command(BaseCommand):
    help = "The store of data keys: look at it, bring store and backup into step, change the master key."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["status", "settle", "rewrap", "new"])
        parser.add_argument("file", nargs="?", help="rewrap: file of the new master key")

    def handle(self, *args: Any, **options: Any) -> None:
        {"status": self.status, "settle": self.settle, "rewrap": self.rewrap}[options["what"]](
            options["file"]
        )

    def status(self, _file: str | None) -> None:
        for title, folder in (("store", settings.KEYSTORE), ("backup", settings.KEYSTORE_BACKUP)):
            if folder is None:
                self.stdout.write(f"{title:<8}none: HEMICYCLE_KEYSTORE_BACKUP names its folder")
                continue
            keys, gone = (
                sum(1 for _ in found)
                for found in (keystore.keys_in(Path(folder)), keystore.tombstones(Path(folder)))
            )
            self.stdout.write(f"{title:<8}{keys} keys, {gone} destroyed  {folder}")
        wrong = sum(not keystore.opens(path) for path in keystore.keys_in(Path(settings.KEYSTORE)))
        if wrong:
            raise CommandError(f"{wrong} keys do not open with this master key.")

    def settle(self, _file: str | None) -> None:
        self.stdout.write(f"{keystore.settle()} files were carried over or removed.")

    def rewrap(self, file: str | None) -> None:
        if file is None:
            raise CommandError("Name the file of the new master key: hemicycle keys rewrap FILE")
        try:
            key = base64.b64decode(Path(file).read_text().strip(), validate=True)
            new = master.Local(key)
        except (OSError, ValueError) as error:
            raise CommandError(f"{file} holds no master key: {error}") from None
        try:
            done = keystore.rewrap(master.service(), new)
        except master.WrongMaster as error:
            raise CommandError(
                f"The key of {error} opens with neither master key. Nothing more was changed."
            ) from None
        self.stdout.write(
            f"{done} files stand under the new master key. Start with it from now on, and destroy the old one."
        )
