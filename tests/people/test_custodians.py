"""The custodian's key: made, confirmed by the second holder, retired by two."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.people import actions, demonstration, queries, wraps
from hemicycle.people.models import Custodian
from hemicycle.record.acts import SamePerson
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from tests.cast import Cast

from .test_keys import form, identity


def asked(cast: Cast, by: str = "anna", two: str = "marta", **given: Any) -> Custodian:
    row = Custodian()
    words = {
        "recipient": wraps.recipient_of(identity()),
        "holder_two": cast.persons[two],
        "check_one": "0" * 16,
        "check_two": "1" * 16,
    }
    actions.ask_custodian(row, cast.actor(by), **{**words, **given})
    return row


def test_a_custodian_is_in_force_when_the_second_holder_has_read_the_own_sheet(cast: Cast) -> None:
    custodian = asked(cast)
    assert queries.custodian() is None
    with pytest.raises(Unmet):
        actions.confirm_custodian(custodian, cast.actor("marta"), check="0" * 16)
    for other in ("bruno", "anna"):
        with pytest.raises(NotEmpowered):
            actions.confirm_custodian(custodian, cast.actor(other), check="1" * 16)
    actions.confirm_custodian(custodian, cast.actor("marta"), check="1" * 16)
    assert queries.custodian() == custodian and custodian.state == "in_force"
    later = asked(cast, "marta", "bruno")
    actions.confirm_custodian(later, cast.actor("bruno"), check="1" * 16)
    assert queries.custodian() == later


def test_a_key_asked_for_before_a_newer_one_came_into_force_is_withdrawn(cast: Cast) -> None:
    early, newer = asked(cast), asked(cast, "marta", "bruno")
    actions.confirm_custodian(newer, cast.actor("bruno"), check="1" * 16)
    with pytest.raises(Unmet, match="newer key"):
        actions.confirm_custodian(early, cast.actor("marta"), check="1" * 16)
    assert queries.custodian() == newer


@pytest.mark.parametrize(
    ("by", "two", "given"),
    [
        ("anna", "bruno", {}),  # two of one office
        ("anna", "anna", {}),
        ("anna", "clara", {}),
        ("anna", "marta", {"check_two": "0" * 16}),
        ("anna", "marta", {"check_one": "words"}),
        ("anna", "marta", {"recipient": "age1nobody"}),
        ("anna", "marta", {"recipient": wraps.recipient_of(demonstration.identity(0))}),
    ],
)
def test_a_custodian_has_two_holders_of_two_offices_and_a_key_of_its_own(
    cast: Cast, by: str, two: str, given: Any
) -> None:
    with pytest.raises(Unmet):
        asked(cast, by, two, **given)
    assert not Custodian.objects.exists()


def test_nobody_else_makes_or_sees_a_custodian(cast: Cast) -> None:
    with pytest.raises(NotEmpowered):
        asked(cast, "clara")
    custodian = asked(cast)
    for path in (
        "/custodians/",
        f"/matters/{custodian.reference}/",
        f"/custodians/{custodian.reference}/try/",
    ):
        assert cast.client("bruno").get(path).status_code == 200
        assert cast.client("clara").get(path).status_code in (403, 404)
    assert cast.client("bruno").get("/custodians/CUST-NOTHING/try/").status_code == 404


def test_a_custodian_retires_by_two_and_may_be_kept(cast: Cast) -> None:
    custodian = asked(cast)
    actions.confirm_custodian(custodian, cast.actor("marta"), check="1" * 16)
    actions.ask_retirement(custodian, cast.actor("anna"))
    assert queries.custodian() == custodian
    with pytest.raises(SamePerson):
        actions.confirm_retirement(custodian, cast.actor("anna"))
    assert "Decide on the custodian" in cast.client("bruno").get("/desk/").content.decode()
    assert "Decide on the custodian" not in cast.client("anna").get("/desk/").content.decode()
    with pytest.raises(NotEmpowered):
        actions.keep_custodian(custodian, cast.actor("clara"))
    actions.keep_custodian(custodian, cast.actor("anna"))
    with pytest.raises(OutOfOrder):
        actions.confirm_retirement(custodian, cast.actor("bruno"))
    actions.ask_retirement(custodian, cast.actor("marta"))
    actions.confirm_retirement(custodian, cast.actor("bruno"))
    assert queries.custodian() is None


def test_a_custodian_whose_sheet_was_lost_is_withdrawn(cast: Cast) -> None:
    custodian = asked(cast)
    with pytest.raises(NotEmpowered):
        actions.withdraw_custodian(custodian, cast.actor("clara"))
    actions.withdraw_custodian(custodian, cast.actor("marta"))
    with pytest.raises(OutOfOrder):
        actions.confirm_custodian(custodian, cast.actor("marta"), check="1" * 16)
    with pytest.raises(OutOfOrder):
        actions.ask_retirement(custodian, cast.actor("marta"))


def test_the_second_holder_confirms_on_the_own_page(cast: Cast) -> None:
    custodian = asked(cast)
    client = cast.client("marta")
    assert "Decide on the custodian" in client.get("/desk/").content.decode()
    url = f"/matters/{custodian.reference}/confirm_custodian/"
    assert form(client, url, check="2" * 16).status_code == 422
    assert form(client, url, check="1" * 16).status_code == 302
    assert queries.custodian() == custodian
