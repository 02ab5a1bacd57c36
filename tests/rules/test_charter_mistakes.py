"""Every way in which a charter file can fail to be law, by line and key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.rules.charter import (
    CharterError,
    Problem,
    format_problems,
    key_lines,
    parse,
)
from hemicycle.rules.charter.fixed import FIXED

from .test_charter import FORUM, PACE, changed, problems_of


def test_a_wrong_key_is_reported_by_line_and_name() -> None:
    text = changed("reply_days = {", "replydays = {")
    line = text.splitlines().index(next(row for row in text.splitlines() if row.startswith("replydays")))
    found = problems_of(text)
    assert Problem(line + 1, "periods.replydays", "unknown key") in found
    assert any(each.key == "periods.reply_days" and each.message == "missing key" for each in found)


@pytest.mark.parametrize(
    ("old", "new", "key", "message"),
    [
        (
            'value = "1/3"\narticle = "4.2"',
            'value = 0.33\narticle = "4.2"',
            "reserve.share.value",
            "exact fraction",
        ),
        (
            'value = "1/3"\narticle = "4.2"',
            'value = "1/0"\narticle = "4.2"',
            "reserve.share.value",
            "exact fraction",
        ),
        (
            'value = "1/3"\narticle = "4.2"',
            'value = "4/3"\narticle = "4.2"',
            "reserve.share.value",
            "more than 1",
        ),
        (
            "call_minimum_days = { value = 28",
            "call_minimum_days = { value = -1",
            "periods.call_minimum_days",
            "0 or",
        ),
        (
            "call_minimum_days = { value = 28",
            "call_minimum_days = { value = true",
            "periods.call_minimum_days",
            "0 or",
        ),
        ("voice = { value = true", 'voice = { value = "yes"', "participation.voice.value", "true or false"),
        (
            'status = "stated"\nsource = "R10"',
            'status = "sure"\nsource = "R10"',
            "reserve.name.status",
            "one of",
        ),
        (
            'urgent_offices = { value = ["president"',
            'urgent_offices = { value = ["tsar"',
            "suspension.",
            "unknown office",
        ),
        (
            'candidacy.submit = "5.2"',
            'candidacy.submit = ""',
            "articles.candidacy.submit",
            "without an article",
        ),
        (
            'candidacy.submit = "5.2"',
            'candidacy.submit = "5.99"',
            "articles.candidacy.submit",
            "no such article",
        ),
        (
            "readings_blind = { value = true",
            "readings_blind = { value = false",
            "vetting.readings_blind.value",
            "cannot do otherwise than true",
        ),
        (
            "silence_is_admission = { value = false",
            "silence_is_admission = { value = true",
            "vetting.silence_is_admission.value",
            "cannot do otherwise than false",
        ),
        (
            "consultation_of_assessors = { value = false",
            "consultation_of_assessors = { value = true",
            "stages.consultation_of_assessors.value",
            "cannot do otherwise than false",
        ),
        ('key = "peace"\n', 'key = "accountability"\n', "aims.1.key", "duplicate"),
        ('code = "treasurer"', 'code = "assessor"', "offices", "missing office: treasurer"),
        ('title.ru = "Изменения"\n', "", "chapters.11.title.ru", "missing language"),
        ('{ number = "5.2",', '{ number = "5.1",', "chapters.4.articles.1.number", "duplicate"),
        (
            "voted_on = { value = 2025-10-01",
            'voted_on = { value = "2025-10-01"',
            "creation.voted_on.value",
            "a date",
        ),
        (
            "small_number = { value = 5",
            "small_number = { value = 1",
            "publication.small_number.value",
            "2 or more",
        ),
        ('bars = ["state_money"]', 'bars = ["estate_money"]', "service_kinds.2.bars.0", "no such bar"),
        ('key = "state_income"', 'key = "state_money"', "service_kinds.2.key", "is a bar"),
        ('key = "state_income"', 'key = "pension"', "service_kinds.2.key", "is set aside"),
    ],
)
def test_each_kind_of_mistake_is_named(old: str, new: str, key: str, message: str) -> None:
    text = changed(old, new)
    found = problems_of(text)
    hit = [each for each in found if each.key.startswith(key) and message in each.message]
    assert hit, format_problems("x", found)
    assert all(each.line > 0 for each in found)


STRANGE = [
    '["a"]',
    "[[1]]",
    "[{}]",
    "{ a = 1 }",
    "{}",
    "[]",
    '""',
    "-1",
    "nan",
    "true",
    "9" * 40,
    "1979-05-27T07:32:00Z",
    "07:32:00",
]


LINES = PACE.read_text(encoding="utf-8").splitlines()


SAID = [number for number, line in enumerate(LINES) if re.match(r"[a-z_]+ = ", line)]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SAID), st.sampled_from(STRANGE))
def test_whatever_stands_where_a_key_stood_is_a_finding_and_no_crash(number: int, strange: str) -> None:
    key = LINES[number].partition(" = ")[0]
    text = "\n".join([*LINES[:number], f"{key} = {strange}", *LINES[number + 1 :]])
    try:
        parse(text)
    except CharterError as error:
        assert error.findings


@pytest.mark.parametrize("key", ["key", "code", "number"])
def test_a_list_where_a_name_stands_is_a_finding(key: str) -> None:
    text = re.sub(rf'\b{key} = "[^"]*"', f'{key} = ["a"]', "\n".join(LINES), count=1)
    assert any(each.key.rpartition(".")[2] == key for each in problems_of(text))


def test_brackets_without_end_are_a_finding() -> None:
    assert "too many brackets" in problems_of("a = " + "[" * 5000)[0].message


def another(key: str) -> str:
    """A value of the same kind that is not the fixed one, as a charter file writes it."""
    offices = {
        "list.proposed_by": '"secretary_general"',
        "suspension.reviewed_by": '"assessor"',
        "suspension.urgent_offices": '["president"]',
        "evidence.custodians": '["president", "secretariat"]',
        "retention.early_offices": '["president", "secretariat"]',
    }
    kinds = {bool: str(not FIXED[key]).lower(), int: "3", str: '"other"', tuple: '["en"]'}
    return offices.get(key) or kinds[type(FIXED[key])]


@pytest.mark.parametrize("key", sorted(FIXED))
@pytest.mark.parametrize("path", [PACE, FORUM], ids=["pace", "forum"])
def test_a_value_that_no_room_can_carry_out_is_refused_by_line(path: Path, key: str) -> None:
    text = path.read_text(encoding="utf-8")
    line = key_lines(text)[f"{key}.value"]
    rows = text.splitlines()
    rows[line - 1] = re.sub(
        r"value = (\[[^]]*\]|[^,]+),", f"value = {another(key)},", rows[line - 1], count=1
    )
    found = problems_of("\n".join(rows))
    assert [(p.line, p.key) for p in found] == [(line, f"{key}.value")]
    assert found[0].message.startswith("this software cannot do otherwise than ")


def test_the_order_of_a_fixed_list_says_nothing() -> None:
    old = 'correction_on = { value = ["dismissed", "lapsed"]'
    assert parse(changed(old, 'correction_on = { value = ["lapsed", "dismissed"]')) is not None


def test_all_mistakes_are_reported_at_once_in_the_order_of_the_file() -> None:
    text = changed("voice = { value = true", "voice = { value = 1").replace(
        'base = { value = "seats"', 'base = { value = "sets"'
    )
    found = problems_of(text)
    assert {"reserve.base.value", "participation.voice.value"} <= {each.key for each in found}
    assert [each.line for each in found] == sorted(each.line for each in found)


def test_broken_toml_and_a_doubled_key_are_reported_with_their_line() -> None:
    assert problems_of('key = "a"\nkey = "b"\n')[0].line == 2
    assert "not valid TOML" in problems_of("key = \n")[0].message


def test_the_digest_changes_with_one_letter() -> None:
    text = PACE.read_text(encoding="utf-8")
    assert parse(text).digest != parse(text + "\n").digest
    assert parse(text).digest == parse(text).digest
