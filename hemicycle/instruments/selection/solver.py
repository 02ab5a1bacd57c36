"""The one place that speaks to HiGHS: linear and mixed-integer models over numpy arrays, single-threaded and repeatable.

What comes back is a claim in floating point. Whoever publishes a result has it checked in exact arithmetic.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from numpy.typing import ArrayLike, NDArray

INFINITY: float = highspy.kHighsInf
NO_TIME = "the solver needs more time than it was given"
VERSION = f"highspy {highspy.Highs().version()}"

Floats = NDArray[np.float64]


class OutOfTime(RuntimeError):
    """The solver did not come to an end in the time that it was given."""


_ends: ContextVar[float | None] = ContextVar("selection_ends", default=None)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Everything that is solved inside has so much time together, by the clock on the wall; then OutOfTime is raised.

    Models of an inner `within` end with the earlier of both.
    """
    before, mine = _ends.get(), time.monotonic() + seconds
    token = _ends.set(mine if before is None else min(before, mine))
    try:
        yield
    finally:
        _ends.reset(token)


@dataclass(frozen=True)
class Solution:
    """`value` of the objective, `x` per column, `row_dual` and `column_dual` (of linear models; signs as HiGHS has them)."""

    value: float
    x: Floats
    row_dual: Floats
    column_dual: Floats

    @property
    def whole(self) -> NDArray[np.int64]:
        """The columns of an integer model as integers."""
        return np.rint(self.x).astype(np.int64)


class Model:
    """A model that can be changed and solved again from where it stood.

    `matrix` is (rows, columns), dense, kept sparse inside. Bounds are arrays or numbers; `INFINITY` is none.
    """

    def __init__(
        self,
        cost: ArrayLike,
        matrix: Floats,
        row_low: ArrayLike,
        row_high: ArrayLike,
        low: ArrayLike = 0.0,
        high: ArrayLike = INFINITY,
        *,
        whole: ArrayLike = False,
        maximise: bool = False,
        seconds: float | None = None,
    ) -> None:
        rows, columns = matrix.shape
        lp = highspy.HighsLp()
        lp.num_row_, lp.num_col_ = rows, columns
        lp.sense_ = highspy.ObjSense.kMaximize if maximise else highspy.ObjSense.kMinimize
        lp.col_cost_ = _filled(cost, columns)
        lp.col_lower_, lp.col_upper_ = _filled(low, columns), _filled(high, columns)
        lp.row_lower_, lp.row_upper_ = _filled(row_low, rows), _filled(row_high, rows)
        places, starts = np.nonzero(matrix.T), np.zeros(columns + 1, dtype=np.int32)
        np.cumsum(np.bincount(places[0], minlength=columns), out=starts[1:])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.num_row_, lp.a_matrix_.num_col_ = rows, columns
        lp.a_matrix_.start_ = starts
        lp.a_matrix_.index_ = places[1].astype(np.int32)
        lp.a_matrix_.value_ = np.ascontiguousarray(matrix.T[places], dtype=np.float64)
        is_whole = np.broadcast_to(np.asarray(whole, dtype=bool), (columns,))
        if is_whole.any():
            kinds = {True: highspy.HighsVarType.kInteger, False: highspy.HighsVarType.kContinuous}
            lp.integrality_ = [kinds[bool(one)] for one in is_whole]
        self.columns, self.rows = columns, rows
        self._highs = highspy.Highs()
        self.set(output_flag=False, threads=1, random_seed=0, mip_rel_gap=0.0, mip_abs_gap=1e-9)
        self._limit = INFINITY if seconds is None else float(seconds)
        self.set(time_limit=self._limit)
        self._highs.passModel(lp)

    def set(self, **options: Any) -> None:
        for name, value in options.items():
            self._highs.setOptionValue(name, value)

    def cost(self, values: ArrayLike) -> None:
        every = np.arange(self.columns, dtype=np.int32)
        self._highs.changeColsCost(self.columns, every, _filled(values, self.columns))

    def bounds(self, low: ArrayLike, high: ArrayLike) -> None:
        every = np.arange(self.columns, dtype=np.int32)
        self._highs.changeColsBounds(
            self.columns, every, _filled(low, self.columns), _filled(high, self.columns)
        )

    def column_bounds(self, column: int, low: float, high: float) -> None:
        self._highs.changeColBounds(column, low, high)

    def rows_between(self, low: ArrayLike, high: ArrayLike) -> None:
        every = np.arange(self.rows, dtype=np.int32)
        self._highs.changeRowsBounds(self.rows, every, _filled(low, self.rows), _filled(high, self.rows))

    def row_bounds(self, row: int, low: float, high: float) -> None:
        self._highs.changeRowBounds(row, low, high)

    def coefficient(self, row: int, column: int, value: float) -> None:
        self._highs.changeCoeff(row, column, value)

    def add_row(self, low: float, high: float, places: Sequence[int], values: Sequence[float]) -> None:
        index = np.asarray(places, dtype=np.int32)
        self._highs.addRow(low, high, len(index), index, np.asarray(values, dtype=np.float64))
        self.rows += 1

    def add_column(
        self, cost: float, low: float, high: float, places: Sequence[int], values: Sequence[float]
    ) -> None:
        index = np.asarray(places, dtype=np.int32)
        self._highs.addCol(cost, low, high, len(index), index, np.asarray(values, dtype=np.float64))
        self.columns += 1

    def solve(self) -> Solution | None:
        """The optimum, or None when the model has no solution. Raises OutOfTime."""
        ends = _ends.get()
        if ends is not None:
            left = ends - time.monotonic()
            if left <= 0:
                raise OutOfTime(NO_TIME)
            # HiGHS counts the time of all runs of a model.
            self.set(time_limit=min(self._limit, self._highs.getRunTime() + left))
        self._highs.run()
        if ends is not None:
            self.set(time_limit=self._limit)
        status = self._highs.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            found = self._highs.getSolution()
            return Solution(
                float(self._highs.getInfo().objective_function_value),
                np.array(found.col_value),
                np.array(found.row_dual),
                np.array(found.col_dual),
            )
        none = (
            highspy.HighsModelStatus.kInfeasible,
            highspy.HighsModelStatus.kUnboundedOrInfeasible,
        )
        if status in none:
            return None
        if status == highspy.HighsModelStatus.kTimeLimit:
            raise OutOfTime(NO_TIME)
        raise RuntimeError(f"the solver ended with {self._highs.modelStatusToString(status)}")


def _filled(values: ArrayLike, length: int) -> Floats:
    return np.array(np.broadcast_to(np.asarray(values, dtype=np.float64), (length,)))
