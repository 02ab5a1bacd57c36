"""Reading keys and the custodian's key: what is kept, what is refused, and that no secret ever comes here."""

from __future__ import annotations

import json
from typing import Any

import pyrage
import pytest
from pytest_django import Settings

from hemicycle.people import actions, demonstration, queries, wraps
from hemicycle.people.models import Account, Custodian, ReaderKey
from hemicycle.record import acts, clock, references
from hemicycle.record.models import Entry, Opening
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from tests.cast import Cast

MAKE = "/matters/new/people/add_reader_key/"


def identity() -> str:
    return str(pyrage.x25519.Identity.generate())


SECRET = identity()
WRAP = wraps.with_passphrase(SECRET, "tavo remi")


def made(cast: Cast, key: str, secret: str = "") -> ReaderKey:
    secret = secret or identity()
    row = ReaderKey(person=cast.persons[key])
    actions.add_reader_key(
        row,
        cast.actor(key),
        recipient=wraps.recipient_of(secret),
        wraps=[WRAP],  # whether it opens, the server cannot tell
    )
    return row


def passkey_wrap(secret: str, credential: str = "Y3JlZA") -> wraps.Wrap:
    return wraps.with_output(secret, credential, b"o" * 32, b"s" * 32)


# Reading keys


def test_a_new_key_replaces_the_old_one_which_still_opens(cast: Cast) -> None:
    first, second = made(cast, "clara"), made(cast, "clara")
    first.refresh_from_db()
    assert (first.state, second.state) == ("replaced", "current")
    assert queries.reading_key(cast.clara) == second
    assert queries.opening_keys(cast.clara) == [second, first]
    entry = Entry.objects.get(matter=second.reference)
    assert entry.publicity == "sealed" and second.recipient not in json.dumps(entry.facts)
    assert entry.facts["opened_with"] == ["passphrase"]


@pytest.mark.parametrize(
    ("recipient", "given"),
    [
        ("age1nobody", [WRAP]),
        (SECRET, [WRAP]),
        ("", [WRAP]),
        (wraps.recipient_of(SECRET), []),
        (wraps.recipient_of(SECRET), ["words"]),
        (wraps.recipient_of(SECRET), [{**WRAP, "rounds": 1000}]),
        (wraps.recipient_of(SECRET), [{**WRAP, "rounds": True}]),
        (wraps.recipient_of(SECRET), [{**WRAP, "more": 1}]),
        (wraps.recipient_of(SECRET), [{**WRAP, "box": "AAAA"}]),
        (wraps.recipient_of(SECRET), [{**WRAP, "salt": 7}]),
        (wraps.recipient_of(SECRET), [{**WRAP, "kind": "prf"}]),
        (wraps.recipient_of(SECRET), [{**passkey_wrap(SECRET), "credential": "a b"}]),
        (wraps.recipient_of(SECRET), [WRAP] * 13),
        (wraps.recipient_of(demonstration.identity(3)), [WRAP]),
    ],
    ids=lambda value: "",  # drawn anew by each worker, and not for any log
)
def test_what_is_no_key_is_not_kept(cast: Cast, recipient: str, given: list[Any]) -> None:
    with pytest.raises(Unmet):
        actions.add_reader_key(
            ReaderKey(person=cast.clara), cast.actor("clara"), recipient=recipient, wraps=given
        )
    assert not ReaderKey.objects.exists() and not Entry.objects.exists()


def test_a_key_is_given_once_and_by_its_own_person_only(cast: Cast) -> None:
    made(cast, "clara", SECRET)
    with pytest.raises(Unmet):
        made(cast, "david", SECRET)
    with pytest.raises(NotEmpowered):
        actions.add_reader_key(
            ReaderKey(person=cast.david),
            cast.actor("anna"),
            recipient=wraps.recipient_of(identity()),
            wraps=[WRAP],
        )
    with pytest.raises(NotEmpowered):
        actions.replace_reader_key(ReaderKey.objects.get(), cast.actor("clara"))
    assert ReaderKey.objects.count() == 1


def test_one_more_passkey_opens_the_key_and_takes_the_place_of_its_older_wrap(cast: Cast) -> None:
    key = made(cast, "clara", SECRET)
    for _again in range(2):
        actions.add_wrap(key, cast.actor("clara"), wrap=passkey_wrap(SECRET))
    assert key.kinds == ["passphrase", "prf"]
    assert wraps.opened(key.wraps[1], str(key.recipient), output=b"o" * 32) == SECRET
    with pytest.raises(Unmet):
        actions.add_wrap(key, cast.actor("clara"), wrap={"kind": "prf"})
    with pytest.raises(NotEmpowered):
        actions.add_wrap(key, cast.actor("anna"), wrap=passkey_wrap(SECRET, "b3RoZXI"))
    key.refresh_from_db()
    assert key.kinds == ["passphrase", "prf"]


def test_a_revoked_key_keeps_no_wraps_and_nothing_is_sealed_to_it(cast: Cast) -> None:
    key = made(cast, "clara")
    with pytest.raises(NotEmpowered):
        actions.revoke_reader_key(key, cast.actor("anna"))
    actions.revoke_reader_key(key, cast.actor("clara"))
    assert key.wraps == [] and queries.reading_key(cast.clara) is None
    assert queries.opening_keys(cast.clara) == [] and queries.lacks_reading_key(cast.actor("clara"))
    with pytest.raises(OutOfOrder):
        actions.add_wrap(key, cast.actor("clara"), wrap=WRAP)


