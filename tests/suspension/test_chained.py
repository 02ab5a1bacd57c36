"""Urgent suspensions are not chained and do not touch one another (procedure 6.2)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hemicycle.record import clock
from hemicycle.rules.findings import Unmet
from hemicycle.suspension import actions

from .conftest import Sitting
from .test_actions import refused_as_suspended, seat_state, unchanged, urgent


def test_urgent_suspensions_cannot_be_chained(sitting: Sitting) -> None:
    second, third = sitting.alleged(), sitting.alleged()
    actions.suspend_urgently(second, sitting.by("jonas"), danger="Tonight.", language="en")
    first = urgent(sitting)
    until = first.urgent_until
    assert until is not None
    refused_as_suspended(sitting, third, "suspended already")
    with pytest.raises(Unmet, match="suspended already"):
        actions.confirm_urgent(second, sitting.by("greta"), substance="x", language="en")
    unchanged(second)
    for later in (until, until + timedelta(days=14, seconds=-1)):
        with clock.set_to(later):
            refused_as_suspended(sitting, third, "needs the reply and a finding")
            with pytest.raises(Unmet, match="needs the reply and a finding"):
                actions.confirm_urgent(second, sitting.by("greta"), substance="x", language="en")
            assert seat_state(sitting) == "sitting"
    with clock.set_to(until + timedelta(days=14)):
        urgent(sitting, third)
        assert seat_state(sitting) == "suspended"


def test_the_days_count_from_the_end_of_an_urgent_suspension_that_ended_early(sitting: Sitting) -> None:
    first, second = urgent(sitting), sitting.alleged()
    actions.find_no_case(first, sitting.by("jonas"), reasons="A mistaken identity.", language="en")
    refused_as_suspended(sitting, second, "needs the reply and a finding")
    with clock.set_to(clock.now() + timedelta(days=14)):
        urgent(sitting, second)
        assert seat_state(sitting) == "suspended"


def test_an_urgent_suspension_does_not_touch_one_pending_review(sitting: Sitting) -> None:
    regular = sitting.under_review()
    refused_as_suspended(sitting, sitting.alleged(), "suspended already")
    actions.dismiss(regular, sitting.by("farid"), reasons="Somebody else.", language="en")
    assert seat_state(sitting) == "sitting"


def test_a_suspension_does_not_touch_an_urgent_one_of_another_case(sitting: Sitting) -> None:
    regular = sitting.found_prima_facie()
    first = urgent(sitting)
    with pytest.raises(Unmet, match="another case"):
        actions.suspend(regular, sitting.by("greta"))
    unchanged(regular)
    sitting.mandate.refresh_from_db()
    assert (sitting.mandate.case, sitting.mandate.suspended_until) == (first.reference, first.urgent_until)
    actions.find_no_case(first, sitting.by("jonas"), reasons="A mistaken identity.", language="en")
    actions.suspend(regular, sitting.by("greta"))
    assert seat_state(sitting) == "suspended"


def test_an_urgent_suspension_goes_on_in_its_own_case_with_the_finding(sitting: Sitting) -> None:
    case = urgent(sitting)
    actions.reply(case, sitting.participant, text="No.", language="en")
    actions.find_prima_facie(case, sitting.by("jonas"), reasons="It stands.", language="en")
    actions.suspend(case, sitting.by("greta"))
    sitting.mandate.refresh_from_db()
    assert sitting.mandate.suspended_until == case.review_by


def test_the_second_of_two_findings_waits_for_the_first_to_be_decided(sitting: Sitting) -> None:
    second = sitting.replied()
    first = sitting.suspended()
    with pytest.raises(Unmet, match="Another case"):
        actions.find_prima_facie(second, sitting.by("jonas"), reasons="Clear.", language="en")
    unchanged(second)
    assert first.review_by is not None
    with clock.set_to(first.review_by):
        actions.find_prima_facie(second, sitting.by("jonas"), reasons="Clear.", language="en")
    first.refresh_from_db()
    assert (first.state, second.state) == ("lapsed", "prima_facie")
