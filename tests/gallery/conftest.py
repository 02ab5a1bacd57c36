"""What the public reads: a round brought to each of its states by the real acts, a founding vote, the delegations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from hemicycle.assembly import founding
from hemicycle.composition.models import List
from hemicycle.mandates import actions as mandates
from hemicycle.record import actions, clock
from hemicycle.record.models import CharterVersion, Correction
from hemicycle.rules import charter as charters
from hemicycle.voting import actions as voting
from hemicycle.voting.models import Vote

from ..cast import CHARTER, Cast
from ..composition import making
from ..composition.making import Round
from ..laying import laid

# Every address that the public may try while a list is on its way, in each language where it has languages.
PAGES = ("", "composition", "votes", "rounds/", "rounds/2027", "procedure", "charter", "record")
FEED = "feed/"
DATA = ("composition.json", "composition.csv")


@pytest.fixture
def public() -> Client:
    """A browser of somebody who never signed in."""
    return Client()


@pytest.fixture
def found(cast: Cast) -> Round:
    """A round whose opinions are given; the charter with its prose and the host's delegations, as a founding has them."""
    return founded(cast)


@laid
def founded(cast: Cast) -> Round:
    charter = charters.load(CHARTER)
    CharterVersion.objects.update(prose=dict(charter.proses))
    founding.load_delegations(founding.DATA)
    return making.make_round(cast)


@pytest.fixture
def seated(found: Round) -> List:
    """A list that was announced and whose mandates have begun."""
    return seat(found)


@laid
def seat(found: Round, list_: List | None = None) -> List:
    announced = making.announced(found, list_)
    mandates.begin_all(announced, found.by("anna"))
    return announced


@pytest.fixture
def founding_vote(found: Round) -> Vote:
    """The vote by which the platform was created (R1), recorded by two clerks."""
    vote = record_founding(found)
    voting.confirm_elsewhere(vote, found.by("bruno"))
    return vote


@laid
def record_founding(found: Round) -> Vote:
    vote = Vote(
        subject="founding", body="assembly", held_on=date(2025, 10, 1), question_en="Is the platform created?",
        question_fr="La plateforme est-elle créée\u00a0?", question_ru="Создаётся ли платформа?",
    )  # fmt: skip
    voting.record_elsewhere(
        vote, found.by("anna"), form="show_of_hands", source="Resolution 2621 (2025)", for_=80, against=0,
        abstentions=4, abstentions_by_delegation={"UA": 1, "TR": 1, "GB": 1, "ES": 1},
    )  # fmt: skip
    return vote


def everything(public: Client, *more: str) -> str:
    """The source of every public page and of the feed in three languages, and of the open data, as one text."""
    texts = []
    for address in (*PAGES, FEED, *more):
        for prefix in ("/", "/fr/", "/ru/"):
            response = public.get(prefix + address)
            assert response.status_code in (200, 404), (prefix + address, response.status_code)
            texts.append(response.content.decode())
    for address in DATA:
        texts.append(public.get("/" + address).content.decode())
    return "\n".join(texts)


Correct = Callable[..., None]


@pytest.fixture
def correct(cast: Cast) -> Correct:
    """`correct(subject, "name", "old", "new")`: drafted by one clerk, published by another."""

    def make(subject: str, field: str, old: str, new: str, **more: object) -> None:
        correction = Correction(
            subject=subject, field=field, old_text=old, new_text=new, ground="A slip.", **more
        )
        actions.draft_correction(correction, cast.actor("anna"))
        actions.publish_correction(correction, cast.actor("bruno"))
        assert correction.corrected_at == clock.now()

    return make
