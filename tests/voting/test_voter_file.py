"""The addresses of a roll leave the house when two clerks agree, for these two, and for that roll only."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest

from hemicycle.record import clock
from hemicycle.record.acts import SamePerson
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from hemicycle.voting import actions
from hemicycle.voting.models import Vote, VoterFile
from tests.cast import Cast

from .balloting import send
from .conftest import hand_out, roll_of
from .test_actions import refused

Votes = Callable[..., Vote]


@pytest.fixture
def secret_roll(cast: Cast, called: Votes) -> Vote:
    for key in ("henri", "ilse"):
        cast.persons[key].email = f"{key}@example.org"
        cast.persons[key].save()
    return called("henri", "ilse", "katia", body="political_affairs")


def asked(cast: Cast, vote: Vote) -> VoterFile:
    file = VoterFile(vote=vote)
    actions.ask_voter_file(file, cast.actor("anna"))
    return file


def saves(cast: Cast, key: str, vote: Vote) -> bool:
    """Whether this person gets the file: signs for it, then fetches it."""
    for file in vote.voter_files.filter(state="handed_out"):
        with suppress(Unmet, NotEmpowered):
            actions.save_voter_file(file, cast.actor(key))
    answer = cast.client(key).get(f"/vote/{vote.reference}/roll.txt")
    assert answer.status_code in (200, 404)
    return bool(answer.status_code == 200)


def test_no_clerk_alone_takes_addresses_away(cast: Cast, secret_roll: Vote) -> None:
    file = asked(cast, secret_roll)
    assert not saves(cast, "anna", secret_roll)
    refused(SamePerson, actions.hand_out_voter_file, file, cast.actor("anna"))
    for key in ("greta", "henri", "marta", "nadia"):
        refused(NotEmpowered, actions.hand_out_voter_file, file, cast.actor(key))
        refused(NotEmpowered, actions.refuse_voter_file, file, cast.actor(key))
        refused(NotEmpowered, actions.ask_voter_file, VoterFile(vote=secret_roll), cast.actor(key))
    actions.hand_out_voter_file(file, cast.actor("bruno"))
    assert saves(cast, "anna", secret_roll) and saves(cast, "bruno", secret_roll)
    for key in ("greta", "henri", "marta"):
        assert not saves(cast, key, secret_roll)
    for key in ("greta", "marta"):
        refused(NotEmpowered, actions.save_voter_file, file, cast.actor(key))
    assert Entry.objects.filter(act="save_voter_file").count() == 2, "each saving is an entry"
    with clock.set_to(clock.now() + timedelta(minutes=6)):
        answer = cast.client("anna").get(f"/vote/{secret_roll.reference}/roll.txt")
        assert answer.status_code == 404, "a session alone takes nothing away later"
    entry = Entry.objects.get(act="hand_out_voter_file")
    assert entry.facts == {"vote": secret_roll.reference, "issue": 1, "voters": 2}


def test_it_is_for_one_roll_until_the_vote_opens(cast: Cast, secret_roll: Vote) -> None:
    file = asked(cast, secret_roll)
    refused(Unmet, actions.ask_voter_file, VoterFile(vote=secret_roll), cast.actor("bruno"))
    Vote.objects.filter(pk=secret_roll.pk).update(issue=2)
    refused(Unmet, actions.hand_out_voter_file, file, cast.actor("bruno"))
    secret_roll.refresh_from_db()
    newer = hand_out(cast, secret_roll)
    assert saves(cast, "bruno", secret_roll)
    Vote.objects.filter(pk=secret_roll.pk).update(issue=3)
    assert not saves(cast, "bruno", secret_roll), "they agreed on another roll"
    Vote.objects.filter(pk=secret_roll.pk).update(issue=2)
    secret_roll.refresh_from_db()
    refused(Unmet, actions.open_vote, secret_roll, cast.actor("anna"))
    actions.reissue_roll(secret_roll, cast.actor("anna"), roll=roll_of([cast.henri, cast.ilse]))
    actions.open_vote(secret_roll, cast.actor("anna"))
    assert not saves(cast, "anna", secret_roll), "somebody could vote twice"
    refused(OutOfOrder, actions.refuse_voter_file, newer, cast.actor("anna"))


def test_only_the_roll_of_a_secret_vote_before_it_opens(cast: Cast, called: Votes, secret_roll: Vote) -> None:
    refused(Unmet, actions.ask_voter_file, VoterFile(vote=called()), cast.actor("anna"))
    nobody = called("katia", "luca", body="political_affairs")
    refused(Unmet, actions.ask_voter_file, VoterFile(vote=nobody), cast.actor("anna"))
    file = asked(cast, secret_roll)
    actions.open_vote(secret_roll, cast.actor("anna"))
    refused(Unmet, actions.hand_out_voter_file, file, cast.actor("bruno"))


def test_a_refused_file_is_handed_to_nobody_and_may_be_asked_for_again(cast: Cast, secret_roll: Vote) -> None:
    actions.refuse_voter_file(asked(cast, secret_roll), cast.actor("bruno"))
    assert not saves(cast, "anna", secret_roll)
    hand_out(cast, secret_roll)
    assert saves(cast, "anna", secret_roll)


def test_it_is_asked_and_signed_in_the_pages_and_waits_on_the_other_clerks_desk(
    cast: Cast, secret_roll: Vote
) -> None:
    anna, bruno = cast.client("anna"), cast.client("bruno")
    send(anna, f"/matters/new/voting/ask_voter_file/?vote={secret_roll.reference}", {})
    file = VoterFile.objects.get()
    assert "voter file is handed out" in bruno.get("/desk/").content.decode()
    assert "voter file is handed out" not in anna.get("/desk/").content.decode()
    page = bruno.get(f"/matters/{file.reference}/").content.decode()
    assert "roll.txt" not in page and "@example.org" not in page
    send(bruno, f"/matters/{file.reference}/hand_out_voter_file/", {})
    assert Entry.objects.get(act="hand_out_voter_file").facts["signed"]
    for client in (anna, bruno):
        assert "roll.txt" not in client.get(f"/matters/{file.reference}/").content.decode()
        send(client, f"/matters/{file.reference}/save_voter_file/", {})
        assert "roll.txt" in client.get(f"/matters/{file.reference}/").content.decode()
    assert cast.client("henri").get(f"/matters/{file.reference}/").status_code == 404
    assert (
        "/matters/new/voting"
        not in cast.client("greta").get(f"/matters/{secret_roll.reference}/").content.decode()
    )
