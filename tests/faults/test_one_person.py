"""Nobody does a dangerous thing alone: every path of one person, through every table, ends before it.

The one person of these tests may hold any offices, all of them together too; time passes in that person's favour; and
in the harder half others help with everything except asking for the dangerous thing. The walk asks the tables; that it
judges as the gate judges is shown on real matters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pytest
from django.urls import get_resolver

from hemicycle.record import acts, clock
from hemicycle.record.actors import Actor
from hemicycle.record.models import Entry, Matter
from hemicycle.rules.procedure import NEW, SAME, Office, Refused, Step, Table
from hemicycle.web.desk import desks

from ..cast import Cast
from ..house.test_tables import ALL
from .scenes import SCENES

assert get_resolver().url_patterns  # desks are registered

HUMAN = frozenset(Office) - {Office.CLOCK, Office.FOUNDER}  # what a person can hold, or be given by a matter

# What nobody may do alone, and the acts that do it. Each is two rows of a table, follows from two, or is time's.
GOALS: dict[str, set[str]] = {
    "release of a list": {"composition.confirm_release", "composition.announce"},
    "release of an addition": {"composition.release_addition", "composition.add_successor"},
    "referral back": {"composition.refer_back"},
    "key of the evidence": {"people.confirm_custodian", "people.confirm_retirement"},
    "end of a participation": {"mandates.confirm_end"},
    "reveal of a sealed identity": {"mandates.confirm_reveal"},
    "spending": {"contributions.confirm_spending"},
    "booking money back": {"contributions.confirm_reversal", "contributions.confirm_return"},
    "seat of another voter": {"assembly.confirm_replacement"},
    "a first way in": {"people.issue_enrolment", "people.enrol"},
    "granting of offices": {"people.confirm_grant", "assembly.confirm_acting_president"},
    "recovery of an account": {"people.confirm_recovery", "people.complete_recovery"},
    "suspension": {"suspension.suspend", "suspension.confirm_urgent", "suspension.uphold"},
    "erasure": {
        "candidacy.erase", "people.erase_person", "mandates.erase_name", "vetting.erase_note",
        "candidacy.confirm_erasure", "candidacy.carry_out", "candidacy.erase_slate", "suspension.erase_case",
        "integrity.erase_interest", "integrity.erase_contact", "integrity.erase_alarm", "composition.erase_comments",
        "people.forget_holding_ground", "people.forget_recovery_ground",
        "contributions.erase_bank_reference", "contributions.erase_payee", "vetting.forget_training",
        "texts.erase_translation", "texts.erase_moderation",
        "statements.erase_statement", "statements.erase_initiative",
        "dialogue.erase_question", "dialogue.erase_exchange",
        "consultations.erase_answers",
    },
    "correction of what is public": {"record.publish_correction"},
    "destroying what many answered": {"consultations.confirm_withdrawal"},
    "a voice of civil society": {"consultations.make_codes"},
    "what an earlier contact said": {"followup.confirm_transcription"},
    "a proposal carried out": {"followup.confirm_carried_out"},
    "key of the record": {"record.confirm_new_key"},
    "change of the law": {"assembly.adopt_charter", "assembly.confirm_forum_decision"},
    "import of members": {"assembly.commit_import"},
    "outcome held elsewhere": {"voting.confirm_elsewhere"},
    "ballot at the desk": {"voting.confirm_desk_ballot"},
    "export": {"voting.hand_out_voter_file", "voting.save_voter_file"},
    "translation for everybody": {"texts.review_translation"},
    "admissibility": {
        "candidacy.declare_admissible", "candidacy.confirm_inadmissible", "candidacy.confirm_late_admission",
    },
}  # fmt: skip

# Second halves that say no to what the first asked: alone, they do no harm; with the pair they are refused all the same.
SAYING_NO = {
    "candidacy.dismiss_admissibility", "candidacy.dismiss_inadmissibility", "candidacy.dismiss_late_admission",
    "suspension.refuse_urgent",
}  # fmt: skip

# Grave acts, and others that weigh, which one person takes today, and why that is borne.
ALONE: dict[str, str] = {
    "assembly.dissolve_body": "undone by forming it again; the page of the body says who and when",
    "candidacy.ask_erasure": "the first half of an erasure before its time",
    "candidacy.withdraw": "the candidate's own",
    "candidacy.withdraw_call": "public at once, with reasons; a call can be opened again",
    "candidacy.decide_review": "a third person, after two clerks; never the clerk of either half",
    "composition.ask_release": "the first half of a release",
    "composition.withdraw": "the President's own proposal, before it is decided",
    "composition.refuse": "writes down the vote of a body, and asks it",
    "composition.refuse_ratification": "writes down the vote of a body, and asks it",
    "composition.draw_lot": "one half lay sealed, the other is what a public source says; the release takes two",
    "composition.propose_addition": "the first half of an addition",
    "composition.withdraw_acceptance": "the candidate's own",
    "consultations.withdraw": "before it is opened: nobody outside the house has known of it, and nobody has answered",
    "contributions.receive": "books money in, never out; public at once, with a receipt in the donor's own hands",
    "mandates.renounce": "the participant's own",
    "people.lock": "the person's own, or who holds the lock phrase: it protects",
    "people.revoke_enrolment": "makes a code, or half of one, worthless; two can make another",
    "people.end_holding": "takes an office away at once, so that a stolen one can be ended; two give it back",
    "people.revoke_reader_key": "the reader's own; what was sealed to it can be sealed to another",
    "statements.withdraw_initiative": "its group’s own, and refused while more than half of the group support it",
    "statements.withdraw_statement": "its last mover’s own; whoever still moves it keeps it",
    "suspension.suspend_urgently": "the first half of an urgent suspension",
    "texts.set_aside": "for days only, on a ground of the charter, public at once; the author appeals to another office",
    "vetting.give_reading": "one of two readings, blind",
    "vetting.give_opinion": "only what the readers agreed on",
    "vetting.give_review": "only what the reviewers agreed on",
    "vetting.give_again": "only what those who read anew agreed on; it suspends and ends nothing",
    "vetting.read_again": "the person is told at once, with cause and reasons; others read, and the opinion stands meanwhile",
    "voting.close": "after its time, or when all have voted; counts what others cast",
    "voting.break_tie": "the office's own right, public",
    "voting.leave_tie": "the question is rejected, as without it",
    "voting.annul": "before the close only, with reasons; decides nothing",
    "voting.withdraw_elsewhere": "takes back an entry that nobody confirmed",
}

TABLES = {f"{table.room}.{step.act}": table for table in ALL for step in table.steps}


@dataclass(frozen=True)
class Place:
    """Where a matter stands, and which first halves our one person did last."""

    state: str
    mine: frozenset[str] = frozenset()


def may(table: Table, step: Step, place: Place, offices: Iterable[str]) -> bool:
    """The gate's judgement, from the table and the first halves alone."""
    if step.inner or step.two_person_of in place.mine:
        return False
    try:
        table.decide(step.act, place.state, offices)
    except Refused:
        return False
    return True


