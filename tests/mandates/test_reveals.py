"""A withheld name is shown on the written word of its participant: two clerks, a time to say no, and every way out."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from hemicycle.candidacy import actions as candidacies
from hemicycle.mandates import actions, queries
from hemicycle.mandates.models import Mandate, Reveal
from hemicycle.mandates.procedure import RevealState
from hemicycle.notices import actions as notices
from hemicycle.notices.models import Letter
from hemicycle.people import actions as people_acts
from hemicycle.people import queries as people
from hemicycle.people.models import Account
from hemicycle.record import clock, erasure
from hemicycle.record.acts import SamePerson
from hemicycle.record.models import Entry, Opening
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from tests.cast import sign_in
from tests.conftest import NOON

from ..composition.making import Round
from ..composition.refusing import refused
from .making import at_seat, seated

LETTER = "Letter of 3 May, shelf 12, in Oleg’s hand."
LATER = NOON + timedelta(days=7)


@pytest.fixture
def hidden(found: Round) -> Mandate:
    """A participant whose name the house withheld."""
    mandate = at_seat(seated(found), 6)
    actions.withhold_name(mandate, found.by("anna"))
    return mandate


def asked(found: Round, mandate: Mandate) -> Reveal:
    reveal = Reveal(mandate=mandate)
    actions.ask_reveal(reveal, found.by("anna"), source=LETTER)
    return reveal


def is_shown(mandate: Mandate) -> bool:
    mandate.refresh_from_db()
    return queries.public_name(mandate) is not None


def test_the_name_is_shown_after_the_days_by_another_clerk(found: Round, hidden: Mandate) -> None:
    reveal = asked(found, hidden)
    assert not is_shown(hidden) and reveal.state == RevealState.ASKED
    with clock.set_to(LATER):
        refused(SamePerson, actions.confirm_reveal, reveal, found.by("anna"))
        refused(NotEmpowered, actions.confirm_reveal, reveal, found.by("greta"))
        refused(NotEmpowered, actions.confirm_reveal, reveal, people.actor(hidden.person))
        assert not is_shown(hidden)
        actions.confirm_reveal(reveal, found.by("bruno"))
        assert is_shown(hidden) and hidden.withheld_until is None
        refused(OutOfOrder, actions.confirm_reveal, reveal, found.by("bruno"))
        refused(Unmet, actions.ask_reveal, Reveal(mandate=hidden), found.by("anna"), source=LETTER)
    entries = Entry.objects.filter(act__in=["ask_reveal", "confirm_reveal", "reveal_name"])
    assert [entry.publicity for entry in entries] == ["sealed"] * 3
    assert LETTER not in str(list(entries.values_list("facts", flat=True)))


def test_nobody_shows_it_before_the_time_to_say_no_is_over(found: Round, hidden: Mandate) -> None:
    reveal = asked(found, hidden)
    with clock.set_to(LATER - timedelta(seconds=1)):
        said = refused(Unmet, actions.confirm_reveal, reveal, found.by("bruno"))
    assert "Days from the request: " in said
    assert not is_shown(hidden)


def test_the_inner_act_is_nobodys(found: Round, hidden: Mandate) -> None:
    refused(NotEmpowered, actions.reveal_name, hidden, found.by("bruno"), reveal="REVL-1")
    assert not is_shown(hidden)


def test_only_a_clerk_asks_with_a_letter_once_for_a_withheld_name(found: Round, hidden: Mandate) -> None:
    for by in (found.by("greta"), found.by("jonas"), people.actor(hidden.person)):
        refused(NotEmpowered, actions.ask_reveal, Reveal(mandate=hidden), by, source=LETTER)
    refused(Unmet, actions.ask_reveal, Reveal(mandate=hidden), found.by("anna"), source="  ")
    shown = Mandate.objects.exclude(pk=hidden.pk).filter(name_withheld=False)[0]
    refused(Unmet, actions.ask_reveal, Reveal(mandate=shown), found.by("anna"), source=LETTER)
    asked(found, hidden)
    refused(Unmet, actions.ask_reveal, Reveal(mandate=hidden), found.by("bruno"), source=LETTER)
    assert Reveal.objects.count() == 1


def test_the_database_takes_no_second_request_either(found: Round, hidden: Mandate) -> None:
    first = asked(found, hidden)
    twin = Reveal(mandate=hidden, reference="REVL-2", created_at=clock.now(), source="x")
    twin.__dict__["state"] = first.state
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_the_participant_or_a_clerk_dismisses_it_and_the_name_stays_withheld(
    found: Round, hidden: Mandate
) -> None:
    for by in (found.by("anna"), found.by("bruno"), people.actor(hidden.person)):
        reveal = asked(found, hidden)
        refused(NotEmpowered, actions.dismiss_reveal, reveal, found.by("luca"))
        actions.dismiss_reveal(reveal, by)
        with clock.set_to(LATER):
            refused(OutOfOrder, actions.confirm_reveal, reveal, found.by("bruno"))
        refused(OutOfOrder, actions.dismiss_reveal, reveal, by)
    assert not is_shown(hidden)


def test_who_withholds_the_name_anew_has_the_last_word(found: Round, hidden: Mandate) -> None:
    reveal = asked(found, hidden)
    actions.withhold_name(hidden, people.actor(hidden.person))
    with clock.set_to(LATER):
        refused(Unmet, actions.confirm_reveal, reveal, found.by("bruno"))
    assert not is_shown(hidden)


def test_a_name_that_is_shown_meanwhile_needs_no_second_clerk(found: Round, hidden: Mandate) -> None:
    reveal = asked(found, hidden)
    actions.show_name(hidden, people.actor(hidden.person))
    with clock.set_to(LATER):
        refused(Unmet, actions.confirm_reveal, reveal, found.by("bruno"))


def locked(hidden: Mandate) -> None:
    account = Account.objects.filter(person=hidden.person).first()
    if account is None:
        account = Account(person=hidden.person)
        people_acts.open_account(account, people.actor(hidden.person))
    hidden.person.is_active = False
    hidden.person.save(update_fields=["is_active"])


def withdrawn(hidden: Mandate) -> None:
    file = hidden.candidacy
    assert file is not None
    candidacies.withdraw(file, people.actor(file.person))


@pytest.mark.parametrize("close", [locked, withdrawn], ids=["locked", "withdrawn"])
def test_of_a_file_that_is_closed_nothing_is_asked_and_nothing_confirmed(
    found: Round, hidden: Mandate, close: Any
) -> None:
    reveal = asked(found, hidden)
    close(hidden)
    reveal = Reveal.objects.get(pk=reveal.pk)
    with clock.set_to(LATER):
        refused(Unmet, actions.confirm_reveal, reveal, found.by("bruno"))
    actions.dismiss_reveal(reveal, found.by("bruno"))
    again = Reveal(mandate=Mandate.objects.get(pk=hidden.pk))
    refused(Unmet, actions.ask_reveal, again, found.by("anna"), source=LETTER)


def test_nobody_acts_in_an_office_on_the_own_name(found: Round, hidden: Mandate) -> None:
    by = people.actor(hidden.person)
    clerk = type(by)(by.reference, by.person, frozenset({"secretariat"}))
    refused(NotEmpowered, actions.ask_reveal, Reveal(mandate=hidden), clerk, source=LETTER)
    with clock.set_to(LATER):
        refused(NotEmpowered, actions.confirm_reveal, asked(found, hidden), clerk)


def test_the_participant_is_told_at_once_and_again_when_it_is_shown(found: Round, hidden: Mandate) -> None:
    notices.tick()
    Letter.objects.all().delete()
    reveal = asked(found, hidden)
    notices.tick()
    assert Letter.objects.get(about=reveal.reference).person == hidden.person
    with clock.set_to(LATER):
        actions.confirm_reveal(reveal, found.by("bruno"))
        notices.tick()
    assert Letter.objects.filter(about=reveal.reference, person=hidden.person).count() >= 1


def test_the_letter_is_forgotten_with_the_name(found: Round, hidden: Mandate) -> None:
    reveal = asked(found, hidden)
    opening = Opening.objects.get(entry__matter=reveal.reference)
    assert opening.salt
    actions.dismiss_reveal(reveal, found.by("anna"))
    actions.renounce(hidden, people.actor(hidden.person))
    Mandate.objects.filter(pk=hidden.pk).update(candidacy=None)
    actions.tick()
    erasure.finish()
    assert Reveal.objects.get(pk=reveal.pk).source == ""
    hidden = Mandate.objects.get(pk=hidden.pk)
    assert (hidden.shown_name, hidden.ended_ground) == ("", "renounced")


def form(**fields: object) -> dict[str, object]:
    return {"once": uuid.uuid4().hex, **fields}


@pytest.mark.parametrize("prefix", ["", "/fr", "/ru"])
def test_two_clerks_show_a_name_in_the_pages(found: Round, hidden: Mandate, prefix: str) -> None:
    first, second = found.cast.client("anna"), found.cast.client("bruno")
    own = sign_in(hidden.person)
    page = f"{prefix}/matters/{hidden.reference}/"
    begin = f"/matters/new/mandates/ask_reveal/?mandate={hidden.reference}"
    assert begin in first.get(page).content.decode()
    assert begin not in own.get(page).content.decode()
    assert own.post(begin, form(source=LETTER)).status_code == 403
    assert first.post(begin, form(source="")).status_code == 422
    assert first.get(prefix + begin).status_code == 200
    place = first.post(begin, form(source=LETTER))["Location"]
    assert LETTER in second.get(place).content.decode()
    assert LETTER not in own.get(place).content.decode()
    assert LETTER not in found.cast.client("greta").get(place).content.decode()
    assert place in second.get("/desk/").content.decode() and place in own.get("/desk/").content.decode()
    assert place not in first.get("/desk/").content.decode()
    assert found.cast.client("luca").get(place).status_code == 404
    confirm = f"{place}confirm_reveal/"
    assert confirm not in first.get(place).content.decode()
    assert confirm not in own.get(place).content.decode()
    assert f"{place}dismiss_reveal/" in own.get(place).content.decode()
    seen = Reveal.objects.get(mandate=hidden).version
    assert second.post(confirm, form(seen=seen)).status_code == 422
    with clock.set_to(LATER):
        second = found.cast.client("bruno")
        assert second.get(prefix + confirm).status_code == 200
        assert second.post(confirm, form(seen=seen))["Location"] == place
        assert is_shown(hidden)
        assert second.get(prefix + place).status_code == 200
