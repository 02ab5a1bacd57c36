"""Hashing and proofs of a Merkle tree that only grows (RFC 6962, section 2.1; verification as in RFC 9162, 2.1.3-2.1.4).

Hashes are SHA-256, 32 bytes. A leaf is hashed behind a zero byte and a node behind a one, so that neither can stand
for the other. Positions begin at 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

SIZE = 32  # bytes of a hash
EMPTY = sha256(b"").digest()  # the root of a tree without leaves


def leaf_hash(data: bytes) -> bytes:
    """Hash of one leaf's bytes."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of two neighbouring subtrees."""
    return sha256(b"\x01" + left + right).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """Root over the hashes of all leaves, level by level. A node without a neighbour goes up as it is."""
    level = list(hashes)
    if not level:
        return EMPTY
    while len(level) > 1:
        above = [sha256(b"\x01" + a + b).digest() for a, b in zip(level[::2], level[1::2], strict=False)]
        if len(level) % 2:
            above.append(level[-1])
        level = above
    return level[0]


def _split(size: int) -> int:
    """The largest power of two below `size` (which is at least 2)."""
    return 1 << ((size - 1).bit_length() - 1)


class Tree:
    """A tree in memory: the hash of every complete subtree, level by level, about 64 bytes a leaf.

    Every method that takes a `size` answers for the tree as it was at that size, so an old root can be asked for.
    """

    def __init__(self, hashes: Iterable[bytes] = ()) -> None:
        self._levels: list[bytearray] = [bytearray()]
        self.extend(hashes)

    def __len__(self) -> int:
        return len(self._levels[0]) // SIZE

    def append(self, hashed: bytes) -> int:
        """Add the hash of a leaf and return its position."""
        position = index = len(self)
        levels, height = self._levels, 0
        levels[0] += hashed
        while index & 1:
            below = levels[height]
            hashed = sha256(b"\x01" + below[(index - 1) * SIZE : (index + 1) * SIZE]).digest()
            index, height = index >> 1, height + 1
            if height == len(levels):
                levels.append(bytearray())
            levels[height] += hashed
        return position

    def extend(self, hashes: Iterable[bytes]) -> None:
        """Add the hashes of several leaves, in their order."""
        for hashed in hashes:
            self.append(hashed)

    def leaf(self, position: int) -> bytes:
        """The hash of the leaf at a position. Raises IndexError where there is none."""
        if not 0 <= position < len(self):
            raise IndexError(f"no leaf {position} in a tree of {len(self)}")
        return self._complete(0, position)

    def root(self, size: int | None = None) -> bytes:
        """The root at `size` leaves; now, where none is given."""
        size = self._within(len(self) if size is None else size)
        return self._subtree(0, size) if size else EMPTY

    def inclusion(self, position: int, size: int | None = None) -> list[bytes]:
        """The proof that the leaf at `position` is in the tree of `size`: the neighbours on its way up, lowest first."""
        size = self._within(len(self) if size is None else size)
        if not 0 <= position < size:
            raise IndexError(f"no leaf {position} in a tree of {size}")
        low, high, path = 0, size, []
        while high - low > 1:
            middle = low + _split(high - low)
            if position < middle:
                path.append(self._subtree(middle, high))
                high = middle
            else:
                path.append(self._subtree(low, middle))
                low = middle
        return path[::-1]

    def consistency(self, old: int, size: int | None = None) -> list[bytes]:
        """The proof that the tree of `size` begins with the whole tree of `old`. Empty for 0 and for the same size."""
        size = self._within(len(self) if size is None else size)
        if not 0 <= old <= size:
            raise IndexError(f"a tree of {size} has no earlier size {old}")
        if old in (0, size):
            return []
        low, high, is_whole, path = 0, size, True, []
        while old != high:
            middle = low + _split(high - low)
            if old <= middle:
                path.append(self._subtree(middle, high))
                high = middle
            else:
                path.append(self._subtree(low, middle))
                low, is_whole = middle, False
        if not is_whole:
            path.append(self._subtree(low, high))
        return path[::-1]

    def _within(self, size: int) -> int:
        if not 0 <= size <= len(self):
            raise IndexError(f"the tree has {len(self)} leaves, not {size}")
        return size

    def _complete(self, height: int, index: int) -> bytes:
        return bytes(self._levels[height][index * SIZE : (index + 1) * SIZE])

    def _subtree(self, low: int, high: int) -> bytes:
        """Root over the leaves from `low` to before `high`; `low` is a multiple of the power of two that holds them."""
        parts = []
        while low < high:
            height = (high - low).bit_length() - 1
            parts.append(self._complete(height, low >> height))
            low += 1 << height
        hashed = parts.pop()
        while parts:
            hashed = node_hash(parts.pop(), hashed)
        return hashed


def is_included(hashed: bytes, position: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether `path` proves that the leaf with this hash stands at `position` of the tree with this size and root."""
    if not 0 <= position < size:
        return False
    index, last = position, size - 1
    for sibling in path:
        if not last:
            return False
        if index & 1 or index == last:
            hashed = node_hash(sibling, hashed)
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            hashed = node_hash(hashed, sibling)
        index, last = index >> 1, last >> 1
    return not last and hashed == root


def is_consistent(old: int, size: int, path: Sequence[bytes], old_root: bytes, root: bytes) -> bool:
    """Whether `path` proves that the tree with this size and root begins with the tree of `old` and `old_root`."""
    if not 0 <= old <= size:
        return False
    if old == size:
        return not path and old_root == root and (size > 0 or root == EMPTY)
    if old == 0:
        return not path and old_root == EMPTY
    steps = list(path)
    if old & (old - 1) == 0:
        steps.insert(0, old_root)  # a complete subtree proves itself
    if not steps:
        return False
    index, last = old - 1, size - 1
    while index & 1:
        index, last = index >> 1, last >> 1
    was = becomes = steps[0]
    for step in steps[1:]:
        if not last:
            return False
        if index & 1 or index == last:
            was, becomes = node_hash(step, was), node_hash(step, becomes)
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            becomes = node_hash(becomes, step)
        index, last = index >> 1, last >> 1
    return not last and was == old_root and becomes == root
