"""The invented files as data, and the figures on readers who differ: pure, without a database."""

from __future__ import annotations

import random
import re
import tomllib
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from hemicycle.rules import charter as charters
from hemicycle.rules.charter import Charter
from hemicycle.rules.service import known
from hemicycle.vetting import training
from hemicycle.vetting.differing import InPairs, InTraining, Pair, counted_pairs, in_pairs, in_training
from hemicycle.vetting.models import Verdict

from ..house.test_words import FRENCH_MARKS, NEVER, RUSSIAN_MARKS, texts_of

CHARTERS = [charters.load(path) for path in sorted((Path(__file__).parents[2] / "charters").glob("*/*.toml"))]
FILES = list(training.files().values())


def asked(charter: Charter) -> set[str]:
    return {row.key for row in (*charter.criteria, *charter.bars) if row.asked}


def test_there_are_ten_and_each_loads_complete_in_three_languages() -> None:
    """`read` refuses a text that is missing in a language."""
    assert [file.key for file in FILES] == [f"{number:02}" for number in range(1, 11)]
    assert set(training.VERDICTS) == set(Verdict.values)


@pytest.mark.parametrize("line", ['title.ru = "', 'reasons.fr = "', 'verdict = "'])
def test_a_file_with_a_text_or_a_verdict_missing_does_not_load(line: str, tmp_path: Path) -> None:
    text = (Path(training.__file__).parent / "01.toml").read_text()
    bad = tmp_path / "01.toml"
    bad.write_text(re.sub(f'^{re.escape(line)}.*"$', f'{line}"', text, count=1, flags=re.MULTILINE))
    with pytest.raises(ValueError, match=r"01\.toml"):
        training.read(bad)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.key)
def test_every_model_answer_names_a_key_that_a_charter_asks_and_every_charter_asks_two(
    file: training.TrainingFile,
) -> None:
    keys = [answer.key for answer in file.answers]
    assert len(keys) == len(set(keys)) and set(keys) <= set().union(*map(asked, CHARTERS))
    assert all(len(asked(charter) & set(keys)) >= 2 for charter in CHARTERS)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.key)
def test_every_date_is_one_and_every_kind_is_a_kind_of_every_charter(file: training.TrainingFile) -> None:
    for row in file.dated:
        assert known(row.since).first <= known(row.until or "2026").last
        for charter in CHARTERS:
            assert row.kind in {kind.key for kind in (*charter.service_kinds, *charter.excluded_kinds)}


def test_together_they_touch_all_that_is_asked_and_find_every_way() -> None:
    answers = [answer for file in FILES for answer in file.answers]
    assert {answer.key for answer in answers} == set().union(*map(asked, CHARTERS))
    assert {answer.verdict for answer in answers} == set(Verdict.values)
    bars = {bar.key for charter in CHARTERS for bar in charter.bars}
    assert bars == {answer.key for answer in answers if answer.verdict == "not_met"} & bars


@pytest.mark.parametrize(("language", "marks"), [("en", None), ("fr", FRENCH_MARKS), ("ru", RUSSIAN_MARKS)])
def test_the_words_are_those_of_the_house(language: str, marks: re.Pattern[str] | None) -> None:
    for path in sorted(Path(training.__file__).parent.glob("*.toml")):
        for text in texts_of(tomllib.loads(path.read_text()), language):
            assert not re.search(NEVER[language], text, re.IGNORECASE), text
            assert marks is None or not marks.search(text), text
            assert "\u202f" not in text


# --- figures -----------------------------------------------------------------------------------------------------------


def test_the_figures_of_training_are_those_of_a_count_by_hand() -> None:
    """Against a count that goes reading by reading, over many invented houses."""
    chance = random.Random(7)
    for _ in range(60):
        small = chance.choice([2, 3, 5])
        models = {
            f: {k: chance.choice(training.VERDICTS) for k in chance.sample("abcd", 2)}
            for f in ("1", "2", "3")
        }
        given = {
            f: [
                {k: chance.choice(training.VERDICTS) for k in keys if chance.random() < 0.9}
                for _ in range(chance.randrange(13))
            ]
            for f, keys in models.items()
        }
        expected: dict[str, list[int]] = {}
        for file, keys in models.items():
            for key in keys:
                answered = [reading for reading in given[file] if key in reading]
                whole = answered[: small * (len(answered) // small)]
                if not whole:
                    continue
                row = expected.setdefault(key, [0, 0, 0, 0])
                row[0] += 1
                for reading in whole:
                    row[1] += 1
                    row[3] += 1 if reading[key] != keys[key] else 0
                row[2] += any(one[key] != two[key] for one, two in combinations(whole, 2))
        assert in_training(given, models, small) == {key: InTraining(*row) for key, row in expected.items()}


def test_below_the_floor_nothing_is_shown_and_no_single_answer_moves_a_figure() -> None:
    model = {"1": {"a": "met"}}
    seen = [in_training({"1": [{"a": "not_met"}] * n}, model, 5) for n in range(16)]
    assert seen[:5] == [{}] * 5
    assert [one["a"].readings for one in seen[5:]] == [5] * 5 + [10] * 5 + [15]
    assert all(two["a"].apart - one["a"].apart in (0, 5) for one, two in pairwise(seen[5:]))


def pair(one: int, two: int, first: str = "met", second: str = "met") -> Pair:
    return Pair(frozenset({one, two}), {"a": first}, {"a": second})


def test_the_figures_of_pairs_are_those_of_a_count_by_hand() -> None:
    pairs = [pair(n % 6, (n + 1) % 6, second="unclear" if n % 3 else "met") for n in range(12)]
    counted = counted_pairs(pairs, 5)
    assert len(counted) == 10, "two full groups"
    differing = sum(p.first["a"] != p.second["a"] for p in pairs[: len(counted)])
    assert in_pairs(pairs, 5) == {"a": InPairs(len(counted), differing)}


def test_pairs_in_which_one_reader_could_be_made_out_are_not_counted() -> None:
    assert counted_pairs([pair(1, 2)] * 40, 5) == [], "two readers are known to one another"
    assert counted_pairs([pair(1, n) for n in range(2, 40)], 5) == [], "one reader stands in every pair"
    few = [pair(1, 2), pair(3, 4), pair(1, 3), pair(2, 4)]
    assert counted_pairs(few, 5) == [], "fewer than five pairs"
    assert len(counted_pairs([*few, pair(1, 4)], 5)) == 5, "the first stands in three of five"
    grown = [*few[::2], *[pair(1, n) for n in range(2, 6)], pair(2, 3), pair(4, 5), pair(2, 4)]
    assert [len(counted_pairs(grown[:n], 5)) for n in range(6, 10)] == [0, 0, 0, 9], "until nobody prevails"
