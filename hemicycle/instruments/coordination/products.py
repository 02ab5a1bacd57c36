"""Exact products of sparse tf-idf rows, on numpy alone.

Building takes time in proportion to the grams, G log G for sorting them; all products take, for each gram, the square of the
number of texts it stands in. The limit on how many files a gram may stand in bounds that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .plain import Plain

Numbers = NDArray[np.int64]
Reals = NDArray[np.float64]
Grams = Callable[[Sequence[Plain]], list[Numbers]]

LETTERS = 5
_BITS = 12  # five letters of 12 bits fit one whole number


@dataclass(frozen=True)
class Rows:
    """Sparse rows of length one: the columns and values of row i stand at `bounds[i]` to `bounds[i + 1]`."""

    bounds: Numbers
    columns: Numbers
    values: Reals
    width: int


def word_grams(texts: Sequence[Plain]) -> list[Numbers]:
    """Each text's words and pairs of neighbouring words, as numbers that do not depend on the texts' order."""
    vocabulary = {
        word: place for place, word in enumerate(sorted({w for one in texts for w in one.words}), 1)
    }
    found = []
    for one in texts:
        words = np.fromiter((vocabulary[word] for word in one.words), np.int64, len(one.words))
        found.append(np.concatenate((words, words[:-1] << 32 | words[1:])))
    return found


def letter_grams(texts: Sequence[Plain]) -> list[Numbers]:
    """Each text's runs of five characters, spaces between words among them, packed into numbers without loss.

    An alphabet of more than 4,094 characters is cut: its rarest count as one.
    """
    joined = [" ".join(("", *one.words, "")) for one in texts]
    counts: Counter[str] = Counter()
    for text in joined:
        counts.update(text)
    most = (1 << _BITS) - 2
    common = sorted(counts, key=lambda letter: (-counts[letter], letter))[:most]
    codes = np.full(0x110000, most + 1, np.int64)
    codes[[ord(letter) for letter in common]] = np.arange(1, len(common) + 1)
    found = []
    for text in joined:
        letters = codes[np.frombuffer(text.encode("utf-32-le"), np.uint32)]
        size = max(0, len(letters) - LETTERS + 1)
        packed = np.zeros(size, np.int64)
        for place in range(LETTERS):
            packed = packed << _BITS | letters[place : place + size]
        found.append(packed)
    return found


def weighted(grams: Sequence[Numbers], files: Sequence[int], limit: int) -> Rows:
    """tf-idf rows: (1 + ln tf) · (1 + ln((1 + n) / (1 + df))), of length one; n and df count files, not texts.

    Grams that stand in more than `limit` files do not count.
    """
    rows = np.repeat(np.arange(len(grams)), [len(one) for one in grams])
    every, column = np.unique(np.concatenate([*grams, np.zeros(0, np.int64)]), return_inverse=True)
    width = len(every)
    cells, tf = np.unique(rows * max(1, width) + column, return_counts=True)
    rows, columns = np.divmod(cells, max(1, width))
    held = np.unique(np.asarray(files, np.int64)[rows] * max(1, width) + columns)
    df = np.bincount(held % max(1, width), minlength=width)
    counts = df[columns] <= limit
    rows, columns, tf = rows[counts], columns[counts], tf[counts]
    size = len(set(files))
    values = (1 + np.log(tf)) * (1 + np.log((1 + size) / (1 + df[columns])))
    lengths = np.sqrt(np.bincount(rows, values**2, minlength=len(grams)))
    values = values / lengths[rows]
    bounds = np.searchsorted(rows, np.arange(len(grams) + 1))
    return Rows(bounds.astype(np.int64), columns, values, width)


def products(rows: Rows) -> Iterator[tuple[int, Reals]]:
    """For each row its products with all rows before it, from 0 (nothing in common) to 1 (the same)."""
    count = len(rows.bounds) - 1
    owner = np.repeat(np.arange(count), np.diff(rows.bounds))
    shared = np.bincount(rows.columns, minlength=rows.width) > 1
    order = np.argsort(rows.columns, kind="stable")
    starts = np.searchsorted(rows.columns[order], np.arange(rows.width + 1))
    post_rows, post_values = owner[order], rows.values[order]
    for row in range(count):
        span = slice(rows.bounds[row], rows.bounds[row + 1])
        telling = shared[rows.columns[span]]
        columns, values = rows.columns[span][telling], rows.values[span][telling]
        lengths = starts[columns + 1] - starts[columns]
        if not len(columns):
            yield row, np.zeros(row)
            continue
        offsets = np.cumsum(lengths) - lengths
        places = np.arange(lengths.sum()) + np.repeat(starts[columns] - offsets, lengths)
        others = post_rows[places]
        before = others < row
        weights = (post_values[places] * np.repeat(values, lengths))[before]
        yield row, np.bincount(others[before], weights, minlength=row).astype(np.float64)
