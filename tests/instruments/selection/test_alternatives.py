"""Lists that are unlike each other."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.instruments.selection.alternatives import alternatives
from hemicycle.instruments.selection.pool import Pool
from hemicycle.instruments.selection.problem import Problem, problem_of
from hemicycle.instruments.selection.rule import Rule
from tests.instruments.selection.pools import every_list, problems


@settings(max_examples=100, deadline=None)
@given(problems(8), st.data())
def test_each_list_is_as_far_from_those_before_as_any_can_be(made: tuple[Pool, Problem], data: Any) -> None:
    pool, problem = made
    seated = data.draw(
        st.lists(st.integers(0, len(problem.ids) - 1), max_size=min(2, problem.seats), unique=True)
    )
    possible = [one for one in every_list(problem) if set(seated) <= set(one)]
    found = alternatives(problem, 4, seated, pool=pool)
    assert len(found) == min(4, len(possible))
    before: list[set[int]] = []
    for one in found:
        assert one.members in possible
        if before:
            farthest = max(min(len(set(other) - earlier) for earlier in before) for other in possible)
            assert one.differs_by == farthest
        before.append(set(one.members))


def test_gains_and_losses_are_told_beside_the_first() -> None:
    pool = Pool(
        tuple("abcd"),
        tuple({"g": g, "host": h} for g, h in (("f", "LT"), ("m", "LT"), ("f", "PL"), ("m", "PL"))),
    )
    problem = problem_of(pool, 2, [Rule("women", (("g", "f"),), least=1)])
    first, second = alternatives(problem, 2, pool=pool)
    assert (first.members, first.differs_by, first.gains, first.loses) == ((0, 1), 0, {}, {})
    assert (second.members, second.differs_by) == ((2, 3), 2)
    assert (second.gains, second.loses) == ({"host = PL": 2}, {"host = LT": 2})


def test_where_nothing_is_lawful_there_is_no_alternative() -> None:
    pool = Pool(tuple("ab"), ({"g": "f"}, {"g": "f"}))
    assert alternatives(problem_of(pool, 1, [Rule("men", (("g", "m"),), least=1)]), 3) == []
