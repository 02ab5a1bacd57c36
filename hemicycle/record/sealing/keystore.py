"""The store of data keys: one small file per owner, wrapped by the master key, in a folder that no database backup holds.

Layout below KEYSTORE and, where one is set, below KEYSTORE_BACKUP (the store's own backup, written at once):

    ab/ab3f…          the owner's reference, and a data key under the master key; the name is the SHA-256 of the reference
    destroyed/ab3f…   a tombstone: a key of this name is never made or used again, and swept wherever it turns up

So an old copy of the store that is put back gives no destroyed key back, as long as one of the two folders remembers.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from . import master

KEY_BYTES = 32


class Destroyed(Exception):
    """The key is gone for ever, and everything under it with it."""


class Unavailable(Exception):
    """The key should be there and is not: the store is not the one that belongs to this database, or incomplete."""


def key_for(owner: str, *, make: bool) -> bytes:
    """The data key of an owner, 32 bytes. `make`: draw one if there is none yet.

    Raises `Destroyed`, `Unavailable` (none there and `make` is false), `master.WrongMaster`.
    """
    name = _name(owner)
    path = _path(settings.KEYSTORE, name)
    if any(_tombstone(folder, name).exists() for folder in _folders()):
        raise Destroyed(owner)
    try:
        found = path.stat()
    except FileNotFoundError:
        if not make:
            raise Unavailable(owner) from None
        _draw(owner, name)
        found = path.stat()
    # The inode and the time of writing stand for the file: what was destroyed or put back is read anew.
    return _unwrapped(master.service(), str(path), found.st_ino, found.st_mtime_ns, owner)


def destroy(owner: str) -> None:
    """Destroy the key of an owner in the store and in its backup. Doing it again changes nothing.

    The tombstone comes first: whoever is killed in between leaves a key that nobody uses and `settle` sweeps.
    Raises `OSError` when one of the two folders cannot be written; the other is done then.
    """
    name, trouble = _name(owner), None
    for folder in _folders():
        try:
            _bury(folder, name)
        except OSError as error:
            trouble = error
    _unwrapped.cache_clear()
    if trouble is not None:
        raise trouble


def is_destroyed(owner: str) -> bool:
    """Whether nothing of the key is left, neither in the store nor in its backup."""
    name = _name(owner)
    return all(_tombstone(f, name).exists() and not _path(f, name).exists() for f in _folders())


def settle() -> int:
    """Carry tombstones and keys from the one folder to the other; returns how many files that moved or removed.

    For a backup that was away for a while, and for an old copy of either that was put back.
    """
    folders, done = _folders(), 0
    buried = {each.name for folder in folders for each in tombstones(folder)}
    for folder in folders:
        for name in buried:
            if not _tombstone(folder, name).exists() or _path(folder, name).exists():
                _bury(folder, name)
                done += 1
    for here, there in ((a, b) for a in folders for b in folders if a != b):
        for path in keys_in(here):
            if path.name not in buried and not _path(there, path.name).exists():
                _write(_path(there, path.name), path.read_bytes())
                done += 1
    _unwrapped.cache_clear()
    return done


def keys_in(folder: Path) -> Iterator[Path]:
    """Every key file of a store."""
    for shelf in _listed(folder):
        if len(shelf.name) == 2:
            yield from (path for path in _listed(shelf) if not path.name.startswith("."))


def tombstones(folder: Path) -> list[Path]:
    """What was destroyed, by the names of the keys."""
    return _listed(folder / "destroyed")


def opens(path: Path) -> bool:
    """Whether a key of the store opens with the master key."""
    owner, wrapped = _read(path)
    try:
        master.service().unwrap(wrapped, owner)
    except master.WrongMaster:
        return False
    return True


def rewrap(old: master.KeyService, new: master.KeyService) -> int:
    """Put every key under another master key; returns how many files. One that is under it already is left, so that a
    change that was broken off is taken up again."""
    done = 0
    for path in [path for folder in _folders() for path in keys_in(folder)]:
        owner, wrapped = _read(path)
        with suppress(master.WrongMaster):
            new.unwrap(wrapped, owner)
            continue
        _write(path, _line(owner, new.wrap(old.unwrap(wrapped, owner), owner)), anew=True)
        done += 1
    _unwrapped.cache_clear()
    return done


def _name(owner: str) -> str:
    return hashlib.sha256(owner.encode()).hexdigest()[:40]


def _folders() -> list[Path]:
    return [Path(folder) for folder in (settings.KEYSTORE, settings.KEYSTORE_BACKUP) if folder]


def _path(folder: Path, name: str) -> Path:
    return Path(folder) / name[:2] / name


def _tombstone(folder: Path, name: str) -> Path:
    return Path(folder) / "destroyed" / name


def _listed(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


@lru_cache(maxsize=2048)
def _unwrapped(service: master.KeyService, path: str, inode: int, written: int, owner: str) -> bytes:
    named, wrapped = _read(Path(path))
    if named != owner:
        raise master.WrongMaster(owner)
    return service.unwrap(wrapped, owner)


def _line(owner: str, wrapped: bytes) -> bytes:
    return owner.encode() + b"\n" + wrapped


def _read(path: Path) -> tuple[str, bytes]:
    owner, _, wrapped = path.read_bytes().partition(b"\n")
    return owner.decode(), wrapped


def _draw(owner: str, name: str) -> None:
    """A new key, first in the backup: what is sealed must never hang on a key of which there is one copy only."""
    wrapped = _line(owner, master.service().wrap(secrets.token_bytes(KEY_BYTES), owner))
    for folder in reversed(_folders()):
        # Who came second takes the key of who came first.
        kept = _write(_path(folder, name), wrapped)
        wrapped = kept


def _write(path: Path, data: bytes, *, anew: bool = False) -> bytes:
    """Write a whole file or none, and return what stands there: an earlier file wins unless `anew`."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.parent / f".{secrets.token_hex(8)}"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if anew:
            draft.replace(path)
        else:
            try:
                os.link(draft, path)
            except FileExistsError:
                data = path.read_bytes()
    finally:
        draft.unlink(missing_ok=True)
    _sync(path.parent)
    return data


def _bury(folder: Path, name: str) -> None:
    _write(_tombstone(folder, name), b"")
    path = _path(folder, name)
    if path.exists():
        with path.open("r+b") as file:  # before the name goes, so that the old block does not stay as it was
            file.write(secrets.token_bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink(missing_ok=True)
        _sync(path.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
