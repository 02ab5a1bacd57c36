"""The charter: what it gives, and every way in which a file can fail to be law."""

from __future__ import annotations

import re
import shutil
import tomllib
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.rules.charter import (
    LANGUAGES,
    OFFICES,
    CharterError,
    Problem,
    Rule,
    Text,
    check,
    format_problems,
    key_lines,
    load,
    parse,
)
from hemicycle.rules.charter.fixed import FIXED

CHARTERS = Path(__file__).parents[2] / "charters"
PACE = CHARTERS / "pace-2025" / "1.0.toml"
FORUM = CHARTERS / "indigenous-forum" / "1.0.toml"


def problems_of(text: str) -> tuple[Problem, ...]:
    with pytest.raises(CharterError) as raised:
        parse(text)
    return raised.value.findings


def changed(old: str, new: str, *, count: int = 1) -> str:
    text = PACE.read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new, count)


def test_the_founding_numbers_are_read_with_their_articles_and_status() -> None:
    charter = load(PACE)
    assert charter.reference == "pace-2025/1.0"
    assert (charter.seats.total.value, charter.seats.total.status, charter.seats.total.source) == (
        15,
        "reported",
        "E4",
    )
    assert charter.reserve.share.value == Fraction(1, 3)
    votes = charter.creation
    assert votes is not None
    assert (votes.votes_for.value, votes.votes_against.value, votes.abstentions.value) == (80, 0, 4)
    assert sorted(votes.abstaining.value) == ["ES", "GB", "TR", "UA"]
    assert charter.participation.vote.value is False


def test_fifteen_principles_are_shown_and_the_four_unknown_ones_never_asked() -> None:
    principles = load(PACE).principles
    assert len(principles) == 15
    assert [p.asked for p in principles if p.status == "placeholder"] == [False] * 4


def test_every_rule_names_an_article_that_the_charter_has() -> None:
    charter = load(PACE)
    numbers = {article.number for chapter in charter.chapters for article in chapter.articles}
    rules = list(charter.rules())
    assert len(rules) > 200
    assert all(isinstance(rule, Rule) and rule.article in numbers and rule.source for rule in rules)
    assert len({rule.key for rule in rules}) == len(rules)


def test_every_office_of_the_procedure_tables_has_a_name_in_three_languages() -> None:
    charter = load(PACE)
    for code in OFFICES:
        assert all(charter.office(code).name[language] for language in ("en", "fr", "ru"))


def test_an_act_that_the_charter_does_not_know_is_named_in_the_error() -> None:
    charter = load(PACE)
    assert charter.article("candidacy.submit") == "5.2"
    with pytest.raises(KeyError, match=r"candidacy\.dance"):
        charter.article("candidacy.dance")


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


def test_problems_are_printed_as_file_line_key(tmp_path: Path) -> None:
    place = tmp_path / "pace-2025" / "1.0.toml"
    place.parent.mkdir()
    place.write_text(changed("voice = { value = true", "voice = { value = 1"), encoding="utf-8")
    printed = format_problems(place, check(place))
    assert f"{place}:" in printed and "participation.voice.value: true or false is expected" in printed


def test_a_second_charter_is_another_file_with_other_rules() -> None:
    forum, pace = load(FORUM), load(PACE)
    assert check(FORUM) == ()
    assert pace.reserve.ends_on is not None and pace.reserve.ends_on.value == forum.key
    assert forum.reserve.share.value == 0 and forum.reserve.ends_on is None and forum.creation is None
    assert (pace.stages.ratification.value, forum.stages.ratification.value) == (True, False)
    assert forum.votes.bureau.threshold.value == Fraction(2, 3)
    assert forum.seats.total.value != pace.seats.total.value
    assert set(forum.articles) == set(pace.articles)
    assert forum.article("suspension.uphold") != pace.article("suspension.uphold")


