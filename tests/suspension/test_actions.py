"""A suspension from allegation to outcome: what each act does, and that its refusal changes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hemicycle.composition import queries as lists
from hemicycle.mandates import actions as mandates
from hemicycle.mandates import queries as seats
from hemicycle.record import clock
from hemicycle.record.acts import SamePerson
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from hemicycle.suspension import actions, queries
from hemicycle.suspension.models import Case

from .conftest import Sitting


def seat_state(sitting: Sitting) -> str:
    return next(s.state for s in seats.seats_at() if s.number == sitting.mandate.seat_number)


def unchanged(case: Case) -> None:
    stored = Case.objects.get(pk=case.pk)
    assert (stored.state, stored.version) == (case.state, case.version)


def test_the_whole_way_to_a_dismissal_restores_the_participant_and_publishes_a_correction(
    sitting: Sitting,
) -> None:
    case = sitting.under_review()
    assert seat_state(sitting) == "suspended"
    actions.dismiss(case, sitting.by("farid"), reasons="The recording was of somebody else.", language="en")
    assert seat_state(sitting) == "sitting"
    (measure,) = queries.public_measures()
    assert (measure.state, measure.mandate.pk) == ("dismissed", sitting.mandate.pk)
    assert Entry.objects.get(matter=case.reference, act="dismiss").publicity == "public"


def test_an_upheld_case_ends_the_participation_where_the_charter_says_so(sitting: Sitting) -> None:
    case = sitting.under_review()
    actions.uphold(case, sitting.by("farid"), reasons="Established.", language="en")
    assert seat_state(sitting) == "vacant"
    sitting.mandate.refresh_from_db()
    assert sitting.mandate.ended_ground == "finding"


def test_a_suspension_without_decision_lapses_at_its_instant_though_no_clock_ran(sitting: Sitting) -> None:
    case = sitting.under_review()
    assert case.review_by is not None
    with clock.set_to(case.review_by - timedelta(seconds=1)):
        assert seat_state(sitting) == "suspended"
    with clock.set_to(case.review_by):
        assert seat_state(sitting) == "sitting"
        assert queries.public_measures()[0].state == "lapsed"
        with pytest.raises(OutOfOrder):
            actions.uphold(case, sitting.by("farid"), reasons="Too late.", language="en")
        assert actions.tick() == 1
        assert actions.tick() == 0
    case.refresh_from_db()
    assert case.state == "lapsed"


def test_a_suspended_seat_counts_for_the_reserve(sitting: Sitting) -> None:
    sitting.suspended()
    states = seats.seats_at()
    assert sum(s.reserved for s in states if s.is_occupied) == 5
    assert sum(s.reserved for s in states if s.state == "sitting") == 4 if sitting.mandate.reserved else 5
    assert lists.in_force(clock.now()) is not None


def test_no_finding_is_made_while_the_reply_time_runs(sitting: Sitting) -> None:
    case = sitting.notified()
    with pytest.raises(Unmet, match="no finding before"):
        actions.find_prima_facie(case, sitting.by("jonas"), reasons="Clear.", language="en")
    unchanged(case)


def test_silence_is_no_hindrance_once_the_time_is_over(sitting: Sitting) -> None:
    case = sitting.notified()
    assert case.reply_due is not None
    with clock.set_to(case.reply_due):
        with pytest.raises(Unmet, match="ended"):
            actions.reply(case, sitting.participant, text="Late.", language="en")
        actions.extend_reply(
            case, sitting.by("anna"), days=5, ground="Detained until yesterday.", language="en"
        )
        actions.reply(case, sitting.participant, text="Now I can.", language="en")
    assert case.state == "replied"


@pytest.mark.parametrize("days", [0, -3, 4000])
def test_an_extension_outside_the_charter_is_refused(sitting: Sitting, days: int) -> None:
    case = sitting.notified()
    with pytest.raises(Unmet):
        actions.extend_reply(case, sitting.by("anna"), days=days, ground="x", language="en")
    unchanged(case)


def test_who_found_does_not_suspend_and_who_took_part_does_not_review(sitting: Sitting) -> None:
    case = sitting.found_prima_facie()
    with pytest.raises(NotEmpowered):
        actions.suspend(case, sitting.by("jonas"))
    actions.suspend(case, sitting.by("greta"))
    for key in ("clara", "anna"):  # neither holds the office of reviewer
        with pytest.raises(Unmet, match="office of reviewer"):
            actions.review(case, sitting.by("anna"), reviewer=sitting.found.cast.persons[key])
    unchanged(case)


def test_only_the_appointed_reviewer_decides(sitting: Sitting) -> None:
    case = sitting.suspended()
    with pytest.raises(NotEmpowered):
        actions.dismiss(case, sitting.by("farid"), reasons="Not mine yet.", language="en")
    actions.review(case, sitting.by("anna"), reviewer=sitting.found.cast.farid)
    for key in ("anna", "greta", "jonas", "clara", "katia"):
        with pytest.raises(NotEmpowered):
            actions.dismiss(case, sitting.by(key), reasons="Not mine.", language="en")
    unchanged(case)


def test_nobody_suspends_from_the_participation_itself(sitting: Sitting) -> None:
    for key in ("anna", "greta", "jonas", "farid"):
        with pytest.raises(NotEmpowered):
            mandates.suspend(sitting.mandate, sitting.by(key), case="SUSP-FORGED23", until=None)
    assert seat_state(sitting) == "sitting"


def test_urgent_danger_needs_two_different_offices_and_ends_by_itself(sitting: Sitting) -> None:
    case = sitting.alleged()
    actions.suspend_urgently(
        case, sitting.by("greta"), danger="A threat is announced for tonight.", language="en"
    )
    assert seat_state(sitting) == "sitting"
    with pytest.raises(SamePerson):
        actions.confirm_urgent(case, sitting.by("greta"), substance="x", language="en")
    actions.confirm_urgent(case, sitting.by("jonas"), substance="Said it on 3 May.", language="en")
    assert seat_state(sitting) == "suspended"
    assert case.reply_due == clock.now() + timedelta(hours=72)
    assert case.urgent_until is not None
    with clock.set_to(case.urgent_until):
        assert seat_state(sitting) == "sitting"
        assert queries.public_measures()[0].state == "lapsed"
        assert actions.tick() == 1 and actions.tick() == 0


def urgent(sitting: Sitting, case: Case | None = None) -> Case:
    case = case or sitting.alleged()
    actions.suspend_urgently(case, sitting.by("jonas"), danger="Tonight.", language="en")
    actions.confirm_urgent(case, sitting.by("greta"), substance="Said it.", language="en")
    return case


def refused_as_suspended(sitting: Sitting, case: Case, words: str) -> None:
    """Neither half of an urgent suspension passes, and the measure that runs keeps its end."""
    sitting.mandate.refresh_from_db()
    end = sitting.mandate.suspended_until
    with pytest.raises(Unmet, match=words):
        urgent(sitting, case)
    unchanged(case)
    sitting.mandate.refresh_from_db()
    assert sitting.mandate.suspended_until == end


def test_finding_no_case_ends_an_urgent_suspension_at_once(sitting: Sitting) -> None:
    case = sitting.alleged()
    actions.suspend_urgently(case, sitting.by("jonas"), danger="Tonight.", language="en")
    actions.confirm_urgent(case, sitting.by("greta"), substance="Said it.", language="en")
    actions.find_no_case(case, sitting.by("jonas"), reasons="A mistaken identity.", language="en")
    assert seat_state(sitting) == "sitting"
    assert queries.public_measures()[0].state == "dismissed"


def test_a_refused_urgent_suspension_leaves_the_case_alleged(sitting: Sitting) -> None:
    case = sitting.alleged()
    actions.suspend_urgently(case, sitting.by("jonas"), danger="Tonight.", language="en")
    actions.refuse_urgent(case, sitting.by("greta"), reasons="No danger seen.", language="en")
    assert case.state == "alleged" and seat_state(sitting) == "sitting"
    assert queries.public_measures() == []


def test_a_president_who_declines_closes_the_case(sitting: Sitting) -> None:
    case = sitting.found_prima_facie()
    actions.decline_to_suspend(case, sitting.by("greta"), reasons="The reply convinces.", language="en")
    assert case.state == "no_case" and seat_state(sitting) == "sitting"
    assert queries.public_measures() == []


def test_only_the_complainant_withdraws_and_only_before_the_notice(sitting: Sitting) -> None:
    case = sitting.alleged("katia")
    with pytest.raises(NotEmpowered):
        actions.withdraw(case, sitting.by("luca"))
    actions.withdraw(case, sitting.by("katia"))
    notified = sitting.notified()
    with pytest.raises(OutOfOrder):
        actions.withdraw(notified, sitting.by("katia"))


def test_a_stranger_cannot_allege_and_nobody_alleges_against_oneself(sitting: Sitting) -> None:
    from hemicycle.record import law

    key = law.in_force().criteria[0].key
    case = Case(mandate=sitting.mandate, criterion=key, allegation="x", language="en")
    with pytest.raises(NotEmpowered):
        actions.allege(case, sitting.by("quiet"))
    with pytest.raises(Unmet, match="renounce"):
        actions.allege(
            Case(mandate=sitting.mandate, criterion=key, allegation="x", language="en"), sitting.participant
        )
    with pytest.raises(Unmet, match="criterion"):
        actions.allege(
            Case(mandate=sitting.mandate, criterion="worth", allegation="x", language="en"),
            sitting.by("katia"),
        )
    assert not Case.objects.exists()


def test_the_public_record_never_shows_an_allegation(sitting: Sitting) -> None:
    case = sitting.under_review()
    public = Entry.objects.filter(matter=case.reference, publicity="public")
    assert {e.act for e in public} == {"suspend"}
    texts = str(list(Entry.objects.filter(matter=case.reference).values_list("facts", flat=True)))
    assert "3 May" not in texts and "contrary" not in texts


@pytest.mark.parametrize(
    ("key", "sees"),
    [
        ("anna", True),
        ("jonas", True),
        ("greta", True),
        ("katia", True),
        ("luca", False),
        ("clara", False),
        ("henri", False),
    ],
)
def test_who_may_know_of_a_case(sitting: Sitting, key: str, sees: bool) -> None:
    case = sitting.alleged()
    assert queries.visible_to(sitting.by(key)).filter(pk=case.pk).exists() is sees


def test_the_participant_knows_from_the_notice_on(sitting: Sitting) -> None:
    case = sitting.alleged()
    assert not queries.visible_to(sitting.participant).exists()
    actions.notify(case, sitting.by("anna"), substance="Said it on 3 May.", language="en")
    assert queries.visible_to(sitting.participant).exists()
