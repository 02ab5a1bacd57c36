"""Mails on their way: one for several letters, in its time, read by a clerk beforehand, sent once or decided on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hemicycle.notices import actions, outbox, queries, retention, showing, wishes
from hemicycle.notices.models import LOST, Decision, Dispatch, Kind, Letter, Stage
from hemicycle.people.models import Person
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder

from ..cast import Cast
from ..composition.refusing import refused
from ..putting import put
from .server import Backend, failing, took

MINUTE = timedelta(minutes=1)
SOON = 10 * MINUTE  # what the charter gives a clerk to read


@pytest.fixture
def nadia(cast: Cast, server: type[Backend]) -> Person:
    return addressed(cast.nadia)


def addressed(person: Person) -> Person:
    put(Person.objects.filter(pk=person.pk), email=f"{person.pk}@example.org")
    return Person.objects.get(pk=person.pk)


def told(person: Person, number: int = 1, kind: Kind = Kind.OUTCOME) -> Dispatch | None:
    """A letter, and the mail that tells of it."""
    assert actions.write(person.pk, kind, "CAND-22222222", number) == 1
    return Letter.objects.get(person=person, entry=number).dispatch


def mail_to(person: Person, number: int = 1, kind: Kind = Kind.OUTCOME) -> Dispatch:
    found = told(person, number, kind)
    assert found is not None
    return found


def after(passed: timedelta = SOON) -> Any:
    return clock.set_to(clock.now() + passed)


def sent(passed: timedelta = SOON) -> int:
    """How many mails the server has when the worker did what is due after a while."""
    with after(passed):
        outbox.deliver_due.call()
    return len(took())


def stage(mail: Dispatch, passed: timedelta = SOON) -> Stage:
    return Dispatch.objects.get(pk=mail.pk).stage(clock.now() + passed)


def decided(act: Any, cast: Cast, mail: Dispatch, by: str = "anna", **words: str) -> Decision:
    decision = Decision(dispatch=mail)
    act(decision, cast.actor(by), **words)
    return decision


def test_several_letters_are_one_mail_which_goes_after_the_time_to_read_it(nadia: Person) -> None:
    mails = {mail_to(nadia, number).pk for number in (1, 2)}
    with after(5 * MINUTE):
        mails.add(mail_to(nadia, 3).pk)
    assert len(mails) == 1 and sent(9 * MINUTE) == 0
    assert sent() == 1 and sent(60 * MINUTE) == 1
    (mail,) = took()
    assert (mail["to"], mail["subject"]) == ([nadia.email], "У вас есть сообщение")
    row = Dispatch.objects.get()
    assert row.stage(clock.now()) is Stage.SENT and row.sent_at == clock.now() + 10 * MINUTE
    assert set(Letter.objects.values_list("dispatch", flat=True)) == {row.pk}
    with after(20 * MINUTE):
        assert mail_to(nadia, 4).pk not in mails, "what comes later is told anew"


def test_a_mail_bears_no_name_of_this_machine_and_the_same_mark_each_time(
    nadia: Person, settings: Any
) -> None:
    settings.DEFAULT_FROM_EMAIL = "messages@forum.example.org"
    mail = mail_to(nadia)
    sent()
    (line,) = took()
    assert (
        line["id"] == f"<{mail.message}@forum.example.org>" and line["from"] == "messages@forum.example.org"
    )
    assert set(line["head"]) == {
        "Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From", "To", "Date", "Message-ID",
    }  # fmt: skip
    assert mail.reference not in str(line) and nadia.reference not in str(line)


@pytest.mark.parametrize("why", ["no address", "only here", "nothing", "no mail server"])
def test_who_gets_no_mail_has_the_letter_all_the_same(
    cast: Cast, server: Any, settings: Any, why: str
) -> None:
    person = cast.nadia if why == "no address" else addressed(cast.nadia)
    settings.MAIL_GOES = why != "no mail server"
    if why in ("only here", "nothing"):
        wishes.keep(person, {"channel": "app" if why == "only here" else "none"})
    assert told(person) is None and sent() == 0
    assert Letter.objects.filter(person=person).count() == 1


@pytest.mark.parametrize("why", ["read", "no address", "only here", "erased"])
def test_a_mail_that_has_nothing_to_tell_any_more_does_not_go(nadia: Person, why: str) -> None:
    mail = mail_to(nadia)
    if why == "read":
        Letter.objects.update(read_at=clock.now())
    elif why == "no address":
        put(Person.objects.filter(pk=nadia.pk), email=None)
    elif why == "only here":
        wishes.keep(nadia, {"channel": "app"})
    else:
        Letter.objects.all().delete()
    assert sent() == 0 and stage(mail) is Stage.DROPPED


def test_quiet_hours_and_digests_are_kept_and_a_warning_waits_for_no_digest(nadia: Person) -> None:
    """It is noon in Strasbourg on a Tuesday: two in the afternoon in Tbilisi is three hours later."""
    said = {"rhythm": "weekly", "weekday": 4, "hour": 18, "zone": "Asia/Tbilisi", "quiet": ["15:00", "17:30"]}
    wishes.keep(nadia, said)
    mail = mail_to(nadia)
    assert mail.due_at == datetime.fromisoformat("2027-02-12T14:00+00:00")
    warning = mail_to(nadia, 2, Kind.ACCOUNT)
    assert warning == mail and warning.due_at == datetime.fromisoformat("2027-02-09T13:30+00:00")
    assert sent(89 * MINUTE) == 0 and sent(90 * MINUTE) == 1


def test_a_mail_that_is_late_waits_for_the_end_of_the_quiet_hours(nadia: Person) -> None:
    wishes.keep(nadia, {"zone": "UTC", "quiet": ["13:00", "14:00"]})
    mail = mail_to(nadia)
    assert mail.due_at == clock.now() + SOON
    assert sent(60 * MINUTE) == 0 and sent(119 * MINUTE) == 0 and sent(120 * MINUTE) == 1


def test_a_new_wish_counts_for_what_waits(nadia: Person) -> None:
    wishes.keep(nadia, {"rhythm": "weekly", "zone": "UTC"})
    mail = mail_to(nadia)
    wishes.keep(nadia, {"rhythm": "at_once"})
    outbox.plan_again(nadia)
    mail.refresh_from_db()
    assert mail.due_at == clock.now() + SOON


def test_mails_go_with_the_letters_when_the_charter_keeps_them_no_longer(cast: Cast, nadia: Person) -> None:
    mail, year = mail_to(nadia), timedelta(days=365)
    decision = decided(actions.hold_back, cast, mail, reason="asked")
    due = next(each for each in retention.plan(clock.now() + year) if each.reference == mail.reference)
    assert (due.kind, due.at) == ("mail", clock.now() + year) and due.kind in showing.KINDS
    with after(year - MINUTE):
        actions.tick()
    assert Dispatch.objects.exists()
    with after(year):
        actions.tick()
    assert not Dispatch.objects.exists()
    decision.refresh_from_db()
    assert (decision.dispatch, decision.reason) == (None, "asked"), "what was decided stays, and names nobody"
    with after(year):
        actions.let_go(decision, cast.actor("bruno"))


# --- a clerk decides


def test_a_clerk_holds_a_mail_back_and_lets_it_go(cast: Cast, nadia: Person) -> None:
    mail = mail_to(nadia)
    decision = decided(actions.hold_back, cast, mail, reason="danger")
    assert sent(60 * MINUTE) == 0 and stage(mail) is Stage.HELD
    entry = Entry.objects.get(act="hold_back")
    assert entry.facts == {"mail": mail.reference, "reason": "danger"} and entry.publicity == "sealed"
    assert mail_to(nadia, 2) != mail, "what comes meanwhile is told by a mail of its own"
    with after(60 * MINUTE):
        actions.let_go(decision, cast.actor("bruno"))
        refused(OutOfOrder, actions.let_go, decision, cast.actor("anna"))
    assert sent(69 * MINUTE) == 1 and sent(70 * MINUTE) == 2
    assert decision.state == "let_go"


@pytest.mark.parametrize("kind", [Kind.ACCOUNT, Kind.ALARM])
def test_a_warning_goes_at_once_and_no_clerk_sees_it_or_holds_it_back(
    cast: Cast, nadia: Person, page: Client, kind: Kind
) -> None:
    mail, other = mail_to(nadia, 1, kind), mail_to(addressed(cast.oleg), 2)
    before = page.get("/desk/mails/").content.decode()
    refused(Unmet, actions.hold_back, Decision(dispatch=mail), cast.actor("anna"), reason="fault")
    assert sent(timedelta()) == 1
    after_it = page.get("/desk/mails/").content.decode()
    for text in (before, after_it):
        assert mail.reference not in text and nadia.reference not in text and other.reference in text


def test_a_warning_that_did_not_leave_is_decided_on(
    nadia: Person, page: Client, server: type[Backend]
) -> None:
    mail = mail_to(nadia, 1, Kind.ALARM)
    server.takes = failing(SMTPDataError(554, b"no"))
    assert sent(timedelta()) == 0 and mail.reference in page.get("/desk/mails/").content.decode()


def test_only_clerks_decide_and_only_on_a_mail_that_is_there_for_it(cast: Cast, nadia: Person) -> None:
    mail = mail_to(nadia)
    reason = {"reason": "asked"}
    for name in ("nadia", "marta", "greta"):
        refused(NotEmpowered, actions.hold_back, Decision(dispatch=mail), cast.actor(name), **reason)
    refused(NotEmpowered, actions.hold_back, Decision(dispatch=mail), CLOCK, **reason)
    refused(Unmet, actions.hold_back, Decision(), cast.actor("anna"), **reason)
    for act in (actions.send_again, actions.leave_unsent):
        refused(Unmet, act, Decision(dispatch=mail), cast.actor("anna"))
    decided(actions.hold_back, cast, mail, **reason)
    refused(Unmet, actions.hold_back, Decision(dispatch=mail), cast.actor("bruno"), **reason)
    sent()
    other = mail_to(nadia, 2)
    sent()
    refused(Unmet, actions.hold_back, Decision(dispatch=other), cast.actor("anna"), **reason)


# --- the mail server does not do as it should


def test_a_server_that_is_away_is_asked_again_later(cast: Cast, nadia: Person, server: type[Backend]) -> None:
    mails = [mail_to(person) for person in (nadia, addressed(cast.oleg))]
    server.opens = failing(ConnectionRefusedError("away"))
    assert sent() == 0 and [stage(mail) for mail in mails] == [Stage.WAITING] * 2
    trouble = Dispatch.objects.values_list("trouble", flat=True)
    assert sorted(trouble) == ["", "ConnectionRefusedError"], "nobody waits for it once for each mail"
    server.opens = None
    assert sent(SOON) == 1, "the one that was tried is not at once tried again"
    assert sent(SOON + MINUTE) == 2


def test_a_refusal_for_good_is_shown_and_one_for_now_is_tried_again(
    nadia: Person, server: type[Backend]
) -> None:
    mail = mail_to(nadia)
    server.takes = failing(SMTPRecipientsRefused({"x": (450, b"later")}))
    assert sent() == 0 and stage(mail) is Stage.WAITING
    server.takes = failing(SMTPDataError(554, b"nadia@example.org is nobody"))
    assert sent(SOON + MINUTE) == 0 and stage(mail) is Stage.REFUSED
    assert Dispatch.objects.get().trouble == "554", "the server's words may repeat the address"
    assert sent(600 * MINUTE) == 0


def test_only_what_the_server_said_counts_to_the_twelfth_time(nadia: Person, server: type[Backend]) -> None:
    mail, passed = mail_to(nadia), SOON
    for down, expected in [(True, Stage.WAITING)] * 12 + [(False, Stage.WAITING)] * 11 + [(False, Stage.REFUSED)]:  # fmt: skip
        server.opens = failing(ConnectionRefusedError("away")) if down else None
        server.takes = failing(SMTPDataError(450, b"later"))
        assert sent(passed) == 0 and stage(mail, passed) is expected
        mail.refresh_from_db()
        assert mail.due_at <= clock.now() + passed + outbox.PAUSE
        passed = mail.due_at - clock.now()
    assert passed < timedelta(hours=7)


@pytest.mark.parametrize("act", [actions.send_again, actions.leave_unsent], ids=lambda a: a.step.act)
def test_what_may_have_left_is_never_sent_again_but_by_a_clerk(
    cast: Cast, nadia: Person, server: type[Backend], act: Any
) -> None:
    mail = mail_to(nadia)
    server.taken = failing(SMTPServerDisconnected("in the middle"))
    assert sent() == 1 and stage(mail) is Stage.UNKNOWN
    server.taken = None
    assert sent(600 * MINUTE) == 1, "it is known to nobody, and goes no second time"
    with after():
        decided(act, cast, mail)
        refused(Unmet, act, Decision(dispatch=mail), cast.actor("anna"))
    if act is actions.leave_unsent:
        assert sent(600 * MINUTE) == 1 and stage(mail) is Stage.LEFT
    else:
        assert sent() == 2 and stage(mail) is Stage.SENT
        assert len({line["id"] for line in took()}) == 1, "a copy is known by its mark"


def test_a_mail_that_was_begun_long_ago_is_no_more_being_sent(nadia: Person) -> None:
    mail = mail_to(nadia)
    with after():
        assert outbox.claim(mail.pk) is not None and outbox.claim(mail.pk) is None
    assert stage(mail, SOON + LOST - MINUTE) is Stage.SENDING and not queries.to_decide()
    assert stage(mail, SOON + LOST) is Stage.UNKNOWN
    with after(SOON + LOST):
        assert list(queries.to_decide()) == [mail]


# --- the page


@pytest.fixture
def page(cast: Cast) -> Iterator[Client]:
    yield cast.client("anna")


def test_the_page_shows_what_goes_to_clerks_only_and_neither_name_nor_kind(
    cast: Cast, nadia: Person, page: Client
) -> None:
    mail = mail_to(nadia)
    wishes.keep(nadia, {"rhythm": "daily", "zone": "Asia/Tbilisi", "hour": 3})
    outbox.plan_again(nadia)
    for prefix in ("", "/fr", "/ru"):
        text = page.get(f"{prefix}/desk/mails/").content.decode()
        assert mail.reference in text and "У вас есть сообщение" in text and nadia.reference in text
        for hidden in (
            nadia.shown_name,
            str(nadia.email),
            str(Kind.OUTCOME.label),
            "CAND-22222222",
            "Tbilisi",
        ):
            assert hidden not in text
    assert "The person wishes it then." in page.get("/desk/mails/").content.decode()
    for key in ("nadia", "greta", "marta"):
        assert cast.client(key).get("/desk/mails/").status_code == 404
    assert Client().get("/desk/mails/").status_code in (302, 404)


def test_a_mail_is_held_and_let_go_by_the_pages(cast: Cast, nadia: Person, page: Client) -> None:
    mail = mail_to(nadia)
    address = f"/matters/new/notices/hold_back/?mail={mail.reference}"
    assert address in page.get("/desk/mails/").content.decode()
    form = {"once": "a" * 32}
    wrong = page.post(address, form)
    assert wrong.status_code == 422 and not Decision.objects.exists()
    assert page.post(address, {**form, "reason": "wrong"}).status_code == 302
    decision = Decision.objects.get()
    assert mail.reference in page.get(f"/matters/{decision.reference}/").content.decode()
    assert cast.client("nadia").get(f"/matters/{decision.reference}/").status_code == 404
    let_go = reverse("act", args=[decision.reference, "let_go"])
    assert let_go in page.get("/desk/mails/").content.decode()
    assert page.post(let_go, {"once": "b" * 32}).status_code == 302
    assert stage(mail) is Stage.WAITING
    none = page.post("/matters/new/notices/send_again/?mail=MAIL-22222222", {"once": "c" * 32})
    assert none.status_code == 422 and "There is no such mail" in none.content.decode()


def test_what_needs_a_decision_waits_on_the_desk_of_clerks(nadia: Person, page: Client, server: Any) -> None:
    mail = mail_to(nadia)
    assert "needs a decision" not in page.get("/desk/").content.decode()
    server.takes = failing(SMTPDataError(554, b"no"))
    sent()
    assert "1 mail needs a decision" in page.get("/desk/").content.decode()
    assert (
        f"/matters/new/notices/leave_unsent/?mail={mail.reference}"
        in page.get("/desk/mails/").content.decode()
    )
