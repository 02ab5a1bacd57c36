"""What many tests of a folder begin with, made once a module: the rows stay in an outer transaction, of which each test
sees a savepoint of its own; the log, the data keys and the objects in memory are copied for it.

Not for a module whose tests use `own_database`: it closes the connection."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Generic, TypeVar

from django.db import transaction
from django.test import override_settings

from hemicycle.record import clock

from .cast import Cast, found

T = TypeVar("T")
FOLDERS = ("LOG_FOLDER", "LOG_KEYS", "KEYSTORE", "MEDIA_ROOT")


class Laid(Generic[T]):
    """What was made, kept as bytes: no test sees what another did to it."""

    def __init__(self, made: T, folder: Path) -> None:
        self._made, self._folder = pickle.dumps(made), folder

    def take(self, settings: Any, folder: Path) -> T:
        """A copy for one test, which has its own folders below `folder`."""
        shutil.copytree(self._folder, folder, dirs_exist_ok=True)
        for name, path in _folders(folder).items():
            setattr(settings, name, path)
        made: T = pickle.loads(self._made)
        return made


@contextmanager
def lay(blocker: Any, folder: Path, at: Any, make: Callable[[Cast], T], **settings: Any) -> Iterator[Laid[T]]:
    """`make` is given a founded record with the invented cast, at `at`."""
    with blocker.unblock(), transaction.atomic():
        with override_settings(**_folders(folder), **settings), clock.set_to(at):
            made = Laid(make(found()), folder)
        yield made
        transaction.set_rollback(True)


def _folders(folder: Path) -> dict[str, Path]:
    return {name: folder / name.lower() for name in FOLDERS}
