"""What is shown of answers: nobody's, nothing small, and the same as the instrument finds on the same table."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.consultations import results
from hemicycle.consultations.answering import HEADER
from hemicycle.consultations.models import Side
from hemicycle.instruments.opinions.command import opinions
from hemicycle.rules.charter import Charter

from ..cast import charter as law

P, D, S = Side.PARTICIPANT, Side.DELEGATE, Side.CIVIL_SOCIETY
NUMBERS = range(1, 13)


def matrix(answers: list[list[int | None]]) -> str:
    """The table of some people's answers to the propositions 1, 2, …"""
    return HEADER + "".join(
        f"{voter},{number},{value}\n"
        for voter, row in enumerate(answers, 1)
        for number, value in enumerate(row, 1)
        if value is not None
    )


def camps(people: int) -> list[list[int | None]]:
    """Two camps: the first three are common ground, the next six divide, of three more everybody thinks as chance has it."""
    drawn = Random(5)
    return [
        [1, 1, 1, *([1] * 6 if one % 2 else [-1] * 6), *(drawn.choice((1, 0, -1)) for _ in range(3))]
        for one in range(people)
    ]


def with_rules(**values: Any) -> Charter:
    rules = law().consultations
    changed = {name: replace(getattr(rules, name), value=value) for name, value in values.items()}
    return replace(law(), consultations=replace(rules, **changed))


def shown(answers: list[list[int | None]], sides: list[str] | None = None, **values: Any) -> dict[str, Any]:
    return results.computed(matrix(answers), sides or [D] * len(answers), NUMBERS, with_rules(**values))


def test_enough_voters_in_two_camps_have_groups_with_common_ground_and_what_divides() -> None:
    found = shown(camps(60))
    assert found["by"] == "groups" and [each["people"] for each in found["sets"]] == [30, 30]
    assert sorted(found["supported"]) == [1, 2, 3] and sorted(found["divides"]) == [4, 5, 6, 7, 8, 9]
    assert all(each["supported_in"] >= 0.9 for each in found["statements"][:3])
    assert found["stability"]["verdict"] == "stable" and found["between"] == 0
    assert found["rule"] == {
        "charter": "pace-2025/1.0", "voters_at_least": 30, "cell_at_least": 5, "resamples": 50, "sure": 0.9,
    }  # fmt: skip


def test_one_voter_fewer_than_the_charter_says_has_no_groups() -> None:
    assert shown(camps(30))["by"] == "groups"
    below = shown(camps(29))
    assert below["by"] == "sides" and "map" not in below and "supported" not in below


@pytest.mark.parametrize(
    ("sides", "by", "people"),
    [
        ([P] * 12 + [D] * 8, "sides", [12, 8]),
        ([P] * 12 + [D] * 4, "all", [16]),
        ([P] * 6 + [D] * 6 + [S] * 1, "all", [13]),
        ([P] * 5 + [D] * 5 + [S] * 5, "sides", [5, 5, 5]),
    ],
)
def test_sides_are_told_apart_only_where_each_is_large_enough(
    sides: list[str], by: str, people: list[int]
) -> None:
    found = shown(camps(len(sides)), sides)
    assert found["by"] == by and [each["people"] for each in found["sets"]] == people


def test_of_fewer_than_five_nothing_is_told_not_even_how_many() -> None:
    for count in (1, 4):
        found = shown(camps(count))
        assert found["voters"] is None and found["statements"] == [] and found["sets"] == []
    assert results.computed(HEADER, [], NUMBERS, law())["voters"] == 0


ANSWERS = st.lists(
    st.lists(st.sampled_from([1, 0, -1, None]), min_size=4, max_size=4).filter(
        lambda r: any(v is not None for v in r)
    ),
    min_size=1,
    max_size=14,
)


