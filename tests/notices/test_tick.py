"""`hemicycle tick`: every room in its turn, once or again and again until told to stop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from config.rooms import ROOMS
from hemicycle.assembly import actions
from hemicycle.assembly.models import Session
from hemicycle.notices.management.commands import tick
from hemicycle.record import clock
from tests.cast import Cast

ROOT = Path(__file__).parents[2]


def run() -> str:
    out = StringIO()
    call_command("tick", stdout=out)
    return out.getvalue()


def test_the_rooms_are_asked_in_their_order() -> None:
    rooms = [room for room, _ in tick.ticks()]
    assert rooms == [room for room in ROOMS if room in rooms]
    assert {"people", "assembly", "integrity"} <= set(rooms)


def test_what_is_due_is_written_down_and_told(cast: Cast) -> None:
    opens = clock.today() + timedelta(days=2)
    actions.open_session(
        Session(name="2027", opens_on=opens, closes_on=date(2028, 1, 23)), cast.actor("anna")
    )
    assert "nothing was due" in run()
    with clock.set_to(clock.now() + timedelta(days=3)):
        assert "assembly: 1" in run()
        assert "nothing was due" in run()
    assert Session.objects.get().state == "open"


def test_a_room_that_fails_does_not_stop_the_others(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def broken() -> int:
        raise OSError("disk full")

    def sound() -> int:
        done.append("sound")
        return 1

    monkeypatch.setattr(tick, "ticks", lambda: [("first", broken), ("second", sound)])
    with pytest.raises(CommandError, match="first"):
        run()
    assert done == ["sound"]


def test_an_interval_is_a_number_of_seconds(cast: Cast) -> None:
    with pytest.raises(CommandError, match="more than 0"):
        call_command("tick", every=0.0)


@pytest.mark.sqlite_only  # on a file of its own, whichever database the run uses
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_loop_ends_when_it_is_told_to(
    tmp_path: Path, number: int, lay_migrated: Callable[[Path], None]
) -> None:
    """In a process and on a file of its own, on an unfounded record: rooms may fail there, the loop must not."""
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env = {**inherited, "HEMICYCLE_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    manage = "from django.core.management import execute_from_command_line as x; import sys; x(sys.argv)"
    lay_migrated(tmp_path)
    process = subprocess.Popen(
        [sys.executable, "-c", manage, "tick", "--every", "0.2"],
        cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline().startswith("The clock runs every")
    process.send_signal(number)
    out, _ = process.communicate(timeout=20)
    assert process.returncode == 0 and "The clock was stopped." in out
