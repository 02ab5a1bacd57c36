"""The one place that speaks to the solver: time that is given once for everything inside."""

from __future__ import annotations

import numpy as np
import pytest

from hemicycle.instruments.selection.solver import Model, OutOfTime, within


def model() -> Model:
    return Model(np.ones(2), np.ones((1, 2)), 1.0, 1.0, 0.0, 1.0)


def test_what_has_time_is_solved_and_what_has_none_is_not() -> None:
    warm = model()
    with within(60):
        found = warm.solve()
    assert found is not None and found.value == pytest.approx(1.0)
    with pytest.raises(OutOfTime), within(0):
        warm.solve()
    again = warm.solve()
    assert again is not None, "the limit ends with its block"


def test_an_inner_time_ends_no_later_than_the_outer() -> None:
    with pytest.raises(OutOfTime), within(0), within(60):
        model().solve()
