"""A case goes on when the participation has ended meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from hemicycle.candidacy import actions as candidacies
from hemicycle.mandates import actions as mandates
from hemicycle.mandates.models import Mandate
from hemicycle.record import clock
from hemicycle.record.models import Entry
from hemicycle.suspension import actions, queries

from .conftest import Sitting
from .test_actions import seat_state, urgent


def leave(sitting: Sitting, how: str) -> datetime:
    """The participation ends while the case runs: renounced, the candidacy withdrawn, or the term over."""
    mandate = sitting.mandate
    mandate.refresh_from_db()
    if how == "renounced":
        mandates.renounce(mandate, sitting.participant)
    elif how == "withdrawn":
        candidacies.withdraw(mandate.candidacy, sitting.participant)
    else:
        Mandate.objects.filter(pk=mandate.pk).update(
            until_day=clock.today() - timedelta(days=1), from_day=mandate.from_day - timedelta(days=2)
        )
    return clock.now()


HOW = pytest.mark.parametrize("how", ["renounced", "withdrawn", "term"])


@HOW
def test_a_case_is_dismissed_and_corrected_though_the_participation_has_ended(
    sitting: Sitting, how: str
) -> None:
    case = sitting.under_review()
    leave(sitting, how)
    assert queries.public_measures()[0].state == "left", "nobody who left is called suspended"
    actions.dismiss(case, sitting.by("farid"), reasons="Somebody else.", language="en")
    assert case.state == "dismissed"
    assert queries.public_measures()[0].state == "dismissed"
    assert Entry.objects.get(matter=case.reference, act="dismiss").facts["restored"] is False
    assert seat_state(sitting) == "vacant"


@HOW
def test_a_case_is_upheld_though_the_participation_has_ended(sitting: Sitting, how: str) -> None:
    case = sitting.under_review()
    leave(sitting, how)
    actions.uphold(case, sitting.by("farid"), reasons="Established.", language="en")
    sitting.mandate.refresh_from_db()
    assert queries.public_measures()[0].state == "upheld"
    assert sitting.mandate.ended_ground != "finding"
    assert Entry.objects.get(matter=case.reference, act="uphold").facts["ends_mandate"] is False


@HOW
def test_a_case_lapses_though_the_participation_has_ended(sitting: Sitting, how: str) -> None:
    case = sitting.under_review()
    leave(sitting, how)
    assert case.review_by is not None
    with clock.set_to(case.review_by):
        assert actions.tick() == 1
        assert actions.tick() == 0
        assert queries.public_measures()[0].state == "lapsed"
    case.refresh_from_db()
    assert case.state == "lapsed"


@HOW
def test_an_urgent_case_closes_though_the_participation_has_ended(sitting: Sitting, how: str) -> None:
    case = urgent(sitting)
    leave(sitting, how)
    assert case.urgent_until is not None
    with clock.set_to(case.urgent_until):
        assert actions.tick() == 1
        actions.find_no_case(case, sitting.by("jonas"), reasons="A mistaken identity.", language="en")
    assert queries.public_measures()[0].state == "dismissed"
