"""Which rows are near to one: the nearest first, never more than asked for, never by the length of a vector."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from hemicycle.instruments import nearness

FLOATS = st.floats(-10, 10, width=32).filter(lambda value: value == 0 or abs(value) > 1e-3)
ROWS = arrays.arrays(np.float32, st.tuples(st.integers(1, 12), st.just(4)), elements=FLOATS)
ONE = arrays.arrays(np.float32, 4, elements=FLOATS)


@given(ONE, ROWS, st.integers(0, 15), st.floats(-1, 1))
def test_the_nearest_come_first_and_none_is_farther_than_asked(
    one: nearness.Vectors, rows: nearness.Vectors, most: int, least: float
) -> None:
    found = nearness.nearest(one, rows, at_most=most, at_least=least)
    scores = [score for _, score in found]
    assert len(found) <= most and scores == sorted(scores, reverse=True)
    assert len({row for row, _ in found}) == len(found)
    assert all(least <= score <= 1 and score >= -1 for score in scores)


@given(ONE.filter(lambda one: bool(np.any(one))), ROWS, st.floats(0.125, 50, width=32))
def test_a_row_is_nearest_to_itself_however_long_it_is(
    one: nearness.Vectors, rows: nearness.Vectors, factor: float
) -> None:
    with_itself = np.vstack([rows, (one * np.float32(factor))[None, :]])
    ((_, score),) = nearness.nearest(one, with_itself, at_most=1)
    assert score == pytest.approx(1, abs=1e-4)


@given(ROWS)
def test_the_mean_has_length_one_or_nothing_is_left(rows: nearness.Vectors) -> None:
    length = float(np.linalg.norm(nearness.mean(rows)))
    assert length == pytest.approx(1, abs=1e-4) or length == 0


def test_nothing_is_near_to_nothing_and_no_row_has_no_mean() -> None:
    empty = np.zeros((0, 4), np.float32)
    assert nearness.nearest(np.ones(4, np.float32), empty, at_most=5) == []
    assert nearness.nearest(np.ones(4, np.float32), np.zeros((2, 4), np.float32), at_most=5) == []
    with pytest.raises(ValueError, match="row"):
        nearness.mean(empty)
