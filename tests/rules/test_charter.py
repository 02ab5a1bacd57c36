"""The charter: what it gives, and every way in which a file can fail to be law."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from hemicycle.rules.charter import OFFICES, CharterError, Problem, Rule, check, format_problems, load, parse

CHARTERS = Path(__file__).parents[2] / "charters"
PACE = CHARTERS / "pace-2025" / "1.0.toml"


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
    ],
)
def test_each_kind_of_mistake_is_named(old: str, new: str, key: str, message: str) -> None:
    text = changed(old, new)
    found = problems_of(text)
    hit = [each for each in found if each.key.startswith(key) and message in each.message]
    assert hit, format_problems("x", found)
    assert all(each.line > 0 for each in found)


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
