from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.instruments.coordination.passages import RUN, passages
from hemicycle.instruments.coordination.plain import plain
from hemicycle.instruments.coordination.question import INNOCENT, NEAR_COPY
from hemicycle.instruments.coordination.texts import Found, Text, limit_of, near_copies

from .made import DECLARATION, altered, sentence_text, texts


def pairs(found: Found) -> list[tuple[str, ...]]:
    return [question.files for question in found.questions]


def others(count: int) -> list[str]:
    return [sentence_text(90, seed) for seed in range(100, 100 + count)]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([0, 1, 3, 8, 18]), st.floats(0, 0.2))
def test_an_altered_copy_is_found_beside_its_original_and_nothing_else(
    seed: int, count: int, share: float
) -> None:
    first = sentence_text(90, seed + 20_000)
    found = near_copies(texts(first, altered(first, share, seed), *others(count)))
    assert pairs(found) == [("a", "b")]


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(8)))
def test_the_order_of_the_texts_does_not_matter(order: list[int]) -> None:
    first = sentence_text(90, 1)
    given_texts = texts(first, altered(first, 0.1, 2), altered(first, 0.2, 3), *others(5))
    assert near_copies(given_texts[place] for place in order) == near_copies(given_texts)


@pytest.mark.parametrize("count", [3, 5, 12, 20])
def test_a_declaration_in_all_files_is_no_likeness_and_is_told_once(count: int) -> None:
    found = near_copies(texts(*(f"{body} {DECLARATION}" for body in others(count))))
    assert found.questions == ()
    assert [(one.words, one.files) for one in found.everywhere] == [(DECLARATION[:-1], count)]


def test_with_two_files_all_counts_unless_the_form_is_given() -> None:
    both = texts(*(f"{body} {DECLARATION}" for body in others(2)))
    assert near_copies(both, form=[DECLARATION]).questions == ()
    assert pairs(near_copies(both)) == [("a", "b")]


@pytest.mark.parametrize(("count", "copies"), [(2, 2), (3, 2), (5, 2), (5, 4), (12, 8), (20, 8)])
def test_a_text_in_several_of_few_files_is_found(count: int, copies: int) -> None:
    first = sentence_text(90, 1)
    bodies = [altered(first, 0.05, seed) for seed in range(copies)] + others(count - copies)
    found = near_copies(
        texts(*(f"{body} {DECLARATION}" for body in bodies), language="en"), form=[DECLARATION]
    )
    assert len(found.questions) == copies * (copies - 1) // 2
    assert {file for pair in pairs(found) for file in pair} == set("abcdefghijklmnopqrst"[:copies])


def test_a_text_in_too_many_files_counts_no_more_but_is_told() -> None:
    assert [limit_of(files) for files in (1, 2, 3, 5, 9, 40, 100)] == [2, 2, 2, 4, 8, 8, 20]
    first = sentence_text(90, 1)
    found = near_copies(texts(*[first] * 9, *others(11)))
    assert found.questions == ()
    assert [one.files for one in found.everywhere] == [9]


def test_texts_of_one_file_are_never_shown_beside_each_other() -> None:
    first = sentence_text(90, 1)
    own = [Text("1", "a", "en", first), Text("2", "a", "en", first), Text("3", "b", "en", others(1)[0])]
    assert near_copies(own).questions == ()
    assert len(near_copies([*own, Text("4", "c", "en", first)]).questions) == 2


def test_shared_passages_are_told_with_their_places_in_both_originals() -> None:
    first = "— Zuvilo ramene tosi; " + sentence_text(45, 1)
    second = sentence_text(20, 2) + " «" + sentence_text(45, 1).upper() + "» " + sentence_text(20, 3)
    (question,) = near_copies(texts(first, second, *others(3))).questions
    evidence = json.loads(json.dumps(question.evidence))
    assert question.kind == NEAR_COPY and question.innocent in INNOCENT
    assert evidence["texts"] == ["text-a", "text-b"] and evidence["words"] == 45
    (passage,) = evidence["passages"]
    start, end = passage["first"]
    assert first[start:end] == sentence_text(45, 1)[:-1]
    start, end = passage["second"]
    assert second[start:end] == sentence_text(45, 1).upper()[:-1]
    assert evidence["shares"] == [round(45 / 48, 4), round(45 / 85, 4)]


