"""Money is promised, comes in with a receipt, and goes out by two people; the books add up to zero."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from hemicycle.contributions import actions, queries, retention
from hemicycle.contributions.models import Contribution, Fund, Posting, Spending
from hemicycle.contributions.procedure import ContributionState, SpendingState
from hemicycle.integrity import actions as integrity
from hemicycle.integrity.models import Interest
from hemicycle.notices import retention as plans
from hemicycle.people import actions as people_acts
from hemicycle.people.models import Holding
from hemicycle.record import acts, clock
from hemicycle.record.acts import AlreadyRecorded, SamePerson
from hemicycle.record.models import Entry, Opening
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder

from ..cast import Cast
from ..composition.refusing import refused
from .making import BANK, DOCUMENT, DONOR, PAYEE, asked, paid, pledged, received, treasurer


def left(purpose: str = "general") -> int:
    balance = queries.trial_balance("EUR")
    assert sum(balance.values()) == 0
    return -balance.get(f"received:{purpose}", 0) - balance.get(f"spent:{purpose}", 0)


def test_a_pledge_is_received_and_booked_twice(cast: Cast) -> None:
    row = pledged(cast, "1000.00", "travel")
    assert not Posting.objects.exists() and row.pledged == 100_000
    actions.receive(
        row, treasurer(cast), amount=Decimal("999.50"), received_on=clock.today(), bank_reference=BANK
    )
    assert (row.state, row.received) == (ContributionState.RECEIVED, 99_950)
    assert queries.trial_balance("EUR") == {"bank": 99_950, "received:travel": -99_950}
    refused(
        OutOfOrder, actions.receive, row, treasurer(cast), amount=Decimal(1), received_on=clock.today(),
        bank_reference=BANK,
    )  # fmt: skip
    assert Posting.objects.count() == 2


def test_the_entry_of_a_receipt_is_public_and_holds_no_text(cast: Cast) -> None:
    row = received(cast)
    entry = Entry.objects.get(matter=row.reference, act="receive")
    assert entry.publicity == "public" and entry.facts["amount"] == 100_000
    for word in (DONOR, BANK):
        assert word not in str(entry.facts)
    assert {o.name for o in Opening.objects.filter(entry=entry)} == {"donor", "bank_reference"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"donor": "  "}, {"donor_kind": "person"}, {"amount": Decimal(0)}, {"amount": Decimal("-5")},
        {"amount": Decimal("1.005")}, {"amount": Decimal("1e20")}, {"purpose": "champagne"},
    ],
    ids=str,
)  # fmt: skip
def test_a_pledge_that_cannot_be_is_refused(cast: Cast, wrong: dict[str, Any]) -> None:
    given = {"donor": DONOR, "donor_kind": "state", "amount": Decimal(10), "purpose": "general", **wrong}
    refused(Unmet, actions.pledge, Contribution(), treasurer(cast), **given)
    assert not Contribution.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": Decimal(0)}, {"amount": Decimal("0.001")}, {"bank_reference": " "},
        {"received_on": "tomorrow"},
        {"received_on": date(2007, 2, 9)},
    ],
    ids=str,
)  # fmt: skip
def test_a_receipt_that_cannot_be_is_refused(cast: Cast, wrong: dict[str, Any]) -> None:
    row = pledged(cast)
    given = {"amount": Decimal(10), "received_on": clock.today(), "bank_reference": BANK, **wrong}
    if given["received_on"] == "tomorrow":
        given["received_on"] = clock.today() + timedelta(days=1)
    refused(Unmet, actions.receive, row, treasurer(cast), **given)
    assert not Posting.objects.exists()


def test_only_the_treasurer_acts_on_contributions(cast: Cast) -> None:
    row = pledged(cast)
    given = {"amount": Decimal(10), "received_on": clock.today(), "bank_reference": BANK}
    for key in ("anna", "jonas", "greta", "clara", "quiet"):
        by = cast.actor(key)
        new = {"donor": DONOR, "donor_kind": "state", "amount": Decimal(1), "purpose": "general"}
        refused(NotEmpowered, actions.pledge, Contribution(), by, **new)
        refused(NotEmpowered, actions.receive, row, by, **given)
        refused(NotEmpowered, actions.withdraw_pledge, row, by)


def test_a_pledge_is_withdrawn_before_the_money_came_in_and_not_after(cast: Cast) -> None:
    row = pledged(cast)
    actions.withdraw_pledge(row, treasurer(cast))
    given = {"amount": Decimal(10), "received_on": clock.today(), "bank_reference": BANK}
    refused(OutOfOrder, actions.receive, row, treasurer(cast), **given)
    refused(OutOfOrder, actions.withdraw_pledge, received(cast), treasurer(cast))
    assert left() == 100_000


def test_nothing_is_paid_before_another_person_confirms(cast: Cast) -> None:
    received(cast)
    row = asked(cast)
    assert left() == 100_000
    refused(NotEmpowered, actions.confirm_spending, row, cast.actor("anna"))
    refused(NotEmpowered, actions.confirm_spending, row, cast.actor("bruno"))
    refused(NotEmpowered, actions.confirm_spending, row, cast.actor("greta"))
    actions.confirm_spending(row, cast.actor("jonas"))
    assert (row.state, row.decided_at, left()) == (SpendingState.PAID, clock.now(), 75_000)
    refused(OutOfOrder, actions.confirm_spending, row, treasurer(cast))
    refused(OutOfOrder, actions.dismiss_spending, row, treasurer(cast))
    entry = Entry.objects.get(matter=row.reference, act="confirm_spending")
    assert entry.publicity == "public"
    assert PAYEE not in str(Entry.objects.values_list("facts", flat=True))


def test_a_treasurer_who_asked_does_not_confirm_and_a_second_one_does(cast: Cast) -> None:
    received(cast)
    row = Spending()
    actions.ask_spending(
        row, treasurer(cast), amount=Decimal(5), purpose="general", payee=PAYEE, document=DOCUMENT
    )
    refused(SamePerson, actions.confirm_spending, row, treasurer(cast))
    assert [queries.waiting_for(treasurer(cast, key)) for key in ("tove", "ugo")] == [[], [row]]
    actions.confirm_spending(row, treasurer(cast, "ugo"))
    assert left() == 99_500


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": Decimal(0)}, {"amount": Decimal("1.001")}, {"amount": Decimal("1000.01")}, {"payee": " "},
        {"document": ""}, {"purpose": "champagne"}, {"purpose": "travel"},
    ],
    ids=str,
)  # fmt: skip
def test_spending_that_cannot_be_is_refused(cast: Cast, wrong: dict[str, Any]) -> None:
    received(cast)
    given = {"amount": Decimal(1), "purpose": "general", "payee": PAYEE, "document": DOCUMENT, **wrong}
    refused(Unmet, actions.ask_spending, Spending(), cast.actor("anna"), **given)
    assert not Spending.objects.exists()


def test_only_these_offices_ask_and_dismiss(cast: Cast) -> None:
    received(cast)
    row = asked(cast)
    given = {"amount": Decimal(1), "purpose": "general", "payee": PAYEE, "document": DOCUMENT}
    for key in ("greta", "clara", "luca", "quiet"):
        refused(NotEmpowered, actions.ask_spending, Spending(), cast.actor(key), **given)
        refused(NotEmpowered, actions.dismiss_spending, row, cast.actor(key))
    refused(NotEmpowered, actions.ask_spending, Spending(), cast.actor("jonas"), **given)
    actions.dismiss_spending(row, cast.actor("jonas"))
    refused(OutOfOrder, actions.confirm_spending, row, treasurer(cast))
    assert left() == 100_000


def test_what_is_asked_for_is_shown_and_does_not_count(cast: Cast) -> None:
    received(cast, "300.00")
    rows = [asked(cast, "200.00"), asked(cast, "200.00")]
    state = next(s for s in queries.fund_states(actions.law.in_force()) if s.fund == "general")
    assert (state.asked, state.left) == (40_000, 30_000)
    actions.confirm_spending(rows[0], treasurer(cast))
    said = refused(Unmet, actions.confirm_spending, rows[1], treasurer(cast))
    assert "100.00 is left, and 200.00 is asked for" in said
    assert left() == 10_000 and Posting.objects.filter(account="spent:general").count() == 1


def test_an_earmarked_contribution_pays_its_purpose_only(cast: Cast) -> None:
    received(cast, "500.00", "travel")
    given = {"amount": Decimal(1), "payee": PAYEE, "document": DOCUMENT}
    for purpose in ("general", "interpretation"):
        refused(Unmet, actions.ask_spending, Spending(), cast.actor("anna"), purpose=purpose, **given)
    paid(cast, "500.00", "travel")
    assert left("travel") == 0
    refused(Unmet, actions.ask_spending, Spending(), cast.actor("anna"), purpose="travel", **given)


def test_the_same_form_acts_once(cast: Cast) -> None:
    row = pledged(cast)
    given = {"amount": Decimal(10), "received_on": clock.today(), "bank_reference": BANK}
    with acts.submission("same-form-0123456789", row.version, "passkey"):
        entry = actions.receive(row, treasurer(cast), **given)
    again = acts.submission("same-form-0123456789", row.version, "passkey")
    with again, pytest.raises(AlreadyRecorded) as twin:
        actions.receive(row, treasurer(cast), **given)
    assert twin.value.entry == entry and Posting.objects.count() == 2


def test_who_declared_an_interest_takes_no_part(cast: Cast) -> None:
    received(cast)
    row = asked(cast)
    by = treasurer(cast)
    interest = Interest(person=cast.persons["tove"], subject=row.reference)
    integrity.declare(interest, by, kind="family", text="My cousin’s firm.", language="en")
    refused(NotEmpowered, actions.confirm_spending, row, by)
    refused(NotEmpowered, actions.dismiss_spending, row, by)
    actions.confirm_spending(row, cast.actor("jonas"))


@pytest.mark.parametrize(
    ("holds", "office"), [("clara", "treasurer"), ("tove", "assessor"), ("tove", "reviewer")]
)
def test_who_handles_contributions_is_not_made_an_assessor_nor_the_reverse(
    cast: Cast, holds: str, office: str
) -> None:
    """Procedure 4.3, at the grant of either office."""
    treasurer(cast)
    holding = Holding(person=cast.persons[holds])
    refused(
        Unmet, people_acts.grant, holding, cast.actor("anna"), office=office, held_from=None, held_until=None,
        ground="Appointment",
    )  # fmt: skip
    assert not Holding.objects.filter(person=cast.persons[holds], office=office).exists()


@pytest.mark.parametrize(
    "statement", ["UPDATE contributions_posting SET amount = 1", "DELETE FROM contributions_posting"]
)
def test_the_database_changes_no_booking(cast: Cast, statement: str) -> None:
    received(cast)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert left() == 100_000


def test_the_database_wants_facts_with_a_state(cast: Cast) -> None:
    row = received(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.filter(pk=row.pk).update(received=None)
    spending = asked(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Spending.objects.filter(pk=spending.pk).update(decided_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Posting.objects.create(
            matter=row.reference, account="bank", currency="EUR", amount=1, booked_at=clock.now()
        )


def test_a_fund_holds_no_sum_of_its_own(cast: Cast) -> None:
    received(cast)
    assert {f.name for f in Fund._meta.concrete_fields} == {"id", "code", "currency"}


def test_bank_references_and_payees_go_when_the_time_for_accounts_is_over(cast: Cast) -> None:
    row, spending, waiting = received(cast), paid(cast, public="Norrland Interpreters Ltd"), asked(cast)
    dismissed = asked(cast)
    actions.dismiss_spending(dismissed, cast.actor("anna"))
    refused(Unmet, actions.erase_bank_reference, row, acts_clock())
    refused(Unmet, actions.erase_payee, spending, acts_clock())
    refused(NotEmpowered, actions.erase_payee, spending, treasurer(cast))
    refused(NotEmpowered, actions.erase_bank_reference, row, treasurer(cast))
    later = clock.now() + timedelta(days=3651)
    assert {due.reference for due in retention.plan(later)} == {
        row.reference, spending.reference, dismissed.reference, waiting.reference,
    }  # fmt: skip
    assert {"bank_reference", "payee"} <= {due.kind for due in plans.plan(later)}
    with clock.set_to(later):
        assert actions.tick() == 4 and actions.tick() == 0
    for matter in (row, spending, dismissed, waiting):
        matter.refresh_from_db()
    assert (row.bank_reference, spending.payee, spending.document, dismissed.payee) == ("", "", "", "")
    assert spending.payee_public == "Norrland Interpreters Ltd" and waiting.payee == ""
    refused(Unmet, actions.confirm_spending, waiting, cast.actor("jonas"))
    actions.dismiss_spending(waiting, cast.actor("anna"))
    assert left() == 75_000
    kept = Opening.objects.values_list("entry__matter", flat=True)
    assert not {row.reference, spending.reference, dismissed.reference} & set(kept)


def acts_clock() -> Any:
    from hemicycle.record.actors import CLOCK

    return CLOCK
