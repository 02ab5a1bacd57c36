"""A process that is killed, a disk that is full, two clocks that run at once: whole acts or none, each once."""

from __future__ import annotations

import os
import re
import signal
import time
import warnings
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections
from django.test import Client

from hemicycle.people import actions, phrases
from hemicycle.people.models import Enrolment, Holding, Person, Recovery
from hemicycle.record import clock
from hemicycle.record.models import Entry, Matter, Opening
from hemicycle.suspension import actions as suspension

from .. import cast as casting
from ..cast import Cast, sign_in
from ..conftest import NOON
from . import scenes

pytestmark = pytest.mark.usefixtures("own_database")


GIVEN: dict[type[Any], set[int]] = {}  # rows of the cast, granted long ago without an entry


def founded() -> Cast:
    """The cast, in the database of this test alone."""
    cast = casting.found()
    GIVEN[Holding] = set(Holding.objects.values_list("pk", flat=True))
    return cast


def whole() -> None:
    """Every matter that acts have touched is where its last entry says, and has as many acts as entries."""
    last: dict[str, Entry] = {}
    counts: Counter[str] = Counter()
    for entry in Entry.objects.order_by("number"):
        last[entry.matter] = entry
        counts[entry.matter] += 1
    for model in apps.get_models():
        if not (issubclass(model, Matter) and model.__module__.startswith("hemicycle.")):
            continue
        for matter in model._default_manager.all():
            if matter.reference in last:
                assert matter.state == last[matter.reference].after, matter
                assert matter.version == counts[matter.reference] + (matter.pk in GIVEN.get(model, ())), (
                    matter
                )
            else:
                assert matter.pk in GIVEN.get(model, ()), f"{matter} has no entry"


def in_a_process(work: Callable[[], None]) -> int:
    """Do the work in a process of its own, on a connection of its own. Returns the status of its end."""
    connections.close_all()
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # newer Pythons warn of threads; the child needs none
        child = os.fork()
    if child:
        return child
    try:
        work()
        os._exit(0)
    except BaseException:
        os._exit(1)


