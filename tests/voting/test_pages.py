"""The ballot over the pages: five taps, double clicks, old pages, late ballots, and who may look."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hemicycle.assembly.models import Body, BodySeat
from hemicycle.record import clock, references
from hemicycle.record.models import Entry
from hemicycle.voting import actions, queries
from hemicycle.voting.models import Ballot, DeskBallot, Vote
from tests.cast import Cast

from .conftest import ballot, founding_vote
from .test_actions import picture

pytestmark = pytest.mark.django_db
Votes = Callable[..., Vote]
LANGUAGES = ("", "/fr", "/ru")


def hidden(html: str) -> dict[str, str]:
    """The hidden fields of the form on a page, as a browser would send them."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))


def checked(client: Client, vote: Vote, choice: str) -> dict[str, str]:
    page = client.post(f"/vote/{vote.reference}/check/", {"choice": choice})
    assert page.status_code == 200
    fields = hidden(page.content.decode())
    fields.pop("csrfmiddlewaretoken", None)
    return fields


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
        actions.close(vote, cast.actor("anna"))
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
    actions.close(vote, cast.actor("anna"))
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


@pytest.mark.parametrize(
    ("prefix", "words"),
    [
        ("", ["unanimous", "80–0–4", "Abstentions by delegation"]),
        ("/fr", ["unanimité", "80–0–4", "Abstentions par délégation"]),
        ("/ru", ["единогласно", "80–0–4", "Воздержавшиеся по делегациям"]),
    ],
)
def test_the_founding_vote_says_unanimous_and_its_figures_in_three_languages(
    cast: Cast, prefix: str, words: list[str]
) -> None:
    vote = founding_vote(cast)
    actions.confirm_elsewhere(vote, cast.actor("bruno"))
    text = cast.client("anna").get(f"{prefix}/matters/{vote.reference}/").content.decode()
    for word in words:
        assert word in text


def bureau(cast: Cast) -> None:
    """A Bureau of three who sit, for the forms that take their roll from the body."""
    body = Body.objects.create(
        code="bureau", kind="bureau", name_en="Bureau", name_fr="Bureau", name_ru="Бюро",
        reference=references.new("BODY"), state="formed", created_at=clock.now(),
    )  # fmt: skip
    for key, capacity in (("greta", "president"), ("henri", "group_chair"), ("ilse", "vice_president")):
        person = cast.persons[key]
        BodySeat.objects.create(
            body=body, person=person, name=person.shown_name, capacity=capacity, held_from=clock.now()
        )


def send(client: Client, url: str, fields: dict[str, Any]) -> Any:
    page = client.get(url)
    assert page.status_code == 200, url
    return client.post(url, {**hidden(page.content.decode()), **fields})


def test_a_clerk_calls_opens_and_closes_a_free_question_over_the_pages(cast: Cast) -> None:
    bureau(cast)
    client = cast.client("anna")
    texts = {f"question_{code}": f"Question {code}" for code in ("en", "fr", "ru")}
    answer = send(client, "/matters/new/voting/call_vote/", {**texts, "body": "bureau", "manner": "sitting"})
    assert answer.status_code == 302
    vote = Vote.objects.get()
    assert vote.state == "called" and vote.roll.count() == 3
    assert send(client, f"/matters/{vote.reference}/open_vote/", {}).status_code == 302
    vote.refresh_from_db()
    ballot(cast, vote, "henri", "for")
    ballot(cast, vote, "ilse", "for")
    assert "The roll" in client.get(f"/matters/{vote.reference}/").content.decode()
    assert send(client, f"/matters/{vote.reference}/close/", {}).status_code == 302
    text = client.get(f"/matters/{vote.reference}/").content.decode()
    assert "2–0–0" in text and "How this was counted" in text


def test_a_vote_that_opens_by_itself_needs_a_closing_time(cast: Cast) -> None:
    bureau(cast)
    texts = {f"question_{code}": "Question" for code in ("en", "fr", "ru")}
    fields = {**texts, "body": "bureau", "manner": "written", "opens_at": "2027-03-01T10:00"}
    answer = send(cast.client("anna"), "/matters/new/voting/call_vote/", fields)
    assert answer.status_code == 422 and not Vote.objects.exists()


CSV = "name;delegation;group;choice\nAda Norrgård;SE;SOC;for\nBeat Zurbriggen;CH;;abstention\n"


