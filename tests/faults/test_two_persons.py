"""What two people must do, nobody does alone: not by holding both offices, not by asking in turns, not by alleging."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import get_resolver

from hemicycle.mandates import actions as mandates
from hemicycle.mandates import queries as seats
from hemicycle.people import actions as people
from hemicycle.people import queries as persons
from hemicycle.people.models import Holding
from hemicycle.record import acts, clock
from hemicycle.record.actors import Actor
from hemicycle.record.acts import SamePerson
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NEW, SAME, NotEmpowered, OutOfOrder, Refused, Step, Table
from hemicycle.suspension import actions as suspension
from hemicycle.suspension.models import Case
from hemicycle.web.desk import desks

from ..cast import Cast, charter
from ..composition import making as rounds
from ..house.test_tables import ALL
from . import scenes
from .scenes import SCENES

assert get_resolver().url_patterns  # desks are registered

PAIRS = [(table, step) for table in ALL for step in table.steps if step.two_person_of]

# Acts that are possible while a second person is awaited, and that change nothing of what was asked.
HARMLESS = {
    "candidacy.open_file": "leaves the trace of a reader, changes nothing",
    "suspension.open_file": "leaves the trace of a reader, changes nothing",
    "suspension.translate": "stands beside a text, changes none",
    "candidacy.correct_facts": "the candidate's own right until the opinion; the second clerk is shown it, an older page is stale",
    "candidacy.agree_to_counter_statements": "the candidate's own, says nothing on admissibility",
    "candidacy.leave_slate": "the candidate's own, says nothing on admissibility",
    "candidacy.hold": "delays erasure only",
    "candidacy.release_hold": "ends such a delay",
    "composition.erase_comments": "the clock takes words of the President's office that no other office ever read",
    "composition.adopt_pending": "the new proposer may not confirm either: composition.confirm_release",
    "contributions.erase_payee": "time, years later; the second half is refused then",
    "contributions.erase_bank_reference": "time, years later; the second half is refused then",
    "people.rest": "who let an office rest may not grant it again: people.confirm_grant",
    "texts.erase_translation": "it goes with its original; nothing is left to find right",
    "suspension.lapse_urgent": "time ends an urgent suspension, whatever is pending",
}


@pytest.mark.parametrize("scene", SCENES, ids=lambda s: s.__name__)
def test_who_did_the_first_half_is_refused_the_second_in_every_state(
    scene: Callable[[Cast], None], cast: Cast, open_house: None
) -> None:
    """Also when the person holds every office of the second half."""
    scene(cast)
    done = set()
    for table, step in PAIRS:
        bound = acts.registry[table.room, step.act]
        model = next(d.model for d in desks.values() if d.table is table)
        for entry in Entry.objects.filter(act=step.two_person_of, room=table.room):
            matter = model._default_manager.filter(reference=entry.matter).first()
            if matter is None:
                continue
            for state in table.states:
                matter.state = state
                with pytest.raises((SamePerson, OutOfOrder)) as caught:
                    acts.decide(bound, matter, Actor(entry.actor, 1), frozenset(step.offices))
                if matter.standing(clock.now()) in step.sources:
                    assert caught.type is SamePerson, (step.act, state)
                    done.add(f"{table.room}.{step.act}")
    assert done or scene not in ASKED, "nobody did a first half in this scene"


ASKED = {
    scenes.offices,
    scenes.host,
    scenes.votes,
    scenes.candidates,
    scenes.latecomers,
    scenes.list_asked,
    scenes.cases,
    scenes.texts_and_speech,
    scenes.proposals,
    scenes.consultations,
}


@pytest.mark.parametrize(("table", "step"), PAIRS, ids=lambda x: getattr(x, "act", ""))
def test_nothing_of_what_was_asked_changes_while_a_second_person_is_awaited(table: Table, step: Step) -> None:
    """So that nobody confirms words of one's own below the name of somebody else."""
    asked = set(table.by_act[step.two_person_of or ""].targets) & set(step.sources)
    assert asked, "the first act leads nowhere near the second"
    for other in table.steps:
        if SAME in other.targets and asked & set(other.sources):
            assert f"{table.room}.{other.act}" in HARMLESS, other.act


