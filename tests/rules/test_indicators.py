"""The board's arithmetic against a recount that goes day by day and knows nothing of the rule's own functions."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from statistics import median as of_library

from hypothesis import given
from hypothesis import strategies as st

from hemicycle.rules.indicators import Chain, Share, Stretch, board, is_ignored

BEGIN = datetime(2027, 1, 4, 9, tzinfo=UTC)


def day(number: int) -> datetime:
    return BEGIN + timedelta(days=number)


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    """A proposal as the acts leave it: stages one after the other, answers beside each other, perhaps carried out or closed."""
    made = clock = draw(st.integers(0, 60))
    rows: list[Stretch] = []
    path = ["committee", "report", "action"][: draw(st.integers(1, 3))]
    ends = {"committee": ["taken_up", "declined"], "report": ["reported"], "action": ["asked"]}

    def stretch(key: str, outcomes: list[str], begun: int) -> Stretch:
        took = draw(st.integers(0, 40))
        outcome = draw(st.sampled_from(["", "closed", *outcomes, *outcomes]))
        patience = day(begun + draw(st.integers(1, 30)))
        ended = day(begun + took) if outcome else None
        return Stretch(key, day(begun), patience, ended, outcome, took)

    for key in path:
        rows.append(stretch(key, ends[key], clock))
        if rows[-1].outcome not in ("taken_up", "reported", "asked"):
            return Chain(day(made), tuple(rows))
        clock += rows[-1].days
    if path[-1] == "action":
        answers = ["positive", "partial", "negative"]
        rows += [stretch("answer", answers, clock) for _ in range(draw(st.integers(1, 3)))]
    done = draw(st.none() | st.integers(clock, clock + 50))
    return Chain(day(made), tuple(rows), None if done is None else day(done))


def recount(rows: list[Chain], at: datetime) -> Counter[str]:
    """Tell each proposal's story up to an instant, event by event, and count what was told."""
    told: Counter[str] = Counter()
    for row in rows:
        if row.made > at:
            continue
        told["made"] += 1
        events = {s.outcome for s in row.stretches if s.ended is not None and s.ended <= at}
        done = row.carried_out is not None and row.carried_out <= at
        told["taken_up"] += "taken_up" in events
        told["declined"] += "declined" in events
        told["asked"] += "asked" in events
        answered = bool(events & {"positive", "partial", "negative"})
        told["answered"] += answered and "asked" in events
        told["carried_out"] += done
        patience = []
        for s in row.stretches:
            if s.begun > at:
                continue
            if s.ended is None or s.ended > at:
                patience.append(s.ignored_from <= at)
            elif s.outcome == "closed":
                patience.append(s.ignored_from <= s.ended)
        told["ignored"] += any(patience) and not answered and not done
    return told


@given(st.lists(chains(), max_size=12), st.integers(0, 250))
def test_the_board_is_what_a_recount_gives(rows: list[Chain], number: int) -> None:
    at = day(number)
    told, found = recount(rows, at), board(rows, at)
    assert found.made == told["made"]
    for name in ("taken_up", "declined", "carried_out", "ignored"):
        assert getattr(found, name) == Share(told[name], told["made"]), name
    assert found.answered == Share(told["answered"], told["asked"])


@given(st.lists(chains(), max_size=12), st.integers(0, 250))
def test_a_time_is_the_median_of_what_ended_and_of_fewer_than_five_nothing(
    rows: list[Chain], number: int
) -> None:
    at = day(number)
    for time in board(rows, at).times:
        days = [
            s.days for row in rows if row.made <= at for s in row.stretches
            if s.key == time.key and s.ended and s.begun < s.ended <= at and s.outcome != "closed"
        ]  # fmt: skip
        assert time.of == len(days)
        assert (time.median is None) == (len(days) < 5)
        if time.median is not None:
            assert time.median == Fraction(of_library(days))


@given(chains(), st.integers(0, 250))
def test_what_happens_later_is_not_known_before(row: Chain, number: int) -> None:
    at = day(number)
    known = Chain(
        row.made,
        tuple(
            s if s.ended and s.ended <= at else Stretch(s.key, s.begun, s.ignored_from)
            for s in row.stretches
            if s.begun <= at
        ),
        row.carried_out if row.carried_out and row.carried_out <= at else None,
    )
    assert board([row], at) == board([known], at)


def test_it_is_ignored_at_that_instant_and_not_one_microsecond_before() -> None:
    row = Chain(day(0), (Stretch("committee", day(0), day(90)),))
    assert not is_ignored(row, day(90) - timedelta(microseconds=1))
    assert is_ignored(row, day(90))


def test_closing_what_was_ignored_does_not_make_it_look_better() -> None:
    late = Chain(day(0), (Stretch("committee", day(0), day(90), day(95), "closed", 60),))
    early = Chain(day(0), (Stretch("committee", day(0), day(90), day(80), "closed", 50),))
    assert is_ignored(late, day(200)) and not is_ignored(early, day(200))


def test_asking_another_state_puts_nothing_off() -> None:
    asked = Stretch("action", day(0), day(90), day(1), "asked", 1)
    rows = (asked, Stretch("answer", day(1), day(91)), Stretch("answer", day(80), day(170)))
    assert is_ignored(Chain(day(0), rows), day(91))


def test_one_answer_of_several_states_is_an_answer() -> None:
    asked = Stretch("action", day(0), day(90), day(1), "asked", 1)
    rows = (
        asked,
        Stretch("answer", day(1), day(91)),
        Stretch("answer", day(1), day(91), day(5), "negative", 4),
    )
    assert not is_ignored(Chain(day(0), rows), day(300))
    assert is_ignored(Chain(day(0), rows[:2]), day(300))


def test_of_nothing_there_is_no_share_and_no_median() -> None:
    assert board([], day(0)).taken_up.fraction is None and Share(1, 4).fraction == Fraction(1, 4)
    assert {(time.median, time.of) for time in board([], day(0)).times} == {(None, 0)}
