"""Files of who sat, stood on a list or in line: when they go, and what they wait for."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hemicycle.assembly.models import Session
from hemicycle.candidacy import actions as candidacies
from hemicycle.candidacy.models import Candidacy, Erasure
from hemicycle.composition import actions as compositions
from hemicycle.composition.models import Addition, List
from hemicycle.mandates.models import Mandate
from hemicycle.notices import retention
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK
from hemicycle.record.models import KeyDestruction
from hemicycle.rules.findings import Unmet
from hemicycle.suspension import actions as suspension
from hemicycle.suspension import sealing
from hemicycle.suspension.models import Case, Translation

from ..candidacy.conftest import call, demonstration, media  # noqa: F401
from ..cast import Cast, charter
from ..composition import making as lists
from ..composition.making import Round
from ..composition.refusing import refused
from ..mandates.making import at_seat, renounce, seated
from .keeping import named, run

RULES = charter().retention


@pytest.fixture
def sitting(cast: Cast, demonstration: None) -> Round:  # noqa: F811
    found = lists.make_round(cast)
    seated(found)
    return found


def test_the_files_of_participants_and_of_their_cases_go_after_the_term(sitting: Round) -> None:
    mandate = at_seat(List.objects.get(), 1)
    case = Case(mandate=mandate, criterion=charter().criteria[0].key, allegation="Said it.", language="en")
    suspension.allege(case, sitting.by("katia"))
    suspension.notify(case, sitting.by("anna"), substance="Said it on 3 May.", language="en")
    suspension.find_no_case(
        case, sitting.by("jonas"), reasons="Nothing in it.", language="en", translation="", translator=""
    )
    refused(Unmet, suspension.erase_case, case, CLOCK)
    session = Session.objects.get(pk=mandate.list.session_id)
    goes = retention.retention.day_start(session.closes_on) + timedelta(days=RULES.after_term_days.value)
    files = set(Mandate.objects.values_list("candidacy__reference", flat=True))
    with clock.set_to(goes - timedelta(seconds=1)):
        run()
        assert Candidacy.objects.filter(reference__in=files).count() == len(files)
        assert files <= {name for kind, name in named(goes) if kind == "participant"}
    with clock.set_to(goes):
        run()
    assert not Candidacy.objects.filter(reference__in=files).exists()
    mandate.refresh_from_db()
    assert (mandate.candidacy, mandate.shown_name, mandate.state) == (None, "", "ended")
    case.refresh_from_db()
    assert case.erased_at is None
    ends = case.decided_at
    assert ends is not None
    with clock.set_to(ends + timedelta(days=RULES.suspension_days.value)):
        run()
    case.refresh_from_db()
    assert case.erased_at and not any(getattr(case, text) for text in Case.TEXTS)
    assert case.state == "no_case" and not Translation.objects.exists()
    assert sealing.file_of(case, sitting.by("jonas")) is None
    refused(Unmet, suspension.open_file, case, sitting.by("jonas"), reason="suspension")
    assert KeyDestruction.objects.filter(owner=case.reference).exists()


def decided(candidacy: Candidacy, found: Round) -> Erasure:
    """Two people decide that this file goes before its time."""
    erasure = Erasure(candidacy=candidacy)
    candidacies.ask_erasure(erasure, found.by("anna"), by_request=True, ground="Asked for.", language="en")
    candidacies.confirm_erasure(erasure, found.by("marta"))
    return erasure


def test_nobody_is_erased_off_a_seat_before_the_mandate_ends(sitting: Round) -> None:
    mandate = at_seat(List.objects.get(), 1)
    assert mandate.candidacy is not None
    erasure = decided(mandate.candidacy, sitting)
    case = Case(mandate=mandate, criterion=charter().criteria[0].key, allegation="Said it.", language="en")
    suspension.allege(case, sitting.by("katia"))
    assert erasure.due_at is not None
    with clock.set_to(erasure.due_at):
        run()
        assert Candidacy.objects.filter(reference=erasure.file).exists(), "the person sits"
        assert ("requested", erasure.file) not in named(clock.now())
        mandate.refresh_from_db()
        renounce(mandate)
        run()
        assert Candidacy.objects.filter(reference=erasure.file).exists(), "a case is heard on it"
        suspension.withdraw(case, sitting.by("katia"))
        run()
    assert not Candidacy.objects.filter(reference=erasure.file).exists()
    erasure.refresh_from_db()
    assert erasure.state == "done"


def test_nobody_is_erased_out_of_an_addition_that_waits_for_the_bureau(sitting: Round) -> None:
    list_ = List.objects.get()
    free = Candidacy.objects.exclude(seats__list=list_).exclude(successions__list=list_).latest("pk")
    erasure = decided(free, sitting)
    addition = Addition.objects.create(
        list=list_, candidacy=free, proposer=sitting.cast.greta, state="before_bureau",
        reference="ADDN-TEST", created_at=clock.now(), released_at=clock.now(),
    )  # fmt: skip
    assert erasure.due_at is not None
    with clock.set_to(erasure.due_at):
        run()
        assert Candidacy.objects.filter(reference=erasure.file).exists()
        Addition.objects.filter(pk=addition.pk).update(state="refused", decided_at=clock.now())
        run()
    assert not Candidacy.objects.filter(reference=erasure.file).exists()


def test_nobody_is_erased_off_a_list_that_is_on_its_way(cast: Cast, demonstration: None) -> None:  # noqa: F811
    found = lists.make_round(cast)
    list_ = lists.released(found, lists.composed(found))
    seat = list_.seats.order_by("number").first()
    assert seat is not None and seat.candidacy is not None
    erasure = decided(seat.candidacy, found)
    free = decided(Candidacy.objects.exclude(seats__list=list_).latest("pk"), found)
    assert erasure.due_at is not None
    with clock.set_to(erasure.due_at):
        run()
        assert Candidacy.objects.filter(reference=erasure.file).exists()
        assert not Candidacy.objects.filter(reference=free.file).exists()
        compositions.withdraw(list_, found.by("greta"))
        run()
    assert not Candidacy.objects.filter(reference=erasure.file).exists()


def test_a_hold_on_a_participants_file_holds_the_case_too(sitting: Round) -> None:
    mandate = at_seat(List.objects.get(), 1)
    case = Case(mandate=mandate, criterion=charter().criteria[0].key, allegation="Said it.", language="en")
    suspension.allege(case, sitting.by("katia"))
    suspension.withdraw(case, sitting.by("katia"))
    far = clock.now() + timedelta(days=4000)
    candidacies.hold(mandate.candidacy, sitting.by("anna"), ground="A court asked.", until=far, language="en")  # type: ignore[arg-type]
    with clock.set_to(far - timedelta(days=1)):
        run()
        case.refresh_from_db()
        assert case.erased_at is None and Candidacy.objects.filter(pk=mandate.candidacy_id).exists()
    with clock.set_to(far):
        run()
    case.refresh_from_db()
    assert case.erased_at and not Candidacy.objects.filter(pk=mandate.candidacy_id).exists()
