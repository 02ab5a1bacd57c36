from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.instruments.coordination.bursts import CHANCE, binomial_tail, bursts, hypergeometric_tail
from hemicycle.instruments.coordination.question import BURST

BEGIN = datetime(2026, 3, 2, tzinfo=UTC)
Arrivals = dict[str, list[datetime]]


def call(seed: int, files: int = 10, each: int = 12, days: int = 40) -> Arrivals:
    """A call whose endorsements come by day rather than by night, those of a file on a few days."""
    chance = random.Random(seed)
    made: Arrivals = {}
    for number in range(files):
        own_days = [chance.randrange(days) for _ in range(5)]
        made[f"file-{number}"] = [
            BEGIN + timedelta(days=chance.choice(own_days), minutes=int(chance.triangular(420, 1380, 1140)))
            for _ in range(each)
        ]
    return made


def with_burst(arrivals: Arrivals, count: int, minutes: int) -> Arrivals:
    start = BEGIN + timedelta(days=17, hours=14, minutes=3)
    together = [start + timedelta(minutes=minutes * place // (count - 1)) for place in range(count)]
    return {**arrivals, "file-0": arrivals["file-0"][count:] + together}


def test_seven_of_twelve_within_forty_minutes_are_told_with_what_was_usual() -> None:
    (question,) = bursts(with_burst(call(1), 7, 40))
    told = json.loads(json.dumps(question.evidence))
    assert (question.kind, question.files, question.innocent) == (BURST, ("file-0",), BURST)
    assert (told["count"], told["of"], told["minutes"]) == (7, 12, 40)
    assert told["from"] == "2026-03-19T14:03:00+00:00" and told["to"] == "2026-03-19T14:43:00+00:00"
    assert told["busiest_otherwise"] < 7 and told["chance"] <= CHANCE


def test_a_rush_of_everybody_before_the_deadline_explains_itself() -> None:
    chance = random.Random(4)
    deadline = BEGIN + timedelta(days=30, hours=23)
    arrivals = {
        name: times[:4] + [deadline - timedelta(minutes=chance.randrange(50)) for _ in range(8)]
        for name, times in call(2).items()
    }
    assert bursts(arrivals) == []


def test_calls_without_a_burst_rarely_raise_one() -> None:
    raised = sum(bool(bursts(call(seed))) for seed in range(100, 200))
    assert raised <= 3


def test_many_on_one_day_but_hours_apart_are_no_burst() -> None:
    arrivals = call(3)
    arrivals["file-0"] = [BEGIN + timedelta(days=9, hours=9, minutes=65 * place) for place in range(12)]
    assert bursts(arrivals) == []


def test_one_file_alone_and_few_arrivals_ask_nothing() -> None:
    together = [BEGIN + timedelta(minutes=place) for place in range(12)]
    assert bursts({"a": together}) == []
    assert bursts({}) == bursts({"a": []}) == []
    assert bursts({**call(1), "few": together[:3]}) == []


def test_a_burst_across_midnight_is_one() -> None:
    arrivals = call(1)
    arrivals["file-0"][:7] = [
        BEGIN + timedelta(days=5, hours=23, minutes=40 + 6 * place) for place in range(7)
    ]
    (question,) = bursts(arrivals)
    assert question.evidence["count"] == 7


def test_neither_order_nor_time_zone_changes_what_is_found() -> None:
    arrivals = with_burst(call(1), 7, 40)
    elsewhere = timezone(timedelta(hours=5, minutes=30))
    turned = {
        name: [time.astimezone(elsewhere) for time in reversed(times)]
        for name, times in reversed(arrivals.items())
    }
    assert bursts(turned) == bursts(arrivals)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 9), st.data())
def test_the_hypergeometric_tail_is_the_share_of_all_draws(population: int, data: st.DataObject) -> None:
    marked, drawn = data.draw(st.integers(0, population)), data.draw(st.integers(0, population))
    least = data.draw(st.integers(0, population))
    draws = list(combinations(range(population), drawn))
    hits = sum(sum(one < marked for one in draw) >= least for draw in draws)
    assert hypergeometric_tail(population, marked, drawn, least) == Fraction(hits, len(draws))


@pytest.mark.parametrize(("tries", "least"), [(0, 0), (0, 1), (3, 0), (4, 2), (5, 5), (5, 6)])
def test_the_binomial_tail_is_the_share_of_all_throws(tries: int, least: int) -> None:
    throws = list(product(range(4), repeat=tries))
    hits = sum(sum(one == 0 for one in throw) >= least for throw in throws)
    assert binomial_tail(tries, Fraction(1, 4), least) == Fraction(hits, len(throws))


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from("abcd"),
        st.lists(st.integers(0, 5_000).map(lambda minutes: BEGIN + timedelta(minutes=minutes)), max_size=12),
    )
)
def test_what_is_told_can_be_counted_again(arrivals: Arrivals) -> None:
    for question in bursts(arrivals):
        (name,) = question.files
        told = question.evidence
        start, end = (datetime.fromisoformat(str(told[side])) for side in ("from", "to"))
        assert sum(start <= time <= end for time in arrivals[name]) >= told["count"]  # type: ignore[operator]
        assert told["of"] == len(arrivals[name])