@pytest.mark.parametrize(("table", "step"), PAIRS, ids=lambda x: getattr(x, "act", ""))
def test_no_way_leads_to_the_second_half_round_the_first(table: Table, step: Step) -> None:
    """Every path from the beginning to a state in which the second half is possible goes through the first."""
    reached, ahead = set(), {NEW}
    while ahead:
        reached |= ahead
        ahead = {
            target
            for s in table.steps
            if s.act != step.two_person_of and s.act != "found_holding" and reached & set(s.sources)
            for target in s.targets
        } - reached - {SAME}  # fmt: skip
    assert not reached & set(step.sources), f"{table.room}.{step.act} without {step.two_person_of}"


def test_an_office_that_rests_is_not_given_back_by_who_proposed_it_or_let_it_rest(cast: Cast) -> None:
    holding = Holding(person=cast.quiet)
    people.grant(holding, cast.actor("anna"), office="integrity_officer")
    people.confirm_grant(holding, cast.actor("bruno"))
    people.rest(holding, cast.actor("bruno"))
    for key in ("anna", "bruno"):
        with pytest.raises(SamePerson):
            people.confirm_grant(holding, cast.actor(key))
    assert "integrity_officer" not in persons.actor(cast.quiet).offices


# --- who alleges decides nothing


def allege(cast: Cast, by: Actor) -> Case:
    case = Case(
        mandate=seats.in_force()[0], criterion=charter().criteria[0].key, allegation="Said it.", language="en"
    )
    suspension.allege(case, by)
    return case


@pytest.fixture
def sitting(cast: Cast, open_house: None) -> Cast:
    found = rounds.make_round(cast)
    mandates.begin_all(rounds.announced(found), found.by("anna"))
    return cast


def refused(act: Callable[..., object], case: Case, by: Actor, **given: object) -> None:
    before = Entry.objects.count(), case.state
    with pytest.raises((NotEmpowered, SamePerson)):
        act(case, by, **given)
    case.refresh_from_db()
    assert (Entry.objects.count(), case.state) == before


def test_a_secretary_general_who_alleged_neither_suspends_nor_finds(sitting: Cast) -> None:
    jonas = sitting.actor("jonas")
    case = allege(sitting, jonas)
    refused(suspension.suspend_urgently, case, jonas, danger="Tonight.", language="en")
    refused(suspension.find_no_case, case, jonas, reasons="Nothing.", language="en")
    suspension.notify(case, sitting.actor("anna"), substance="Said it.", language="en")
    suspension.reply(case, persons.actor(case.mandate.person), text="No.", language="en")
    refused(suspension.find_prima_facie, case, jonas, reasons="I said so.", language="en")


def test_a_clerk_who_alleged_handles_nothing_of_the_case(sitting: Cast) -> None:
    anna = sitting.actor("anna")
    case = allege(sitting, anna)
    refused(suspension.notify, case, anna, substance="Said it.", language="en")
    suspension.notify(case, sitting.actor("bruno"), substance="Said it.", language="en")
    refused(suspension.extend_reply, case, anna, days=1, ground="x", language="en")


def test_a_participant_who_alleged_does_not_reply_in_the_place_of_the_accused(sitting: Cast) -> None:
    other = persons.actor(seats.in_force()[1].person)
    case = allege(sitting, other)
    suspension.notify(case, sitting.actor("anna"), substance="Said it.", language="en")
    refused(suspension.reply, case, other, text="I admit everything.", language="en")


def test_only_who_alleged_takes_an_allegation_back(sitting: Cast) -> None:
    case = allege(sitting, sitting.actor("katia"))
    for key in ("anna", "jonas", "luca"):
        with pytest.raises((Refused, Unmet)):
            suspension.withdraw(case, sitting.actor(key))
    suspension.withdraw(case, sitting.actor("katia"))
    assert case.state == "withdrawn"
