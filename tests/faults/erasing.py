"""Everything that can be read of a house, by whoever has all of it: the database, the files, the store of keys with its
backup, the master key, and the identities and boxes of everybody."""

from __future__ import annotations

import shutil
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyrage
from django.apps import apps
from django.conf import settings
from django.db import connections

from hemicycle.candidacy import envelopes, files
from hemicycle.candidacy.models import Evidence
from hemicycle.record.sealing import boxes, keystore
from hemicycle.record.sealing.fields import Ciphertext, _Sealed

from ..conftest import _maintain


def sealed_models() -> list[tuple[Any, list[Any]]]:
    """Each model with sealed columns, and the columns."""
    found = [
        (model, [f for f in model._meta.concrete_fields if isinstance(f, _Sealed)])
        for model in apps.get_models()
    ]
    return [(model, columns) for model, columns in found if columns]


@dataclass
class Loot:
    """What was read, and what was there and could not be."""

    texts: list[str] = field(default_factory=list)
    destroyed: int = 0

    def holds(self, token: str) -> bool:
        return any(token in text for text in self.texts)


def columns() -> Loot:
    """Every sealed column of every row, opened with all keys that are there. Owner and place stand in the row itself."""
    loot = Loot()
    for model, found in sealed_models():
        for row in model._base_manager.all():
            for column in found:
                value = row.__dict__[column.attname]
                if isinstance(value, Ciphertext):
                    try:
                        loot.texts.append(boxes.unseal(column.place(row), value))
                    except keystore.Destroyed:
                        loot.destroyed += 1
    return loot


def one_offs(identities: list[str]) -> dict[str, set[str]]:
    """What opens the parts of each file, by its random name, as whoever has these identities took it home once."""
    found: dict[str, set[str]] = {}
    for held in Evidence.objects.all():
        for key in held.keys.all():
            for identity in identities:
                try:
                    opened = pyrage.decrypt(key.box.encode(), [pyrage.x25519.Identity.from_str(identity)])
                except pyrage.DecryptError:
                    continue
                found.setdefault(held.name, set()).add(bytes(opened).decode())
    return found


def evidence(taken: dict[str, set[str]]) -> Loot:
    """Every file of every evidence, with what was taken home before."""
    loot = Loot()
    for held in Evidence.objects.select_related("candidacy"):
        for name in held.file_names:
            raw = files.path(name).read_bytes()
            try:
                inner = envelopes.strip(held, name, raw)
            except keystore.Destroyed:
                loot.destroyed += 1
                continue
            for one_off in taken.get(held.name, ()):
                try:
                    opened = pyrage.decrypt(inner, [pyrage.x25519.Identity.from_str(one_off)])
                except pyrage.DecryptError:
                    continue
                loot.texts.append(bytes(opened).decode(errors="replace"))
    return loot


class Backup:
    """A copy of the database and of the folder of files, as they stand now."""

    def __init__(self, folder: Path) -> None:
        alias = connections["default"]
        self.files, self._own = folder / "files", alias.settings_dict["NAME"]
        shutil.copytree(settings.MEDIA_ROOT, self.files)
        if alias.vendor == "sqlite":
            self.name: Any = folder / "backup.sqlite3"
            with closing(sqlite3.connect(self._own)) as source, closing(sqlite3.connect(self.name)) as target:
                source.backup(target)
        else:
            self.name = f"backup_{uuid.uuid4().hex[:12]}"
            connections.close_all()
            _maintain(alias, f'CREATE DATABASE "{self.name}" TEMPLATE "{self._own}"')

    @contextmanager
    def put_back(self) -> Iterator[None]:
        """The house on the old database and the old files, with the store of keys as it is now."""
        alias, media = connections["default"], settings.MEDIA_ROOT
        connections.close_all()
        alias.settings_dict["NAME"], settings.MEDIA_ROOT = self.name, str(self.files)
        try:
            yield
        finally:
            connections.close_all()
            alias.settings_dict["NAME"], settings.MEDIA_ROOT = self._own, media

    def drop(self) -> None:
        alias = connections["default"]
        if alias.vendor == "postgresql":
            _maintain(alias, f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
