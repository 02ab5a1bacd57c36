"""A worker that is killed while it sends, and two that send at once: no mail goes twice by itself, and none is forgotten."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django_tasks_db.models import DBTaskResult

from hemicycle.notices import actions, outbox
from hemicycle.notices.models import LOST, Decision, Dispatch, Kind, Letter, Stage
from hemicycle.people.models import Person
from hemicycle.record import clock

from ..cast import Cast
from ..conftest import NOON, at_once
from ..notices.server import Backend, die, took
from ..putting import put
from .test_kill import Reaper, ended, founded, in_a_process

pytestmark = pytest.mark.usefixtures("own_database")
DUE = NOON + timedelta(minutes=10)
PEOPLE = ("nadia", "oleg", "pavel")


@pytest.fixture
def server(settings: Any, tmp_path: Path) -> Iterator[type[Backend]]:
    settings.EMAIL_BACKEND, settings.MAIL_BOX = "tests.notices.server.Backend", tmp_path / "mails"
    yield Backend
    Backend.opens = Backend.takes = Backend.taken = None


def letters(*keys: str) -> Cast:
    """A letter and a mail that waits, to each of these people."""
    with clock.set_to(NOON):
        cast = founded()
        for key in keys:
            put(Person.objects.filter(pk=cast.persons[key].pk), email=f"{key}@example.org")
            actions.write(cast.persons[key].pk, Kind.OUTCOME, "VOTE-22222222", 1)
    return cast


def deliver(minutes: int = 0) -> None:
    with clock.set_to(DUE + timedelta(minutes=minutes)):
        outbox.deliver_due.call()


def killed(moment: str, server: type[Backend]) -> None:
    setattr(server, moment, die)
    assert ended(in_a_process(deliver)) == -signal.SIGKILL
    setattr(server, moment, None)


@pytest.mark.parametrize(("moment", "left"), [("opens", 0), ("takes", 0), ("taken", 1)])
def test_a_worker_killed_between_claim_and_note_sends_nothing_a_second_time(
    server: type[Backend], moment: str, left: int
) -> None:
    """Before the server is reached, before it takes the mail, after it took it: nobody knows which, so a clerk decides."""
    cast = letters("nadia")
    killed(moment, server)
    assert len(took()) == left
    for minutes in (1, 9, 11, 600):
        deliver(minutes)
    mail = Dispatch.objects.get()
    assert len(took()) == left and mail.stage(DUE + LOST) is Stage.UNKNOWN
    assert mail.sent_at is None, "nobody says that it was sent"
    with clock.set_to(DUE + LOST):
        actions.send_again(Decision(dispatch=mail), cast.actor("anna"))
        deliver(10)
    assert len(took()) == left + 1 and len({line["id"] for line in took()}) == 1
    assert Dispatch.objects.get().stage(DUE + LOST) is Stage.SENT


def test_a_worker_killed_after_any_of_its_statements_sends_each_mail_once_or_asks(
    server: type[Backend],
) -> None:
    """Three mails; killed again and again, a little later each time; what is in doubt is never more than one a kill."""
    letters(*PEOPLE)
    number, kills = 1, 0
    while True:

        def work(number: int = number) -> None:
            with connection.execute_wrapper(Reaper(number)):
                deliver()

        status = ended(in_a_process(work))
        if status == 0:
            break
        assert status == -signal.SIGKILL, status
        kills, number = kills + 1, number + 1
    assert kills >= 8, "it has more statements than that"
    addresses = [line["to"][0] for line in took()]
    assert len(addresses) == len(set(addresses)), "twice"
    stages = {row.person_id: row.stage(DUE + LOST) for row in Dispatch.objects.select_related("person")}
    assert set(stages.values()) <= {Stage.SENT, Stage.UNKNOWN} and len(stages) == len(PEOPLE)
    sent = {Person.objects.get(pk=key).email for key, stage in stages.items() if stage is Stage.SENT}
    assert sent <= set(addresses), "what is called sent was sent"


def test_a_clock_killed_while_it_writes_letters_leaves_none_without_its_mail(server: type[Backend]) -> None:
    with clock.set_to(NOON):
        cast = founded()
        put(Person.objects.filter(pk=cast.nadia.pk), email="nadia@example.org")
    person, number = cast.nadia.pk, 1
    while True:

        def work(number: int = number) -> None:
            with clock.set_to(NOON), connection.execute_wrapper(Reaper(number)):
                actions.write(person, Kind.OUTCOME, "VOTE-22222222", 1)

        if ended(in_a_process(work)) == 0:
            break
        assert Letter.objects.count() == Letter.objects.filter(dispatch__isnull=False).count()
        assert Dispatch.objects.count() == Letter.objects.count()
        number += 1
    assert number > 5 and Letter.objects.get().dispatch is not None
    deliver()
    assert len(took()) == 1


def test_two_workers_and_two_clocks_at_once_send_each_mail_once(server: type[Backend]) -> None:
    """In threads with connections of their own, then in processes."""
    cast = letters(*PEOPLE)
    assert at_once(*[deliver] * 4) == [None] * 4
    assert sorted(line["to"][0] for line in took()) == sorted(f"{key}@example.org" for key in PEOPLE)
    with clock.set_to(NOON):
        for key in PEOPLE:
            actions.write(cast.persons[key].pk, Kind.MEASURE, "VOTE-22222222", 2)

    def tick_and_work() -> None:
        with clock.set_to(DUE):
            call_command("tick", stdout=StringIO(), stderr=StringIO())
        for row in DBTaskResult.objects.ready():
            assert row.task_path.startswith("hemicycle.")
            deliver()

    children = [in_a_process(tick_and_work) for _ in range(3)]
    assert [ended(child) for child in children].count(0) >= 1
    deliver()
    assert len(took()) == 2 * len(PEOPLE)