def test_the_largest_share_stands_first() -> None:
    first, second = sentence_text(90, 1), sentence_text(90, 2)
    found = near_copies(texts(first, altered(first, 0.2, 3), second, second, *others(4)))
    assert pairs(found) == [("c", "d"), ("a", "b")]


def test_look_alike_letters_and_invisible_marks_hide_nothing() -> None:
    first = sentence_text(90, 1, "ru")
    hidden = first.translate(str.maketrans("аеосх", "aeocx")).replace("у", "у\u200b").replace("й", "й")
    (question,) = near_copies(texts(first, hidden, *others(2), language="ru")).questions
    assert question.evidence["shares"] == [1.0, 1.0]


def test_a_few_words_in_common_are_no_question() -> None:
    known = "We want peace and free elections."
    assert (
        near_copies(
            texts(f"{known} {sentence_text(60, 1)}", f"{sentence_text(60, 2)} {known}", *others(3))
        ).questions
        == ()
    )
    assert near_copies(texts("Yes.", "Yes.", "No.", "")).questions == ()


@pytest.mark.parametrize("odd", ["", " \n\t", "?!… — «»", "\u200b\u202e", "___", "a", "🙂 🙃", "\x00"])
def test_texts_without_words_are_passed_over(odd: str) -> None:
    first = sentence_text(60, 1)
    assert pairs(near_copies(texts(odd, first, odd, first, odd))) == [("b", "d")]
    assert near_copies(texts(odd, odd)).questions == ()
    assert near_copies([]).questions == ()


def test_mixed_scripts_and_long_texts_cost_little() -> None:
    start = time.process_time()
    long = sentence_text(18_000, 1) + sentence_text(3_000, 2, "ru")
    hostile = [
        "a " * 50_000,
        "аб" * 50_000,
        "." * 100_000,
        "a\u200b" * 50_000,
        "\u0301" * 100_000,
        "я b " * 25_000,
    ]
    found = near_copies(texts(long, long, *hostile, *hostile[:1]))
    assert ("a", "b") in pairs(found)
    assert time.process_time() - start < 20


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=80), max_size=6))
def test_any_texts_can_be_compared(bodies: list[str]) -> None:
    given_texts = {one.key: one for one in texts(*bodies)}
    for question in near_copies(given_texts.values()).questions:
        json.dumps(question.evidence)
        first, second = question.files
        assert first < second


WORDS = st.lists(st.sampled_from("ab"), max_size=25)


@settings(max_examples=200, deadline=None)
@given(WORDS, WORDS)
def test_passages_are_equal_in_both_and_never_overlap(first: list[str], second: list[str]) -> None:
    found = passages(first, second, ())
    for one in found:
        assert one.words >= RUN
        assert first[one.first : one.first + one.words] == second[one.second : one.second + one.words]
    for side in ("first", "second"):
        covered = [
            place for one in found for place in range(getattr(one, side), getattr(one, side) + one.words)
        ]
        assert len(covered) == len(set(covered))
    if any(
        first[at : at + RUN] == second[to : to + RUN]
        for at in range(len(first) - 3)
        for to in range(len(second) - 3)
    ):
        assert found


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_every_word_stands_where_it_is_said_to_stand(text: str) -> None:
    one = plain(text)
    assert len(one.words) == len(one.starts) == len(one.ends)
    for word, start, end in zip(one.words, one.starts, one.ends, strict=True):
        assert plain(text[start:end]).words == (word,)


def test_a_copied_paragraph_in_two_long_texts_is_found() -> None:
    paragraph = sentence_text(36, 5)
    first, second = (
        f"{sentence_text(400, seed)} {paragraph} {sentence_text(400, seed + 1)}" for seed in (10, 20)
    )
    (question,) = near_copies(texts(first, second, *others(3))).questions
    assert question.files == ("a", "b") and question.evidence["words"] == 36
