"""The gate: empowered, in order, done, recorded, or none of it."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from hemicycle.people.models import Holding
from hemicycle.record import acts, clock, facts
from hemicycle.record.actors import CLOCK, Actor
from hemicycle.record.acts import AlreadyRecorded, Facts, SamePerson, Stale, gate
from hemicycle.record.models import Entry, Opening
from hemicycle.rules.findings import Finding, Unmet
from hemicycle.rules.procedure import NEW, SAME, NotEmpowered, Office, OutOfOrder, Publicity, Step, Table
from tests.cast import Cast

TABLE = Table(
    room="gatetest",
    matter="thing",
    title="Thing",
    states={"proposed": "proposed", "held": "held", "ended": "ended", "refused": "refused"},
    steps=[
        Step("raise_thing", [NEW], "proposed", [Office.SECRETARIAT], Publicity.HOUSE),
        Step(
            "settle",
            ["proposed"],
            ["held", "refused"],
            [Office.SECRETARIAT],
            Publicity.PUBLIC,
            two_person_of="raise_thing",
        ),
        Step("annotate", ["held"], SAME, [Office.SECRETARIAT, Office.PRESIDENT], Publicity.SEALED),
        Step("fail", ["held"], "ended", [Office.SECRETARIAT], Publicity.HOUSE),
        Step("inner", ["held"], "ended", [Office.SECRETARIAT], Publicity.HOUSE, inner=True),
        Step("outer", ["held"], SAME, [Office.SECRETARIAT], Publicity.HOUSE),
        Step("expire", ["held"], "ended", [Office.CLOCK], Publicity.HOUSE),
    ],
)
act = gate(TABLE, lambda actor, matter: actor.offices)


@act
def raise_thing(thing: Holding, by: Actor) -> Facts:
    return Facts({"office": thing.office})


@act
def settle(thing: Holding, by: Actor, *, to: str) -> Facts:
    return Facts(to=to)


@act
def annotate(thing: Holding, by: Actor, *, text: str) -> Facts:
    thing.ground = text
    return Facts(sealed={"text": text})


@act
def fail(thing: Holding, by: Actor) -> Facts:
    thing.ground = "never seen"
    thing.save()
    raise Unmet(Finding("short by %(n)s", {"n": 1}, "gatetest.fail"))


@act
def inner(thing: Holding, by: Actor) -> None:
    return None


@act
def outer(thing: Holding, by: Actor, *, other: Holding) -> None:
    inner(other, by)


@act
def expire(thing: Holding, by: Actor) -> None:
    return None


def new_thing(cast: Cast) -> Holding:
    return Holding(person=cast.quiet, office="delegate", held_from=clock.now())


def held(cast: Cast) -> Holding:
    thing = new_thing(cast)
    raise_thing(thing, cast.actor("anna"))
    settle(thing, cast.actor("bruno"), to="held")
    return thing


def test_an_act_changes_the_state_and_appends_one_entry(cast: Cast) -> None:
    thing = held(cast)
    entries = list(Entry.objects.filter(matter=thing.reference))
    assert [e.act for e in entries] == ["raise_thing", "settle"]
    assert (entries[0].before, entries[0].after) == ("", "proposed")
    assert (entries[1].before, entries[1].after) == ("proposed", "held")
    assert entries[0].office == "secretariat" and entries[0].actor == cast.anna.reference
    assert entries[0].charter == "pace-2025/1.0" and entries[0].article == "gatetest.raise_thing"
    thing.refresh_from_db()
    assert thing.state == "held" and thing.version == 2


@pytest.mark.parametrize("who", ["quiet", "clara", "greta"])
def test_who_holds_no_office_of_the_row_is_refused_and_nothing_changes(cast: Cast, who: str) -> None:
    with pytest.raises(NotEmpowered):
        raise_thing(new_thing(cast), cast.actor(who))
    assert (
        not Entry.objects.exists()
        and not Holding.objects.filter(office="delegate", person=cast.quiet).exists()
    )


def test_authority_is_asked_before_order_so_that_a_stranger_learns_no_state(cast: Cast) -> None:
    with pytest.raises(NotEmpowered):
        settle(held(cast), cast.actor("quiet"), to="held")


def test_an_act_out_of_order_is_refused_and_nothing_changes(cast: Cast) -> None:
    thing = held(cast)
    before = Entry.objects.count()
    with pytest.raises(OutOfOrder):
        settle(thing, cast.actor("bruno"), to="held")
    assert Entry.objects.count() == before


def test_the_second_of_two_persons_may_not_be_the_first(cast: Cast) -> None:
    thing = new_thing(cast)
    raise_thing(thing, cast.actor("anna"))
    with pytest.raises(SamePerson):
        settle(thing, cast.actor("anna"), to="held")
    thing.refresh_from_db()
    assert thing.state == "proposed"


def test_an_unmet_rule_rolls_back_what_the_body_had_written(cast: Cast) -> None:
    thing = held(cast)
    with pytest.raises(Unmet, match="short by 1"):
        fail(thing, cast.actor("anna"))
    thing.refresh_from_db()
    assert thing.ground == "" and thing.state == "held"


def test_what_the_database_refuses_is_said_in_words_and_nothing_changes(cast: Cast) -> None:
    thing = new_thing(cast)
    thing.held_until = thing.held_from
    before = Entry.objects.count()
    with pytest.raises(ValidationError, match="a_holding_ends_after_it_begins"):
        raise_thing(thing, cast.actor("anna"))
    assert Entry.objects.count() == before and not Holding.objects.filter(person=cast.quiet).exists()


def test_a_target_that_the_row_does_not_name_is_a_fault_of_the_room(cast: Cast) -> None:
    thing = new_thing(cast)
    raise_thing(thing, cast.actor("anna"))
    with pytest.raises(ValueError, match="cannot lead"):
        settle(thing, cast.actor("bruno"), to="ended")


def test_personal_text_is_kept_as_a_commitment_that_opens_only_with_its_salt(cast: Cast) -> None:
    thing = held(cast)
    entry = annotate(thing, cast.actor("anna"), text="Надия was late")
    assert "Надия" not in str(entry.facts)
    salt = Opening.objects.get(entry=entry, name="text").salt
    assert entry.facts["text"] == "hmac-sha256:" + facts.commitment(salt, "Надия was late")


@pytest.mark.parametrize("value", ["two words", "Надия", {"a": "free text here"}, 1.5, ["ok", "not ok"]])
def test_facts_that_could_be_personal_text_are_refused(cast: Cast, value: object) -> None:
    with pytest.raises(ValueError, match="seal it"):
        facts.plain("key", value)


def test_the_same_form_sent_twice_acts_once(cast: Cast) -> None:
    once = uuid.uuid4().hex
    with acts.submission(once, None):
        first = raise_thing(new_thing(cast), cast.actor("anna"))
    with pytest.raises(AlreadyRecorded) as error, acts.submission(once, None):
        raise_thing(new_thing(cast), cast.actor("anna"))
    assert error.value.entry == first
    assert Entry.objects.count() == 1


def test_a_page_older_than_the_matter_is_refused(cast: Cast) -> None:
    thing = held(cast)
    annotate(thing, cast.actor("anna"), text="first")
    with pytest.raises(Stale), acts.submission(uuid.uuid4().hex, 2):
        annotate(thing, cast.actor("bruno"), text="second")
    thing.refresh_from_db()
    assert thing.ground == "first"


def test_an_inner_act_happens_only_within_another(cast: Cast) -> None:
    thing, other = held(cast), held(cast)
    with pytest.raises(NotEmpowered):
        inner(other, cast.actor("anna"))
    assert not [b for b in acts.open_to(TABLE, other, cast.actor("anna")) if b.step.act == "inner"]
    outer(thing, cast.actor("anna"), other=other)
    other.refresh_from_db()
    assert other.state == "ended"
    with pytest.raises(NotEmpowered):
        inner(thing, cast.actor("anna"))


def test_what_has_ended_by_its_date_is_over_before_the_clock_has_run(cast: Cast) -> None:
    thing = held(cast)
    Holding.objects.filter(pk=thing.pk).update(held_until=clock.now() + timedelta(days=1))
    with clock.set_to(clock.now() + timedelta(days=2)):
        with pytest.raises(OutOfOrder):
            annotate(thing, cast.actor("anna"), text="too late")
        expire(thing, CLOCK)
    thing.refresh_from_db()
    assert thing.state == "ended"


@pytest.mark.parametrize("statement", ["UPDATE record_entry SET act = 'x'", "DELETE FROM record_entry"])
def test_the_database_refuses_to_change_an_entry(cast: Cast, statement: str) -> None:
    held(cast)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Entry.objects.filter(act="raise_thing").exists()


def test_postgresql_refuses_to_truncate_the_record(cast: Cast, on_postgres: bool) -> None:
    held(cast)
    if not on_postgres:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'record_entry'"
            )
            assert cursor.fetchone()[0] == 2
        return
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE"
        )  # else what this test wrote is refused before the trigger is asked
        cursor.execute("TRUNCATE record_entry CASCADE")
    assert Entry.objects.exists()
