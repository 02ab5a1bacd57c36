"""Invented ballots and rules for the tests of proportional choice."""

from __future__ import annotations

from itertools import combinations

from hypothesis import strategies as st

from hemicycle.instruments.selection.check import is_lawful
from hemicycle.instruments.selection.endorsements import Endorsements
from hemicycle.instruments.selection.pool import Pool
from hemicycle.instruments.selection.problem import Problem, problem_of
from hemicycle.instruments.selection.rule import Rule

PEOPLE = tuple("abcdefgh")


@st.composite
def elections(draw: st.DrawFn, people: int = 7, ballots: int = 8) -> tuple[Endorsements, int]:
    """Few ballots with many ties, and seats. Somebody may be endorsed by nobody, somebody may endorse nobody."""
    number = draw(st.integers(2, people))
    given = draw(
        st.lists(
            st.tuples(st.frozensets(st.integers(0, number - 1)), st.integers(1, 3)),
            min_size=1,
            max_size=ballots,
        )
    )
    made = Endorsements.of(PEOPLE[:number], [ballot for ballot, _ in given], [many for _, many in given])
    return made, draw(st.integers(1, number))


@st.composite
def with_rules(draw: st.DrawFn) -> tuple[Endorsements, Problem]:
    """An election with a reserve and bands; a lawful list may exist or not."""
    made, seats = draw(elections())
    sides = [draw(st.sampled_from(("north", "south"))) for _ in made.candidates]
    kinds = [draw(st.sampled_from(("x", "y", "z"))) for _ in made.candidates]
    pool = Pool(made.candidates, tuple({"side": s, "kind": k} for s, k in zip(sides, kinds, strict=True)))
    least = draw(st.integers(0, seats))
    rules = [
        Rule("south", (("side", "south"),), least=least, most=draw(st.integers(least, seats))),
        Rule("x", (("kind", "x"),), least=0, most=draw(st.integers(0, seats))),
        Rule("y", (("kind", "y"),), least=draw(st.integers(0, 1))),
    ]
    return made, problem_of(pool, seats, rules)


def lawful_lists(problem: Problem) -> list[tuple[int, ...]]:
    """Every lawful list, by trying all."""
    return [
        members
        for members in combinations(range(len(problem.ids)), problem.seats)
        if is_lawful(problem, members)
    ]
