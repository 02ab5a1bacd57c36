"""What time does to a proposal: told days do not move, levels are told once, ignored is so at its instant without a clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hemicycle.assembly import actions as assembly
from hemicycle.assembly.models import SeatYear
from hemicycle.followup import actions, queries, shown
from hemicycle.followup.models import Proposal
from hemicycle.followup.procedure import ProposalState as S
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from tests import cast as casting
from tests.conftest import NOON, at_once

from ..cast import Cast
from .making import answer, ask, asked, claimed, made, reported, taken_up, topic

# 40 working days after Tuesday 9 February 2027: Tuesday 6 April. 60 days more: what is due is ignored from 6 June, 00:00.
DUE, IGNORED = date(2027, 4, 6), datetime(2027, 6, 5, 22, tzinfo=UTC)


def at(day: int, hour: int = 12, month: int = 4) -> datetime:
    return datetime(2027, month, day, hour, tzinfo=UTC)


def told(act: str) -> int:
    return Entry.objects.filter(act=act).count()


def holiday(cast: Cast, day: date) -> None:
    year = SeatYear.objects.filter(year=day.year).first() or SeatYear(year=day.year)
    names = {"name_en": "Day of rest", "name_fr": "Jour de repos", "name_ru": "День отдыха"}
    assembly.enter_holidays(year, cast.actor("anna"), days=[{"day": day, **names}])


def test_a_holiday_entered_later_does_not_move_what_was_told(cast: Cast) -> None:
    row = made(cast)
    stage = row.stages.get()
    assert (stage.due_on, stage.ignored_at) == (DUE, IGNORED)
    before = shown.due(stage)
    with clock.set_to(NOON + timedelta(days=1)):
        holiday(cast, date(2027, 3, 29))
        stage.refresh_from_db()
        assert (stage.due_on, stage.ignored_at) == (DUE, IGNORED)
        assert shown.due(stage) == before and "Day of rest" not in str(before.explanation)
        after = made(cast).stages.get()
    # A day later it begins, and passes over the holiday.
    assert after.due_on == DUE + timedelta(days=2)
    assert "Day of rest" in str(shown.due(after).explanation)


def test_it_is_ignored_at_the_instant_without_any_clock(cast: Cast) -> None:
    row = made(cast)
    assert row.standing(IGNORED - timedelta(microseconds=1)) == S.MADE
    assert row.standing(IGNORED) == S.IGNORED and row.state == S.MADE
    with clock.set_to(IGNORED):
        actions.take_up(row, cast.actor("luca"))  # late is better than never
        assert row.standing(clock.now()) == S.TAKEN_UP


def test_the_clock_writes_down_what_is_ignored_once(cast: Cast) -> None:
    row = reported(cast)
    with clock.set_to(IGNORED + timedelta(days=90)):
        with pytest.raises(NotEmpowered):
            actions.mark_ignored(row, cast.actor("anna"))
        actions.tick()
        actions.tick()
        row.refresh_from_db()
        assert row.state == S.IGNORED and told("mark_ignored") == 1
        assert "not at this stage" in refused(lambda: actions.take_up(row, cast.actor("luca")))
        ask(row, cast, "FR")
        assert row.state == S.ASKED


def refused(act: object) -> str:
    with pytest.raises(Unmet) as caught:
        act()  # type: ignore[operator]
    return str(caught.value)


def test_it_is_ignored_since_the_first_state_let_its_time_pass(cast: Cast) -> None:
    row = asked(cast, "FR")
    first = row.stages.get(asked_state__code="FR").ignored_at
    with clock.set_to(NOON + timedelta(days=30)):
        ask(row, cast, "DE")
    with clock.set_to(first):
        actions.tick()
    assert Entry.objects.get(act="mark_ignored").facts["since"] == first.isoformat()


def test_nothing_is_ignored_before_its_time_or_after_an_answer(cast: Cast) -> None:
    row = asked(cast, "FR", "DE")
    refused(lambda: actions.mark_ignored(row, CLOCK))
    answer(row, cast, "DE", "negative")
    with clock.set_to(NOON + timedelta(days=400)):
        actions.tick()
        row.refresh_from_db()
        assert row.state == S.ANSWERED and told("mark_ignored") == 0
        silent = row.stages.get(asked_state__code="FR")
        assert "ignored since" in shown.late(silent, clock.now(), queries.days_off()), (
            "the state that is silent is named"
        )


def test_what_one_person_says_hides_nothing_that_is_ignored(cast: Cast) -> None:
    row = reported(cast)
    claimed(row, cast)
    later = NOON + timedelta(days=400)
    assert row.public_standing(NOON) == S.REPORTED and row.public_standing(later) == S.IGNORED
    with clock.set_to(later):
        assert actions.tick() == 0
        actions.drop_claim(row, cast.actor("anna"))
        assert row.standing(later) == S.IGNORED


def test_levels_of_an_overdue_stage_are_told_once_each(cast: Cast) -> None:
    made(cast)
    with clock.set_to(at(6)):
        assert actions.tick() == 0, "the last day is not over"
    for day, levels in ((7, 1), (8, 1), (13, 1), (14, 2), (20, 2), (21, 3)):
        with clock.set_to(at(day)):
            actions.tick()
            actions.tick()
            assert told("remind") == levels, day
    with clock.set_to(at(22)), CaptureQueriesContext(connection) as asked_for:
        assert queries.levels_to_tell(clock.now()) == []
    assert len(asked_for) <= 2, "what was told to the last level is not reckoned again"
    facts = Entry.objects.filter(act="remind").order_by("number").values_list("facts", flat=True)
    assert [row["stages"][0]["level"] for row in facts] == [1, 2, 3]


def test_a_reminder_with_nothing_to_tell_is_out_of_order(cast: Cast) -> None:
    row = made(cast)
    with pytest.raises(OutOfOrder):
        actions.remind(row, CLOCK)
    with pytest.raises(NotEmpowered):
        actions.remind(row, cast.actor("anna"))
    assert told("remind") == 0


def test_the_longest_overdue_stands_first_then_what_is_due_next(cast: Cast) -> None:
    first = made(cast, title="First")
    with clock.set_to(NOON + timedelta(days=1)):
        second = made(cast, title="Second")
        gone = made(cast, title="Gone")
        actions.decline(gone, cast.actor("luca"), reasons="No.", language="en")
    with clock.set_to(NOON + timedelta(days=2)):
        actions.take_up(first, cast.actor("luca"))  # due again, 120 days from now
        third = made(cast, title="Third")
    with clock.set_to(at(12)):
        rows = queries.of_committee(first.committee, clock.now())
        assert rows == [second, third, first, gone]
        stage = queries.open_stage(second)
        assert stage is not None and queries.days_overdue(stage, clock.now(), queries.days_off()) == 2
        assert "2 working days overdue" in shown.late(stage, clock.now(), queries.days_off())


def test_how_long_a_stage_took_is_kept_in_working_days(cast: Cast) -> None:
    row = made(cast)
    with clock.set_to(at(15, month=2)):
        actions.take_up(row, cast.actor("luca"))
    assert row.stages.get(key="committee").took == 4  # Wednesday, Thursday, Friday, Monday


def test_a_stage_that_one_act_begins_and_ends_takes_nobodys_time(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticking = (NOON + timedelta(milliseconds=number) for number in count())
    monkeypatch.setattr(clock, "now", lambda: next(ticking))  # as in production it never stands
    row = asked(cast, "FR")
    ask(row, cast, "DE")
    own, further = row.stages.filter(key="action")
    assert own.begun_at != own.ended_at and further.begun_at == further.ended_at
    assert next(time.of for time in queries.indicators(None, clock.now()).times if time.key == "action") == 1


def test_the_indicators_of_a_session_are_those_of_its_proposals(cast: Cast) -> None:
    asked(cast)
    taken_up(cast)
    made(cast)
    board = queries.indicators(None, NOON)
    assert (board.made, board.taken_up.count, board.answered.count, board.answered.of) == (3, 2, 0, 1)
    assert queries.indicators(None, NOON + timedelta(days=500)).ignored.count == 3
    assert timezone.localtime(NOON).hour == 13


# --- at once


@pytest.mark.usefixtures("own_database")
def test_two_clocks_at_once_write_what_is_ignored_and_each_level_once() -> None:
    with clock.set_to(NOON - timedelta(days=300)):
        cast = casting.found()
        topic(cast)
        for _ in range(3):
            made(cast)
    at_once(actions.tick, actions.tick)
    assert (told("mark_ignored"), told("remind")) == (3, 3)
    assert set(Proposal.objects.values_list("state", flat=True)) == {S.IGNORED}


@pytest.mark.usefixtures("own_database")
def test_a_committee_takes_up_and_declines_at_once_only_one_of_them() -> None:
    with clock.set_to(NOON):
        cast = casting.found()
        row = made(cast)
        chair, clerk = cast.actor("luca"), cast.actor("anna")
    results = at_once(
        lambda: actions.take_up(Proposal.objects.get(pk=row.pk), chair),
        lambda: actions.decline(Proposal.objects.get(pk=row.pk), clerk, reasons="No.", language="en"),
    )
    assert sorted(type(r).__name__ for r in results) == ["Entry", "OutOfOrder"], results
    assert row.stages.filter(ended_at__isnull=True).count() == (1 if isinstance(results[0], Entry) else 0)