def ended(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


class Reaper:
    """Kills its own process with SIGKILL right after the statement of that number was carried out."""

    def __init__(self, number: int) -> None:
        self.left = number

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        self.left -= 1
        if not self.left:
            os.kill(os.getpid(), signal.SIGKILL)
        return result


# What the second clock may be told: the act was done, the letter sent, or the file erased, a moment ago.
EARLIER = {"OutOfOrder", "DoesNotExist", "Unmet"}


def traces() -> tuple[int, ...]:
    return tuple(model._default_manager.count() for model in (Entry, Opening, Enrolment, Holding, Person))


def test_an_act_killed_after_any_of_its_statements_has_not_happened() -> None:
    """Completing a recovery: acts within the act, offices that rest, a code; one transaction all the same."""
    with clock.set_to(NOON):
        cast = founded()
        recovery = Recovery(person=cast.luca)
        actions.ask_recovery(recovery, cast.actor("anna"), live_check="video")
        actions.confirm_recovery(recovery, cast.actor("bruno"), live_check="in_person")
        clerk = cast.actor("anna")
    before = traces()
    later = NOON + timedelta(days=10)
    killed = 0
    for number in range(1, 200):

        def work(number: int = number) -> None:
            with clock.set_to(later), connection.execute_wrapper(Reaper(number)):
                actions.complete_recovery(Recovery.objects.get(), clerk, half=phrases.half())

        status = ended(in_a_process(work))
        if status == 0:
            break
        assert status == -signal.SIGKILL, f"the process ended with {status} at statement {number}"
        killed += 1
        assert traces() == before, f"killed after statement {number}, something is there"
        assert Recovery.objects.get().state == "waiting"
    assert killed > 10, "the act has more statements than that"
    assert Recovery.objects.get().state == "completed"
    acts = list(Entry.objects.order_by("number").values_list("act", flat=True))[2:]
    assert acts == ["rest", "ask_enrolment", "complete_recovery"]
    whole()


def test_a_process_killed_at_any_moment_leaves_whole_acts() -> None:
    with clock.set_to(NOON):
        cast = founded()
        anna, bruno = cast.actor("anna"), cast.actor("bruno")
        known = Person.objects.count()

    def work() -> None:
        with clock.set_to(NOON):
            while True:
                enrolment = Enrolment()
                actions.ask_enrolment(enrolment, anna, half=phrases.half(), name="Invented Newcomer")
                holding = Holding(person=enrolment.person)
                actions.grant(holding, anna, office="delegate", ground="As sent.")
                actions.confirm_grant(holding, bruno)

    for milliseconds in (60, 90, 131, 177):
        child = in_a_process(work)
        time.sleep(milliseconds / 1000)
        os.kill(child, signal.SIGKILL)
        assert ended(child) == -signal.SIGKILL
        whole()
        newcomers = Person.objects.count() - known
        assert newcomers == Enrolment.objects.count() == Entry.objects.filter(act="ask_enrolment").count()
        assert Opening.objects.count() == Entry.objects.filter(act__in=["grant", "confirm_grant"]).count()
    assert Entry.objects.count() > 5, "somebody did act before being killed"
    with clock.set_to(NOON):  # and the house works on
        actions.grant(Holding(person=cast.quiet), anna, office="delegate")


@pytest.mark.sqlite_only
def test_a_full_disk_is_said_clearly_and_leaves_nothing_half_written(on_postgres: bool) -> None:
    if on_postgres:
        pytest.skip("SQLite's own limit stands for the full disk")
    with clock.set_to(NOON):
        cast = founded()
        anna = cast.actor("anna")
        client: Client = sign_in(cast.anna)
        client.raise_request_exception = False
        client.get("/desk/")
        before = traces()
        with connection.cursor() as cursor:
            pages = cursor.execute("PRAGMA page_count").fetchone()[0]
            cursor.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(DatabaseError, match="full"):
            for number in range(2000):
                actions.ask_enrolment(
                    Enrolment(), anna, half=phrases.half(), name=f"Newcomer {number} " + "x" * 60
                )
        done = traces()
        assert done[0] - before[0] == done[2] - before[2] == done[4] - before[4], (
            "entry, enrolment and person"
        )
        whole()
        form = {
            "once": "f" * 32, "subject": Entry.objects.latest("number").matter, "field": "name", "old_text": "a",
            "new_text": "b" * 20_000, "ground": "A slip.",
        }  # fmt: skip
        refused = client.post("/matters/new/record/draft_correction/", form)
        assert refused.status_code == 507
        assert "Nothing was saved" in refused.content.decode()
        assert traces() == done
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")
        again = client.post("/matters/new/record/draft_correction/", form)
        assert again.status_code == 302, "the same form, sent again when there is space, acts"
        assert Entry.objects.filter(act="draft_correction").count() == 1
        whole()


@pytest.mark.parametrize("scene", [scenes.offices, scenes.candidates, scenes.examinations, scenes.cases])
def test_two_clocks_at_once_write_each_entry_once(
    scene: Callable[[Cast], None], settings: Any, tmp_path: Path
) -> None:
    settings.DEMONSTRATION, settings.MEDIA_ROOT = True, tmp_path
    with clock.set_to(NOON):
        cast = casting.found()
        scene(cast)
        if scene is scenes.cases:
            case = apps.get_model("suspension", "Case").objects.get(state="urgent_asked")
            suspension.confirm_urgent(case, cast.actor("greta"), substance="Said it.", language="en")
    before = set(Entry.objects.values_list("number", flat=True))
    late = NOON + timedelta(days=45)

    def tick() -> None:
        said = StringIO()
        with clock.set_to(late):
            try:
                call_command("tick", stdout=said, stderr=said)
            except CommandError:
                faults = set(re.findall(r"\w+: (\w+): ", said.getvalue())) - EARLIER
                os._exit(
                    4 if faults else 3
                )  # 3: the other clock was first somewhere; the next round does the rest

    children = [in_a_process(tick) for _ in range(3)]
    statuses = [ended(child) for child in children]
    assert set(statuses) <= {0, 3}, statuses
    with clock.set_to(late):
        for _ in range(3):
            call_command("tick", stdout=StringIO())
    written = Counter(
        Entry.objects.exclude(number__in=before).filter(office="clock").values_list("matter", "act")
    )
    assert written, "nothing was due in this scene"
    assert not {key: n for key, n in written.items() if n > 1}
    letters = Counter(
        apps.get_model("notices", "Letter").objects.values_list("person_id", "kind", "about", "entry")
    )
    assert not {key: n for key, n in letters.items() if n > 1}