@settings(max_examples=60, deadline=None)
@given(answers=ANSWERS, data=st.data())
def test_no_small_cell_is_shown_and_none_stands_hidden_alone(
    answers: list[list[int | None]], data: st.DataObject
) -> None:
    sides = data.draw(st.lists(st.sampled_from([P, D, S]), min_size=len(answers), max_size=len(answers)))
    found = shown(answers, sides)
    for each in found["statements"]:
        for size, cells in zip((s["people"] for s in found["sets"]), each["cells"], strict=True):
            assert size >= 5 and all(cell is None or cell >= 5 for cell in cells)
            hidden = size - sum(cell or 0 for cell in cells)
            assert cells.count(None) != 1 or not hidden
            assert None not in cells or hidden >= 9 or cells == [None] * 4


@settings(max_examples=40, deadline=None)
@given(answers=ANSWERS, data=st.data())
def test_of_one_persons_other_answer_nothing_is_seen_where_few_said_so(
    answers: list[list[int | None]], data: st.DataObject
) -> None:
    """Where fewer than five said the one and fewer than five the other, the row tells the same of both."""
    one = data.draw(st.integers(0, len(answers) - 1))
    before = shown(answers)
    other = [list(row) for row in answers]
    other[one] = [None if v is None else data.draw(st.sampled_from([1, 0, -1])) for v in other[one]]
    after = shown(other)
    assert before["voters"] == after["voters"] and before["sets"] == after["sets"]
    for first, second in zip(before["statements"], after["statements"], strict=True):
        said = [[row[first["number"] - 1] for row in rows] for rows in (answers, other)]
        few = all(column.count(column[one]) < 5 for column in said)
        assert first["number"] == second["number"] and (first["cells"] == second["cells"] or not few)
        told = [c for row in (*first["cells"], *second["cells"]) for c in row if c is not None]
        assert all(cell >= 5 for cell in told)


def test_nobodys_place_stands_in_a_result_with_groups() -> None:
    """The picture has squares of five or more and the middle of each group, and nothing has an item for each voter."""
    found = shown(camps(61), publish_matrix=False)
    assert found["matrix"] is None

    def longest(value: Any) -> int:
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return max([len(inner) if isinstance(value, list) else 0, *(longest(each) for each in inner)])

    assert longest(found) < 61 / 3
    text = json.dumps(found)
    assert all(word not in text for word in ("participant_ids", "voter-id", '"group"', "pc1"))
    for each in found["statements"]:
        assert all(cell is None or cell >= 5 for row in each["cells"] for cell in row)


def test_an_outsider_finds_the_same_on_the_published_table(tmp_path: Path) -> None:
    table = matrix(camps(40))
    found = results.computed(table, [D] * 40, NUMBERS, with_rules(publish_matrix=True))
    (tmp_path / "votes.csv").write_text(table)
    fewest = str(found["rule"]["voters_at_least"])
    told = [str(tmp_path / "votes.csv"), "--out", str(tmp_path / "out"), "--min-voters", fewest]
    assert opinions(told) == 0
    again = (tmp_path / "out" / "map.json").read_bytes()
    assert found["matrix"] == {
        "sha256": hashlib.sha256(table.encode()).hexdigest(),
        "map_sha256": hashlib.sha256(again).hexdigest(),
    }
    whole = json.loads(again)
    assert whole["common_ground"]["agree"] == found["supported"] and whole["divides"] == found["divides"]
    assert [round(each, 2) for each in whole["gac_agree"].values()] == [
        each["group_aware_agree"] for each in found["statements"]
    ]


def test_a_table_is_published_only_of_enough_voters() -> None:
    assert shown(camps(29), publish_matrix=True)["matrix"] is None


def test_who_comes_first_changes_no_group_and_no_number() -> None:
    """Only the resamples are drawn from an order, which the lot of the closing has settled."""
    first, second = shown(camps(40)), shown(list(reversed(camps(40))))
    for name in ("sets", "supported", "map"):
        assert first[name] == second[name], name
    assert [each["cells"] for each in first["statements"]] == [each["cells"] for each in second["statements"]]


def test_a_result_is_the_same_each_time_and_so_is_its_digest() -> None:
    assert results.digest(shown(camps(36))) == results.digest(shown(camps(36)))
