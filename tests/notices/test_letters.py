"""Letters are made from the record, tell nobody twice, forget nobody, and say nothing outside."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from config.rooms import ROOMS
from hemicycle.notices import actions
from hemicycle.notices.models import Bookmark, Kind, Letter
from hemicycle.notices.recipients import BY_ACT
from hemicycle.people.models import Person
from hemicycle.record import acts, clock
from hemicycle.record.models import Entry
from hemicycle.voting import actions as voting
from hemicycle.voting.models import Vote

from ..cast import sign_in
from ..composition.making import Round, make_round, released
from ..suspension.conftest import Sitting, sitting  # noqa: F401


def work() -> None:
    """Do what waits for the worker, as the worker does it but on the connection of the test."""
    for row in DBTaskResult.objects.ready():
        claimed = DBTaskResult.objects.get(pk=row.pk)
        claimed.task.call(*claimed.args_kwargs["args"], **claimed.args_kwargs["kwargs"])


def addressed(person: Person, language: str = "ru") -> Person:
    Person.objects.filter(pk=person.pk).update(email="somebody@example.org", language=language)
    person.refresh_from_db()
    return person


def test_every_act_that_is_told_stands_in_a_table() -> None:
    for room in ROOMS:
        if find_spec(f"hemicycle.{room}.actions"):
            import_module(f"hemicycle.{room}.actions")
    assert set(BY_ACT) <= set(acts.registry)


def test_a_notice_for_reply_reaches_the_participant_once(sitting: Sitting) -> None:  # noqa: F811
    actions.tick()
    case = sitting.notified()
    assert actions.tick() == 1
    assert actions.tick() == 0
    letter = Letter.objects.get(about=case.reference)
    assert (letter.person, letter.kind) == (sitting.mandate.person, Kind.REPLY_WANTED)


def test_a_mail_says_nothing_but_that_a_message_is_there(sitting: Sitting) -> None:  # noqa: F811
    actions.tick()
    case = sitting.notified()
    addressed(sitting.mandate.person)
    actions.tick()
    work()
    (sent,) = mail.outbox
    assert sent.subject == "У вас есть сообщение"
    whole = f"{sent.subject} {sent.body} {sent.from_email}".lower()
    for word in (
        case.reference,
        "suspension",
        "council",
        "hemicycle",
        "platform",
        "bureau",
        sitting.mandate.shown_name,
    ):
        assert word.lower() not in whole
    work()
    assert len(mail.outbox) == 1


def test_nobody_without_an_address_is_mailed_and_the_letter_still_stands(sitting: Sitting) -> None:  # noqa: F811
    case = sitting.notified()
    actions.tick()
    work()
    assert mail.outbox == [] and Letter.objects.filter(about=case.reference).exists()


@pytest.fixture
def found(cast: object) -> Round:
    return make_round(cast)  # type: ignore[arg-type]


def test_an_open_vote_is_told_to_its_roll_and_its_closing_to_who_has_not_voted(found: Round) -> None:
    from hemicycle.composition import actions as composition
    from hemicycle.composition import queries as lists

    list_ = released(found)
    composition.call_bureau_vote(list_, found.by("anna"))
    vote = lists.votes(list_).get(state="called")
    Vote.objects.filter(pk=vote.pk).update(manner="written", closes_at=clock.now() + timedelta(days=5))
    vote.refresh_from_db()
    voting.open_vote(vote, found.by("anna"))
    actions.tick()
    told = set(Letter.objects.filter(kind=Kind.VOTE_OPENED).values_list("person__reference", flat=True))
    cast = found.cast
    assert {cast.henri.reference, cast.ilse.reference} <= told
    voting.cast(vote, found.by("henri"), choice="for")
    vote.refresh_from_db()
    assert vote.closes_at is not None
    with clock.set_to(vote.closes_at - timedelta(hours=1)):
        actions.tick()
        actions.tick()
    warned = list(Letter.objects.filter(kind=Kind.VOTE_CLOSING).values_list("person__reference", flat=True))
    assert cast.ilse.reference in warned and cast.henri.reference not in warned
    assert len(warned) == len(set(warned))


def test_a_fault_while_reading_forgets_nobody(sitting: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    actions.tick()
    before = Bookmark.objects.get().number
    case = sitting.notified()
    # The disk is full at the worst moment: the letter cannot be written.
    monkeypatch.setattr(actions, "write", _full)
    with pytest.raises(OSError, match="full"):
        actions.tick()
    assert (
        Bookmark.objects.get().number == before and not Letter.objects.filter(about=case.reference).exists()
    )
    monkeypatch.undo()
    actions.tick()
    assert Letter.objects.filter(about=case.reference).count() == 1
    assert Bookmark.objects.get().number == Entry.objects.order_by("-number").first().number  # type: ignore[union-attr]


def _full(*args: object) -> int:
    raise OSError("disk full")


def test_a_person_reads_only_the_own_letters(sitting: Sitting) -> None:  # noqa: F811
    case = sitting.notified()
    actions.tick()
    letter = Letter.objects.get(about=case.reference)
    stranger = sitting.found.cast.client("luca")
    assert case.reference not in stranger.get("/desk/messages/").content.decode()
    assert stranger.post(f"/desk/messages/{letter.pk}/").status_code == 404
    own = sign_in(sitting.mandate.person)
    for language in ("", "/fr", "/ru"):
        assert case.reference in own.get(f"{language}/desk/messages/").content.decode()
    opened = own.post(f"/desk/messages/{letter.pk}/")
    assert opened.status_code == 302 and case.reference in opened.url  # type: ignore[attr-defined]
    letter.refresh_from_db()
    assert letter.read_at == clock.now()


def test_only_a_demonstration_shows_the_outbox(sitting: Sitting, settings: object) -> None:  # noqa: F811
    client = sitting.found.cast.client("anna")
    assert client.get("/desk/outbox/").status_code == 404
    settings.DEMONSTRATION = True  # type: ignore[attr-defined]
    sitting.notified()
    actions.tick()
    assert client.get("/desk/outbox/").status_code == 200