@pytest.mark.parametrize(
    ("text", "good"),
    [
        (CSV, True),
        (CSV.replace(";", ","), True),
        (CSV.replace("abstention", "maybe"), False),
        ("who;how\nA;for\n", False),
        ("name;delegation;choice\n;SE;for\n", False),
    ],
)
def test_individual_votes_come_in_as_a_file(cast: Cast, text: str, good: bool) -> None:
    bureau(cast)
    fields: dict[str, Any] = {f"question_{code}": "Question" for code in ("en", "fr", "ru")}
    fields |= {
        "body": "bureau",
        "held_on": "2027-01-20",
        "form": "individual_votes",
        "source": "Report, p. 4",
    }
    fields["file"] = SimpleUploadedFile("votes.csv", text.encode())
    answer = send(cast.client("anna"), "/matters/new/voting/record_elsewhere/", fields)
    assert (answer.status_code == 302) is good
    assert Vote.objects.exists() is good
    if good:
        vote = Vote.objects.get()
        actions.confirm_elsewhere(vote, cast.actor("bruno"))
        assert [v.choice for v in queries.individual_votes(vote)] == ["for", "abstention"]


def test_a_file_that_is_not_text_loses_nothing_of_the_form(cast: Cast) -> None:
    bureau(cast)
    fields: dict[str, Any] = {f"question_{code}": f"Kept {code}" for code in ("en", "fr", "ru")}
    fields |= {"body": "bureau", "held_on": "2027-01-20", "form": "individual_votes", "source": "Report"}
    fields["file"] = SimpleUploadedFile("votes.csv", b"\xff\xfe\x00binary")
    answer = send(cast.client("anna"), "/matters/new/voting/record_elsewhere/", fields)
    assert answer.status_code == 422 and "Kept ru" in answer.content.decode()


def test_a_ballot_at_the_desk_over_the_pages(cast: Cast, opened: Votes) -> None:
    vote = opened()
    line = vote.roll.get(person=cast.henri)
    url = f"/matters/new/voting/cast_at_desk/?vote={vote.reference}"
    assert send(cast.client("anna"), url, {"line": line.pk, "choice": "for"}).status_code == 302
    made = DeskBallot.objects.get()
    url = f"/matters/{made.reference}/confirm_desk_ballot/"
    assert send(cast.client("bruno"), url, {"confirmation": "signed"}).status_code == 302
    assert Ballot.objects.get().choice == "for"
    assert "at the desk" in cast.client("henri").get(f"/vote/{vote.reference}/recorded/").content.decode()
    assert cast.client("ilse").get(f"/matters/{made.reference}/").status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_roll(
    cast: Cast, opened: Votes, django_assert_max_num_queries: Any
) -> None:
    client = cast.client("henri")
    few, many = (
        opened("greta", "henri"),
        opened("greta", "henri", "ilse", "katia", "luca", "anna", "bruno", "clara"),
    )
    client.get(f"/vote/{few.reference}/")  # the first page of a process reads templates and the charter
    counts = []
    for vote in (few, many):
        with django_assert_max_num_queries(45) as counted:
            client.get(f"/vote/{vote.reference}/")
        counts.append(len(counted.captured_queries))
    assert counts[0] == counts[1]


def test_the_roll_of_a_secret_vote_goes_to_belenios_before_anybody_votes_here(
    cast: Cast, called: Votes
) -> None:
    for key in ("henri", "ilse"):
        person = cast.persons[key]
        person.email = f"{key}@example.org"
        person.save()
    vote = called("henri", "ilse", "katia", body="political_affairs")
    address = f"/vote/{vote.reference}/roll.txt"
    page = cast.client("anna").get(f"/matters/{vote.reference}/").content.decode()
    assert address in page and "1 voter has no address" in page
    assert "/matters/new/voting/record_elsewhere/" in page
    told = cast.client("anna").get(address)
    lines = [f"{key}@example.org,{cast.persons[key].reference}" for key in ("henri", "ilse")]
    assert told.content.decode().split() == lines
    assert told["Content-Disposition"].startswith("attachment")
    for key in ("henri", "greta", "nadia"):
        assert cast.client(key).get(address).status_code == 404
    actions.open_vote(vote, cast.actor("anna"))
    assert cast.client("anna").get(address).status_code == 404, "somebody could vote twice"
    assert cast.client("anna").get(f"/vote/{called().reference}/roll.txt").status_code == 404, "an open vote"


def test_the_list_shows_open_votes_first(cast: Cast, opened: Votes, called: Votes) -> None:
    first, _later = opened(question_en="Open one?"), called(question_en="Only called?")
    text = cast.client("henri").get("/vote/").content.decode()
    assert text.index("Open one?") < text.index("Only called?")
    assert "not yet" in text
    with clock.set_to(clock.now() + timedelta(days=30)):
        assert first.standing(clock.now()) == "counting"
