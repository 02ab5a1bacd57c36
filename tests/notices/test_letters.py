"""Letters are made from the record, tell nobody twice, forget nobody, and say nothing outside."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from config.rooms import ROOMS
from hemicycle.candidacy import actions as candidacies
from hemicycle.mandates import actions as mandates
from hemicycle.notices import actions
from hemicycle.notices.models import Bookmark, Kind, Letter
from hemicycle.notices.recipients import BY_ACT
from hemicycle.people.models import Person
from hemicycle.record import acts, clock
from hemicycle.record.models import Entry
from hemicycle.voting import actions as voting
from hemicycle.voting.models import Vote

from ..candidacy import making as files
from ..cast import Cast, sign_in
from ..composition.making import Round, make_round, released
from ..putting import put
from ..suspension.conftest import Sitting, sitting  # noqa: F401


def work() -> None:
    """Do what waits for the worker, as the worker does it but on the connection of the test."""
    for row in DBTaskResult.objects.ready():
        claimed = DBTaskResult.objects.get(pk=row.pk)
        claimed.task.call(*claimed.args_kwargs["args"], **claimed.args_kwargs["kwargs"])


def addressed(person: Person, language: str = "ru") -> Person:
    put(Person.objects.filter(pk=person.pk), email="somebody@example.org", language=language)
    person.refresh_from_db()
    return person


def test_every_act_that_is_told_stands_in_a_table() -> None:
    for room in ROOMS:
        if find_spec(f"hemicycle.{room}.actions"):
            import_module(f"hemicycle.{room}.actions")
    assert set(BY_ACT) <= set(acts.registry)


#: What the norms say that somebody is told, act by act: a row that vanishes is seen here.
NAMED = {
    # 1.6 a legal hold is told to the person
    ("candidacy", "hold"): {"candidate"},
    ("candidacy", "release_hold"): {"candidate"},
    # 2.1 an extension is for everybody; late admission
    ("candidacy", "extend_call"): {"everybody_of_call"},
    ("candidacy", "withdraw_call"): {"everybody_of_call"},
    ("candidacy", "confirm_late_admission"): {"candidate"},
    # 2.3 who is asked to speak, and of whom something was said
    ("candidacy", "invite_body"): {"invited_body"},
    ("candidacy", "give_counter_statement"): {"candidate_of_statement"},
    # 2.4 form only, one chance, review
    ("candidacy", "return_for_completion"): {"candidate"},
    ("candidacy", "confirm_inadmissible"): {"candidate"},
    ("candidacy", "decide_review"): {"candidate"},
    # 3.1 who reads, and what became of an objection
    ("vetting", "assign_reading"): {"assessor", "candidate_of_reading"},
    ("vetting", "decide_objection"): {"candidate_of_objection"},
    # 3.4 right of reply
    ("vetting", "notify_point"): {"candidate_of_point"},
    ("vetting", "extend_reply"): {"candidate_of_point"},
    ("vetting", "refuse_extension"): {"candidate_of_point"},
    ("vetting", "answer_point"): {"candidate_of_point"},
    # 3.7 outcome letters
    ("vetting", "send_letter"): {"candidate_of_letter"},
    # 5.1 accepting first
    ("composition", "ask_acceptance"): {"asked_candidate"},
    # 5.4, 5.5 votes
    ("voting", "open_vote"): {"voters"},
    ("voting", "close"): {"voters"},
    ("voting", "annul"): {"voters"},
    # 6.1 participation begins and ends; 1.7 a name withheld
    ("mandates", "begin"): {"seated"},
    ("mandates", "fill_vacancy"): {"seated"},
    ("mandates", "expire"): {"seated_by_another"},
    ("mandates", "withhold_name"): {"seated_by_another"},
    # 1.7 a withheld name is shown again on the word of its participant only
    ("mandates", "ask_reveal"): {"named_by_another"},
    ("mandates", "confirm_reveal"): {"named_by_another"},
    ("mandates", "dismiss_reveal"): {"named_by_another"},
    # 6.2 suspension
    ("suspension", "notify"): {"participant"},
    ("suspension", "confirm_urgent"): {"participant"},
    ("suspension", "lapse_urgent"): {"participant"},
    ("suspension", "begin_reply"): {"participant"},
    ("suspension", "extend_reply"): {"participant"},
    ("suspension", "find_no_case"): {"participant"},
    ("suspension", "decline_to_suspend"): {"participant"},
    ("suspension", "suspend"): {"participant"},
    ("suspension", "review"): {"reviewer"},
    ("suspension", "uphold"): {"participant"},
    ("suspension", "dismiss"): {"participant"},
    ("suspension", "lapse"): {"participant"},
    # 1.4 every known channel
    ("people", "ask_recovery"): {"recovered"},
    ("people", "confirm_recovery"): {"recovered"},
    ("people", "complete_recovery"): {"recovered"},
    ("people", "lock"): {"bearer"},
}


@pytest.mark.parametrize("act", sorted(NAMED), ids=".".join)
def test_what_the_norms_say_is_told_is_told_to_these_people(act: tuple[str, str]) -> None:
    assert {row.who.__name__ for row in BY_ACT.get(act, ())} == NAMED[act]


def told_since(about: str) -> set[str]:
    actions.tick()
    return set(Letter.objects.filter(about=about).values_list("person__reference", flat=True))


def test_everybody_with_a_candidacy_is_told_of_an_extension(
    cast: Cast, settings: Any, tmp_path: Path
) -> None:
    settings.DEMONSTRATION, settings.MEDIA_ROOT = True, tmp_path
    call = files.call(cast)
    files.written(call, cast.nadia)
    files.submitted(call, cast.oleg)
    candidacies.withdraw(files.submitted(call, cast.pavel), cast.actor("pavel"))
    actions.tick()
    call.refresh_from_db()
    candidacies.extend_call(call, cast.actor("anna"), closes_at=call.closes_at + timedelta(days=7))
    assert told_since(call.reference) == {cast.nadia.reference, cast.oleg.reference}
    letter = Letter.objects.get(about=call.reference, person=cast.nadia)
    assert sign_in(cast.nadia).post(f"/desk/messages/{letter.pk}/", follow=True).status_code == 200


def test_a_hold_is_told_when_it_is_set_and_when_it_ends(cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.DEMONSTRATION, settings.MEDIA_ROOT = True, tmp_path
    made = files.submitted(files.call(cast), cast.oleg)
    actions.tick()
    until = clock.now() + timedelta(days=40)
    candidacies.hold(made, cast.actor("anna"), ground="A complaint.", until=until, language="en")
    candidacies.release_hold(made, cast.actor("anna"))
    actions.tick()
    assert Letter.objects.filter(about=made.reference, person=cast.oleg, kind=Kind.MEASURE).count() == 2


def test_a_name_withheld_by_the_house_is_told_and_the_own_act_is_not(sitting: Sitting) -> None:  # noqa: F811
    mandate = sitting.mandate

    def told_of_it() -> int:
        actions.tick()
        return Letter.objects.filter(person=mandate.person, kind=Kind.MEASURE).count()

    mandates.withhold_name(mandate, sitting.participant)
    assert told_of_it() == 0
    mandates.show_name(mandate, sitting.participant)
    mandates.withhold_name(mandate, sitting.by("anna"))
    assert told_of_it() == 1


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
    with clock.set_to(clock.now() + timedelta(minutes=10)):
        for _ in range(2):  # the second time nothing is left to go
            actions.tick()
            work()
    (sent,) = mail.outbox
    assert sent.subject == "У вас есть сообщение"
    whole = f"{sent.subject} {sent.body} {sent.from_email} {sent.extra_headers}".lower()
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


def test_nobody_without_an_address_is_mailed_and_the_letter_still_stands(sitting: Sitting) -> None:  # noqa: F811
    case = sitting.notified()
    actions.tick()
    with clock.set_to(clock.now() + timedelta(minutes=10)):
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
