"""Votes in public: the founding vote, arithmetic, rolls, interests, corrections."""

from __future__ import annotations

from django.test import Client

from hemicycle.composition import actions, queries
from hemicycle.composition.models import List
from hemicycle.integrity import actions as integrity
from hemicycle.integrity.models import Interest
from hemicycle.people import queries as people
from hemicycle.voting import actions as voting
from hemicycle.voting.models import Vote

from ..composition import making
from ..composition.making import Round
from ..voting.conftest import new_vote, roll_of
from .conftest import Correct


def text(public: Client, address: str) -> str:
    return public.get(address).content.decode()


def test_the_founding_vote_is_both_80_0_4_and_unanimous(public: Client, founding_vote: Vote) -> None:
    assert public.get("/votes/founding.json").json() == {
        "for": 80, "against": 0, "abstentions": 4, "votes_cast": 80, "unanimous": True,
        "abstentions_by_delegation": {"Spain": 1, "Türkiye": 1, "Ukraine": 1, "United Kingdom": 1},
    }  # fmt: skip
    page = text(public, "/votes/founding")
    assert "80–0–4" in page and "unanimous" in page and "Abstentions are not votes cast" in page
    assert "80-0-4" in text(public, "/votes") and "80-0-4" in text(public, "/")
    assert "How the others voted by name is not known" in page
    for name in ("Spain", "Türkiye", "Ukraine", "United Kingdom"):
        assert name in page
    assert "Espagne" in text(public, "/fr/votes/founding") and "Украина" in text(public, "/ru/votes/founding")


def test_a_decided_vote_prints_rule_roll_and_arithmetic(public: Client, seated: List) -> None:
    vote = queries.votes(seated).get(body="bureau")
    page = text(public, f"/votes/{vote.reference}")
    assert "More than 1/2 of the votes cast carries." in page
    assert "3 on the roll, 2 with the right to vote." in page
    assert "For: 2. Against: 0. Abstentions: 0. Votes cast: 2." in page
    assert "version 1.0 of the charter" in page and "Henri Delacombe" in page


def test_a_secret_vote_tells_numbers_and_no_names(public: Client, found: Round) -> None:
    voters = [found.cast.persons[key] for key in ("henri", "ilse", "katia", "luca")]
    vote = new_vote(subject="", body="political")
    voting.call_vote(vote, found.by("anna"), roll=roll_of(voters, "member"))
    voting.open_vote(vote, found.by("anna"))
    for voter, choice in zip(voters, ("for", "for", "against", "abstention"), strict=True):
        voting.cast(vote, people.actor(voter), choice=choice)
    voting.close(vote, found.by("anna"))
    page = text(public, f"/votes/{vote.reference}")
    assert "2–1–1" in page
    assert not any(voter.shown_name in page for voter in voters)


def test_a_declared_interest_shows_its_effect_and_never_its_text(public: Client, found: Round) -> None:
    list_ = making.composed(found)
    row = list_.seats.first().candidacy
    interest = Interest(
        person=found.cast.ilse, subject=row.person.reference, kind="family", text="Her cousin."
    )
    integrity.declare(interest, found.by("ilse"))
    making.released(found, list_)
    actions.call_bureau_vote(list_, found.by("anna"))
    vote = queries.votes(list_).get()
    voting.open_vote(vote, found.by("anna"))
    voting.cast(vote, found.by("henri"), choice="for")
    voting.close(vote, found.by("anna"))
    actions.approve(list_, found.by("anna"))
    making.elsewhere(found, list_, for_=30, against=2)
    actions.ratify(list_, found.by("anna"))
    making.published(found, list_)
    for address in (f"/votes/{vote.reference}", "/rounds/2027/sheet"):
        page = text(public, address)
        assert "Ilse Brandtner: does not vote, stays in the base of the quorum" in " ".join(page.split()), (
            address
        )
        assert "cousin" not in page and row.person.reference not in page and row.reference not in page
    sheet = public.get("/rounds/2027/sheet.json").json()
    assert sheet["interests"] == [{"vote": vote.reference, "number": 1}]


