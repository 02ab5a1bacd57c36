"""Which rows of an array are near to one: cosines, the nearest first. Plain numpy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


def mean(rows: Vectors) -> Vectors:
    """One vector of length one for n rows (n, d): where their middle points to. (d,); zeros where they cancel out.

    Raises `ValueError` for no row.
    """
    if rows.ndim != 2 or not len(rows):
        raise ValueError("at least one row is needed")
    return _unit(np.sum(rows, axis=0, dtype=np.float64))


def nearest(one: Vectors, rows: Vectors, *, at_most: int, at_least: float = 0.0) -> list[tuple[int, float]]:
    """(row, cosine) of up to `at_most` rows of (n, d) with a cosine of `at_least` to `one` (d,), the nearest first; of equal
    ones the first row first. A row of zeros is near to nothing. O(n d).
    """
    if not len(rows) or at_most < 1:
        return []
    lengths = np.linalg.norm(rows.astype(np.float64), axis=1)
    own = _unit(one.astype(np.float64)).astype(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        cosines = np.where(lengths > 0, rows.astype(np.float64) @ own / lengths, 0.0)
    cosines = np.clip(cosines, -1.0, 1.0)
    order = np.argsort(-cosines, kind="stable")[:at_most]
    return [(int(row), float(cosines[row])) for row in order if cosines[row] >= at_least and lengths[row] > 0]


def _unit(vector: NDArray[np.float64]) -> Vectors:
    length = float(np.linalg.norm(vector))
    return (vector / length if length else vector).astype(np.float32)
