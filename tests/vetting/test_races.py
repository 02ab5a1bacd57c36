"""Two who act on one file at the same instant: one waits for the other, and is told."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from hemicycle.candidacy import actions as candidacies
from hemicycle.candidacy.models import Call, Candidacy, CounterStatement
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.vetting import actions
from hemicycle.vetting.models import AdversePoint, Examination, OutcomeLetter, Reading

from .. import cast as casting
from ..candidacy import making as files
from ..cast import Cast
from ..conftest import NOON, at_once
from . import making

pytestmark = pytest.mark.usefixtures("own_database")


@pytest.fixture
def founded(settings: Any, tmp_path: Path, own_database: None) -> tuple[Cast, Call]:
    settings.DEMONSTRATION, settings.MEDIA_ROOT = True, tmp_path
    with clock.set_to(NOON):
        cast = casting.found()
        call = files.call(cast)
        making.describe(cast)
    return cast, call


def test_two_clocks_at_once_send_one_letter_of_each_decision_on_the_form(founded: tuple[Cast, Call]) -> None:
    cast, call = founded
    with clock.set_to(NOON):
        candidacy = files.inadmissible(call, cast, cast.oleg)
    at_once(actions.tick, actions.tick, actions.tick)
    assert OutcomeLetter.objects.get().kind == "inadmissible"
    with clock.set_to(NOON):
        candidacies.ask_review(candidacy, cast.actor("oleg"), reasons="I sent it.", language="en")
        candidacies.decide_review(
            candidacy, cast.actor("farid"), is_admissible=False, reasons="We looked.", language="en"
        )
    at_once(actions.tick, actions.tick, actions.tick)
    assert sorted(OutcomeLetter.objects.values_list("kind", flat=True)) == ["form_confirmed", "inadmissible"]


def test_two_clerks_who_assign_at_once_give_a_file_its_readers_once(founded: tuple[Cast, Call]) -> None:
    cast, call = founded
    with clock.set_to(NOON):
        candidacy = making.file(call, cast)
        making.file(call, cast, "oleg")
        clerks = [cast.actor("anna"), cast.actor("bruno")]

    def assign(by: Actor) -> Entry:
        return actions.assign(Examination(candidacy=Candidacy.objects.get(pk=candidacy.pk)), by)

    results = at_once(*(lambda by=by: assign(by) for by in clerks))  # type: ignore[misc]
    assert sum(isinstance(r, Entry) for r in results) == 1, results
    assert sum(isinstance(r, Unmet) and "has its readers" in str(r) for r in results) == 1, results
    rounds = at_once(*(lambda by=by: actions.assign_all(call, by) for by in clerks))  # type: ignore[misc]
    assert sum(done for done, _left in rounds) == 1, rounds
    assert Examination.objects.count() == 2
    assert Reading.objects.count() == 4


@pytest.mark.parametrize("first", ["other", "opinion"])
@pytest.mark.parametrize("other", ["statement", "point"])
def test_what_comes_while_the_opinion_is_given_is_answered_first_or_does_not_come(
    founded: tuple[Cast, Call], other: str, first: str
) -> None:
    """Statements of invited bodies and adverse points (2.3, 3.4); who acts second waits for the first to commit."""
    cast, call = founded
    with clock.set_to(NOON):
        candidacy = making.file(call, cast)
        candidacies.agree_to_counter_statements(candidacy, cast.actor("nadia"))
        asked = CounterStatement(
            candidacy=candidacy, invited=cast.quiet, body="A council", due_at=NOON + timedelta(days=9)
        )
        candidacies.invite_body(asked, cast.actor("anna"))
        examination = making.read(candidacy, cast)
        one, two = (making.actor_of(r) for r in making.readings(examination))
        actions.draft_opinion(examination, one, opinion="met", text="Met.", language="en")
        actions.agree(examination, two)
        quiet = cast.actor("quiet")

    def come() -> Callable[[], Entry]:
        if other == "statement":
            given = {"statement_text": "We know her.", "language": "en"}
            return lambda: candidacies.give_counter_statement(asked, quiet, **given)
        point = AdversePoint(examination=Examination.objects.get(pk=examination.pk))
        said = {"substance": "A column.", "evidence": "Of 2016.", "language": "en"}
        return lambda: actions.raise_point(point, two, key=making.KEY, **said)

    def give() -> Callable[[], Entry]:
        mine = Examination.objects.get(pk=examination.pk)
        return lambda: actions.give_opinion(mine, one)

    acted = threading.Event()

    def early(work: Callable[[], Callable[[], Entry]]) -> Entry:
        with transaction.atomic():
            entry = work()()
            acted.set()
            time.sleep(0.4)  # the other comes to its question before this is committed
        return entry

    def late(work: Callable[[], Callable[[], Entry]]) -> Entry:
        act = work()
        acted.wait(20)
        return act()

    order = (come, give) if first == "other" else (give, come)
    done, refused = at_once(lambda: early(order[0]), lambda: late(order[1]))
    assert isinstance(done, Entry), done
    assert isinstance(refused, Unmet), refused
    examination.refresh_from_db()
    came = CounterStatement.objects.filter(state="given").exists() or AdversePoint.objects.exists()
    assert (came, examination.state) == ((True, "agreeing") if first == "other" else (False, "concluded"))
