"""What a making function does is done once a worker, and laid again where another test begins in the same way.

Thousands of tests begin with the same acts: a cast, a round, a list that was announced. A function marked `@laid` is
really called where nothing is known of it, where the test has written anything but by such functions, or at another
time or in another language. What it wrote (rows, the log, data keys, files) and what it made of the objects given to
it is kept, and laid out again for the next test that comes the same way. A test with a database of its own, or that
puts something in the place of something, is never served so.
"""

from __future__ import annotations

import functools
import io
import pickle
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, is_dataclass
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection, models, transaction
from django.utils.translation import get_language

from hemicycle.record import clock

F = TypeVar("F", bound=Callable[..., Any])
Rows = dict[str, dict[Any, tuple[Any, ...]]]
FOLDERS = ("LOG_FOLDER", "LOG_KEYS", "KEYSTORE", "MEDIA_ROOT")
READS = re.compile(r"\s*(SELECT|BEGIN|SAVEPOINT|RELEASE|EXPLAIN|PRAGMA|SHOW|SET)\b", re.IGNORECASE)


class Unknown(Exception):
    """What was given cannot be told from something else: the function is called."""


@dataclass(frozen=True)
class Kept:
    added: Rows
    changed: Rows
    gone: dict[str, list[Any]]
    objects: bytes
    folder: Path


