"""The charter: what it gives, and every way in which a file can fail to be law."""

from __future__ import annotations

import re
import shutil
import tomllib
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

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
