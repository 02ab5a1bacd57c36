"""The two axes of the map (principal components of the votes, gaps filled with the means) and the place of each participant."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import eigh
from scipy.sparse.linalg import ArpackNoConvergence, eigsh

from .sums import BLOCK, Sums
from .votes import Flags, Floats, Rows

#: From so many statements on, the two eigenvectors are sought alone.
MANY = 250


@dataclass(frozen=True, slots=True)
class Axes:
    """`mean` and the loadings `first` and `second`, one a statement. Statements that are out have 0 in all three."""

    mean: Floats
    first: Floats
    second: Floats
    is_out: Flags

    def both(self) -> Floats:
        return np.column_stack((self.first, self.second))


def axes_of(sums: Sums, is_out: Flags, before: Axes | None = None) -> Axes:
    """The axes. The sign of an axis is free: its largest loading is positive, or it points as it did `before`."""
    is_in = ~is_out
    mean = np.where(is_in, sums.means(), 0.0)
    loadings = np.zeros((2, len(is_out)))
    found = _leading(sums.spread(is_in))
    loadings[: len(found), is_in] = found
    kept = (None, None) if before is None else (before.first, before.second)
    first, second = (_pointed(axis, as_was) for axis, as_was in zip(loadings, kept, strict=True))
    return Axes(mean, first, second, is_out)


def placed(rows: Rows, axes: Axes) -> Floats:
    """Coordinates, participants by 2: what is left of each vote without the mean, along each axis, times the root of
    statements / seen. A statement that is out counts as seen by everybody, at 0.
    """
    return np.vstack([np.zeros((0, 2)), *(_placed(part, axes) for part in rows.parts(BLOCK))])


def _placed(rows: Rows, axes: Axes) -> Floats:
    left = rows.values - axes.mean[rows.columns]
    is_in = ~axes.is_out[rows.columns]
    seen = np.diff(np.concatenate(([0], np.cumsum(is_in)))[rows.begins])
    share = rows.width / np.maximum(1, seen + axes.is_out.sum())
    return np.asarray(rows.matrix(left) @ axes.both() * np.sqrt(share)[:, None])


def _leading(spread: Floats) -> Floats:
    """The eigenvectors of the two largest eigenvalues, as rows; fewer where the votes do not differ in so many ways."""
    size = len(spread)
    if not size:
        return np.zeros((0, 0))
    if size >= MANY:
        try:
            start = np.cos(np.arange(size))  # any start that is the same each time
            values, vectors = eigsh(spread, 2, which="LA", v0=start, tol=0)
        except ArpackNoConvergence:
            values, vectors = eigh(spread, subset_by_index=(size - 2, size - 1))
    else:
        values, vectors = eigh(spread, subset_by_index=(max(0, size - 2), size - 1))
    order = np.argsort(-values, kind="stable")
    is_real = values[order] > 1e-9 * max(1.0, float(np.trace(spread)))
    return np.asarray(vectors[:, order[is_real]].T)


def _pointed(axis: Floats, before: Floats | None) -> Floats:
    if before is not None:
        return -axis if axis @ before < 0 else axis
    size = np.abs(axis)
    if not size.any():
        return axis
    # The first of those that are largest but for rounding: a tie must not turn the map.
    largest = int(np.argmax(size >= size.max() * (1 - 1e-9)))
    return -axis if axis[largest] < 0 else axis
