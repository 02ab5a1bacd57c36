"""Stability, bridging, and what of counts may be shown."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from hemicycle.instruments.opinions.axes import axes_of
from hemicycle.instruments.opinions.bridging import FACTORS, INTERCEPTS, bridging
from hemicycle.instruments.opinions.cells import LEAST, shown
from hemicycle.instruments.opinions.opinion_map import OpinionMap, opinion_map
from hemicycle.instruments.opinions.outcome import Found
from hemicycle.instruments.opinions.stability import Stability
from hemicycle.instruments.opinions.sums import sums_of
from hemicycle.instruments.opinions.votes import Floats, gathered

from .made import conversation, table, votes_of


@pytest.fixture(scope="module")
def clear() -> OpinionMap:
    found = opinion_map(votes_of(conversation()))
    assert found is not None
    return found


def test_clear_leanings_are_stable_and_their_common_ground_sure(clear: OpinionMap) -> None:
    sure = clear.stability(20)
    assert sure.middle() == 1.0 and sure.least() > 0.9 and set(sure.counts.tolist()) == {2}
    found = Found(clear, sure, clear.bridging())
    supported, rejected = found.common()
    assert {0, 1} <= set(supported.tolist()) and 2 in rejected
    assert not len(found.between()) and not set(found.divided().tolist()) & {0, 1, 2}


def test_votes_by_chance_are_not_stable_and_no_ground_is_called_common() -> None:
    draw = np.random.default_rng(5)
    who, what = np.divmod(np.arange(60 * 12), 12)
    found = opinion_map(gathered(who, what, draw.integers(-1, 2, 60 * 12)))
    assert found is not None
    sure = found.stability(20)
    told = Found(found, sure, found.bridging())
    assert sure.middle() < 0.7
    assert not any(len(side) for side in told.common())
    assert len(told.between()) > 10


def test_what_holds_on_the_map_but_not_in_nine_of_ten_resamples_is_not_common_ground(
    clear: OpinionMap,
) -> None:
    sure = clear.stability(10)
    shaken = type(sure)(
        sure.likeness,
        sure.counts,
        np.where(np.arange(12) == 0, 0.89, sure.supported),
        sure.rejected,
        sure.divided,
        sure.stayed,
    )
    found = Found(clear, shaken, clear.bridging())
    assert 0 not in found.common()[0] and 0 in found.unsure()


def test_resamples_are_the_same_each_time_and_in_several_processes(clear: OpinionMap) -> None:
    done: list[int] = []
    one, two = clear.stability(6, progress=done.append), clear.stability(6, workers=2)
    assert done == [1, 2, 3, 4, 5, 6]
    for name in ("likeness", "counts", "supported", "rejected", "divided", "stayed"):
        assert np.array_equal(getattr(one, name), getattr(two, name))


def test_bridging_reaches_what_a_general_minimiser_reaches() -> None:
    votes = votes_of(conversation(8, 4, seen=1.0))
    found = bridging(votes.rows, axes_of(sums_of(votes.rows), votes.is_out).first)
    full = table(votes.rows) / 2 + 0.5
    people, statements = full.shape

    def loss(flat: Floats) -> float:
        middle, a, f, b, g = np.split(flat, np.cumsum([1, people, people, statements]))
        error = full - (middle + a[:, None] + b + f[:, None] * g)
        held = INTERCEPTS * ((a**2).mean() + (b**2).mean() + middle[0] ** 2)
        return float(np.nanmean(error**2) + held + FACTORS * ((f**2).mean() + (g**2).mean()))

    reached = np.concatenate(([found.middle], found.liking, found.leaning, found.score, found.factor))
    assert found.loss == pytest.approx(loss(reached), abs=1e-12)
    draw = np.random.default_rng(1)
    best = min(
        minimize(loss, draw.normal(size=len(reached)) * 0.3, method="L-BFGS-B", options={"maxfun": 10**6}).fun
        for _ in range(1)
    )
    assert found.loss <= best + 1e-5


def test_what_both_sides_like_bridges_more_than_what_one_side_likes(clear: OpinionMap) -> None:
    score = clear.bridging().score
    assert score[:2].min() > np.delete(score, [0, 1]).max() and score[2] == score.min()


def ways(cells: tuple[int | None, ...], size: int) -> list[tuple[int, ...]]:
    """All rows of four counts that would be shown as these cells are, for so many people."""
    up_to = range(size + 1)
    rows = ((a, b, c, size - a - b - c) for a, b, c in product(up_to, repeat=3) if a + b + c <= size)
    return [row for row in rows if shown(row) == cells]


@given(st.lists(st.integers(0, 9), min_size=4, max_size=4))
def test_no_small_cell_is_shown_and_what_is_hidden_is_of_five_or_more(counts: list[int]) -> None:
    cells = shown(counts)
    assert all(cell is None or cell == count >= LEAST for cell, count in zip(cells, counts, strict=True))
    hidden = sum(count for count, cell in zip(counts, cells, strict=True) if cell is None)
    assert None not in cells or hidden >= 2 * LEAST - 1 or hidden == sum(counts)


@pytest.mark.parametrize(
    ("counts", "cells"),
    [
        ((9, 8, 7, 6), (9, 8, 7, 6)),
        ((20, 0, 0, 0), (None, None, None, None)),  # unanimous: the row would tell what each said
        ((20, 3, 0, 30), (20, None, None, None)),
        ((20, 3, 2, 30), (20, None, None, None)),
        ((20, 6, 0, 5), (20, None, None, None)),  # with the 5 alone it would be known that nobody passed
        ((4, 4, 4, 4), (None, None, None, None)),
        ((19, 1, 0, 0), (None, None, None, None)),
    ],
)
def test_what_is_shown_of_a_row(counts: tuple[int, ...], cells: tuple[int | None, ...]) -> None:
    assert shown(counts) == cells


@given(st.lists(st.integers(0, 6), min_size=4, max_size=4).filter(lambda counts: sum(counts) >= 2 * LEAST))
@settings(deadline=None, max_examples=60)
def test_nobody_who_knows_the_rule_and_the_sum_finds_a_small_count(counts: list[int]) -> None:
    told = ways(shown(counts), sum(counts))
    for place, count in enumerate(counts):
        if count < LEAST:
            assert {way[place] for way in told} >= set(range(LEAST))


def test_groups_are_stable_where_the_worst_resample_gives_them_mostly_too() -> None:
    told = {(0.9, 0.8): "stable", (1.0, 0.79): "mostly", (0.89, 0.8): "mostly", (0.79, 0.79): "unstable"}
    for (middle, least), verdict in told.items():
        none = np.zeros(0)
        likeness = np.array([least, middle, middle])
        assert Stability(likeness, np.full(3, 2), none, none, none, none).verdict() == verdict
