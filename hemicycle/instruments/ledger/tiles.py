"""The tree as files that any web server can serve (C2SP tlog-tiles).

A tile is 256 neighbouring hashes of one level; a bundle is the leaves themselves, each behind its length in two bytes.
Full ones never change. What stands last is partial and has its width in its name; wider ones come beside it.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Sequence
from pathlib import Path

from .tree import EMPTY, SIZE, Tree, leaf_hash, root_of

WIDTH = 256


def tile_path(level: int | str, index: int, width: int = WIDTH) -> str:
    """Where a tile stands below the log's folder; `level` is a number, or `entries` for bundles."""
    digits = f"{index:d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    path = "/".join(["x" + group for group in groups[:-1]] + groups[-1:])
    partial = f".p/{width}" if width < WIDTH else ""
    return f"tile/{level}/{path}{partial}"


def bundle(leaves: Sequence[bytes]) -> bytes:
    """Leaves as one bundle."""
    return b"".join(struct.pack(">H", len(leaf)) + leaf for leaf in leaves)


def unbundle(data: bytes) -> list[bytes]:
    """The leaves of a bundle. Raises ValueError when it breaks off."""
    leaves, at = [], 0
    while at < len(data):
        if at + 2 > len(data):
            raise ValueError("the bundle breaks off")
        end = at + 2 + struct.unpack_from(">H", data, at)[0]
        if end > len(data):
            raise ValueError("the bundle breaks off")
        leaves.append(data[at + 2 : end])
        at = end
    return leaves


def extend(folder: Path, leaves: Sequence[bytes], size: int) -> tuple[int, bytes]:
    """Write the leaves that come after `size` and every tile that they change. Returns the new size and its root.

    Each file is written beside its place and moved there, so that a reader never sees half of one. Running it again
    with the same leaves writes the same bytes.
    """
    hashes = [leaf_hash(leaf) for leaf in leaves]
    start = size - size % WIDTH
    if start < size:
        old = read(folder, "entries", size // WIDTH, size % WIDTH)
        bundled = unbundle(old)
        leaves = [*bundled, *leaves]
        hashes = [*(leaf_hash(leaf) for leaf in bundled), *hashes]
    end, level = start + len(leaves), 0
    for at in range(0, len(leaves), WIDTH):
        part = leaves[at : at + WIDTH]
        write(folder / tile_path("entries", (start + at) // WIDTH, len(part)), bundle(part))
    row, first, after = hashes, start, end
    while after:
        for at in range(0, len(row), WIDTH):
            tile = row[at : at + WIDTH]
            write(folder / tile_path(level, (first + at) // WIDTH, len(tile)), b"".join(tile))
        full = [row[at : at + WIDTH] for at in range(0, len(row) - len(row) % WIDTH, WIDTH)]
        above, low = [root_of(tile) for tile in full], first // WIDTH
        first, after, level = low - low % WIDTH, after // WIDTH, level + 1
        row = [*hashes_of(folder, level, first, low), *above]
    return end, root(folder, end)


def hashes_of(folder: Path, level: int, first: int, after: int) -> list[bytes]:
    """Hashes `first` to before `after` of a level, which must lie in one tile that is written."""
    if first == after:
        return []
    index = first // WIDTH
    data = read(folder, level, index, after - index * WIDTH)
    return [data[at : at + SIZE] for at in range((first - index * WIDTH) * SIZE, len(data), SIZE)]


def root(folder: Path, size: int) -> bytes:
    """The root at `size`, from the right edge of the tiles. Raises OSError where one is missing."""
    hashed: list[bytes] = []
    level = 0
    while size:
        row = hashes_of(folder, level, size - size % WIDTH, size)
        hashed = [root_of([*row, *hashed])] if row or hashed else []
        size, level = size // WIDTH, level + 1
    return hashed[0] if hashed else EMPTY


def load(folder: Path, size: int) -> Tree:
    """The tree of `size` in memory, from the tiles of level 0. Raises OSError where one is missing."""
    tree = Tree()
    for index in range(-(-size // WIDTH)):
        data = read(folder, 0, index, min(WIDTH, size - index * WIDTH))
        tree.extend(data[at : at + SIZE] for at in range(0, len(data), SIZE))
    return tree


def read(folder: Path, level: int | str, index: int, width: int) -> bytes:
    """A tile or a bundle of at least this width, cut to it; OSError where there is none."""
    path = folder / tile_path(level, index, width)
    return path.read_bytes()


def write(path: Path, data: bytes) -> None:
    """Put a file in its place as a whole or not at all, and let it reach the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