def test_an_interest_declared_after_the_first_ballot_is_told_beside_the_refused_ballot(
    public: Client, found: Round
) -> None:
    list_ = making.released(found)
    actions.call_bureau_vote(list_, found.by("anna"))
    vote = queries.votes(list_).get()
    voting.open_vote(vote, found.by("anna"))
    for key in ("henri", "ilse"):
        voting.cast(vote, found.by(key), choice="for")
    subject = list_.seats.first().candidacy.person.reference
    integrity.declare(Interest(person=found.cast.ilse, subject=subject, kind="family"), found.by("ilse"))
    voting.close(vote, found.by("anna"))
    actions.approve(list_, found.by("anna"))
    making.published(found, making.ratified(found, list_))
    for address in (f"/votes/{vote.reference}", "/rounds/2027/sheet"):
        page = " ".join(text(public, address).split())
        assert "Ilse Brandtner: declared after voting had begun: no ballot counts, the base stays" in page
    assert "1 ballot was refused" in text(public, f"/votes/{vote.reference}")


def test_a_dropped_name_is_replaced_in_individual_votes_and_interests(
    public: Client, found: Round, correct: Correct
) -> None:
    list_ = making.composed(found)
    subject = list_.seats.first().candidacy.person.reference
    integrity.declare(Interest(subject=subject, kind="family"), found.by("ilse"))
    making.released(found, list_)
    vote = making.voted(found, list_, ilse="")
    actions.approve(list_, found.by("anna"))
    making.published(found, making.ratified(found, list_))
    for name in ("Henri Delacombe", "Ilse Brandtner"):
        place = vote.roll.get(name=name).position
        correct(vote.reference, f"name:{place}", name, f"Member {place}", drop_old_text=True)
    place = vote.roll.get(name="Henri Delacombe").position
    for address in (f"/votes/{vote.reference}", "/rounds/2027/sheet"):
        page = text(public, address)
        assert "Henri Delacombe" not in page and "Ilse Brandtner" not in page, address
    page = text(public, f"/votes/{vote.reference}")
    assert f"Member {place}" in page and f"Name ({place})" in page
    house = found.cast.client("anna").get(f"/matters/{vote.reference}/").content.decode()
    assert "Henri Delacombe" in house, "the frozen roll itself stays"


def test_a_corrected_figure_is_counted_anew(public: Client, founding_vote: Vote, correct: Correct) -> None:
    correct(founding_vote.reference, "votes_for", "80", "81")
    told = public.get("/votes/founding.json").json()
    assert (told["for"], told["votes_cast"]) == (81, 81)
    page = text(public, "/votes/founding")
    assert "For: 81. Against: 0. Abstentions: 4. Votes cast: 81." in page
    assert "<del>80</del> <ins>81</ins>" in page
    founding_vote.refresh_from_db()
    assert founding_vote.outcome["votes_for"] == 80  # the record itself is as it was


def test_a_figure_that_cannot_be_is_not_counted(
    public: Client, founding_vote: Vote, correct: Correct
) -> None:
    correct(founding_vote.reference, "votes_for", "80", "99999")
    assert public.get("/votes/founding.json").json()["for"] == 80
    assert "<ins>99999</ins>" in text(public, "/votes/founding")


def test_a_figure_of_more_digits_than_can_be_read_is_not_counted(
    public: Client, founding_vote: Vote, seated: List, correct: Correct
) -> None:
    long = "9" * 5000
    correct(founding_vote.reference, "votes_for", "80", long)
    assert public.get("/votes/founding.json").json()["for"] == 80
    assert f"<ins>{long}</ins>" in text(public, "/votes/founding")
    mandate = seated.mandates.get(seat_number=1)
    correct(mandate.reference, "until", "2028-01-23", f"2028-{long}-23")
    assert public.get("/composition.json").json()["seats"][0]["until"] == "2028-01-23"


def test_a_corrected_question_is_corrected_in_its_own_language(
    public: Client, founding_vote: Vote, correct: Correct
) -> None:
    correct(
        founding_vote.reference,
        "question",
        "La plateforme est-elle créée\u00a0?",
        "La Plateforme\u00a0?",
        language="fr",
    )
    assert "<h1>La Plateforme\u00a0?</h1>" in text(public, "/fr/votes/founding")
    assert "<h1>Is the platform created?</h1>" in text(public, "/votes/founding")
