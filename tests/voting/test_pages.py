"""The ballot over the pages: five taps, double clicks, old pages, late ballots, and who may look."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable

import pytest
from django.test import Client

from hemicycle.record import clock
from hemicycle.record.models import Entry
from hemicycle.voting import actions
from hemicycle.voting.models import Ballot, Vote
from tests.cast import Cast, signature_asked
from tests.passkeys import Passkey

from .balloting import LANGUAGES, checked, hidden
from .conftest import ballot, close
from .test_actions import picture

pytestmark = pytest.mark.django_db


Votes = Callable[..., Vote]


def test_a_ballot_takes_at_most_five_taps_from_the_desk(cast: Cast, opened: Votes) -> None:
    vote, client, taps = opened(), cast.client("henri"), 0
    desk = client.get("/desk/").content.decode()
    assert f"/vote/{vote.reference}/" in desk
    page = client.get(f"/vote/{vote.reference}/").content.decode()
    taps += 1  # the link
    assert 'value="for"' in page and f"/vote/{vote.reference}/check/" in page
    taps += 2  # the choice, Continue
    fields = checked(client, vote, "for")
    assert not Ballot.objects.exists()
    taps += 1  # Record my vote
    answer = client.post(f"/vote/{vote.reference}/cast/", fields)
    assert answer.status_code == 302 and answer["Location"].endswith("/recorded/")
    receipt = client.get(answer["Location"]).content.decode()
    assert "Recorded" in receipt and str(Entry.objects.get(act="cast").number) in receipt
    assert Ballot.objects.get().choice == "for" and taps <= 5
    assert f"/vote/{vote.reference}/" not in client.get("/desk/").content.decode()


def test_the_receipt_of_a_ballot_is_saved_and_sent_twice_is_the_same(cast: Cast, opened: Votes) -> None:
    vote, client = opened(), cast.client("henri")
    address = f"/vote/{vote.reference}/receipt.json"
    assert client.get(address).status_code == 404, "there is none before the ballot"
    fields = checked(client, vote, "for")
    client.post(f"/vote/{vote.reference}/cast/", fields)
    assert address in client.get(f"/vote/{vote.reference}/recorded/").content.decode()
    first = client.get(address)
    assert json.loads(first.content)["statement"]["act"] == "cast"
    client.post(f"/vote/{vote.reference}/cast/", fields)
    assert client.get(address).content == first.content
    assert Client().get(address).status_code == 302 and cast.client("ilse").get(address).status_code == 404


def test_the_receipt_of_a_secret_ballot_says_nothing_of_the_choice(cast: Cast, secret: Votes) -> None:
    vote, client = secret(), cast.client("henri")
    client.post(f"/vote/{vote.reference}/cast/", checked(client, vote, "against"))
    told = json.loads(client.get(f"/vote/{vote.reference}/receipt.json").content)
    assert "against" not in json.dumps(told)
    assert set(told["statement"]["facts"]) == {"position", "signed"}


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_every_page_of_the_ballot_is_small_and_works_in_each_language(
    cast: Cast, opened: Votes, secret: Votes, prefix: str
) -> None:
    client = cast.client("henri")
    pages = [{"label": f"Person {n}", "url": f"/people/{n}/"} for n in range(15)]
    for vote in (opened(pages=pages), secret(pages=pages)):
        base = f"{prefix}/vote/{vote.reference}/"
        seen = [client.get(f"{prefix}/vote/"), client.get(base), client.get(base + "turnout/")]
        seen.append(client.post(base + "check/", {"choice": "abstention"}))
        fields = hidden(seen[-1].content.decode())
        assert client.post(base + "cast/", fields).status_code == 302
        seen += [client.get(base + "recorded/"), client.get(base)]
        close(cast, vote)
        vote.refresh_from_db()
        seen.append(client.get(base))
        for page in seen:
            assert page.status_code == 200
            assert len(page.content) < 30_000
            assert "style=" not in page.content.decode() and "onclick" not in page.content.decode()
        assert "Person 14" in seen[1].content.decode()


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_a_page_of_the_ballot_leads_on_in_the_voters_language(cast: Cast, opened: Votes, prefix: str) -> None:
    vote = opened(pages=[{"label": "The rules", "url": "/charter"}])
    page = cast.client("henri").get(f"{prefix}/vote/{vote.reference}/").content.decode()
    assert f'<a href="{prefix}/charter">The rules</a>' in page


def test_the_choice_never_stands_in_an_address(cast: Cast, secret: Votes) -> None:
    vote, client = secret(), cast.client("henri")
    assert client.get(f"/vote/{vote.reference}/check/?choice=for").status_code == 405
    answer = client.post(f"/vote/{vote.reference}/cast/", checked(client, vote, "for"))
    assert "for" not in answer["Location"].split("/")


def test_a_double_click_and_a_replayed_form_record_one_ballot(cast: Cast, opened: Votes) -> None:
    vote, client = opened(), cast.client("henri")
    fields = checked(client, vote, "for")
    for _ in range(3):
        answer = client.post(f"/vote/{vote.reference}/cast/", fields)
        assert answer.status_code == 302 and answer["Location"].endswith("/recorded/")
    assert Entry.objects.filter(act="cast").count() == 1 == Ballot.objects.count()


def test_a_token_used_by_another_voter_records_nothing(cast: Cast, opened: Votes) -> None:
    vote = opened()
    fields = checked(cast.client("henri"), vote, "for")
    cast.client("henri").post(f"/vote/{vote.reference}/cast/", fields)
    answer = cast.client("ilse").post(f"/vote/{vote.reference}/cast/", fields)
    assert answer.status_code == 409 and b"Not received" in answer.content
    assert Ballot.objects.count() == 1


def test_ballots_of_others_do_not_make_a_page_old(cast: Cast, opened: Votes) -> None:
    vote, client = opened(), cast.client("henri")
    fields = checked(client, vote, "for")
    ballot(cast, vote, "ilse", "against")
    assert client.post(f"/vote/{vote.reference}/cast/", fields).status_code == 302


def test_a_page_from_before_a_new_issue_of_the_roll_is_refused(cast: Cast, opened: Votes) -> None:
    vote, client = opened(), cast.client("henri")
    fields = checked(client, vote, "for")
    actions.reissue_roll(vote, cast.actor("anna"))
    Vote.objects.filter(pk=vote.pk).update(issue=vote.issue + 1)
    before = picture()
    answer = client.post(f"/vote/{vote.reference}/cast/", fields)
    assert answer.status_code == 422 and "issued again" in answer.content.decode()
    assert picture() == before


def test_a_late_ballot_is_told_so_clearly_and_changes_nothing(cast: Cast, opened: Votes) -> None:
    vote, client = opened(), cast.client("henri")
    fields = checked(client, vote, "for")
    assert vote.closes_at is not None
    before = picture()
    with clock.set_to(vote.closes_at):
        answer = client.post(f"/vote/{vote.reference}/cast/", fields)
        text = answer.content.decode()
        assert answer.status_code == 409 and "Not received" in text and "Nothing was recorded" in text
        assert "being counted" in client.get(f"/vote/{vote.reference}/").content.decode()
    assert picture() == before


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"choice": "yes"}, 422),
        ({"choice": ""}, 422),
        ({"once": ""}, 422),
        ({"once": "x"}, 422),
        ({"once": "y" * 5000}, 422),
        ({"issue": "not a number"}, 422),
        ({"issue": "99"}, 422),
        ({"act": "change"}, 422),
        ({"choice": "for\x00"}, 422),
    ],
    ids=str,
)
def test_bad_input_gets_a_clear_answer_and_changes_nothing(
    cast: Cast, opened: Votes, wrong: dict[str, str], status: int
) -> None:
    vote, client = opened(), cast.client("henri")
    fields = checked(client, vote, "for")
    before = picture()
    answer = client.post(f"/vote/{vote.reference}/cast/", {**fields, **wrong})
    assert answer.status_code == status and "Not received" in answer.content.decode()
    assert picture() == before


def test_continuing_without_a_choice_says_so(cast: Cast, opened: Votes) -> None:
    vote = opened()
    answer = cast.client("henri").post(f"/vote/{vote.reference}/check/", {})
    assert answer.status_code == 422 and "Choose one of the three" in answer.content.decode()


def test_whoever_was_signed_out_learns_that_nothing_was_recorded(cast: Cast, opened: Votes) -> None:
    vote, client = opened(), cast.client("henri")
    fields = checked(client, vote, "for")
    client.logout()
    answer = client.post(f"/vote/{vote.reference}/cast/", fields)
    assert answer.status_code == 403 and "signed out" in answer.content.decode()
    assert client.get(f"/vote/{vote.reference}/").status_code == 302
    assert not Ballot.objects.exists()


def test_a_vote_is_not_to_be_found_by_whoever_is_not_on_its_roll(cast: Cast, opened: Votes) -> None:
    vote = opened("henri", "ilse")
    client = cast.client("luca")
    data = {"choice": "for", "once": uuid.uuid4().hex, "issue": 1, "act": "cast"}
    for page in ("", "turnout/", "recorded/"):
        assert client.get(f"/vote/{vote.reference}/{page}").status_code == 404
    assert client.post(f"/vote/{vote.reference}/cast/", data).status_code == 404
    assert client.get("/vote/VOTE-22222222/").status_code == 404


def test_a_clerk_sees_the_vote_and_cannot_vote(cast: Cast, opened: Votes) -> None:
    vote, client = opened(), cast.client("anna")
    assert 'value="for"' not in client.get(f"/vote/{vote.reference}/").content.decode()
    data = {"choice": "for", "once": uuid.uuid4().hex, "issue": vote.issue, "act": "cast"}
    answer = client.post(f"/vote/{vote.reference}/cast/", data)
    assert answer.status_code == 403 and not Ballot.objects.exists()


def test_no_page_shows_a_running_result(cast: Cast, opened: Votes) -> None:
    vote = opened()
    ballot(cast, vote, "henri", "against")
    ballot(cast, vote, "ilse", "against")
    for key in ("anna", "greta", "katia"):
        client = cast.client(key)
        for page in (
            f"/vote/{vote.reference}/",
            f"/vote/{vote.reference}/turnout/",
            f"/matters/{vote.reference}/",
        ):
            text = client.get(page).content.decode()
            assert "2 of 4 have voted" in text
            assert "Outcome" not in text and "Rejected" not in text and "0–2–0" not in text


def test_the_live_turnout_stops_asking_after_the_close(cast: Cast, opened: Votes) -> None:
    vote, client = opened(), cast.client("henri")
    part = client.get(f"/vote/{vote.reference}/turnout/", headers={"HX-Request": "true"})
    assert part.status_code == 200 and b"<html" not in part.content and b"every 10s" in part.content
    close(cast, vote)
    part = client.get(f"/vote/{vote.reference}/turnout/", headers={"HX-Request": "true"})
    assert part.status_code == 286 and b"every 10s" not in part.content


def test_an_open_vote_is_changed_over_the_same_pages(cast: Cast, opened: Votes) -> None:
    vote, client = opened(), cast.client("henri")
    client.post(f"/vote/{vote.reference}/cast/", checked(client, vote, "for"))
    fields = checked(client, vote, "against")
    assert fields["act"] == "change"
    assert client.post(f"/vote/{vote.reference}/cast/", fields).status_code == 302
    assert Ballot.objects.get().choice == "against"


def test_the_page_of_a_secret_vote_says_what_an_operator_could_learn(cast: Cast, secret: Votes) -> None:
    vote, client = secret(), cast.client("henri")
    assert "operates the server" in client.get(f"/vote/{vote.reference}/").content.decode()
    fields = checked(client, vote, "for")
    receipt = client.post(f"/vote/{vote.reference}/cast/", fields, follow=True).content.decode()
    assert "proves that you took part" in receipt and "<dd>For</dd>" not in receipt
    assert client.post(f"/vote/{vote.reference}/check/", {"choice": "against"}).status_code == 302


def test_an_unsigned_ballot_is_not_recorded_and_the_page_asks_for_the_signature(
    cast: Cast, opened: Votes
) -> None:
    vote, client = opened(), cast.client("henri")
    client.signs = False
    fields = {name: value for name, value in checked(client, vote, "for").items() if name != "signing"}
    answer = client.post(f"/vote/{vote.reference}/cast/", fields)
    assert answer.status_code == 422 and "not signed" in answer.content.decode()
    assert 'name="choice" value="for"' in answer.content.decode()
    assert not Ballot.objects.exists() and not Entry.objects.filter(act="cast").exists()


@pytest.mark.parametrize(("is_secret", "status"), [(False, 422), (True, 302)])
def test_the_signature_binds_the_choice_of_an_open_ballot_and_never_that_of_a_secret_one(
    cast: Cast, opened: Votes, secret: Votes, is_secret: bool, status: int
) -> None:
    """Of a secret vote the statement holds the vote: the same signature fits whatever was chosen (procedure 5.5)."""
    vote, client = (secret if is_secret else opened)(), cast.client("henri")
    client.signs, key = False, Passkey().give_to(cast.henri)
    page = client.post(f"/vote/{vote.reference}/check/", {"choice": "for"})
    fields = {**hidden(page.content.decode()), **key.signed(signature_asked(page)), "choice": "against"}
    assert client.post(f"/vote/{vote.reference}/cast/", fields).status_code == status
    assert Entry.objects.filter(act="cast").count() == (1 if is_secret else 0)


def test_a_signature_for_one_vote_records_no_ballot_in_another(cast: Cast, opened: Votes) -> None:
    one, other, client = opened(), opened(), cast.client("henri")
    client.signs, key = False, Passkey().give_to(cast.henri)
    page = client.post(f"/vote/{one.reference}/check/", {"choice": "for"})
    fields = {**hidden(page.content.decode()), **key.signed(signature_asked(page))}
    assert client.post(f"/vote/{other.reference}/cast/", fields).status_code == 422
    assert not Ballot.objects.exists()