@pytest.mark.parametrize("path", [PACE, FORUM], ids=["pace-2025", "indigenous-forum"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_prose_has_every_article_with_its_numbers_filled_in(path: Path, language: str) -> None:
    charter = load(path)
    numbers = [article.number for chapter in charter.chapters for article in chapter.articles]
    articles = charter.prose_articles(language)
    assert [article.number for article in articles] == numbers
    assert all(article.heading and article.body and article.anchor.startswith("art-") for article in articles)
    assert "{" not in charter.prose(language)
    assert str(charter.seats.total.value) in next(
        a.body for a in articles if a.number == charter.seats.total.article
    )


@pytest.mark.parametrize("path", [PACE, FORUM], ids=["pace-2025", "indigenous-forum"])
def test_the_words_keep_the_typography_and_the_vocabulary_of_each_language(path: Path) -> None:
    charter = load(path)
    texts = [rule.value for rule in charter.rules() if isinstance(rule.value, Text)]
    french = charter.prose("fr") + "".join(text.fr for text in texts)
    russian = charter.prose("ru") + "".join(text.ru for text in texts)
    english = charter.prose("en") + "".join(text.en for text in texts)
    assert not re.search(r"[^\S\n\u00a0\u202f][;:!?»]|\w[;!?»]|«[^\u00a0\u202f]|'", french)
    assert not re.search(r"на Украин|русск(?!ий (язык|текст))|малочисленн", russian, re.IGNORECASE)
    assert not re.search(
        r"\b(user|role|application|ticket|score of|quota)s?\b", english.replace("score of a person", "")
    )


def test_prose_that_misses_an_article_or_names_no_rule_is_reported(tmp_path: Path) -> None:
    place = Path(shutil.copytree(PACE.parent, tmp_path / "pace-2025")) / "1.0.toml"
    prose = place.with_name("1.0.fr.md")
    text = prose.read_text(encoding="utf-8")
    prose.write_text(
        text.replace("### 4.1 ", "### 4.11 ").replace("{reserve.share}", "{reserve.shore}"), encoding="utf-8"
    )
    place.with_name("1.0.ru.md").unlink()
    messages = [problem.message for problem in check(place)]
    assert "article 4.1 has no text" in messages
    assert "no such article: 4.11" in messages
    assert any(message.endswith("names no number of the rules: reserve.shore") for message in messages)
    assert "missing prose: 1.0.ru.md" in messages
    with pytest.raises(CharterError, match="missing prose"):
        load(place)


def test_a_charter_in_the_wrong_place_is_reported(tmp_path: Path) -> None:
    place = Path(shutil.copytree(PACE.parent, tmp_path / "elsewhere")) / "1.0.toml"
    assert [p.message for p in check(place)] == ["the file of pace-2025/1.0 is pace-2025/1.0.toml"]


def test_a_committee_bears_the_name_of_the_day() -> None:
    committees = {committee.key: committee for committee in load(PACE).committees}
    assert len(committees) == 9
    rules = committees["rules"]
    assert (
        rules.name(date(2025, 11, 3)).en
        == "Committee on Rules of Procedure, Immunities and Institutional Affairs"
    )
    assert rules.name(date(2025, 11, 4)).en == "Committee on Rules, Ethics and Immunities"
    assert committees["judges"].name(date(2027, 1, 1)).en.startswith("Committee on the Election of Judges")


def test_every_key_of_a_file_is_found_on_its_line() -> None:
    text = '''a = 1 # [x]
"b.c" = "[[no]]\\""
d.e = { f = [1, 2], "g" = """
= ] }
""", h = 'x' }
[t]
u = [
  { v = 1 },
  { v = "}" },
]
[[r]]
k = 1
[r.s]
m = 2
[[r]]
k = 2
'''
    tomllib.loads(text)
    lines = key_lines(text)
    assert {key: lines[key] for key in ("a", "b.c", "d.e.f", "d.e.f.1", "d.e.g", "d.e.h", "t.u.1.v")} == {
        "a": 1,
        "b.c": 2,
        "d.e.f": 3,
        "d.e.f.1": 3,
        "d.e.g": 3,
        "d.e.h": 5,
        "t.u.1.v": 9,
    }
    assert (lines["r.0.k"], lines["r.0.s.m"], lines["r.1.k"]) == (12, 14, 16)


@pytest.mark.parametrize("path", [PACE, FORUM], ids=["pace-2025", "indigenous-forum"])
def test_the_line_of_each_key_holds_that_key(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    rows = text.splitlines()
    for key, line in key_lines(text).items():
        last = key.rpartition(".")[2]
        assert last.isdigit() or last in rows[line - 1], (key, line)
