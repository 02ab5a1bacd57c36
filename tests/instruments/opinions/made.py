"""Invented votes, and the same things worked out by hand on a full table."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from hemicycle.instruments.opinions.votes import Floats, Ints, Rows, Votes, gathered

Triples = tuple[Ints, Ints, Ints]


def conversation(
    people: int = 60, statements: int = 12, *, leanings: int = 2, seen: float = 0.8, seed: int = 1
) -> Triples:
    """Votes of people who lean one of several ways; the first two statements are liked by all, the third by none."""
    draw = np.random.default_rng(seed)
    way = np.arange(people) % leanings
    taste = draw.normal(size=(leanings, statements)) * 2
    taste[:, :2], taste[:, 2] = 3.0, -3.0
    liked = taste[way] + draw.normal(size=(people, statements)) * 0.6
    vote = np.where(liked > 0.3, 1, np.where(liked < -0.3, -1, 0))
    who, what = np.nonzero(draw.random((people, statements)) < seen)
    return who * 3 + 7, what * 2 + 10, vote[who, what]


def votes_of(triples: Triples, out: tuple[int, ...] = ()) -> Votes:
    return gathered(*triples, out)


def table(rows: Rows) -> Floats:
    """Participants by statements; not a number where nobody voted."""
    full = np.full((len(rows), rows.width), np.nan)
    for row in range(len(rows)):
        for place in range(rows.begins[row], rows.begins[row + 1]):
            full[row, rows.columns[place]] = rows.values[place]
    return full


@st.composite
def any_votes(draw: st.DrawFn, *, least: int = 1) -> Triples:
    """Any votes, in any order, some cast twice."""
    one = st.tuples(st.integers(0, 9), st.integers(0, 7), st.integers(-1, 1))
    cast = draw(st.lists(one, min_size=least, max_size=60))
    who, what, vote = (np.array(kind, np.int64) for kind in zip(*cast, strict=True))
    return who, what, vote