def test_of_an_erased_persons_key_nothing_is_kept(cast: Cast) -> None:
    from hemicycle.record.actors import CLOCK

    key = made(cast, "nadia")
    actions.erase_person(Account(person=cast.nadia), CLOCK)
    key.refresh_from_db()
    assert (key.recipient, key.wraps) == (None, [])
    assert queries.reading_key(cast.nadia) is None and queries.opening_keys(cast.nadia) == []
    assert not Opening.objects.filter(entry__matter=key.reference).exists()


def test_who_reads_files_and_has_no_key_is_told_on_the_first_page(cast: Cast) -> None:
    client = cast.client("clara")
    assert "Make your reading key" in client.get("/desk/").content.decode()
    assert "Make your reading key" not in cast.client("luca").get("/desk/").content.decode()
    made(cast, "clara")
    assert "Make your reading key" not in client.get("/desk/").content.decode()


# Pages


def form(client: Any, url: str = MAKE, **data: Any) -> Any:
    page = client.get(url)
    assert page.status_code == 200
    once = page.context["form"]["once"].value()
    return client.post(url, {"once": once, **data})


def test_a_key_is_kept_from_the_page_and_shown_to_nobody_else(cast: Cast) -> None:
    client = cast.client("clara")
    answer = form(client, recipient=wraps.recipient_of(SECRET), wraps=json.dumps([WRAP]))
    assert answer["Location"] == "/account/reading-key/"
    key = ReaderKey.objects.get()
    assert key.person == cast.clara and key.wraps == [WRAP]
    assert key.reference in client.get("/account/reading-key/").content.decode()
    assert "Your reading key" in client.get("/account/").content.decode()
    for other in ("anna", "david"):
        assert cast.client(other).get(f"/matters/{key.reference}/").status_code == 404
        assert key.reference not in cast.client(other).get("/account/reading-key/").content.decode()
    assert client.post(f"/matters/{key.reference}/revoke_reader_key/", {"once": "x" * 20}).status_code == 302
    assert ReaderKey.objects.get().state == "revoked"


def test_without_its_script_the_page_keeps_nothing_and_says_why(cast: Cast) -> None:
    answer = form(cast.client("clara"))
    assert answer.status_code == 422 and "only in a browser with script" in answer.content.decode()
    assert "The script of this page did not run." in answer.content.decode()
    for data in ("{}", "no json", '"text"'):
        assert form(cast.client("clara"), recipient="age1x", wraps=data).status_code == 422
    assert not ReaderKey.objects.exists()


@pytest.mark.parametrize("spaced", [False, True])
@pytest.mark.parametrize("field", ["recipient", "wraps", "anything"])
def test_a_form_that_holds_a_secret_key_is_refused_and_forgotten(
    cast: Cast, field: str, spaced: bool
) -> None:
    secret = identity()
    sent = secret.replace("-", " ").lower() if spaced else secret
    data = {"recipient": wraps.recipient_of(secret), "wraps": json.dumps([WRAP]), field: sent}
    answer = form(cast.client("clara"), **data)
    text = answer.content.decode()
    assert answer.status_code == 422 and "A secret key was in what you sent" in text
    assert sent not in text and wraps.recipient_of(secret) not in text
    assert not ReaderKey.objects.exists()


@pytest.mark.parametrize("path", [MAKE, "/account/reading-key/", "/matters/new/people/ask_custodian/"])
def test_pages_that_unseal_forbid_markup_from_text_and_are_not_cached(cast: Cast, path: str) -> None:
    page = cast.client("anna").get(path)
    policy = page["Content-Security-Policy"]
    assert "require-trusted-types-for 'script'" in policy and "trusted-types 'none'" in policy
    assert "script-src 'self'" in policy and "htmx" not in page.content.decode().split("</head>")[0].split(
        "</title>"
    )[1].replace("htmx-config", "")
    assert "no-store" in page["Cache-Control"]
    assert "trusted-types" not in cast.client("anna").get("/account/")["Content-Security-Policy"]


# The custodian


# Demonstration


def test_keys_of_the_demonstration_are_known_to_all_and_refused_elsewhere(
    cast: Cast, settings: Settings
) -> None:
    assert len(demonstration.recipients()) == demonstration.KEYS
    wrap = demonstration.wrap(5)
    recipient = wraps.recipient_of(demonstration.identity(5))
    assert wraps.opened(wrap, recipient, passphrase="demonstration") == demonstration.identity(5)
    with pytest.raises(Unmet):
        actions.add_reader_key(
            ReaderKey(person=cast.clara), cast.actor("clara"), recipient=recipient, wraps=[wrap]
        )
    settings.DEMONSTRATION = True
    Entry.objects.create(
        at=clock.now(), room="assembly", act="found", matter=references.new("FOND"), office="founder",
        actor="FOUNDER", article="assembly.found", charter="pace-2025/1.0", publicity="public",
        facts={"demonstration": True},
    )  # fmt: skip
    actions.add_reader_key(
        ReaderKey(person=cast.clara), cast.actor("clara"), recipient=recipient, wraps=[wrap]
    )
    assert queries.reading_key(cast.clara) is not None


def test_every_act_of_keys_has_a_page_or_is_inner(cast: Cast) -> None:
    from hemicycle.web import desk, views

    for row in desk.desks.values():
        if row.model in (ReaderKey, Custodian):
            for step in row.table.steps:
                assert views.has_page(row, acts.registry["people", step.act]), step.act
