"""Independent sources: one origin counts once, however often it is named."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hemicycle.rules.sources import independent, same_origin

LABELS = st.lists(st.text(max_size=12), max_size=8)


def test_case_blanks_and_width_make_no_other_origin() -> None:
    assert independent(["The Newspaper", " the  newspaper ", "Ｔｈｅ newspaper"]) == 1
    assert independent(["Газета", "ГАЗЕТА", "Архив"]) == 2


def test_a_label_that_says_nothing_is_no_origin() -> None:
    assert independent([]) == independent(["", "  ", "\u00a0"]) == 0


@given(LABELS)
def test_saying_it_again_adds_nothing_and_the_order_does_not_matter(labels: list[str]) -> None:
    assert independent(labels) == independent([*labels, *reversed(labels)]) <= len(labels)


@given(LABELS, st.text(max_size=12))
def test_one_more_source_adds_at_most_one_and_exactly_one_where_its_origin_is_new(
    labels: list[str], more: str
) -> None:
    known = {same_origin(label) for label in labels}
    is_new = bool(same_origin(more)) and same_origin(more) not in known
    assert independent([*labels, more]) == independent(labels) + is_new
