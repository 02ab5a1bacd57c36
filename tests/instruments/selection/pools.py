"""Invented pools and rules, and every list by brute force."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from hypothesis import strategies as st

from hemicycle.instruments.selection.pool import Pool
from hemicycle.instruments.selection.problem import Problem, problem_of
from hemicycle.instruments.selection.rule import Rule, may_not_sit, must_sit, not_together

FEATURES = {"gender": ("f", "m", "x"), "reserve": ("yes", "no"), "org": ("a", "b", "c")}


@st.composite
def problems(draw: Any, most_people: int = 9) -> tuple[Pool, Problem]:
    """A pool of three to `most_people`, seats, and rules of every kind; often without a lawful list."""
    people = draw(st.integers(3, most_people))
    declared = [
        {name: draw(st.sampled_from(values)) for name, values in FEATURES.items()} for _ in range(people)
    ]
    pool = Pool(tuple(f"p{place}" for place in range(people)), tuple(declared))
    seats = draw(st.integers(1, people))
    rules: list[Rule] = []
    for name, values in FEATURES.items():
        for value in values:
            if draw(st.booleans()):
                low = draw(st.integers(0, 2))
                high = draw(st.one_of(st.none(), st.integers(low, low + 3)))
                statutory = draw(st.booleans())
                rules.append(
                    Rule(f"{name} = {value}", ((name, value),), least=low, most=high, is_statutory=statutory)
                )
    if draw(st.integers(0, 3)) == 0:
        rules.append(
            Rule("of the reserve", (("reserve", "yes"), ("gender", "f")), least=draw(st.integers(0, 2)))
        )
    if draw(st.integers(0, 3)) == 0:
        rules.append(draw(st.sampled_from((must_sit, may_not_sit)))("p0"))
    if draw(st.integers(0, 3)) == 0:
        rules.append(not_together("p1", "p2"))
    return pool, problem_of(pool, seats, rules)


def every_list(problem: Problem) -> list[tuple[int, ...]]:
    """All lawful lists, by trying each."""
    return [
        chosen
        for chosen in combinations(range(len(problem.ids)), problem.seats)
        if all(row.least <= len(set(chosen) & set(row.who)) <= row.most for row in problem.rows)
    ]
