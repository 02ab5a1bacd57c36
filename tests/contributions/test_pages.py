"""The pages of money: what everybody reads, a donor's receipt without an account, and the way of two people."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from hemicycle.contributions import actions
from hemicycle.contributions.models import Contribution, Spending
from hemicycle.instruments.ledger import verify
from hemicycle.record import clock
from hemicycle.record.log import sequencer, witnesses
from hemicycle.record.models import Entry

from ..cast import Cast
from ..record import keeping
from .making import BANK, DOCUMENT, DONOR, PAYEE, asked, paid, pledged, received, treasurer

LANGUAGES = ("", "/fr", "/ru")


def form(**fields: object) -> dict[str, object]:
    return {"once": uuid.uuid4().hex, **fields}


def text(client: Client, path: str, status: int = 200) -> str:
    page = client.get(path)
    assert page.status_code == status, page.content.decode()[:2000]
    return page.content.decode()


@pytest.fixture
def tove(cast: Cast) -> Any:
    treasurer(cast)
    return cast.client("tove")


PLEDGE = {"donor": DONOR, "donor_kind": "state", "amount": "1000.00", "purpose": "general"}
RECEIVE = {"amount": "999.50", "received_on": "2027-02-08", "bank_reference": BANK}
ASK = {"amount": "250.00", "purpose": "general", "payee": PAYEE, "document": DOCUMENT}


def test_the_way_from_a_pledge_to_a_payment(cast: Cast, tove: Any) -> None:
    assert "/treasury/" in text(tove, "/desk/")
    page = text(tove, "/treasury/")
    assert "/matters/new/contributions/pledge/" in page
    place = tove.post("/matters/new/contributions/pledge/", form(**PLEDGE))["Location"]
    assert DONOR in text(tove, place) and "receipt" not in text(tove, place).lower().split("<main", 1)[1]
    seen = Contribution.objects.get().version
    assert tove.post(f"{place}receive/", form(seen=seen, **RECEIVE))["Location"] == place
    row = Contribution.objects.get()
    assert (row.state, row.received) == ("received", 99_950)
    assert f"/contributions/{row.reference}/" in text(tove, place) and BANK in text(tove, place)
    assert "999.50\u00a0EUR" in text(Client(), "/contributions/")

    clerk, second = cast.client("anna"), cast.client("jonas")
    asked_at = clerk.post("/matters/new/contributions/ask_spending/", form(**ASK))["Location"]
    assert f"{asked_at}confirm_spending/" not in text(clerk, asked_at)
    assert asked_at in text(second, "/desk/") and asked_at not in text(clerk, "/desk/")
    assert PAYEE in text(second, asked_at) and DOCUMENT in text(second, asked_at)
    confirm = text(second, f"{asked_at}confirm_spending/")
    assert PAYEE in confirm and DOCUMENT in confirm and "250.00\u00a0EUR" in confirm
    seen = Spending.objects.get().version
    assert second.post(f"{asked_at}confirm_spending/", form(seen=seen))["Location"] == asked_at
    assert Spending.objects.get().state == "paid"
    assert "749.50\u00a0EUR" in text(Client(), "/contributions/")
    assert Entry.objects.get(act="confirm_spending").facts["signed"] == "passkey"


def test_refusals_keep_what_was_typed_and_say_why(cast: Cast, tove: Any) -> None:
    for wrong in (
        {"amount": "0"},
        {"amount": "1.005"},
        {"amount": "x"},
        {"purpose": "champagne"},
        {"donor": ""},
    ):
        answer = tove.post("/matters/new/contributions/pledge/", form(**{**PLEDGE, **wrong}))
        assert answer.status_code == 422, wrong
    answer = tove.post("/matters/new/contributions/pledge/", form(**{**PLEDGE, "amount": "1.005"}))
    assert "more than two decimals" in answer.content.decode() and DONOR in answer.content.decode()
    assert not Contribution.objects.exists()
    received(cast, "100.00")
    answer = cast.client("anna").post("/matters/new/contributions/ask_spending/", form(**ASK))
    assert answer.status_code == 422 and "100.00 is left, and 250.00 is asked for" in answer.content.decode()
    assert not Spending.objects.exists()


def test_the_pages_are_for_those_who_act_on_money(cast: Cast, tove: Any) -> None:
    rows = [received(cast), asked(cast)]
    assert Client().get("/treasury/").status_code == 302
    for key in ("clara", "greta", "luca", "quiet", "marta"):
        client = cast.client(key)
        assert client.get("/treasury/").status_code == 404
        assert "/treasury/" not in text(client, "/desk/")
        for row in rows:
            assert client.get(f"/matters/{row.reference}/").status_code == 404
    for key in ("anna", "jonas"):
        assert BANK not in text(cast.client(key), f"/matters/{rows[0].reference}/")
        assert text(cast.client(key), "/treasury/")
    assert "/matters/new/contributions/pledge/" not in text(cast.client("anna"), "/treasury/")
    assert cast.client("anna").get("/matters/new/contributions/pledge/").status_code == 403


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_every_page_opens_in_each_language(cast: Cast, tove: Any, prefix: str) -> None:
    for path in ("/contributions/", "/treasury/"):
        text(tove, prefix + path)
    open_, row, spending = pledged(cast, "20.00", "travel"), received(cast), asked(cast)
    paid(cast, "10.00", public="Norrland Interpreters Ltd")
    for path in ("/contributions/", f"/contributions/{row.reference}/"):
        text(Client(), prefix + path)
    for path in (
        "/treasury/", "/matters/new/contributions/pledge/", "/matters/new/contributions/ask_spending/",
        f"/matters/{open_.reference}/", f"/matters/{open_.reference}/receive/", f"/matters/{row.reference}/",
        f"/matters/{open_.reference}/withdraw_pledge/", f"/matters/{spending.reference}/",
        f"/matters/{spending.reference}/confirm_spending/", f"/matters/{spending.reference}/dismiss_spending/",
    ):  # fmt: skip
        text(tove, prefix + path)
    text(Client(), f"{prefix}/procedure")
    text(Client(), f"{prefix}/record")


def test_everybody_reads_donors_and_purposes_and_nobody_reads_of_people(cast: Cast, tove: Any) -> None:
    assert "Nothing has been received so far." in text(Client(), "/contributions/")
    (
        received(cast, "1234.50"),
        received(cast, "100.00", "travel"),
        pledged(cast, "77.00", donor="Duchy of Sund"),
    )
    paid(cast, "10.00"), paid(cast, "20.00", public="Norrland Interpreters Ltd"), asked(cast, "33.00")
    page = text(Client(), "/contributions/")
    for shown in (DONOR, "1,334.50\u00a0EUR", "Travel of participants", "Norrland Interpreters Ltd", "not public",
                  "Treasurer, Secretary General", "1,304.50\u00a0EUR", "The books add up to zero."):  # fmt: skip
        assert shown in page, shown
    for hidden in (PAYEE, DOCUMENT, BANK, "Duchy of Sund", "Tove", "Anna", "33.00"):
        assert hidden not in page, hidden
    assert "1\u00a0334,50\u00a0EUR" in text(Client(), "/fr/contributions/")
    assert Client().get("/contributions/").cookies == {}


def verified(told: str, folder: Path, tmp_path: Path) -> tuple[int, str]:
    """What the one-file verifier says offline, with two kept keys."""
    receipt, key, policy = tmp_path / "receipt.json", tmp_path / "key", tmp_path / "policy"
    receipt.write_text(told)
    key.write_text((folder / "receipt-key").read_text())
    policy.write_text((folder / "policy").read_text())
    given = ("--offline", "--receipt", receipt, "--receipt-key", key, "--policy", policy)
    return verify.main([str(each) for each in given]), ""


def test_a_donor_without_an_account_gets_the_promise_at_once_and_the_proof_later(
    cast: Cast, tove: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], settings: Any
) -> None:
    settings.DEMONSTRATION = True
    row = received(cast)
    visitor, path = Client(), f"/contributions/{row.reference}/receipt.json"
    assert "A signed promise" in text(visitor, f"/contributions/{row.reference}/")
    first = visitor.get(path)
    assert first["Content-Disposition"] == f'attachment; filename="receipt-{row.reference}.json"'
    told = json.loads(first.content)
    assert "proof" not in told and told["statement"]["facts"]["amount"] == 100_000
    with clock.set_to(clock.now() + timedelta(minutes=1)):
        sequencer.sequence()
        witnesses.cosign()
        again = json.loads(visitor.get(path).content)
        assert "With its proof" in text(visitor, f"/contributions/{row.reference}/")
    assert again["promise"] == told["promise"] and again["statement"] == told["statement"]
    assert verified(json.dumps(again), keeping.folder(), tmp_path)[0] == 0
    assert "its proof leads to" in capsys.readouterr().out
    assert verified(first.content.decode(), keeping.folder(), tmp_path)[0] == 0
    assert "it holds no proof yet" in capsys.readouterr().out
    spoiled = {
        **again,
        "statement": {**again["statement"], "facts": {**told["statement"]["facts"], "amount": 1}},
    }
    assert verified(json.dumps(spoiled), keeping.folder(), tmp_path)[0] == 1


def test_the_donors_receipt_says_nothing_of_who_acted_nor_of_the_bank(cast: Cast, tove: Any) -> None:
    row = received(cast)
    told = Client().get(f"/contributions/{row.reference}/receipt.json").content.decode()
    entry = Entry.objects.get(act="receive")
    for hidden in (entry.actor, BANK, "Tove", str(entry.once), '"actor"', '"at"', '"sealed_salt"'):
        assert hidden not in told, hidden


def test_the_same_form_sent_twice_leads_to_the_same_receipt(cast: Cast, tove: Any) -> None:
    row = pledged(cast)
    sent = form(seen=row.version, **RECEIVE)
    place = f"/matters/{row.reference}/receive/"
    assert tove.post(place, sent).status_code == 302
    before = Client().get(f"/contributions/{row.reference}/receipt.json").content
    assert tove.post(place, sent)["Location"] == f"/matters/{row.reference}/"
    assert Client().get(f"/contributions/{row.reference}/receipt.json").content == before
    assert Entry.objects.filter(act="receive").count() == 1


def test_there_is_no_receipt_of_what_did_not_come_in(cast: Cast, tove: Any) -> None:
    row, spending = pledged(cast), None
    received(cast)
    spending = asked(cast)
    for reference in (row.reference, spending.reference, "CTRB-AAAAAAAA", cast.anna.reference):
        for path in (f"/contributions/{reference}/", f"/contributions/{reference}/receipt.json"):
            assert Client().get(path).status_code == 404, path
    actions.withdraw_pledge(row, treasurer(cast))
    assert Client().get(f"/contributions/{row.reference}/").status_code == 404


def test_the_public_record_leads_to_the_receipt_and_to_the_spending(cast: Cast, tove: Any) -> None:
    row = received(cast)
    paid(cast)
    page = text(Client(), "/record")
    assert f'href="/contributions/{row.reference}/"' in page and 'href="/contributions/#spending"' in page