def after(table: Table, step: Step, place: Place, *, is_mine: bool) -> Iterator[Place]:
    firsts = {s.two_person_of for s in table.steps if s.two_person_of}
    mine = place.mine
    if step.act in firsts:
        mine = mine | {step.act} if is_mine else mine - {step.act}
    for target in step.targets:
        yield Place(place.state if target == SAME else target, mine)


def taken_alone(table: Table, offices: frozenset[str], goals: set[str], *, others_help: bool) -> list[str]:
    """The goals that one person takes in some state that can come about: empty, if the table is sound.

    Others who help never take a first half and never a goal: then there would be two.
    """
    firsts = {s.two_person_of for s in table.steps if s.two_person_of}
    seen: set[Place] = set()
    ahead, taken = [Place(NEW)], []
    while ahead:
        place = ahead.pop()
        if place in seen:
            continue
        seen.add(place)
        for step in table.steps:
            name = f"{table.room}.{step.act}"
            if may(table, step, place, offices):
                if name in goals:
                    taken.append(f"{name} in {place.state}")
                ahead += after(table, step, place, is_mine=True)
            helpers = HUMAN | {Office.CLOCK} if others_help else {Office.CLOCK}
            if name not in goals and step.act not in firsts and may(table, step, Place(place.state), helpers):
                ahead += after(table, step, place, is_mine=False)
    return taken


SETS = [frozenset(HUMAN), *(frozenset(few) for size in (1, 2) for few in combinations(sorted(HUMAN), size))]


