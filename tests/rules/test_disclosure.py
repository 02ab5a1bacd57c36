"""Small numbers: what is published never gives away what is withheld, proved by trying every table."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.rules.disclosure import suppress

tables = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 30), max_size=8)


def published(
    counts: tuple[int, ...], minimum: int, total: bool
) -> tuple[tuple[int | None, ...], int | None] | None:
    table = {str(place): number for place, number in enumerate(counts)}
    if total and sum(counts) < minimum:
        return None
    return tuple(suppress(table, minimum, total_published=total).values()), sum(counts) if total else None


@pytest.mark.parametrize(
    ("cells", "minimum", "highest"), [(1, 3, 12), (2, 5, 14), (3, 5, 11), (3, 3, 9), (4, 3, 7)]
)
@pytest.mark.parametrize("total", [True, False])
def test_no_withheld_cell_can_be_worked_out_by_a_reader_who_knows_the_rule(
    cells: int, minimum: int, highest: int, total: bool
) -> None:
    seen: dict[object, list[set[int]]] = {}
    for counts in product(range(highest + 1), repeat=cells):
        page = published(counts, minimum, total)
        if page is not None:
            possible = seen.setdefault(page, [set() for _ in counts])
            for place, number in enumerate(counts):
                possible[place].add(number)
    assert seen
    for page, possible in seen.items():
        shown = page[0]  # type: ignore[index]
        for cell, numbers in zip(shown, possible, strict=True):
            assert cell is not None or len(numbers) > 1, (page, possible)


@given(tables, st.integers(2, 7), st.booleans())
def test_no_small_number_is_shown_and_no_shown_number_is_changed(
    counts: dict[str, int], minimum: int, total: bool
) -> None:
    if total and counts and sum(counts.values()) < minimum:
        with pytest.raises(ValueError, match="total under"):
            suppress(counts, minimum, total_published=total)
        return
    found = suppress(counts, minimum, total_published=total)
    assert list(found) == list(counts)
    for key, number in found.items():
        assert number is None or number == counts[key] >= minimum
    if all(number >= minimum for number in counts.values()):
        assert found == counts


@given(tables.filter(lambda counts: sum(counts.values()) >= 5))
def test_one_small_cell_is_never_alone_beside_a_public_total(counts: dict[str, int]) -> None:
    withheld = [key for key, number in suppress(counts, 5).items() if number is None]
    assert len(withheld) != 1


def test_a_worked_case_of_one_small_group() -> None:
    assert suppress({"opposition": 20, "press": 12, "civil": 3}) == {
        "opposition": 20,
        "press": None,
        "civil": None,
    }
    assert suppress({"opposition": 20, "press": 12, "civil": 3}, total_published=False)["press"] == 12


def test_a_small_total_a_negative_count_and_a_useless_minimum_are_refused() -> None:
    with pytest.raises(ValueError, match="total under"):
        suppress({"a": 1, "b": 2})
    with pytest.raises(ValueError, match="0 or more"):
        suppress({"a": -1, "b": 20})
    with pytest.raises(ValueError, match="hides nothing"):
        suppress({"a": 1}, 1)
