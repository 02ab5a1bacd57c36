"""What one clerk asks for and another does: the codes of civil society, and the end of a consultation that is open."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hemicycle.consultations import actions, answering, queries
from hemicycle.consultations.models import (
    Code,
    CodeOrder,
    Secret,
    Vote,
    Withdrawal,
)
from hemicycle.consultations.procedure import ConsultationState, RequestState
from hemicycle.record import clock
from hemicycle.record.acts import SamePerson
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder

from ..cast import Cast
from . import making
from .making import YES

C = ConsultationState


def test_neither_clerk_alone_comes_in_with_a_code(cast: Cast) -> None:
    row = making.opened(cast, civil_society=True)
    first, second, order = making.halves(2), making.halves(2), CodeOrder(consultation=row)
    actions.ask_codes(order, cast.actor("anna"), halves=first)
    assert not Code.objects.exists() and not [each for each in first if each in str(order.halves)]
    with pytest.raises(SamePerson):
        actions.make_codes(order, cast.actor("anna"), halves=second)
    with pytest.raises(Unmet, match="one second half for each"):
        actions.make_codes(order, cast.actor("bruno"), halves=second[:1])
    with pytest.raises(Unmet, match="begun already"):
        actions.ask_codes(CodeOrder(consultation=row), cast.actor("bruno"), halves=first)
    assert not Code.objects.exists() and order.state == RequestState.ASKED
    actions.make_codes(order, cast.actor("bruno"), halves=second)
    a, b = (f"{one}-{two}" for one, two in zip(first, second, strict=True))
    assert answering.is_code(row, a) and answering.is_code(row, b.lower().replace("-", " "))
    crossed = (
        f"{first[0]}-{second[1]}",
        f"{second[0]}-{first[0]}",
        first[0],
        second[0],
        f"{first[0]}-{first[0]}",
    )
    assert not [code for code in crossed if answering.is_code(row, code)]
    assert CodeOrder.objects.get().halves == [], "nothing tells whether a single half is right"
    made = Entry.objects.get(act="make_codes")
    assert (made.publicity, made.facts["codes"]) == ("public", 2)
    assert Entry.objects.get(act="ask_codes").publicity == "house"


def test_codes_are_made_only_where_civil_society_is_invited_and_not_without_end(cast: Cast) -> None:
    with pytest.raises(Unmet):
        making.code(cast, making.opened(cast))
    row = making.opened(cast, civil_society=True)
    making.code(cast, row)
    for number, says in ((500, "1 are made already"), (0, "at most")):
        with pytest.raises(Unmet, match=says):
            actions.ask_codes(
                CodeOrder(consultation=row), cast.actor("anna"), halves=[str(n) for n in range(number)]
            )
    order = CodeOrder(consultation=row)
    with pytest.raises(NotEmpowered):
        actions.ask_codes(order, cast.actor("luca"), halves=["x"])
    actions.ask_codes(order, cast.actor("anna"), halves=["x"])
    with pytest.raises(NotEmpowered):
        actions.make_codes(order, cast.actor("luca"), halves=["y"])
    with clock.set_to(row.closes_at), pytest.raises(OutOfOrder):
        actions.make_codes(order, cast.actor("bruno"), halves=["y"])
    assert Code.objects.count() == 1


def test_codes_that_were_begun_are_dismissed_and_worth_nothing(cast: Cast) -> None:
    row = making.prepared(cast, civil_society=True)
    order, other = CodeOrder(consultation=row), CodeOrder(consultation=row)
    actions.ask_codes(order, cast.actor("anna"), halves=making.halves())
    actions.dismiss_codes(order, cast.actor("anna"))
    with pytest.raises(OutOfOrder):
        actions.make_codes(order, cast.actor("bruno"), halves=making.halves())
    actions.ask_codes(other, cast.actor("bruno"), halves=making.halves())
    actions.make_codes(other, cast.actor("anna"), halves=making.halves())
    assert Code.objects.count() == 1
    assert Entry.objects.get(act="make_codes").publicity == "house", (
        "nobody outside knows of the consultation"
    )


def test_what_was_asked_for_and_not_done_ends_with_the_consultation(cast: Cast) -> None:
    row = making.opened(cast, civil_society=True)
    order, withdrawal = CodeOrder(consultation=row), Withdrawal(consultation=row)
    actions.ask_codes(order, cast.actor("anna"), halves=making.halves())
    actions.ask_withdrawal(withdrawal, cast.actor("anna"), reasons="A slip.", language="en")
    assert queries.asked_of(cast.actor("bruno")) == [withdrawal, order]
    assert not queries.asked_of(cast.actor("anna")) and not queries.asked_of(cast.actor("luca"))
    making.closed(row)
    bruno = cast.actor("bruno")
    with clock.set_to(row.closes_at):
        assert not queries.asked_of(bruno), "neither waits for anybody, though the clock has not come to them"
        with pytest.raises(OutOfOrder):
            actions.make_codes(order, bruno, halves=making.halves())
        with pytest.raises(OutOfOrder):
            actions.confirm_withdrawal(withdrawal, bruno)
        assert actions.tick() == 2 and actions.tick() == 0
    for each in (order, withdrawal):
        each.refresh_from_db()
        assert each.state == RequestState.DISMISSED
    assert order.halves == [] and not Code.objects.exists()


def test_codes_begun_end_with_the_withdrawal_which_counts_those_that_were_made(cast: Cast) -> None:
    row = making.opened(cast, civil_society=True)
    making.code(cast, row)
    order = CodeOrder(consultation=row)
    actions.ask_codes(order, cast.actor("anna"), halves=making.halves())
    making.withdrawn(cast, row)
    assert Entry.objects.get(act="withdraw_open").facts["codes"] == 1 and not Code.objects.exists()
    with pytest.raises(OutOfOrder):
        actions.make_codes(order, cast.actor("bruno"), halves=making.halves())
    assert actions.tick() == 1
    order.refresh_from_db()
    assert (order.state, order.halves) == (RequestState.DISMISSED, [])


def test_nobody_alone_withdraws_what_is_open_and_nobody_after_it_closed(cast: Cast) -> None:
    row = making.opened(cast)
    making.answer(row, "person:1", [YES])
    anna, withdrawal = cast.actor("anna"), Withdrawal(consultation=row)
    with pytest.raises(OutOfOrder):
        actions.withdraw(row, anna, reasons="Alone.", language="en")
    with pytest.raises(NotEmpowered):
        actions.withdraw_open(row, anna, reasons="Alone.", language="en")
    for wrong in ({"reasons": " ", "language": "en"}, {"reasons": "Why.", "language": "de"}):
        with pytest.raises(Unmet):
            actions.ask_withdrawal(withdrawal, anna, **wrong)
    with pytest.raises(NotEmpowered):
        actions.ask_withdrawal(withdrawal, cast.actor("luca"), reasons="Why.", language="en")
    actions.ask_withdrawal(withdrawal, anna, reasons="A proposition was unclear.", language="en")
    with pytest.raises(Unmet, match="asked for already"):
        actions.ask_withdrawal(
            Withdrawal(consultation=row), cast.actor("bruno"), reasons="Too.", language="en"
        )
    with pytest.raises(SamePerson):
        actions.confirm_withdrawal(withdrawal, anna)
    with clock.set_to(row.closes_at), pytest.raises(OutOfOrder):
        actions.confirm_withdrawal(withdrawal, cast.actor("bruno"))
    row.refresh_from_db()
    assert row.is_open and Vote.objects.exists() and row.reasons == ""
    actions.confirm_withdrawal(withdrawal, cast.actor("bruno"))
    row.refresh_from_db()
    assert not Vote.objects.exists() and not Secret.objects.exists() and row.state == C.WITHDRAWN
    assert row.reasons == "A proposition was unclear."


def test_a_request_that_was_dismissed_withdraws_nothing_and_none_is_made_after_the_end(cast: Cast) -> None:
    row = making.opened(cast)
    withdrawal, late = Withdrawal(consultation=row), Withdrawal(consultation=row)
    actions.ask_withdrawal(withdrawal, cast.actor("anna"), reasons="A slip.", language="en")
    actions.dismiss_withdrawal(withdrawal, cast.actor("bruno"))
    with pytest.raises(OutOfOrder):
        actions.confirm_withdrawal(withdrawal, cast.actor("bruno"))
    with clock.set_to(row.closes_at), pytest.raises(Unmet, match="Only an open consultation"):
        actions.ask_withdrawal(late, cast.actor("anna"), reasons="The answers do not please.", language="en")
    row.refresh_from_db()
    assert row.is_open and late.pk is None


def test_one_that_was_never_opened_is_withdrawn_by_one_clerk_with_reasons(cast: Cast) -> None:
    row = making.prepared(cast, civil_society=True)
    making.code(cast, row)
    with pytest.raises(Unmet):
        actions.withdraw(row, cast.actor("anna"), reasons=" ", language="en")
    with pytest.raises(NotEmpowered):
        actions.withdraw(row, cast.actor("luca"), reasons="No.", language="en")
    assert Code.objects.exists()
    actions.withdraw(row, cast.actor("anna"), reasons="It was not needed.", language="en")
    assert row.state == C.WITHDRAWN and not Code.objects.exists()


@pytest.mark.parametrize("was_open", [False, True])
def test_the_record_of_a_withdrawal_is_public_only_where_the_consultation_was(
    cast: Cast, was_open: bool
) -> None:
    row = making.opened(cast) if was_open else making.prepared(cast)
    if was_open:
        making.withdrawn(cast, row)
    else:
        actions.withdraw(row, cast.actor("anna"), reasons="It was not needed.", language="en")
    assert row.withdrawn_at is not None
    with clock.set_to(row.withdrawn_at + timedelta(days=90)):
        assert actions.tick() == 1
    for act in ("withdraw_open" if was_open else "withdraw", "erase_answers"):
        entry = Entry.objects.get(act=act, matter=row.reference)
        assert entry.publicity == ("public" if was_open else "house"), act
