"""A text that had to disappear stands nowhere: not in a notice, not in the note of an earlier correction (7.4)."""

from __future__ import annotations

from django.test import Client

from hemicycle.composition.models import List
from hemicycle.mandates import actions as mandates
from hemicycle.mandates.models import Mandate
from hemicycle.people import queries as people
from hemicycle.voting.models import Vote

from ..composition import making
from ..composition.making import Round
from .conftest import Correct, seat
from .test_composition import text
from .test_suspended import notice, suspend

PAGES = ("/", "/fr/", "/composition", "/ru/composition", "/composition/2027", "/composition.json", "/record")
LEFT = "Participation ended while suspended pending review"


def refilled(found: Round) -> Mandate:
    """Who was suspended and has left, and whose seat somebody else took since."""
    list_ = making.composed(found)
    making.succeed(found, list_, reserve=found.declared[5:6])
    seat(found, making.approved(found, making.released(found, list_)))
    mandate = Mandate.objects.get(list=list_, seat_number=4)
    suspend(found, mandate)
    mandate.refresh_from_db()
    mandates.renounce(mandate, people.actor(mandate.person))
    mandates.fill_vacancy(Mandate(list=list_, seat_number=4), found.by("anna"))
    return mandate


def test_a_dropped_name_leaves_the_notice_of_a_seat_that_was_filled_again(
    public: Client, found: Round, correct: Correct
) -> None:
    mandate = refilled(found)
    assert mandate.shown_name in notice(text(public), LEFT)
    correct(mandate.reference, "name", mandate.shown_name, "Participant A", drop_old_text=True)
    for address in PAGES:
        assert mandate.shown_name not in text(public, address), address
    assert "Seat 4, Participant A" in notice(text(public), LEFT)
    assert "The old text is not shown any more." in text(public), "the correction stands with its ground"


def test_the_correction_of_a_name_that_is_withheld_since_is_not_told_by_the_notice(
    public: Client, found: Round, correct: Correct
) -> None:
    mandate = refilled(found)
    correct(mandate.reference, "name", mandate.shown_name, "Participant A")
    mandates.withhold_name(mandate, people.actor(mandate.person))
    for address in PAGES:
        page = text(public, address)
        assert mandate.shown_name not in page and "Participant A" not in page, address


def test_a_name_that_a_correction_had_brought_is_dropped_from_its_note_too(
    public: Client, seated: List, correct: Correct
) -> None:
    mandate = Mandate.objects.get(seat_number=1)
    correct(mandate.reference, "capacity", "participant", "observer")
    correct(mandate.reference, "name", "Aina Invented", "Aina Devised")
    correct(mandate.reference, "name", "Aina Devised", "Participant A", drop_old_text=True)
    for address in PAGES:
        assert "Aina" not in text(public, address), address
    page = text(public)
    assert page.count("The old text is not shown any more.") == 2 and page.count("A slip.") == 3
    assert "<b>Participant A</b>" in page and page.count("<ins>Participant A</ins>") == 1
    assert "<del>participant</del> <ins>observer</ins>" in page, "another fact keeps its old text"
    correct(mandate.reference, "name", "Participant A", "Participant B")
    assert "<del>Participant A</del> <ins>Participant B</ins>" in text(public), "what comes later is told"


def test_what_is_dropped_in_one_language_stays_in_the_other(
    public: Client, founding_vote: Vote, correct: Correct
) -> None:
    for new, language in (("First?", "en"), ("Premier ?", "fr")):
        correct(founding_vote.reference, "question", "Old", new, language=language)
    correct(founding_vote.reference, "question", "Premier ?", "Second ?", language="fr", drop_old_text=True)
    assert "Premier ?" not in text(public, "/fr/votes/founding")
    assert '<ins lang="en">First?</ins>' in text(public, "/votes/founding")
    correct(founding_vote.reference, "question", "First?", "Other?", drop_old_text=True)
    assert "First?" not in text(public, "/votes/founding")
