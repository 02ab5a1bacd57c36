"""Endorsements are read as they stand, grouped, and refused with the line that is wrong."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.instruments.selection.endorsements import Endorsements, read_endorsements
from hemicycle.instruments.selection.pool import Pool, Unreadable

POOL = Pool(("vera", "anna", "olga"), ({}, {}, {}))


def written(folder: Path, text: str) -> Path:
    path = folder / "approvals.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_identical_ballots_are_one_with_a_weight(tmp_path: Path) -> None:
    found = read_endorsements(
        written(tmp_path, "voter,candidate\n1,anna\n1,vera\n2,vera\n2,anna\n3,olga\n"), POOL
    )
    assert list(found.each()) == [(frozenset({0, 1}), 2), (frozenset({2}), 1)]
    assert found.voters == 3
    assert found.support.tolist() == [2, 2, 1]
    assert [who.tolist() for who in found.supporters] == [[0], [0], [1]]


def test_without_a_pool_the_order_of_the_lines_decides_nothing(tmp_path: Path) -> None:
    one = read_endorsements(written(tmp_path, "voter,candidate\na,10\na,9\nb,x\n"))
    other = read_endorsements(written(tmp_path, "voter,candidate\nb,x\na,9\na,10\n"))
    assert one.candidates == other.candidates == ("9", "10", "x")
    assert sorted(map(str, one.each())) == sorted(map(str, other.each()))


def test_a_voter_without_a_candidate_counts_among_the_voters(tmp_path: Path) -> None:
    found = read_endorsements(written(tmp_path, "voter,candidate\n1,anna\n2,\n"), POOL)
    assert found.voters == 2
    assert found.support.tolist() == [0, 1, 0]


def test_a_packed_file_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "approvals.csv.gz"
    path.write_bytes(gzip.compress(b"voter,candidate\n1,anna\n"))
    assert read_endorsements(path, POOL).voters == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("voter,candidate\n1,nina\n", "line 2: nina does not stand in the pool"),
        ("voter,candidate\n1,anna\n1,anna\n", "line 3: the same endorsement stands already in line 2"),
        ("voter,candidate\n,anna\n", "line 2: no voter"),
        ("voter,name\n1,anna\n", "no column “candidate”"),
        ("voter,candidate\n", "nobody endorses anybody"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read_endorsements(written(tmp_path, text), POOL)


def test_ballots_of_nobody_and_of_strangers_are_refused() -> None:
    with pytest.raises(ValueError, match="not a candidate"):
        Endorsements.of("ab", [[2]])
    with pytest.raises(ValueError, match="cannot give a ballot"):
        Endorsements.of("ab", [[1]], [0])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.frozensets(st.integers(0, 5)), min_size=1, max_size=12), st.frozensets(st.integers(0, 5)))
def test_counts_are_those_of_plain_sets(ballots: list[frozenset[int]], members: frozenset[int]) -> None:
    found = Endorsements.of("abcdef", ballots)
    assert sorted((sorted(b), n) for b, n in found.each()) == sorted(
        (sorted(b), ballots.count(b)) for b in set(ballots)
    )
    assert found.support.tolist() == [sum(one in ballot for ballot in ballots) for one in range(6)]
    seated = found.seated(members)
    for (ballot, _), count in zip(found.each(), seated.tolist(), strict=True):
        assert count == len(ballot & members)
    table, ranked = found.table, found.ranked
    assert table is not None and ranked is not None
    assert table.sum(axis=1).tolist() == found.support.tolist()
    assert np.array_equal(ranked.table, table[ranked.order])
