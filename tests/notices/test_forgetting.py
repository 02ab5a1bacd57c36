"""When the last file of a person is erased, nothing says any more who that was, and the record still reads (1.6)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import connection

from hemicycle.candidacy import actions as candidacies
from hemicycle.candidacy.models import Call, Candidacy, Slate
from hemicycle.notices import forgetting, wishes
from hemicycle.notices.management.commands.tick import ticks
from hemicycle.notices.models import Dispatch, Letter, Preference
from hemicycle.people import accounts, actions
from hemicycle.people import queries as people
from hemicycle.people.models import Account, Holding, Person
from hemicycle.people.procedure import AccountState
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK
from hemicycle.record.models import Entry, Opening
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from hemicycle.vetting.models import Examination

from ..candidacy import making
from ..candidacy.conftest import call, demonstration, media  # noqa: F401
from ..cast import Cast
from ..composition import making as lists
from ..composition.making import Round
from ..composition.refusing import refused
from ..mandates.making import at_seat, seated

NAMES = {
    "name": "Аграфена Ненайдёнова", "latin_name": "Agrafena Nenaidyonova", "public_name": "A. Nenaidyonova",
    "gender": "f", "language": "ru",
}  # fmt: skip
TRACES = ("Ненайд", "Nenaid", "agrafena@")


def run() -> int:
    """One round of the clock through all rooms, in their order."""
    return sum(tick() for _, tick in ticks())


def anybody() -> Person:
    """A candidate with names, an address, phrases, an authenticator app and a session."""
    begun = accounts.begin("ru")
    actions.change_address(begun.account, people.bearer(begun.person), email="agrafena@example.org")
    Authenticator.objects.create(user=begun.person, type=Authenticator.Type.TOTP, data={"secret": "x"})
    UserSession.objects.create(
        user=begun.person, ip="192.0.2.7", user_agent="A browser", session_key="k" * 32
    )
    return Person.objects.get(pk=begun.person.pk)


def traces() -> dict[str, int]:
    """How many rows of each table of the database hold a trace of the person, whatever the column."""
    found: dict[str, int] = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = [row for row in cursor.fetchall() if any(trace in str(row) for trace in TRACES)]
            if rows:
                found[table] = len(rows)
    return found


@pytest.fixture
def candidate(call: Call, cast: Cast) -> Candidacy:  # noqa: F811
    """A file that was read, with an acceptance, letters and a withdrawal."""
    person = anybody()
    made = making.admissible(call, person, cast, names=NAMES)
    with clock.set_to(call.closes_at + timedelta(days=1)):
        run()
        Examination.objects.create(
            candidacy=made, charter=call.charter, opinion="met", opinion_text="On Nenaidyonova.",
            opinion_language="en", concluded_at=clock.now(), state="concluded", **lists.made("EXAM"),
        )  # fmt: skip
        call.refresh_from_db()
        person.refresh_from_db()
        made.refresh_from_db()
        lists.accepted(Round(cast, call.session, call, [made]), made)
        run()
        candidacies.withdraw(made, people.actor(person))
    wishes.keep(person, {"zone": "Asia/Tbilisi"})
    return made


def past(candidacy: Candidacy) -> object:
    return clock.set_to(candidacy.call.closes_at + timedelta(days=40))


def test_nothing_in_the_database_says_who_the_person_was(candidate: Candidacy) -> None:
    person, reference = candidate.person, candidate.reference
    assert (person.name, candidate.examination.opinion_text) == (NAMES["name"], "On Nenaidyonova.")
    assert traces() == {}, "names and opinions are sealed at rest"
    assert all(model.objects.filter(person=person).exists() for model in (Letter, Dispatch, Preference))
    with past(candidate):
        run()
        run()
    assert traces() == {}
    assert not any(model.objects.filter(person=person).exists() for model in (Dispatch, Preference))
    assert not Candidacy.objects.filter(reference=reference).exists()
    assert not Letter.objects.filter(person=person).exists()
    assert not Authenticator.objects.filter(user=person).exists()
    assert not UserSession.objects.filter(user=person).exists()
    account = Account.objects.get(person=person)
    assert (account.state, account.phrase_digest, account.lock_digest) == (AccountState.ERASED, None, None)
    own = {reference, account.reference, *Entry.objects.filter(act="accept").values_list("matter", flat=True)}
    assert not Opening.objects.filter(entry__matter__in=own).exists(), "the commitments say nothing any more"


def test_the_row_of_the_person_stays_empty_and_the_record_still_names_the_reference(
    candidate: Candidacy,
) -> None:
    person = candidate.person
    entries = Entry.objects.filter(actor=person.reference).count()
    with past(candidate):
        run()  # the withdrawal is written down first
        run()
    kept = Person.objects.get(reference=person.reference)
    assert (kept.name, kept.latin_name, kept.public_name, kept.email, kept.reads) == ("", "", "", None, [])
    assert (kept.gender, kept.is_active) == ("", False)
    assert Entry.objects.filter(actor=person.reference).count() == entries > 0


def test_an_erased_account_opens_nothing(call: Call, cast: Cast) -> None:  # noqa: F811
    begun = accounts.begin("en")
    made = making.submitted(call, begun.person, names=NAMES)
    candidacies.withdraw(made, people.actor(begun.person))
    assert accounts.by_phrase(begun.phrase) is not None
    with past(made):
        run()
    assert accounts.by_phrase(begun.phrase) is None
    assert not accounts.lock_by(begun.lock_phrase)
    account = Account.objects.get(person=begun.person)
    refused(OutOfOrder, actions.lock, account, people.bearer(begun.person), words="phrase")
    refused(OutOfOrder, actions.erase_person, account, CLOCK)


def test_nobody_is_forgotten_before_the_file_is_erased(candidate: Candidacy) -> None:
    with clock.set_to(candidate.call.closes_at + timedelta(days=20)):
        run()
    assert Person.objects.get(pk=candidate.person_id).name == NAMES["name"]
    assert Account.objects.get(person=candidate.person).state == AccountState.OPEN


def test_only_the_clock_erases_and_never_who_holds_an_office(cast: Cast) -> None:
    account = accounts.of(cast.nadia)
    for key in ("anna", "nadia"):
        refused(NotEmpowered, actions.erase_person, account, cast.actor(key))
    clerk = accounts.of(cast.anna)
    refused(Unmet, actions.erase_person, clerk, CLOCK)
    cast.anna.refresh_from_db()
    assert cast.anna.name and cast.anna.is_active


@pytest.mark.parametrize("tie", ["candidacy", "slate", "office"])
def test_who_still_holds_something_is_kept(call: Call, cast: Cast, tie: str) -> None:  # noqa: F811
    person = cast.nadia
    made = making.submitted(call, person)
    if tie == "slate":
        slate = Slate(call=call, organisation="A league", language="en", presenter=person)
        candidacies.present_slate(slate, people.actor(person))
        other = making.draft(call, cast.oleg)
        candidacies.join_slate(other, cast.actor("oleg"), slate=slate.reference)
        candidacies.save(other, cast.actor("oleg"), parts=making.whole(other))
        Candidacy.objects.filter(pk=other.pk).update(state="admissible", submitted_at=clock.now())
    if tie == "candidacy":
        with clock.set_to(call.closes_at + timedelta(days=1)):
            run()
        later = Call.objects.create(
            session=call.session, opens_at=call.closes_at, closes_at=call.closes_at + timedelta(days=90),
            text_en="Again", text_fr="Encore", text_ru="Снова", charter=call.charter, state="open", **lists.made("CALL"),
        )  # fmt: skip
        with clock.set_to(call.closes_at + timedelta(days=2)):
            making.draft(later, person)
    candidacies.withdraw(made, people.actor(person))
    if tie == "office":
        held = {"office": "delegate", "held_from": clock.now(), "state": "ended", **lists.made("HOLD")}
        Holding.objects.create(person=person, held_until=clock.now() + timedelta(days=1), **held)
    with past(made):
        run()
        assert not Candidacy.objects.filter(pk=made.pk).exists()
        assert forgetting.needed([person.pk]) == {person.pk}
    person.refresh_from_db()
    assert person.name and person.is_active


def test_a_participant_who_withdrew_is_forgotten_once_the_participation_has_ended(found: Round) -> None:
    list_ = seated(found)
    mandate, sits = at_seat(list_, 6), at_seat(list_, 7)
    assert mandate.candidacy is not None
    assert forgetting.needed([mandate.person_id, sits.person_id]) == {mandate.person_id, sits.person_id}
    candidacies.withdraw(mandate.candidacy, people.actor(mandate.person))
    with clock.set_to(clock.now() + timedelta(days=31)):
        run()
        run()
        assert forgetting.needed([mandate.person_id, sits.person_id]) == {sits.person_id}


@pytest.fixture
def found(cast: Cast) -> Round:
    return lists.make_round(cast)
