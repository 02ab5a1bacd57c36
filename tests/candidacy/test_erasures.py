"""A file goes before its time by two offices and a delay; either stops it, a hold puts it off, and the clock does it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hemicycle.candidacy import actions, queries
from hemicycle.candidacy.models import Call, Candidacy, Erasure, Slate
from hemicycle.notices import actions as notices
from hemicycle.notices.models import Kind, Letter
from hemicycle.people import queries as people
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK
from hemicycle.record.acts import SamePerson
from hemicycle.record.models import Entry, KeyDestruction, Opening
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder

from ..cast import Cast
from . import making
from .browsing import matter, send
from .making import later, refused

DAYS = 7
WHY = {"by_request": True, "ground": "The person asked by letter.", "language": "en"}


def tick() -> None:
    """Every clock that erases: whether a later room still rests on a file, only a later room knows."""
    actions.tick()
    notices.tick()


@pytest.fixture
def made(call: Call, cast: Cast) -> Candidacy:
    return making.admissible(call, cast.nadia, cast)


def asked(made: Candidacy, cast: Cast, by: str = "anna") -> Erasure:
    row = Erasure(candidacy=made)
    actions.ask_erasure(row, cast.actor(by), **WHY)
    return row


@pytest.fixture
def confirmed(made: Candidacy, cast: Cast) -> Erasure:
    row = asked(made, cast)
    actions.confirm_erasure(row, cast.actor("marta"))
    return row


def test_after_the_days_the_clock_erases_the_file_and_the_row_says_that_it_did(
    confirmed: Erasure, made: Candidacy, call: Call
) -> None:
    before = queries.counts(call)
    with later(DAYS - 0.1):
        tick()
        assert Candidacy.objects.exists()
    with later(DAYS):
        tick()
    assert not Candidacy.objects.exists()
    confirmed.refresh_from_db()
    assert (confirmed.state, confirmed.file, confirmed.candidacy, confirmed.ground) == (
        "done", made.reference, None, "",
    )  # fmt: skip
    assert KeyDestruction.objects.filter(owner=made.reference).exists()
    assert not Opening.objects.filter(entry__matter__in=[made.reference, confirmed.reference]).exists()
    call.refresh_from_db()
    assert queries.counts(call) == before, "the public counts outlive the file"


def test_one_office_alone_erases_nothing(made: Candidacy, cast: Cast) -> None:
    row = asked(made, cast)
    refused(SamePerson, lambda: actions.confirm_erasure(row, cast.actor("anna")), row)
    refused(NotEmpowered, lambda: actions.confirm_erasure(row, cast.actor("bruno")), row)
    refused(NotEmpowered, lambda: actions.confirm_erasure(row, cast.actor("greta")), row)
    with later(DAYS * 2):
        tick()
        refused(OutOfOrder, lambda: actions.carry_out(row, CLOCK), row)
    assert Candidacy.objects.exists()


def test_the_integrity_officer_asks_and_a_clerk_confirms(made: Candidacy, cast: Cast) -> None:
    row = asked(made, cast, "marta")
    actions.confirm_erasure(row, cast.actor("bruno"))
    assert row.due_at == clock.now() + timedelta(days=DAYS)


def test_it_is_asked_with_a_ground_by_the_two_offices_and_never_for_a_draft(call: Call, cast: Cast) -> None:
    made, draft = making.submitted(call, cast.nadia), making.draft(call, cast.oleg)
    for error, who, of, ground in (
        (Unmet, "anna", made, " "), (Unmet, "anna", draft, "So."), (NotEmpowered, "greta", made, "So."),
        (NotEmpowered, "nadia", made, "So."),
    ):  # fmt: skip
        row, given = Erasure(candidacy=of), {**WHY, "ground": ground}
        refused(
            error, lambda row=row, who=who, given=given: actions.ask_erasure(row, cast.actor(who), **given)
        )


@pytest.mark.parametrize("who", ["anna", "marta"])
def test_either_stops_it_with_reasons(confirmed: Erasure, cast: Cast, who: str) -> None:
    refused(
        NotEmpowered,
        lambda: actions.stop_erasure(confirmed, cast.actor("nadia"), reasons="No.", language="en"), confirmed,
    )  # fmt: skip
    actions.stop_erasure(confirmed, cast.actor(who), reasons="A court asks for it.", language="en")
    with later(DAYS * 2):
        tick()
    assert Candidacy.objects.exists()
    asked(Candidacy.objects.get(), cast)  # and it may be asked for again


def test_a_hold_puts_it_off_to_its_end(confirmed: Erasure, made: Candidacy, cast: Cast) -> None:
    until = clock.now() + timedelta(days=60)
    actions.hold(made, cast.actor("anna"), ground="A court asked.", until=until, language="en")
    with later(59):
        tick()
        refused(Unmet, lambda: actions.carry_out(confirmed, CLOCK), confirmed)
        assert Candidacy.objects.exists()
    with later(60):
        tick()
    assert not Candidacy.objects.exists()


def test_a_withdrawal_whose_day_comes_first_closes_what_was_asked(made: Candidacy, cast: Cast) -> None:
    row = asked(made, cast)
    refused(NotEmpowered, lambda: actions.close_erasure(row, CLOCK), row)
    actions.withdraw(made, cast.actor("nadia"))
    with later(30):
        tick()
    row.refresh_from_db()
    assert (row.state, row.ground) == ("done", "") and not Candidacy.objects.exists()


def test_the_person_is_told_without_content_and_sees_it_on_the_own_page(
    confirmed: Erasure, made: Candidacy, cast: Cast
) -> None:
    notices.read_on()
    told = Letter.objects.filter(about=confirmed.reference)
    assert set(told.filter(person=cast.nadia).values_list("kind", flat=True)) == {Kind.MEASURE}
    assert told.filter(person=cast.marta, kind=Kind.ERASURE_WAITS).exists()
    client = cast.client("nadia")
    assert "Erasure before its time" in client.get(matter(made)).content.decode()
    assert "asked by letter" in client.get(matter(confirmed)).content.decode()
    assert cast.client("oleg").get(matter(confirmed)).status_code == 404


def test_it_is_asked_and_confirmed_in_the_pages_with_a_signature(made: Candidacy, cast: Cast) -> None:
    anna = cast.client("anna")
    page = anna.get(matter(made)).content.decode()
    url = f"/matters/new/candidacy/ask_erasure/?candidacy={made.reference}"
    assert "ask_erasure" in page
    send(anna, url, ground="Asked by letter.", language="en")
    row = Erasure.objects.get()
    send(cast.client("marta"), f"/matters/{row.reference}/confirm_erasure/")
    row.refresh_from_db()
    assert row.state == "confirmed"
    assert Entry.objects.get(act="confirm_erasure").facts["signed"]
    assert cast.client("greta").get(url).status_code == 404


def test_a_slate_goes_when_nobody_stands_on_it_and_is_still_counted(call: Call, cast: Cast) -> None:
    slate = Slate(call=call, presenter=cast.quiet, organisation="An association", language="en")
    actions.present_slate(slate, cast.actor("quiet"))
    made = making.written(call, cast.nadia)
    actions.join_slate(made, people.actor(cast.nadia), slate=slate.reference)
    actions.submit(made, cast.actor("nadia"))
    with clock.set_to(call.closes_at + timedelta(days=180)):
        refused(Unmet, lambda: actions.erase_slate(slate, CLOCK), slate)
        actions.withdraw(made, cast.actor("nadia"))
    with clock.set_to(call.closes_at + timedelta(days=211)):
        tick()
        tick()
    slate.refresh_from_db()
    assert (slate.state, slate.organisation) == ("erased", "")
    assert KeyDestruction.objects.filter(owner=slate.reference).exists()
    assert queries.counts(call)["slates"] == 1
