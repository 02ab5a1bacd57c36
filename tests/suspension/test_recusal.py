"""An interest takes a person out of a case, under whichever reference it was declared (4.1); others go on (6.2)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hemicycle.candidacy.models import Candidacy, Slate
from hemicycle.composition.models import Acceptance
from hemicycle.integrity import actions as integrity
from hemicycle.integrity.models import Interest
from hemicycle.mandates import queries as seats
from hemicycle.people.models import Holding, Person
from hemicycle.people.procedure import HoldingState
from hemicycle.record import clock, references
from hemicycle.record.acts import open_to
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from hemicycle.suspension import actions, queries, views
from hemicycle.suspension.models import Case
from hemicycle.suspension.procedure import CASE

from .conftest import Sitting

SUBJECTS = pytest.mark.parametrize("subject", ["case", "seat", "person", "candidacy", "slate"])


def reference_of(sitting: Sitting, case: Case, subject: str) -> str:
    """The reference under which the interest is declared; a slate is made where it is wanted."""
    candidacy = sitting.mandate.candidacy
    assert candidacy is not None
    if subject == "slate":
        slate = Slate.objects.create(
            call=candidacy.call, presenter=sitting.found.cast.quiet, organisation="Invented", state="presented",
            reference=references.new("SLAT"), created_at=clock.now(),
        )  # fmt: skip
        Candidacy.objects.filter(pk=candidacy.pk).update(slate=slate)
        case.mandate.refresh_from_db()
        return slate.reference
    return {
        "case": case.reference,
        "seat": sitting.mandate.reference,
        "person": sitting.mandate.person.reference,
        "candidacy": candidacy.reference,
    }[subject]


def declare(sitting: Sitting, key: str, reference: str) -> None:
    person = sitting.found.cast.persons[key]
    Interest.objects.create(
        person=person, subject=reference, kind="family", text="Cousins.", state="declared", declared_at=clock.now(),
        reference=references.new("INTR"), created_at=clock.now(), version=1,
    )  # fmt: skip


def second_reviewer(sitting: Sitting, key: str = "david") -> Person:
    person = sitting.found.cast.persons[key]
    Holding.objects.create(
        person=person, office="reviewer", held_from=clock.now() - timedelta(days=9), state=HoldingState.HELD,
        version=1, reference=references.new("HOLD"), created_at=clock.now(),
    )  # fmt: skip
    return person


def unchanged(case: Case, sitting: Sitting) -> None:
    stored = Case.objects.get(pk=case.pk)
    assert (stored.state, stored.version, stored.reviewer_id) == (case.state, case.version, case.reviewer_id)
    assert seats.seats_at()[sitting.mandate.seat_number - 1].state == (
        "suspended" if case.suspended_at else "sitting"
    )


@SUBJECTS
def test_an_office_with_an_interest_neither_reads_a_running_case_nor_acts_in_it(
    sitting: Sitting, subject: str
) -> None:
    case = sitting.replied()
    declare(sitting, "jonas", reference_of(sitting, case, subject))
    jonas = sitting.by("jonas")
    assert not queries.visible_to(jonas).exists() and queries.visible_to(sitting.by("anna")).exists()
    with pytest.raises(NotEmpowered):
        actions.find_no_case(case, jonas, reasons="No.", language="en")
    assert list(views.waiting(jonas)) == []
    unchanged(case, sitting)


@SUBJECTS
def test_a_reviewer_with_an_interest_is_shown_nothing_and_offered_nothing(
    sitting: Sitting, subject: str
) -> None:
    case = sitting.under_review()
    declare(sitting, "farid", reference_of(sitting, case, subject))
    farid = sitting.by("farid")
    assert not queries.visible_to(farid).exists()
    assert sitting.found.cast.client("farid").get(f"/matters/{case.reference}/").status_code == 404
    assert open_to(CASE, case, farid) == ()
    for act in (actions.dismiss, actions.uphold):
        with pytest.raises(NotEmpowered) as caught:
            act(case, farid, reasons="Mine.", language="en")
        assert caught.value.table is CASE
    unchanged(case, sitting)


def test_a_case_whose_reviewer_declared_an_interest_is_given_to_another_and_decided(sitting: Sitting) -> None:
    case = sitting.under_review()
    farid, david = sitting.found.cast.farid, second_reviewer(sitting)
    assert list(views.waiting(sitting.by("anna"))) == [], "a review in hand waits for no clerk"
    declare(sitting, "farid", reference_of(sitting, case, "candidacy"))
    (waits,) = views.waiting(sitting.by("anna"))
    assert "Give the case to a reviewer" in waits.title and waits.due == case.review_by
    form = sitting.found.cast.client("anna").get(f"/matters/{case.reference}/review/").context["form"]
    assert list(form.fields["reviewer"].queryset) == [david]
    due = case.review_by
    actions.review(case, sitting.by("anna"), reviewer=david)
    assert (case.state, case.reviewer, case.review_by) == ("under_review", david, due)
    facts = Entry.objects.filter(matter=case.reference, act="review").latest("number").facts
    assert facts == {"reviewer": david.reference, "instead_of": farid.reference}
    with pytest.raises(NotEmpowered):
        actions.dismiss(case, sitting.by("farid"), reasons="Mine.", language="en")
    actions.dismiss(case, sitting.by("david"), reasons="Somebody else.", language="en")
    assert seats.seats_at()[sitting.mandate.seat_number - 1].state == "sitting"


def test_a_case_whose_reviewer_left_the_office_waits_for_a_clerk(sitting: Sitting) -> None:
    case = sitting.under_review()
    Holding.objects.filter(person=sitting.found.cast.farid, office="reviewer").update(held_until=clock.now())
    (waits,) = views.waiting(sitting.by("anna"))
    assert case.reference in waits.title


def test_the_other_reviewer_is_another_person_who_took_no_part(sitting: Sitting) -> None:
    case = sitting.under_review()
    clerk, cast = sitting.by("anna"), sitting.found.cast
    for key in ("katia", "jonas", "greta"):  # alleged, found, suspended
        second_reviewer(sitting, key)
        with pytest.raises(Unmet, match="does not review"):
            actions.review(case, clerk, reviewer=cast.persons[key])
    with pytest.raises(Unmet, match="already"):
        actions.review(case, clerk, reviewer=cast.farid)
    david = second_reviewer(sitting)
    declare(sitting, "david", case.reference)
    with pytest.raises(Unmet, match="declared an interest"):
        actions.review(case, clerk, reviewer=david)
    for key in ("jonas", "greta", "farid", "katia"):
        with pytest.raises(NotEmpowered):
            actions.review(case, sitting.by(key), reviewer=david)
    unchanged(case, sitting)
    actions.dismiss(case, sitting.by("farid"), reasons="Somebody else.", language="en")
    with pytest.raises(OutOfOrder):
        actions.review(case, clerk, reviewer=second_reviewer(sitting, "elena"))


def test_a_case_goes_on_when_the_file_behind_it_is_erased(sitting: Sitting) -> None:
    """No candidacy, no slate: the offices with an interest elsewhere still see it."""
    case = sitting.replied()
    candidacy = sitting.mandate.candidacy
    assert candidacy is not None
    declare(sitting, "anna", sitting.found.others[12].reference)
    type(sitting.mandate).objects.filter(pk=sitting.mandate.pk).update(
        state="ended", ended_at=clock.now(), ended_ground="renounced", candidacy=None
    )
    assert Acceptance.objects.filter(candidacy=candidacy).exists()
    assert queries.visible_to(sitting.by("anna")).filter(pk=case.pk).exists()
    actions.find_no_case(case, sitting.by("jonas"), reasons="A mistake.", language="en")
    assert case.state == "no_case"


def test_the_desk_offers_what_the_gate_would_let_through(sitting: Sitting) -> None:
    second_reviewer(sitting)
    cases = [sitting.alleged(), sitting.alleged("luca"), sitting.notified(), sitting.replied()]
    asked = sitting.alleged()
    actions.suspend_urgently(asked, sitting.by("jonas"), danger="Tonight.", language="en")
    cases += [asked, sitting.under_review()]
    integrity.declare(
        Interest(subject=cases[0].reference, kind="family", text="Cousins."), sitting.by("jonas")
    )
    for key in ("anna", "bruno", "jonas", "greta", "farid", "david", "katia", "luca", "quiet"):
        actor = sitting.by(key)
        for case, steps in queries.open_steps(actor, cases):
            assert steps == tuple(bound.step for bound in open_to(CASE, case, actor)), (key, case.state)
