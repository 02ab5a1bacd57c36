"""Nothing is visible before its release: not by guessing an address, not in page source, not in open data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from hemicycle.candidacy import actions as candidacies
from hemicycle.candidacy.models import Call
from hemicycle.composition import actions, queries
from hemicycle.composition.models import List
from hemicycle.gallery import released
from hemicycle.people import queries as people
from hemicycle.record import clock
from hemicycle.record.models import Entry
from hemicycle.voting import actions as voting
from hemicycle.voting.models import Vote

from ..candidacy import making as candidacy_making
from ..cast import Cast
from ..composition import making
from ..composition.making import Round
from ..voting.conftest import new_vote, roll_of
from .conftest import everything, record_founding, seat


def drafted(found: Round) -> List:
    return making.composed(found)


def release_asked(found: Round) -> List:
    list_ = making.composed(found)
    actions.ask_release(list_, found.by("greta"))
    return list_


def vote_running(found: Round) -> List:
    list_ = making.released(found)
    actions.call_bureau_vote(list_, found.by("anna"))
    vote = queries.votes(list_).get()
    voting.open_vote(vote, found.by("anna"))
    voting.cast(vote, found.by("henri"), choice="for")
    return list_


def voted(found: Round) -> List:
    list_ = making.released(found)
    making.voted(found, list_)
    return list_


def referred_back(found: Round) -> List:
    return making.referred_back(found)


def refused(found: Round) -> List:
    list_ = making.released(found)
    making.voted(found, list_, "against", "against")
    actions.refuse(list_, found.by("anna"), reasons="No.")
    return list_


def ratification_refused(found: Round) -> List:
    list_ = making.approved(found)
    making.elsewhere(found, list_, for_=2, against=30)
    actions.refuse_ratification(list_, found.by("anna"), reasons="No.")
    return list_


def withdrawn(found: Round) -> List:
    list_ = making.released(found)
    actions.withdraw(list_, found.by("greta"), reasons="Later.")
    return list_


UNRELEASED = [
    drafted, release_asked, making.released, vote_running, voted, referred_back, refused, making.approved,
    making.ratified, ratification_refused, withdrawn,
]  # fmt: skip


@pytest.mark.parametrize("bring", UNRELEASED, ids=lambda f: f.__name__)
def test_no_state_of_an_unreleased_list_shows_anything(
    public: Client, found: Round, bring: Callable[[Round], List]
) -> None:
    before = everything(public, "composition/2027", "rounds/2027/sheet")
    list_ = bring(found)
    votes = list(queries.votes(list_))
    more = [f"votes/{vote.reference}" for vote in votes] + [f"votes/{list_.reference}"]
    text = everything(public, "composition/2027", "rounds/2027/sheet", *more)
    for row in found.rows:
        for secret in (row.person.name, row.reference, row.person.reference):
            assert secret not in text
    assert list_.reference not in text.replace(f"votes/{list_.reference}", "")
    assert list_.name not in text
    for vote in votes:
        assert public.get(f"/votes/{vote.reference}").status_code == 404
        assert public.get(f"/fr/votes/{vote.reference}").status_code == 404
    for address in (
        "composition/2027",
        "rounds/2027/sheet",
        "rounds/2027/sheet.json",
        "composition/2027.csv",
    ):
        assert public.get(f"/{address}").status_code == 404
    assert public.get("/composition.json").json() == {"session": "2027", "seats": []}
    # Pages that were there before read as they did: not even a stage, a count or a date has moved.
    after = everything(public, "composition/2027", "rounds/2027/sheet")
    assert before == after


def test_the_announcement_shows_the_list_with_its_votes_and_the_record(public: Client, found: Round) -> None:
    list_ = making.ratified(found)
    votes = list(queries.votes(list_))
    making.published(found, list_)
    assert "Aina Invented" in public.get("/composition").content.decode()
    for vote in votes:
        assert public.get(f"/votes/{vote.reference}").status_code == 200
    record = public.get("/record").content.decode()
    assert list_.reference in record and votes[0].reference in record
    assert "Release the list to the Bureau" in record


def test_between_announcement_and_beginning_names_are_public_and_nobody_sits(
    public: Client, found: Round
) -> None:
    making.announced(found)
    text = public.get("/composition").content.decode()
    assert "Aina Invented" in text and "the participation has not begun" in text
    seats = public.get("/composition.json").json()["seats"]
    assert {seat["state"] for seat in seats} == {"vacant"}
    assert {seat["name"] for seat in seats} == {None}


def test_who_was_not_chosen_is_named_nowhere(public: Client, seated: List, found: Round) -> None:
    chosen = set(seated.seats.values_list("candidacy_id", flat=True))
    text = everything(public, "composition/2027", "rounds/2027/sheet")
    left = [row for row in found.rows if row.pk not in chosen]
    assert len(left) == 7
    for row in left:
        assert row.person.name not in text and row.reference not in text


def test_a_refused_list_of_the_round_shows_its_vote_only_with_the_round(public: Client, found: Round) -> None:
    first = refused(found)
    vote = queries.votes(first).get()
    assert public.get(f"/votes/{vote.reference}").status_code == 404
    second = making.composed(found, name="Second draft")
    seat(found, making.approved(found, making.released(found, second)))
    assert public.get(f"/votes/{vote.reference}").status_code == 200
    sheet = public.get("/rounds/2027/sheet").content.decode()
    assert vote.reference in sheet
    assert "First draft" not in everything(public, "rounds/2027/sheet")


def test_a_vote_on_one_seat_of_a_list_that_failed_stays_closed_for_ever(public: Client, found: Round) -> None:
    list_ = making.released(found)
    actions.call_separate_votes(list_, found.by("anna"))
    votes = list(queries.votes(list_).order_by("pk"))
    for number, vote in enumerate(votes):
        choice = "against" if number == 0 else "for"
        making.decide(found, vote, {"henri": choice, "ilse": choice})
    actions.refuse(list_, found.by("anna"), reasons="One seat.")
    seat(found, making.approved(found, making.released(found, making.composed(found, name="Second"))))
    assert len(votes) == 15
    for vote in votes:
        assert public.get(f"/votes/{vote.reference}").status_code == 404
    assert (
        "Separate votes on seats of a list that did not pass: 15."
        in public.get("/rounds/2027/sheet").content.decode()
    )


def test_votes_on_the_seats_of_the_announced_list_are_public(public: Client, found: Round) -> None:
    list_ = making.released(found)
    actions.call_separate_votes(list_, found.by("anna"))
    votes = list(queries.votes(list_))
    for vote in votes:
        making.decide(found, vote, {"henri": "for", "ilse": "for"})
    assert not released.votes().exists()
    actions.approve(list_, found.by("anna"))
    making.elsewhere(found, list_, for_=30, against=2)
    actions.ratify(list_, found.by("anna"))
    making.published(found, list_)
    assert all(public.get(f"/votes/{vote.reference}").status_code == 200 for vote in votes)


def test_a_running_vote_tells_nothing_and_a_decided_one_tells_its_result(
    public: Client, found: Round
) -> None:
    voters = [found.cast.persons[key] for key in ("henri", "ilse")]
    vote = new_vote(subject="", question_en="A free question?")
    voting.call_vote(vote, found.by("anna"), roll=roll_of(voters))
    voting.open_vote(vote, found.by("anna"))
    voting.cast(vote, people.actor(voters[0]), choice="for")
    assert public.get(f"/votes/{vote.reference}").status_code == 404
    assert "A free question?" not in everything(public)
    assert vote.reference not in everything(public)
    voting.cast(vote, people.actor(voters[1]), choice="against")
    voting.close(vote, found.by("anna"))
    assert public.get(f"/votes/{vote.reference}").status_code == 200
    assert "Henri Delacombe" in public.get(f"/votes/{vote.reference}").content.decode()


def test_a_vote_on_a_matter_of_an_unknown_kind_is_not_public(public: Client, found: Round) -> None:
    voters = [found.cast.persons[key] for key in ("henri", "ilse")]
    vote = new_vote(subject="SUSP-7K3M9QXW")
    voting.call_vote(vote, found.by("anna"), roll=roll_of(voters))
    voting.open_vote(vote, found.by("anna"))
    for voter in voters:
        voting.cast(vote, people.actor(voter), choice="for")
    voting.close(vote, found.by("anna"))
    vote.refresh_from_db()
    assert vote.state == "carried"
    assert public.get(f"/votes/{vote.reference}").status_code == 404


def test_a_founding_vote_entered_by_one_clerk_is_not_public(public: Client, found: Round) -> None:
    vote = record_founding(found)
    assert public.get("/votes/founding.json").status_code == 404
    assert public.get("/votes/founding").status_code == 404
    assert public.get(f"/votes/{vote.reference}").status_code == 404


def test_a_call_in_preparation_is_nobodys_business(public: Client, found: Round) -> None:
    call = Call(
        session=found.session, opens_at=clock.now() + timedelta(days=10), closes_at=clock.now() + timedelta(days=50),
        text_en="A secret call.", text_fr="Un appel secret.", text_ru="Тайный призыв.",
    )  # fmt: skip
    candidacies.draft_call(call, found.by("anna"))
    text = everything(public)
    assert "A secret call." not in text and call.reference not in text


def test_the_numbers_of_a_round_come_after_the_call_has_closed(public: Client, cast: Cast, settings) -> None:
    settings.DEMONSTRATION = True
    call = candidacy_making.call(cast)
    candidacy_making.submitted(call, cast.nadia)
    running = public.get("/rounds/2027").content.decode()
    assert "the call is open" in running and "candidacies received" not in running
    assert "Надия" not in running and "Nadiya" not in running
    with clock.set_to(call.closes_at):
        closed = public.get("/rounds/2027").content.decode()
    assert "candidacies are being examined" in closed
    assert "<dt>candidacies received</dt><dd>1</dd>" in closed


def test_the_record_of_the_public_has_no_numbers_and_no_people(
    public: Client, seated: List, found: Round
) -> None:
    text = public.get("/record").content.decode()
    for entry in Entry.objects.exclude(publicity="public").exclude(publicity="on_release"):
        assert entry.matter not in text or released.entries().filter(matter=entry.matter).exists()
    for person in found.cast.persons.values():
        assert person.reference not in text
    shown = set(released.entries().values_list("publicity", flat=True))
    assert shown == {"public", "on_release"}
    assert "Entry" not in text


def test_guessed_references_answer_as_what_does_not_exist(public: Client, found: Round) -> None:
    list_ = making.approved(found)
    unknown = public.get("/votes/VOTE-22222222")
    for reference in (
        queries.votes(list_).get().reference, list_.reference, found.rows[0].reference, found.call.reference,
    ):  # fmt: skip
        hidden = public.get(f"/votes/{reference}")
        assert hidden.status_code == unknown.status_code == 404
        assert hidden.content.decode().replace(reference, "") == unknown.content.decode().replace(
            "VOTE-22222222", ""
        )
    assert Vote.objects.exists()
