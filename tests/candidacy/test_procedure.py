"""The tables of this room, and what must hold for any of their rows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hemicycle.candidacy import actions, answers, queries
from hemicycle.candidacy.models import Call, CriterionAnswer
from hemicycle.candidacy.procedure import CANDIDACY, TABLES, CandidacyState
from hemicycle.people import queries as people
from hemicycle.record.acts import registry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import Office, Publicity

from ..cast import Cast, charter
from ..putting import put
from . import making


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.matter)
def test_every_row_is_bound_and_has_its_article(table: Any) -> None:
    for step in table.steps:
        assert (table.room, step.act) in registry
        assert charter().article(table.article_key(step.act))


def test_everything_on_a_candidacy_is_sealed_and_its_existence_too() -> None:
    for table in TABLES[1:]:
        assert table.existence_sealed
        assert {step.publicity for step in table.steps} == {Publicity.SEALED}


def test_a_candidate_can_leave_from_every_state_in_which_a_file_is_held() -> None:
    ended = {CandidacyState.WITHDRAWN, CandidacyState.ERASED}
    assert set(CANDIDACY.by_act["withdraw"].sources) == set(CandidacyState) - ended


def test_no_office_but_the_candidate_writes_in_a_file() -> None:
    for act in (
        "save",
        "add_evidence",
        "black_out",
        "remove_evidence",
        "submit",
        "complete",
        "correct_facts",
        "withdraw",
    ):
        assert tuple(CANDIDACY.by_act[act].offices) == (Office.CANDIDATE,)


def test_nobody_approves_an_erasure() -> None:
    assert tuple(CANDIDACY.by_act["erase"].offices) == (Office.CLOCK,)


ASKED = [c.key for c in charter().criteria if c.asked]
PARTS = answers.parts(charter())


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gone=st.sets(st.sampled_from(PARTS)), bare=st.sets(st.sampled_from(ASKED)))
def test_a_candidacy_is_complete_exactly_when_nothing_asked_is_missing(
    gone: set[str], bare: set[str], complete_one: Any
) -> None:
    """Whatever is taken away is named, and nothing else is; only when nothing is taken can it be sent."""
    with transaction.atomic():
        made = complete_one()
        for part in gone:
            _take_away(made, part)
        for key in bare:
            put(CriterionAnswer.objects.filter(candidacy=made, criterion=key), statement="  ")
        made.save()
        named = {str(f.params.get("part") or f.params["key"]).partition(":")[2] or f.params.get("part") or f.params["key"]
                 for f in answers.missing(made)}  # fmt: skip
        assert named == {part.partition(":")[2] or part for part in gone} | bare
        if gone | bare:
            with pytest.raises(Unmet):
                actions.submit(made, _by(made))
        else:
            actions.submit(made, _by(made))
        transaction.set_rollback(True)


def _by(made: Any) -> Any:
    return people.actor(made.person)


def _take_away(made: Any, part: str) -> None:
    kind, _, key = part.partition(":")
    if kind == "names":
        made.person.latin_name = ""
        made.person.save()
    elif kind == "people":
        made.for_reserve, made.people = True, ""
    elif kind == "residence":
        made.residence = ""
    elif kind == "criterion":
        made.answers.filter(criterion=key).delete()
    elif kind == "bar":
        made.bar_answers.filter(bar=key).delete()
    else:
        made.is_own_act = False


@pytest.fixture
def complete_one(call: Call, cast: Cast) -> Any:
    made = making.written(call, cast.nadia)

    def fresh() -> Any:
        return queries.visible_to(cast.actor("nadia")).get(pk=made.pk)

    return fresh


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.dates(date(1990, 1, 1), date(2027, 1, 1)),
    end=st.none() | st.dates(date(1990, 1, 1), date(2027, 1, 1)),
    kind=st.sampled_from(["post", "grant", "pension", "elected"]),
)
def test_a_period_is_kept_exactly_as_given_or_refused(
    start: date, end: date | None, kind: str, complete_one: Any
) -> None:
    made = complete_one()
    before = list(made.periods.values_list("from_day", "until_day"))
    row = {"kind": kind, "employer": "A house", "from_day": start, "until_day": end}
    parts = {"bar:state_money": {"answer": "yes", "periods": [row]}}
    if end is not None and end <= start:
        with pytest.raises(Unmet):
            actions.save(made, _by(made), parts=parts)
        assert list(made.periods.values_list("from_day", "until_day")) == before
    else:
        actions.save(made, _by(made), parts=parts)
        assert list(made.periods.values_list("from_day", "until_day", "kind")) == [(start, end, kind)]
