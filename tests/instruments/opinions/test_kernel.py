"""Sums, axes and places beside a full table, and what must not matter: order, shards, history."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from functools import reduce
from operator import add

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.instruments.opinions import sums as module
from hemicycle.instruments.opinions.axes import axes_of, placed
from hemicycle.instruments.opinions.live import Live
from hemicycle.instruments.opinions.opinion_map import opinion_map, without
from hemicycle.instruments.opinions.passes import drawn
from hemicycle.instruments.opinions.sums import Sums, nothing, sums_of
from hemicycle.instruments.opinions.votes import Rows, gathered

from .made import Triples, any_votes, conversation, table, votes_of


def equal(a: Sums, b: Sums) -> bool:
    return a.people == b.people and all(
        np.array_equal(x, y) for x, y in ((a.seen, b.seen), (a.said, b.said), (a.both, b.both))
    )


def by_hand(rows: Rows) -> Sums:
    full = table(rows)
    seen = (~np.isnan(full)).astype(np.int64)
    said = np.nan_to_num(full).astype(np.int64)
    return Sums(len(rows), seen.T @ seen, said.T @ seen, said.T @ said)


@given(any_votes())
def test_the_sums_are_those_of_a_full_table(triples: Triples) -> None:
    rows = votes_of(triples).rows
    assert equal(sums_of(rows), by_hand(rows))


def test_digits_that_borrow_are_read_right_up_to_a_full_block(monkeypatch: pytest.MonkeyPatch) -> None:
    """All disagree with the one and agree with the other: every digit at its end."""
    people = module.BLOCK
    who = np.repeat(np.arange(people), 2)
    rows = gathered(who, np.tile([0, 1], people), np.tile([-1, 1], people)).rows
    got = sums_of(rows)
    assert got.seen.tolist() == [[people, people]] * 2
    assert got.said.tolist() == [[-people, -people], [people, people]]
    assert got.both.tolist() == [[people, -people], [-people, people]]
    monkeypatch.setattr(module, "BLOCK", 1000)
    assert equal(sums_of(rows), got)


@given(any_votes(), st.randoms(use_true_random=False))
def test_the_order_of_votes_of_different_cells_is_not_seen(triples: Triples, chance: object) -> None:
    who, what, vote = triples
    last = {(a, b): c for a, b, c in zip(who.tolist(), what.tolist(), vote.tolist(), strict=True)}
    cells = list(last.items())
    chance.shuffle(cells)  # type: ignore[attr-defined]
    again = np.array([(a, b, c) for (a, b), c in cells])
    one, other = votes_of(triples), gathered(*again.T)
    assert np.array_equal(table(one.rows), table(other.rows), equal_nan=True)
    assert one.participants.tolist() == other.participants.tolist() == sorted({a for a, _ in last})
    assert one.statements.tolist() == other.statements.tolist() == sorted({b for _, b in last})


@given(any_votes(), st.integers(1, 11))
def test_shards_add_up_and_are_taken_away(triples: Triples, most: int) -> None:
    rows = votes_of(triples).rows
    whole = sums_of(rows)
    parts = [sums_of(part) for part in rows.parts(most)]
    assert equal(reduce(add, parts, nothing(rows.width)), whole)
    assert equal(whole - parts[0], reduce(add, parts[1:], nothing(rows.width)))


@given(
    any_votes(), st.lists(st.tuples(st.integers(0, 12), st.integers(0, 9), st.integers(-1, 1)), max_size=8)
)
def test_a_map_kept_up_to_date_is_the_map_that_is_rebuilt(
    triples: Triples, more: list[tuple[int, int, int]]
) -> None:
    live = Live(votes_of(triples))
    for who, what, vote in more:
        live.vote(who, what, vote)
    added = np.array(more, np.int64).reshape(-1, 3)
    rebuilt = gathered(*(np.concatenate((old, new)) for old, new in zip(triples, added.T, strict=True)))
    assert equal(live.sums, sums_of(rebuilt.rows))
    assert np.array_equal(table(live.votes.rows), table(rebuilt.rows), equal_nan=True)
    assert live.votes.participants.tolist() == rebuilt.participants.tolist()
    assert live.votes.statements.tolist() == rebuilt.statements.tolist()


def test_coordinates_and_groups_kept_up_to_date_are_those_of_a_rebuild() -> None:
    triples = conversation()
    live = Live(votes_of(triples))
    first = live.map()
    assert first is not None
    before = first.drawn.sums.both.copy()
    live.vote(7, 10, -1)
    live.vote(1000, 14, 1)
    now = live.map()
    more = ((7, 1000), (10, 14), (-1, 1))
    rebuilt = opinion_map(gathered(*(np.append(old, new) for old, new in zip(triples, more, strict=True))))
    assert now is not None and rebuilt is not None
    sign = np.sign((now.drawn.axes.both() * rebuilt.drawn.axes.both()).sum(0))
    assert np.abs(now.drawn.places - rebuilt.drawn.places * sign).max() < 1e-9
    assert now.drawn.label.tolist() == rebuilt.drawn.label.tolist()
    assert np.array_equal(first.drawn.sums.both, before)  # a map that was handed out stays as it was


@pytest.mark.parametrize("statements", [12, 260])
@pytest.mark.parametrize("out", [(), (14, 20)])
def test_axes_and_places_are_the_principal_components_of_the_filled_table(
    statements: int, out: tuple[int, ...]
) -> None:
    votes = votes_of(conversation(80, statements, leanings=3), out)
    full = table(votes.rows)
    full[:, votes.is_out] = 0.0
    seen = (~np.isnan(full)).sum(1)
    mean = np.nanmean(full, axis=0)
    filled = np.where(np.isnan(full), mean, full) - mean
    _, _, axes = np.linalg.svd(filled, full_matrices=False)
    got = axes_of(sums_of(votes.rows), votes.is_out)
    sign = np.sign((got.both() * axes[:2].T).sum(0))
    assert np.abs(got.mean - mean).max() < 1e-12
    assert np.abs(got.both() - axes[:2].T * sign).max() < 1e-9
    places = filled @ axes[:2].T * sign * np.sqrt(statements / seen)[:, None]
    assert np.abs(placed(votes.rows, got) - places).max() < 1e-9


def test_the_largest_loading_is_positive_or_the_axis_points_as_before() -> None:
    votes = votes_of(conversation())
    sums = sums_of(votes.rows)
    axes = axes_of(sums, votes.is_out)
    for axis in (axes.first, axes.second):
        assert axis[np.argmax(np.abs(axis))] > 0
    flipped = type(axes)(axes.mean, -axes.first, axes.second, axes.is_out)
    again = axes_of(sums, votes.is_out, flipped)
    assert np.allclose(again.first, -axes.first) and np.allclose(again.second, axes.second)


def test_votes_that_do_not_differ_give_no_axes() -> None:
    votes = gathered(np.repeat(np.arange(4), 3), np.tile(np.arange(3), 4), np.ones(12, np.int64))
    axes = axes_of(sums_of(votes.rows), votes.is_out)
    assert not axes.both().any() and not placed(votes.rows, axes).any()


@pytest.mark.parametrize("most", [1, 7, 30, 60])
def test_the_whole_map_is_the_same_in_shards(most: int) -> None:
    votes = votes_of(conversation(leanings=3))
    whole = drawn([votes.rows], votes.is_out)
    parts = list(votes.rows.parts(most))
    shards = [part if place % 2 else (lambda part=part: part) for place, part in enumerate(parts)]
    cut = drawn(shards, votes.is_out)
    assert whole is not None and cut is not None
    assert np.abs(whole.places - cut.places).max() < 1e-9
    assert whole.label.tolist() == cut.label.tolist()
    assert np.array_equal(whole.tallies.agree, cut.tallies.agree)
    assert np.array_equal(whole.overall.voted, cut.overall.voted)


def test_several_processes_give_the_same_map() -> None:
    votes = votes_of(conversation())
    one = drawn([votes.rows], votes.is_out)
    with ProcessPoolExecutor(2) as pool:
        two = drawn(list(votes.rows.parts(30)), votes.is_out, each=pool.map)
    assert one is not None and two is not None
    assert np.array_equal(one.places, two.places)
    assert one.label.tolist() == two.label.tolist()


@given(any_votes())
def test_votes_on_statements_that_are_out_are_left_aside(triples: Triples) -> None:
    votes = votes_of(triples, (0, 3, 99))
    full = table(votes.rows)
    full[:, votes.is_out] = np.nan
    assert np.array_equal(table(without(votes.rows, votes.is_out)), full, equal_nan=True)


def test_ids_may_be_large_and_negative() -> None:
    votes = gathered(np.array([10**14, -5, 10**14]), np.array([3, 3, -(10**12)]), np.array([1, -1, 0]))
    assert votes.participants.tolist() == [-5, 10**14] and votes.statements.tolist() == [-(10**12), 3]
    assert np.array_equal(table(votes.rows), [[np.nan, -1], [0, 1]], equal_nan=True)