class Way:
    """By which laid functions the present test came to where it stands; nothing once it has written otherwise."""

    def __init__(self) -> None:
        self.steps: tuple[str, ...] | None = None
        self.home = Path()
        self.kept: dict[tuple[str, ...], Kept | None] = {}
        self._is_laying = False

    def begin(self, home: Path) -> None:
        self.steps, self.home = (), home
        if self._watch not in connection.execute_wrappers:
            connection.execute_wrappers.append(self._watch)

    def leave(self) -> None:
        self.steps = None

    def _watch(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not self._is_laying and not READS.match(sql):
            self.steps = None
        return execute(sql, params, many, context)

    def call(self, function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if self.steps is None or self._is_laying or not connection.in_atomic_block:
            return function(*args, **kwargs)
        live = {}
        try:
            for name, each in _within((args, kwargs)):
                live[name] = each
            around = f"{clock.now()} {settings.DEMONSTRATION} {get_language()}"
            said = f"{function.__module__}.{function.__qualname__} {around} {_said((args, kwargs))}"
        except Unknown:
            return function(*args, **kwargs)
        steps = (*self.steps, said)
        if steps not in self.kept:
            return self._called(steps, live, function, args, kwargs)
        kept = self.kept[steps]
        if kept is None:
            return function(*args, **kwargs)
        self._is_laying = True
        try:
            _lay(kept)
            result = _load(kept.objects, live)
        finally:
            self._is_laying = False
        self.steps = steps
        return result

    def _called(
        self, steps: tuple[str, ...], live: dict[str, Any], function: Any, args: Any, kwargs: Any
    ) -> Any:
        before, waiting = everything(), len(connection.run_on_commit)
        self.steps = None
        self._is_laying = True  # what is laid within is called too: one way leads to one state
        try:
            result = function(*args, **kwargs)
        finally:
            self._is_laying = False
        self.kept[steps] = None
        if len(connection.run_on_commit) == waiting:
            try:
                objects = _dump(result, live)
            except (pickle.PicklingError, TypeError, AttributeError):
                return result
            after, folder = everything(), self.home / f"laid-{len(self.kept)}"
            for name in FOLDERS:
                if Path(getattr(settings, name)).exists():
                    shutil.copytree(getattr(settings, name), folder / name)
            self.kept[steps] = Kept(*_between(before, after), objects, folder)
            self.steps = steps
        return result


way = Way()


def laid(function: F) -> F:
    """Mark a function that makes what tests begin with, of what it is given and of nothing else."""

    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        return way.call(function, args, kwargs)

    return call  # type: ignore[return-value]


# --- what is given, and what becomes of it ---------------------------------------------------------------------------


def _is_holder(each: Any) -> bool:
    return hasattr(each, "__dict__") and (is_dataclass(type(each)) or type(each).__name__ == "Cast")


def _parts(each: Any) -> Iterator[Any]:
    if isinstance(each, dict):
        yield from each.values()
    elif isinstance(each, (list, tuple)):
        yield from each
    elif _is_holder(each):
        yield from vars(each).values()
    elif isinstance(each, models.Model):
        yield from each._state.fields_cache.values()


def _within(each: Any, seen: set[int] | None = None) -> Iterator[tuple[str, Any]]:
    """Every saved row and every holder of rows in what is given, with the name by which it is known."""
    seen = set() if seen is None else seen
    if id(each) in seen:
        return
    if isinstance(each, models.Model) or _is_holder(each):
        seen.add(id(each))
        if isinstance(each, models.Model) and each.pk is None:
            raise Unknown
        yield f"{type(each).__name__} {len(seen)}", each
    for part in _parts(each):
        yield from _within(part, seen)


def _said(each: Any, seen: set[int] | None = None) -> str:
    seen = set() if seen is None else seen
    if isinstance(each, (str, int, float, bool, bytes, Path, type(None))):
        return repr(each)
    if isinstance(each, dict):
        return repr([(key, _said(value, seen)) for key, value in each.items()])
    if isinstance(each, (list, tuple)):
        return repr([_said(value, seen) for value in each])
    if hasattr(each, "isoformat"):
        return repr(each)
    if id(each) in seen:
        return "again"
    seen.add(id(each))  # of what stays: another object may get the place of one that is gone
    if isinstance(each, models.Model):
        values = {name: each.__dict__.get(name) for name in sorted(each.__dict__) if not name.startswith("_")}
        return f"{each._meta.label}{values!r}{_said(list(each._state.fields_cache.items()), seen)}"
    if _is_holder(each):
        return f"{type(each).__name__}{_said(vars(each), seen)}"
    raise Unknown


def _dump(result: Any, live: dict[str, Any]) -> bytes:
    names = {id(each): name for name, each in live.items()}

    class Pickler(pickle.Pickler):
        def persistent_id(self, each: Any) -> str | None:
            return names.get(id(each))

    out = io.BytesIO()
    Pickler(out).dump((result, {name: each.__dict__ for name, each in live.items()}))
    return out.getvalue()


def _load(objects: bytes, live: dict[str, Any]) -> Any:
    class Unpickler(pickle.Unpickler):
        def persistent_load(self, name: str) -> Any:
            return live[name]

    result, states = Unpickler(io.BytesIO(objects)).load()
    for name, state in states.items():
        live[name].__dict__.clear()
        live[name].__dict__.update(state)
    return result


# --- rows ------------------------------------------------------------------------------------------------------------


@functools.cache
def _tables() -> tuple[tuple[str, str, int], ...]:
    """Each table, its columns as SQL names them (its key is the first), and how many there are."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}" LIMIT 0')
            columns = [each[0] for each in cursor.description]
            found.append((table, ", ".join(f'"{name}"' for name in columns), len(columns)))
    return tuple(found)


def everything() -> Rows:
    """Every row of the database by its key, which comes first."""
    found: Rows = {}
    with connection.cursor() as cursor:
        for table, columns, _count in _tables():
            cursor.execute(f'SELECT {columns} FROM "{table}"')
            found[table] = {row[0]: tuple(row) for row in cursor.fetchall()}
    return found


def _between(before: Rows, after: Rows) -> tuple[Rows, Rows, dict[str, list[Any]]]:
    added: Rows = {}
    changed: Rows = {}
    gone: dict[str, list[Any]] = {}
    for table, rows in after.items():
        old = before[table]
        if new := {key: row for key, row in rows.items() if key not in old}:
            added[table] = new
        if other := {key: row for key, row in rows.items() if key in old and old[key] != row}:
            changed[table] = other
        if lost := [key for key in old if key not in rows]:
            gone[table] = lost
    return added, changed, gone


def _lay(kept: Kept) -> None:
    known = {table: (columns, count) for table, columns, count in _tables()}
    with transaction.atomic(), connection.cursor() as cursor:
        for table, keys in kept.gone.items():
            key = known[table][0].split(", ")[0]
            cursor.executemany(f'DELETE FROM "{table}" WHERE {key} = %s', [(each,) for each in keys])
        for table, rows in kept.changed.items():
            names = known[table][0].split(", ")
            sets = ", ".join(f"{name} = %s" for name in names[1:])
            cursor.executemany(
                f'UPDATE "{table}" SET {sets} WHERE {names[0]} = %s',
                [(*row[1:], row[0]) for row in rows.values()],
            )
        for table, rows in kept.added.items():
            columns, count = known[table]
            marks = ", ".join(["%s"] * count)
            cursor.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', list(rows.values()))
    if kept.folder.exists():
        for name in FOLDERS:
            if (kept.folder / name).exists():
                shutil.copytree(kept.folder / name, getattr(settings, name), dirs_exist_ok=True)