@pytest.mark.parametrize("others_help", [False, True], ids=["alone", "with helpers"])
@pytest.mark.parametrize("goal", GOALS)
def test_no_path_of_one_person_leads_there(goal: str, others_help: bool) -> None:
    for table in {id(TABLES[name]): TABLES[name] for name in GOALS[goal]}.values():
        for offices in SETS:
            assert not taken_alone(table, offices, GOALS[goal], others_help=others_help), sorted(offices)


def test_the_walk_finds_the_way_where_there_is_one() -> None:
    """A table from which the second person was taken out is found out."""
    for table in ALL:
        seconds = {f"{table.room}.{s.act}" for s in table.steps if s.two_person_of}
        goals = seconds & set().union(*GOALS.values())
        if not goals or table.matter in ("list", "case", "recovery"):
            continue
        steps = [Step(s.act, s.sources, s.target, s.offices, s.publicity, inner=s.inner) for s in table.steps]
        alone = Table(table.room, table.matter, table.title, table.states, steps)
        assert taken_alone(alone, frozenset(HUMAN), goals, others_help=False), table.matter


def test_two_people_get_there() -> None:
    """So that nothing above holds only because nobody gets anywhere."""
    for goal, names in GOALS.items():
        for name in names:
            table = TABLES[name]
            reached, ahead = set(), {NEW}
            while ahead:
                reached |= ahead
                ahead = {
                    t for s in table.steps if reached & set(s.sources) for t in s.targets if t != SAME
                } - reached  # fmt: skip
            assert reached & set(table.by_act[name.split(".")[1]].sources), (goal, name)


@pytest.mark.parametrize("table", ALL, ids=lambda t: f"{t.room}.{t.matter}")
def test_more_offices_never_close_a_way_that_fewer_open(table: Table) -> None:
    """Why it is enough to try all offices together: whoever holds fewer may do less."""
    for step in table.steps:
        for state in (NEW, *table.states):
            for office in HUMAN:
                if may(table, step, Place(state), {office}):
                    assert may(table, step, Place(state), HUMAN), (step.act, state, office)


def test_every_second_half_is_one_of_the_dangerous_things_or_says_no() -> None:
    seconds = {f"{table.room}.{s.act}" for table in ALL for s in table.steps if s.two_person_of}
    named = set().union(*GOALS.values()) | SAYING_NO
    assert not seconds - named, "put it among the GOALS"
    assert named <= set(TABLES), "no such act any more"


def test_every_grave_act_of_one_person_is_named_with_its_reason() -> None:
    grave = {
        f"{table.room}.{s.act}" for table in ALL for s in table.steps
        if s.grave and not s.inner and set(s.offices) & HUMAN
    }  # fmt: skip
    assert not grave - set().union(*GOALS.values(), ALONE), "two rows, or a reason"
    assert set(ALONE) <= set(TABLES) and not set(ALONE) & set().union(*GOALS.values())


@pytest.mark.parametrize("scene", SCENES, ids=lambda s: s.__name__)
def test_the_walk_judges_as_the_gate_judges(
    scene: Callable[[Cast], None], cast: Cast, open_house: None
) -> None:
    """On every matter of a house at work, for whoever did a first half there and for somebody who did none."""
    scene(cast)
    asked = 0
    for desk in desks.values():
        firsts = {s.two_person_of for s in desk.table.steps if s.two_person_of}
        for matter in desk.model._default_manager.all():
            latest = {
                e.act: e.actor
                for e in Entry.objects.filter(matter=matter.reference, act__in=firsts).order_by("number")
            }
            for who in {*latest.values(), "PERS-NOBODY"}:
                mine = frozenset(act for act, actor in latest.items() if actor == who)
                for step in desk.table.steps:
                    bound = acts.registry[desk.table.room, step.act]
                    place = Place(matter.standing(clock.now()), mine)
                    assert gate_lets(bound, matter, who) == may(desk.table, step, place, HUMAN), (
                        step.act,
                        place,
                    )
                    asked += 1
    assert asked


def gate_lets(bound: acts.BoundAct[Any, Any], matter: Matter, who: str) -> bool:
    try:
        acts.decide(bound, matter, Actor(who, 1), frozenset(HUMAN))
    except Refused:
        return False
    return True
