"""The pages of the clerks: votes called, closed, recorded from elsewhere, ballots at the desk, the roll."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hemicycle.assembly.models import Body, BodySeat
from hemicycle.record import clock, references
from hemicycle.voting import actions, queries
from hemicycle.voting.models import Ballot, DeskBallot, Vote
from tests.cast import Cast

from .balloting import LANGUAGES, send
from .conftest import ballot, founding_vote, hand_out

pytestmark = pytest.mark.django_db
Votes = Callable[..., Vote]


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
    ballot(cast, vote, "ilse", "for")  # the President votes in a tie only, so all have voted
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
        (CSV.replace("\n", "\r"), True),
        (CSV.replace("\n", "\r\n"), True),
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


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Ada\0Norrgård", ("null character", "caractère nul", "нулевой символ")),
        ('"' + "A" * 140_000, ("cannot be read as CSV", "être lu comme CSV", "не читается как CSV")),
    ],
    ids=["null", "quotation mark"],
)
@pytest.mark.parametrize("language", range(3))
def test_a_file_of_votes_that_cannot_be_read_is_refused_in_words_and_the_form_is_kept(
    cast: Cast, name: str, words: tuple[str, ...], language: int
) -> None:
    bureau(cast)
    fields: dict[str, Any] = {f"question_{code}": f"Kept {code}" for code in ("en", "fr", "ru")}
    fields |= {"body": "bureau", "held_on": "2027-01-20", "form": "individual_votes", "source": "Report"}
    fields["file"] = SimpleUploadedFile("votes.csv", CSV.replace("Ada Norrgård", name).encode())
    url = f"{LANGUAGES[language]}/matters/new/voting/record_elsewhere/"
    answer = send(cast.client("anna"), url, fields)
    text = answer.content.decode()
    assert answer.status_code == 422 and words[language] in text and "Kept ru" in text
    assert not Vote.objects.exists()


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
    assert address not in page and "1 voter has no address" in page
    assert f"ask_voter_file/?vote={vote.reference}" in page
    assert "/matters/new/voting/record_elsewhere/" in page
    assert cast.client("anna").get(address).status_code == 404, "one clerk alone takes no addresses away"
    file = hand_out(cast, vote)
    page = cast.client("anna").get(f"/matters/{vote.reference}/").content.decode()
    assert f"/matters/{file.reference}/" in page
    told = cast.client("anna").get(address)
    lines = [f"{key}@example.org,{cast.persons[key].reference}" for key in ("henri", "ilse")]
    assert told.content.decode().split() == lines
    assert told["Content-Disposition"].startswith("attachment")
    for key in ("henri", "greta", "nadia"):
        assert cast.client(key).get(address).status_code == 404
    actions.annul(vote, cast.actor("anna"), reasons="Held with Belenios.")
    assert cast.client("anna").get(address).status_code == 404
    assert cast.client("anna").get(f"/vote/{called().reference}/roll.txt").status_code == 404, "an open vote"


def test_the_list_shows_open_votes_first(cast: Cast, opened: Votes, called: Votes) -> None:
    first, _later = opened(question_en="Open one?"), called(question_en="Only called?")
    text = cast.client("henri").get("/vote/").content.decode()
    assert text.index("Open one?") < text.index("Only called?")
    assert "not yet" in text
    with clock.set_to(clock.now() + timedelta(days=30)):
        assert first.standing(clock.now()) == "counting"
