"""What the dry run names for a day is what the clock erases when that day has come: no more, no less."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from hemicycle.candidacy import queries as calls
from hemicycle.candidacy.models import Call, Candidacy
from hemicycle.notices import retention, showing
from hemicycle.record import clock
from hemicycle.record.models import Entry, KeyDestruction
from hemicycle.vetting.models import OutcomeLetter

from ..candidacy import making
from ..candidacy.conftest import call, demonstration, media  # noqa: F401
from ..cast import Cast
from ..vetting import making as readings
from .keeping import house, named, run, there


@pytest.mark.parametrize("days", [6, 7, 29, 31, 61, 89, 91, 101, 181, 365, 547, 800, 1826])
@pytest.mark.parametrize("held", [(), ("nadia", "quiet"), ("pavel", "oleg")], ids=str)
def test_the_clock_erases_what_the_dry_run_named_for_that_day(
    call: Call,  # noqa: F811
    cast: Cast,
    days: int,
    held: tuple[str, ...],
) -> None:
    house(call, cast, frozenset(held))
    before, at = there(), clock.now() + timedelta(days=days)
    promised, entries = named(at), Entry.objects.count()
    assert Entry.objects.count() == entries and there() == before, "to look changes nothing"
    with clock.set_to(at):
        run()
        assert named(clock.now()) == set(), "the clock leaves nothing behind that is due"
        gone = {each for each in before if each not in there()}
    # New letters are written meanwhile, and a letter goes with the file that it is about: both are told apart.
    assert {each for each in gone if each[0] != "letter"} == {
        each for each in promised if each[0] != "letter"
    }
    assert {each for each in promised if each[0] == "letter"} <= gone


def test_every_kind_is_named_and_the_plan_knows_no_other(call: Call, cast: Cast) -> None:  # noqa: F811
    house(call, cast)
    kinds = {kind for kind, _ in there()}
    assert kinds <= set(showing.KINDS)
    assert {"draft", "withdrawn", "inadmissible", "not_chosen", "requested", "slate", "interest", "contact", "alarm",
            "office", "recovery", "letter"} <= kinds  # fmt: skip


def test_a_file_not_chosen_goes_on_the_day_that_its_letter_names_and_still_counts(
    call: Call,  # noqa: F811
    cast: Cast,
) -> None:
    readings.describe(cast)
    made = making.admissible(call, cast.nadia, cast)
    readings.concluded(made, cast, "not_met", ("public_opposition",))
    day = OutcomeLetter.objects.get().destroyed_on
    assert day is not None
    counted = calls.counts(call)
    goes = retention.retention.day_start(day)
    with clock.set_to(goes - timedelta(seconds=1)):
        run()
        assert Candidacy.objects.exists()
    with clock.set_to(goes):
        run()
    assert not Candidacy.objects.exists()
    call.refresh_from_db()
    assert calls.counts(call) == counted
    assert KeyDestruction.objects.filter(owner=made.reference).exists()
    assert Entry.objects.filter(act="erase_person").exists()


def test_a_file_whose_review_runs_does_not_go(call: Call, cast: Cast) -> None:  # noqa: F811
    from hemicycle.people import queries as persons
    from hemicycle.vetting import actions as vetting

    readings.describe(cast)
    examination = readings.concluded(
        making.admissible(call, cast.nadia, cast), cast, "not_met", ("public_opposition",)
    )
    vetting.ask_review(examination, persons.actor(cast.nadia), reasons="Read again.", language="en")
    day = OutcomeLetter.objects.get().destroyed_on
    assert day is not None
    with clock.set_to(retention.retention.day_start(day) + timedelta(days=1)):
        run()
    assert Candidacy.objects.exists()


def test_the_last_day_of_the_calendar_has_an_end() -> None:
    assert showing.end_of(date(9999, 12, 31)).year == 9999
    assert showing.end_of(date(2027, 5, 1)) < retention.retention.day_start(date(2027, 5, 2))


# --- the page and the command -----------------------------------------------------------------------------------------


def command(*given: str) -> str:
    out = StringIO()
    call_command("retention", *given, stdout=out)
    return out.getvalue()


def test_the_command_and_the_page_say_the_same_and_change_nothing(call: Call, cast: Cast) -> None:  # noqa: F811
    house(call, cast, frozenset({"nadia"}))
    entries, day = Entry.objects.count(), date(2027, 9, 1)
    said, page = (
        command("--on", day.isoformat()),
        cast.client("anna").get("/retention/?on=2027-09-01").content.decode(),
    )
    lines = showing.lines(retention.plan(showing.end_of(day)))
    assert lines
    for line in lines:
        for reference in line.references:
            assert reference in said and (reference in page or len(line.references) > 12)
        assert f"{line.month:%Y-%m}" in page and str(line.title) in page
    assert max(map(len, said.splitlines())) <= 80
    assert "put off by a hold" in said
    assert Entry.objects.count() == entries
    assert "Nothing." in command("--on", "2027-02-09")
    with pytest.raises(CommandError, match="2027-05-01"):
        command("--on", "1 May")


def test_the_page_is_for_the_two_offices_and_tells_of_keys_that_are_not_gone_yet(
    call: Call,  # noqa: F811
    cast: Cast,
) -> None:
    KeyDestruction.objects.create(owner="CAND-OLD", asked_at=clock.now())
    for key in ("anna", "marta"):
        assert "1 key should be gone" in cast.client(key).get("/retention/").content.decode()
    for key in ("nadia", "greta", "clara"):
        assert cast.client(key).get("/retention/").status_code == 404
    assert "1" in command().splitlines()[-1]
