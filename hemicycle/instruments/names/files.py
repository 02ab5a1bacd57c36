"""Files as bytes: plain, or packed with gzip or zip, which their first bytes tell and not their names.

What is packed may unpack to `MOST_BYTES`, and beyond `FREE_BYTES` to no more than `MOST_TIMES` its size: a small archive can hold
terabytes of nothing. The published lists shrink to a tenth.
"""

from __future__ import annotations

import gzip
import io
import lzma
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO, cast

MOST_BYTES = 4 * 1024**3
FREE_BYTES = 16 * 1024**2
MOST_TIMES = 100
_BLOCK = 1 << 16
_DAMAGED = (EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile)


class Unreadable(ValueError):
    """A file cannot be read; the message names file, line and column."""


def opened(path: Path) -> BinaryIO:
    """A file for reading as bytes, unpacked. Reading raises OSError where it is damaged, Unreadable where it is too large."""
    with path.open("rb") as file:
        mark = file.read(4)
    if mark[:2] == b"\x1f\x8b":
        return _guarded(path, cast(BinaryIO, gzip.open(path, "rb")))
    if mark in (b"PK\x03\x04", b"PK\x05\x06"):
        return _guarded(path, _only_file(path))
    return path.open("rb")


def _only_file(path: Path) -> BinaryIO:
    """The one file of a zip archive."""
    try:
        # Without the archive the file stays open, and closing the file closes all.
        archive = zipfile.ZipFile(path)
        inside = [member for member in archive.infolist() if not member.is_dir()]
        if len(inside) != 1:
            raise Unreadable(f"{path}: the archive holds {len(inside)} files where one is expected")
        if inside[0].file_size > _most(path):
            raise _too_large(path)
        return cast(BinaryIO, archive.open(inside[0]))
    except zipfile.BadZipFile as error:
        raise Unreadable(f"{path}: the file is damaged: {error}") from error
    except (NotImplementedError, RuntimeError) as error:  # a way of packing that is not known; a password
        raise Unreadable(f"{path}: the archive cannot be opened: {error}") from error


def _guarded(path: Path, packed: BinaryIO) -> BinaryIO:
    return io.BufferedReader(_Guarded(path, packed), _BLOCK)


class _Guarded(io.RawIOBase):
    """Counts what is unpacked, and tells every kind of damage as an OSError."""

    def __init__(self, path: Path, packed: BinaryIO) -> None:
        self.path = path
        self.packed = packed
        self.most = _most(path)
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            block = self.packed.read(len(buffer))
        except _DAMAGED as error:
            raise OSError(str(error)) from error
        self.count += len(block)
        if self.count > self.most:
            raise _too_large(self.path)
        buffer[: len(block)] = block
        return len(block)

    def close(self) -> None:
        self.packed.close()
        super().close()


def _most(path: Path) -> int:
    return min(MOST_BYTES, max(FREE_BYTES, MOST_TIMES * path.stat().st_size))


def _too_large(path: Path) -> Unreadable:
    return Unreadable(f"{path}: more than {_most(path):,} bytes when unpacked")
