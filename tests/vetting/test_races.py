"""Two who act on one file at the same instant: one waits for the other, and is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hemicycle.candidacy import actions as candidacies
from hemicycle.candidacy.models import Call, Candidacy
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.vetting import actions
from hemicycle.vetting.models import Examination, OutcomeLetter, Reading

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
