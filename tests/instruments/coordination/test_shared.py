from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.instruments.coordination.question import (
    INNOCENT,
    METADATA,
    ORGANISATION,
    REFEREE,
    REFEREE_IS_CANDIDATE,
    WIDESPREAD,
)
from hemicycle.instruments.coordination.shared import organisations, referees, same_metadata, shared


@pytest.mark.parametrize(
    "other",
    [
        "Evgeny Shchavlintsev",
        "SHCHAVLINTSEV, Evgeny",
        "Щавлинцев Е. Ю.",
        "Evguéni Chtchavlintsev",
        "Yеvgеniу Shсhаvlintsеv",
        "Щавлинцев Евгений Юрьевич",
    ],
)
def test_a_referee_of_two_files_is_found_in_any_script_and_spelling(other: str) -> None:
    (question,) = referees(
        {"a": ["Евгений Юрьевич Щавлинцев"], "b": [other, "Milana Gusyatina"], "c": ["Тихон Лепетухин"]}, {}
    )
    assert (question.kind, question.files) == (REFEREE, ("a", "b"))
    assert set(question.evidence["names"]) == {"Евгений Юрьевич Щавлинцев", other}  # type: ignore[call-overload]
    assert question.evidence["count"] == 2 and question.evidence["every"] == 3


@pytest.mark.parametrize(
    "other",
    [
        "Евгений Петрович Щавлинцев",
        "Евгения Щавлинцева",
        "Кондрат Щавлинцев",
        "Щавлинцев",
        "Е. Щ.",
        "Евгений Юрьевич",
        "",
        "—",
    ],
)
def test_another_person_is_none(other: str) -> None:
    assert referees({"a": ["Евгений Юрьевич Щавлинцев"], "b": [other]}, {}) == []


def test_a_short_name_is_told_with_each_fuller_one_that_it_may_stand_for() -> None:
    found = referees(
        {"a": ["Савва Ильич Гусятин"], "b": ["Савва Львович Гусятин"], "c": ["Савва Гусятин"]}, {}
    )
    assert [question.files for question in found] == [("a", "c"), ("b", "c")]


def test_a_referee_who_is_a_candidate_is_found_and_oneself_is_not() -> None:
    found = referees(
        {"a": ["Savva Trubnishchev"], "b": []}, {"a": "Savva Trubnishchev", "b": "Трубнищев Савва Львович"}
    )
    assert [(question.kind, question.files) for question in found] == [(REFEREE_IS_CANDIDATE, ("a", "b"))]
    assert found[0].evidence == {
        "referee": "Savva Trubnishchev",
        "candidate": "Трубнищев Савва Львович",
        "named_in": "a",
        "file_of": "b",
    }


def test_an_organisation_is_found_without_its_legal_form() -> None:
    found = organisations(
        {
            "a": ["ООО «Синий Дельфинарий»"],
            "b": ["Siniy Delfinariy LLC"],
            "c": ["Завод № 17"],
            "d": ["Завод № 18"],
        }
    )
    assert [(question.kind, question.files) for question in found] == [(ORGANISATION, ("a", "b"))]


def test_equal_digests_are_told_by_kind_and_never_across_kinds() -> None:
    found = same_metadata(
        {
            "a": [("author", "x1"), ("template", "y")],
            "b": [("author", "x1"), ("template", "x2")],
            "c": [("producer", "x2")],
        }
    )
    assert [(one.kind, one.files, one.evidence["of"]) for one in found] == [(METADATA, ("a", "b"), "author")]


def test_what_very_many_share_is_told_as_widespread_and_last() -> None:
    digests = {
        f"file-{number}": [("producer", "word"), ("template", f"t{number // 2}")] for number in range(6)
    }
    found = same_metadata(digests)
    assert [(one.innocent, one.evidence["count"]) for one in found] == [(WIDESPREAD, 6)] + [(METADATA, 2)] * 3
    assert {one.innocent for one in found} <= INNOCENT.keys()
    few = same_metadata({f"file-{number}": [("producer", "word")] for number in range(4)})
    assert [one.innocent for one in few] == [METADATA]


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from(["x", "y", "z"]), max_size=4)))
def test_a_value_is_told_with_exactly_the_files_that_have_it(things: dict[str, list[str]]) -> None:
    found = {str(one.evidence["value"]): one.files for one in shared(things, METADATA)}
    for value in "xyz":
        holders = tuple(sorted(file for file, values in things.items() if value in values))
        assert found.get(value, ()) == (holders if len(holders) > 1 else ())


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from("abc"), st.lists(st.text(max_size=20), max_size=3), max_size=3))
def test_any_names_can_be_asked_about(names: dict[str, list[str]]) -> None:
    people = {file: given[0] for file, given in names.items() if given}
    for question in (*referees(names, people), *organisations(names)):
        json.dumps(question.evidence)
        assert len(set(question.files)) > 1
