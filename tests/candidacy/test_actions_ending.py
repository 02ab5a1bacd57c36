"""How a file ends: withdrawal, lapse, holds, erasure; and what stays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from hemicycle.candidacy import actions, queries
from hemicycle.candidacy.models import Call, Candidacy, Evidence
from hemicycle.candidacy.procedure import CallState, CandidacyState
from hemicycle.composition.models import List
from hemicycle.mandates import actions as mandates
from hemicycle.mandates.models import Mandate
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK
from hemicycle.record.models import Entry, Opening
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import OutOfOrder, Publicity

from ..cast import Cast
from . import making
from .making import later, refused

S = CandidacyState


# --- the end of a file


def test_withdrawal_closes_the_file_to_everybody_at_once(call: Call, cast: Cast) -> None:
    made = making.submitted(call, cast.nadia)
    assert queries.visible_to(cast.actor("anna")).get() == made
    actions.withdraw(made, cast.actor("nadia"))
    assert not queries.visible_to(cast.actor("anna")).exists()
    assert queries.visible_to(cast.actor("nadia")).get() == made
    refused(OutOfOrder, lambda: actions.declare_admissible(made, cast.actor("anna")), made)


def test_a_withdrawn_file_is_erased_by_the_clock_and_still_counts(call: Call, cast: Cast) -> None:
    made = making.submitted(call, cast.nadia)
    reference = made.reference
    actions.withdraw(made, cast.actor("nadia"))
    before = queries.counts(call)
    with later(29):
        actions.tick()
        assert Candidacy.objects.filter(reference=reference).exists()
    with later(30):
        actions.tick()
    call.refresh_from_db()
    assert not Candidacy.objects.filter(reference=reference).exists()
    assert not Evidence.objects.exists()
    assert not Opening.objects.filter(entry__matter=reference).exists()
    assert queries.counts(call) == before
    assert Entry.objects.filter(matter=reference).last().act == "erase"


def test_a_hold_has_an_end_and_puts_erasure_off(call: Call, cast: Cast) -> None:
    made = making.submitted(call, cast.nadia)
    past = clock.now()
    refused(
        Unmet,
        lambda: actions.hold(made, cast.actor("anna"), ground="A court asked.", until=past, language="en"),
        made,
    )
    until = clock.now() + timedelta(days=90)
    actions.hold(made, cast.actor("anna"), ground="A court asked.", until=until, language="en")
    actions.withdraw(made, cast.actor("nadia"))
    with later(60):
        actions.tick()
        assert Candidacy.objects.exists()
    with later(91):
        actions.tick()
        assert not Candidacy.objects.exists()


def test_a_released_hold_no_longer_puts_erasure_off(call: Call, cast: Cast) -> None:
    made = making.submitted(call, cast.nadia)
    refused(Unmet, lambda: actions.release_hold(made, cast.actor("anna")), made)
    actions.hold(
        made,
        cast.actor("anna"),
        ground="A court asked.",
        until=clock.now() + timedelta(days=90),
        language="en",
    )
    actions.release_hold(made, cast.actor("bruno"))
    actions.withdraw(made, cast.actor("nadia"))
    with later(60):
        actions.tick()
        assert not Candidacy.objects.exists()


def test_drafts_never_sent_lapse_and_are_erased(call: Call, cast: Cast) -> None:
    making.written(call, cast.nadia)
    with clock.set_to(call.closes_at):
        actions.tick()
        assert Candidacy.objects.get().state == S.LAPSED
    call.refresh_from_db()
    assert call.state == CallState.CLOSED
    with clock.set_to(call.closes_at + timedelta(days=30)):
        actions.tick()
    assert not Candidacy.objects.exists()
    assert queries.counts(call)["received"] == 0


def test_nothing_is_erased_before_its_day(call: Call, cast: Cast) -> None:
    made = making.submitted(call, cast.nadia)
    actions.withdraw(made, cast.actor("nadia"))
    refused(Unmet, lambda: actions.erase(made, CLOCK), made)


def test_the_clock_does_nothing_before_the_time(call: Call, cast: Cast) -> None:
    draft = making.draft(call, cast.nadia)
    refused(Unmet, lambda: actions.lapse(draft, CLOCK), draft)
    refused(Unmet, lambda: actions.close_call(call, CLOCK), call)
    assert actions.tick() == 0


def test_acts_on_a_candidacy_are_sealed(call: Call, cast: Cast) -> None:
    made = making.admissible(call, cast.nadia, cast)
    kinds = set(Entry.objects.filter(matter=made.reference).values_list("publicity", flat=True))
    assert kinds == {Publicity.SEALED.value}


def test_counts_say_how_many_and_never_who(call: Call, cast: Cast) -> None:
    making.draft(call, cast.quiet)
    making.admissible(call, cast.nadia, cast)
    making.submitted(call, cast.oleg)
    making.inadmissible(call, cast, cast.pavel)
    counted = queries.counts(call)
    assert (counted["received"], counted["admissible"], counted["inadmissible"]) == (3, 1, 1)


def test_a_file_on_which_a_mandate_rests_waits_for_its_end_and_holds_nothing_else_up(
    call: Call, cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    """Rows of later rooms are set by hand: they stand for a list announced long ago. The end of the participation is
    written down by its own room in the same round of the clock; here that room has not had its turn."""
    kept, gone = making.submitted(call, cast.nadia), making.submitted(call, cast.oleg)
    common: dict[str, Any] = {"version": 1, "created_at": clock.now()}
    listed = List.objects.create(
        reference="LIST-TEST", state="draft", session=call.session, call=call, name="one", charter=call.charter,
        proposer=cast.greta, **common,
    )  # fmt: skip
    Mandate.objects.create(
        reference="MAND-TEST", state="sitting", list=listed, seat_number=1, person=cast.nadia, candidacy=kept,
        from_day=clock.today(), until_day=clock.today(), begun_at=clock.now(), shown_name="N.", **common,
    )  # fmt: skip
    actions.withdraw(kept, cast.actor("nadia"))
    actions.withdraw(gone, cast.actor("oleg"))
    with later(31):
        actions.tick()
        assert list(Candidacy.objects.all()) == [kept]
        assert kept.answers.exists() and kept.evidence.exists()
        assert kept.reference in caplog.text
        mandates.tick()
        actions.tick()
    assert not Candidacy.objects.exists()
    assert not Evidence.objects.exists()
    assert Mandate.objects.get().candidacy is None
