"""Groups, their number, and their tallies beside sums by hand."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.instruments.opinions import groups as module
from hemicycle.instruments.opinions.common import ground
from hemicycle.instruments.opinions.groups import SMALLEST, grouped, nearest, settled, within
from hemicycle.instruments.opinions.stability import likeness, matched
from hemicycle.instruments.opinions.tallies import Tallies, agreed, tallied, typical
from hemicycle.instruments.opinions.votes import Floats, Ints

from .made import conversation, table, votes_of


def heaps(*sizes: int, seed: int = 3) -> Floats:
    """Heaps of places, well apart on a circle."""
    draw = np.random.default_rng(seed)
    turn = np.linspace(0, 2 * np.pi, len(sizes), endpoint=False)
    middles = np.column_stack((np.cos(turn), np.sin(turn))) * 10
    return np.vstack(
        [middle + draw.normal(size=(size, 2)) for middle, size in zip(middles, sizes, strict=True)]
    )


def silhouette(places: Floats, label: Ints) -> float:
    """By the definition, one place after the other."""
    apart = np.sqrt(((places[:, None] - places[None]) ** 2).sum(2))
    values = []
    for one, group in enumerate(label):
        own = (label == group) & (np.arange(len(label)) != one)
        if not own.any():
            values.append(0.0)
            continue
        a = apart[one, own].mean()
        b = min(apart[one, label == other].mean() for other in set(label.tolist()) - {group})
        values.append((b - a) / max(a, b))
    return float(np.mean(values))


@pytest.mark.parametrize("sizes", [(30, 20), (25, 18, 11), (9, 8, 7, 6), (20, 15, 12, 9, 7)])
def test_heaps_are_found_largest_first(sizes: tuple[int, ...]) -> None:
    places = heaps(*sizes)
    found = grouped(places)
    assert found is not None
    assert np.bincount(found.label).tolist() == sorted(sizes, reverse=True)
    assert found.label.tolist() == np.repeat(np.arange(len(sizes)), sizes).tolist()
    assert found.silhouette == pytest.approx(silhouette(places, found.label), abs=1e-12)
    assert found.within == pytest.approx(within(places, found.centres, found.label))


@given(st.permutations(range(31)))
@settings(deadline=None, max_examples=15)
def test_the_order_of_people_is_not_seen(order: list[int]) -> None:
    places = heaps(14, 10, 7)
    found, again = grouped(places), grouped(places[order])
    assert found is not None and again is not None
    assert found.label[order].tolist() == again.label.tolist()
    assert np.abs(found.centres - again.centres).max() < 1e-9


def test_no_group_is_smaller_than_may_be_told() -> None:
    places = heaps(20, 15, SMALLEST - 1)
    found = grouped(places)
    assert found is not None and np.bincount(found.label).min() >= SMALLEST
    assert len(set(found.label[:20])) == len(set(found.label[20:35])) == 1  # the few do not hide the others
    for places in (heaps(4, 4), np.zeros((50, 2)), np.zeros((0, 2)), np.eye(2)):
        assert grouped(places) is None


@given(st.integers(0, 10_000))
@settings(deadline=None, max_examples=20)
def test_the_sum_of_squares_is_not_above_that_from_the_leftmost_places(seed: int) -> None:
    """Where red-dwarf starts."""
    places = np.random.default_rng(seed).normal(size=(60, 2)) * (3, 1)
    found = grouped(places)
    assert found is not None
    start = places[np.lexsort((places[:, 1], places[:, 0]))[: len(found)]]
    centres = settled(places, start)
    assert found.within <= within(places, centres, nearest(places, centres)) * (1 + 1e-9)


def test_many_people_are_grouped_from_an_even_part(monkeypatch: pytest.MonkeyPatch) -> None:
    places = heaps(300, 200, 100)
    whole = grouped(places)
    monkeypatch.setattr(module, "SAMPLE", 100)
    monkeypatch.setattr(module, "JUDGED", 60)
    part = grouped(places)
    assert whole is not None and part is not None
    assert whole.label.tolist() == part.label.tolist()
    assert part.within == pytest.approx(whole.within)


def test_tallies_and_measures_are_those_of_a_count_by_hand() -> None:
    votes = votes_of(conversation(40, 9, leanings=3, seen=0.6))
    full = table(votes.rows)
    label = np.arange(40) % 3 - 1  # a third is in no group
    got = tallied(votes.rows, label, 2)
    for group, statement in product((0, 1), range(9)):
        column = full[label == group, statement]
        rest = full[(label >= 0) & (label != group), statement]
        a, n = (column == 1).sum(), (~np.isnan(column)).sum()
        b, m = (rest == 1).sum(), (~np.isnan(rest)).sum()
        groups = got.groups()
        assert (groups.agree[group, statement], groups.voted[group, statement]) == (a, n)
        assert groups.disagree[group, statement] == (column == -1).sum()
        assert groups.shares()[group, statement] == pytest.approx((a + 1) / (n + 2), abs=1e-15)
        assert groups.majority()[group, statement] == pytest.approx(
            2 * np.sqrt(n + 1) * ((a + 1) / (n + 1) - 0.5)
        )
        pooled = (a + b + 2) / (n + m + 2)
        spread = np.sqrt(pooled * (1 - pooled) * (1 / (n + 1) + 1 / (m + 1)))
        test = ((a + 1) / (n + 1) - (b + 1) / (m + 1)) / spread if spread else 0.0
        assert groups.difference()[group, statement] == pytest.approx(test)
    assert got.groups().consensus() == pytest.approx(got.groups().shares()[0] * got.groups().shares()[1])
    assert got.overall().voted[0].tolist() == (~np.isnan(full)).sum(0).tolist()


def counts(*rows: tuple[list[int], list[int]]) -> Tallies:
    """Agree and disagree of each group; nobody passed."""
    agree, disagree = (np.array(kind) for kind in zip(*rows, strict=True))
    return Tallies(agree, disagree, agree + disagree)


def test_common_ground_is_what_every_group_supports_beyond_chance() -> None:
    told = counts(([20, 20, 1, 11, 0], [0, 1, 19, 9, 0]), ([9, 0, 0, 9, 0], [1, 10, 10, 1, 0]))
    found = ground(told, np.ones(5, bool))
    assert found.supported.tolist() == [
        True,
        False,
        False,
        False,
        False,
    ]  # 11 of 20 may be chance; nobody is nothing
    assert found.rejected.tolist() == [False, False, True, False, False]
    assert found.divided.tolist() == [False, True, False, False, False]
    nothing = ground(told, np.zeros(5, bool))
    assert not (nothing.supported.any() or nothing.rejected.any() or nothing.divided.any())


def test_what_all_agree_on_and_what_is_typical() -> None:
    told = counts(([20, 2, 18, 10, 0], [0, 18, 2, 10, 0]), ([19, 17, 1, 10, 0], [1, 3, 19, 10, 0]))
    is_in = np.ones(5, bool)
    overall = Tallies(told.agree.sum(0)[None], told.disagree.sum(0)[None], told.voted.sum(0)[None])
    assert agreed(overall, is_in).tolist() == [0] and agreed(overall.turned(), is_in).tolist() == []
    first, second = typical(told, is_in)
    assert (2, True) in first and (1, False) in first and (1, True) in second and (2, False) in second
    assert [agrees for _, agrees in first] == sorted((agrees for _, agrees in first), reverse=True)
    assert all(one not in (1, 2) for one, _ in typical(told, np.array([True, False, False, True, True]))[0])


@pytest.mark.parametrize(
    ("table_", "like"),
    [([[5, 0], [0, 7]], 1.0), ([[0, 5], [7, 0]], 1.0), ([[3, 3], [3, 3]], -0.1), ([[12]], 1.0)],
)
def test_the_likeness_of_two_partitions(table_: list[list[int]], like: float) -> None:
    assert likeness(np.array(table_)) == pytest.approx(like, abs=0.011)


def test_likeness_is_that_of_all_pairs() -> None:
    draw = np.random.default_rng(4)
    a, b = draw.integers(0, 3, 40), draw.integers(0, 4, 40)
    pairs = [(i, j) for i in range(40) for j in range(i)]
    same = np.array([(a[i] == a[j], b[i] == b[j]) for i, j in pairs])
    both, one, other = (same[:, 0] & same[:, 1]).sum(), same[:, 0].sum(), same[:, 1].sum()
    chance = one * other / len(pairs)
    table_ = np.zeros((3, 4), np.int64)
    np.add.at(table_, (a, b), 1)
    assert likeness(table_) == pytest.approx((both - chance) / ((one + other) / 2 - chance))


def test_groups_are_matched_so_that_most_stay() -> None:
    assert sorted(matched(np.array([[1, 9], [8, 2], [0, 3]]))) == [(0, 1), (1, 0)]
    assert matched(np.array([[1, 9, 0], [8, 2, 0]])) == ((0, 1), (1, 0))
