"""What was booked by mistake, or came back, is booked back by two people, beside what stands."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from hemicycle.contributions import actions, queries
from hemicycle.contributions.models import Contribution, Posting, Spending
from hemicycle.record import clock
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder

from ..cast import Cast
from ..composition.refusing import refused
from .making import DONOR, asked, paid, received, treasurer
from .test_actions import acts_clock, left

pytestmark = pytest.mark.django_db
WHY = "Ten times too much was typed."


def reversed_(cast: Cast, row: Contribution) -> Contribution:
    actions.ask_reversal(row, cast.actor("anna"), reasons=WHY)
    actions.confirm_reversal(row, treasurer(cast))
    return row


def test_a_contribution_is_booked_back_by_two_and_both_bookings_stay(cast: Cast) -> None:
    row = received(cast, "10000.00")
    reversed_(cast, row)
    assert left() == 0 and row.reversed_at is not None and row.received == 1_000_000
    lines = Posting.objects.filter(matter__startswith=row.reference)
    assert sorted(lines.values_list("matter", "amount")) == sorted(
        [(row.reference, 1_000_000), (row.reference, -1_000_000),
         (f"{row.reference}/b", 1_000_000), (f"{row.reference}/b", -1_000_000)]
    )  # fmt: skip
    assert sum(queries.trial_balance("EUR").values()) == 0
    entry = Entry.objects.get(act="confirm_reversal")
    assert entry.facts["amount"] == 1_000_000 and entry.publicity == "public"
    assert WHY not in str(list(Entry.objects.values()))
    received(cast, "1000.00")
    assert left() == 100_000 and queries.totals_by_donor(queries.received()) == {
        (DONOR, "state", "EUR"): 100_000
    }


def test_a_spending_whose_money_came_back_may_be_spent_again(cast: Cast) -> None:
    received(cast)
    row = paid(cast, "900.00")
    refused(Unmet, actions.ask_spending, Spending(), cast.actor("anna"), amount=Decimal(500), purpose="general",
            payee="Somebody", document="Invoice")  # fmt: skip
    actions.ask_return(row, cast.actor("anna"), reasons="The account was closed.")
    actions.confirm_return(row, treasurer(cast))
    assert left() == 100_000 and queries.booked_back() == [row]
    paid(cast, "500.00")
    assert left() == 50_000


def test_who_asked_confirms_neither(cast: Cast) -> None:
    row, spending, by = received(cast), paid(received_first(cast)), treasurer(cast)
    actions.ask_reversal(row, by, reasons=WHY)
    actions.ask_return(spending, by, reasons=WHY)
    refused(NotEmpowered, actions.confirm_reversal, row, by)
    refused(NotEmpowered, actions.confirm_return, spending, by)
    assert queries.waiting_for(by) == [] and set(queries.waiting_for(treasurer(cast, "ugo"))) == {
        row,
        spending,
    }
    assert left() == 175_000


def received_first(cast: Cast) -> Cast:
    received(cast)
    return cast


def test_money_that_was_spent_is_not_booked_back(cast: Cast) -> None:
    row = received(cast)
    paid(cast, "250.00")
    actions.ask_reversal(row, cast.actor("anna"), reasons=WHY)
    said = refused(Unmet, actions.confirm_reversal, row, treasurer(cast))
    assert "750.00" in said and left() == 75_000
    actions.drop_reversal(row, cast.actor("jonas"))
    assert row.state == "received" and row.reversal_reasons == ""


def test_what_is_left_booked_stays_as_it_was(cast: Cast) -> None:
    received(cast)
    row = paid(cast)
    actions.ask_return(row, cast.actor("anna"), reasons=WHY)
    actions.drop_return(row, cast.actor("anna"))
    assert row.state == "paid" and left() == 75_000 and not queries.booked_back()
    actions.ask_return(row, cast.actor("bruno"), reasons="Again.")
    actions.confirm_return(row, treasurer(cast))
    assert left() == 100_000


def test_reasons_are_owed_and_nothing_is_booked_back_twice_or_before_it_is_booked(cast: Cast) -> None:
    row, waiting = received(cast), asked(cast)
    refused(Unmet, actions.ask_reversal, row, cast.actor("anna"), reasons="  ")
    refused(OutOfOrder, actions.ask_return, waiting, cast.actor("anna"), reasons=WHY)
    refused(OutOfOrder, actions.confirm_reversal, row, treasurer(cast))
    refused(NotEmpowered, actions.ask_reversal, row, cast.actor("henri"), reasons=WHY)
    reversed_(cast, row)
    refused(OutOfOrder, actions.ask_reversal, row, cast.actor("anna"), reasons=WHY)
    refused(OutOfOrder, actions.drop_reversal, row, cast.actor("anna"))
    refused(OutOfOrder, actions.confirm_return, waiting, treasurer(cast))
    refused(OutOfOrder, actions.drop_return, waiting, treasurer(cast))
    refused(Unmet, actions.erase_bank_reference, row, acts_clock())
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.filter(pk=row.pk).update(reversed_at=None)


def test_when_the_time_for_accounts_is_over_nothing_is_booked_back(cast: Cast) -> None:
    row, spending = received(cast), paid(received_first(cast))
    actions.ask_reversal(row, cast.actor("anna"), reasons=WHY)
    actions.ask_return(spending, cast.actor("anna"), reasons=WHY)
    with clock.set_to(clock.now() + timedelta(days=3651)):
        refused(Unmet, actions.confirm_return, spending, treasurer(cast))
        actions.tick()
        row.refresh_from_db()
        spending.refresh_from_db()
        assert (row.reversal_reasons, spending.reversal_reasons) == ("", "")
        refused(Unmet, actions.confirm_reversal, row, treasurer(cast))
        refused(Unmet, actions.confirm_return, spending, treasurer(cast))
        actions.drop_return(spending, cast.actor("anna"))
        refused(Unmet, actions.ask_return, spending, cast.actor("anna"), reasons=WHY)
    assert left() == 175_000


def test_the_papers_of_a_reversal_are_kept_as_long_as_those_of_a_booking(cast: Cast) -> None:
    row = received(cast)
    with clock.set_to(clock.now() + timedelta(days=3640)):
        reversed_(cast, row)
        assert actions.tick() == 0
    with clock.set_to(clock.now() + timedelta(days=3660)):
        assert actions.tick() == 0
        row.refresh_from_db()
        assert row.reversal_reasons == WHY
    with clock.set_to(clock.now() + timedelta(days=2 * 3650)):
        assert actions.tick() == 1


def test_a_spending_owes_reasons_too(cast: Cast) -> None:
    received(cast)
    row = paid(cast)
    refused(Unmet, actions.ask_return, row, cast.actor("anna"), reasons="")
    assert row.state == "paid"


@pytest.mark.parametrize(
    ("prefix", "words"),
    [("", "Booked back"), ("/fr", "Annulé par une écriture contraire"), ("/ru", "Проведено обратно")],
)
def test_everybody_reads_it_and_the_receipt_says_so(cast: Cast, client, prefix: str, words: str) -> None:
    row, spending = reversed_(cast, received(cast, "7654.00")), paid(received_first(cast), "123.00")
    actions.ask_return(spending, cast.actor("anna"), reasons=WHY)
    actions.confirm_return(spending, treasurer(cast))
    page = client.get(f"{prefix}/contributions/").content.decode()
    back = page[page.index('id="back-title"') : page.index('id="signing-title"')]
    assert words in back and row.reference in back and spending.reference in back and WHY not in page
    assert re.search("7.654[.,]00", back) and re.search("123[.,]00", back)
    assert "booked back on" in page or prefix
    receipt = client.get(f"{prefix}/contributions/{row.reference}/").content.decode()
    assert words in receipt and WHY not in receipt
    assert client.get(f"/contributions/{row.reference}/receipt.json").status_code == 200


def test_those_who_handle_money_read_why_and_the_desk_says_what_waits(cast: Cast) -> None:
    row = received(cast)
    actions.ask_reversal(row, cast.actor("anna"), reasons=WHY)
    treasurer(cast)
    client = cast.client("tove")
    assert WHY in client.get(f"/matters/{row.reference}/").content.decode()
    assert row.reference in client.get("/desk/").content.decode()
    assert WHY in client.get(f"/matters/{row.reference}/confirm_reversal/").content.decode()
    form = client.get(f"/matters/{row.reference}/drop_reversal/").context["form"]
    sent = {"once": form["once"].value(), "seen": form["seen"].value()}
    assert client.post(f"/matters/{row.reference}/drop_reversal/", sent).status_code == 302
    row.refresh_from_db()
    assert row.state == "received"
