"""What happens beside the main road, planned at the outset: objections, corrections, checks, a review, a lost key."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from hemicycle.assembly import actions as assembly
from hemicycle.assembly import queries as bodies
from hemicycle.assembly.models import ActingPresidency, Body, BodySeat, Representation
from hemicycle.candidacy import actions as candidacy
from hemicycle.candidacy.models import CounterStatement
from hemicycle.integrity import actions as integrity
from hemicycle.integrity import codes
from hemicycle.integrity.models import CallerCheck
from hemicycle.people import actions as people
from hemicycle.people import phrases
from hemicycle.people import queries as persons
from hemicycle.people.models import Holding, Recovery
from hemicycle.vetting import actions as vetting
from hemicycle.vetting import queries as examinations
from hemicycle.vetting.models import Examination, Objection, Reading
from hemicycle.voting import actions as voting
from hemicycle.voting.models import DeskBallot, Vote

from . import applying, reading
from .house import come_in
from .stage import Stage, cast_ballots, data, only

OBJECTS, MOVES, SPOKEN_OF = "rakityanskaya", "snezhitskaya", "viryavkin"
REPRESENTED, STANDS_IN = "Urs Zurschmitten", "Giacomo Traversagna"
AT_THE_DESK, LOST_KEY = "Hrvoje Mrkopaljski", "Selin Gürdallı"


def play(stage: Stage) -> Iterator[float]:
    stage.plan(-93, 16, partial(agree_to_be_spoken_of, stage))
    stage.plan(-90, 11, partial(speak, stage))
    stage.plan(-87, 15, partial(object_to_a_reader, stage))
    stage.plan(-86, 15, partial(move, stage))
    stage.plan(-85, 15, partial(decide_objection, stage))
    stage.plan(-68, 15, partial(check_a_caller, stage))
    stage.plan(-62, 11, partial(vote_at_the_desk, stage))
    stage.plan(-61, 11, partial(ask_review, stage))
    stage.plan(-56, 15, partial(read_again, stage))
    stage.plan(-54, 10, partial(vote_in_committee, stage))
    stage.plan(-54, 10, partial(close_in_committee, stage), minute=10)
    stage.plan(-31, 15, partial(represent, stage))
    stage.plan(-28, 16, partial(lose_a_key, stage))
    stage.plan(-24, 16, partial(find_a_way_back, stage))
    stage.plan(-12, 8, partial(act_for_the_president, stage))
    yield 1.0


def agree_to_be_spoken_of(stage: Stage) -> None:
    """Nobody is asked about a candidate before the candidate agreed (2.3)."""
    row = stage.candidacies[SPOKEN_OF]
    candidacy.agree_to_counter_statements(row, stage.candidate(row))
    applying.come(stage, {"key": "body", "language": "ru"}, address=False)
    told = data("texts")["byways"]
    stage.statement = CounterStatement(
        candidacy=row, invited=stage.people["body"], body=told["body"], due_at=stage.instant(-80)
    )
    candidacy.invite_body(stage.statement, stage.actor("clerk1"))


def speak(stage: Stage) -> None:
    told = data("texts")["byways"]["body_says"]
    candidacy.give_counter_statement(
        stage.statement, persons.actor(stage.people["body"]), statement_text=told, language="ru"
    )


def object_to_a_reader(stage: Stage) -> None:
    """Capacity and organisation are told; the candidate objects with reasons before reading starts (3.1)."""
    row = stage.candidacies[OBJECTS]
    first = Reading.objects.get(examination__candidacy=row, ordinal=1, released_at__isnull=True)
    told = data("texts")["byways"]["objection"]
    stage.objection = Objection(reading=first)
    vetting.object(stage.objection, stage.candidate(row), reasons=told, language="ru")


def decide_objection(stage: Stage) -> None:
    told = data("texts")["byways"]["objection_decided"]
    vetting.decide_objection(
        stage.objection, stage.actor("reviewer"), upheld=False, reasons=told, language="en"
    )


def move(stage: Stage) -> None:
    """Facts may be corrected until the opinion; what stood there before stays beside (2.5)."""
    row = stage.candidacies[MOVES]
    values = {"residence": "LV", "origin": list(row.origin)}
    told = data("texts")["byways"]["moved"]
    candidacy.correct_facts(
        row, stage.candidate(row), part="residence", values=values, reasons=told, language="ru"
    )


def check_a_caller(stage: Stage) -> None:
    """A code both ways before a file is discussed by voice (4.2)."""
    row = stage.candidacies[OBJECTS]
    check = CallerCheck()
    integrity.open_check(check, stage.actor("clerk2"), person=row.person)
    integrity.enter_caller_code(check, stage.actor("clerk2"), code=codes.code(check, codes.CALLER))
    integrity.enter_clerk_code(check, stage.candidate(row), code=codes.code(check, codes.CLERK))
    integrity.close_check(check, stage.actor("clerk2"))


def vote_at_the_desk(stage: Stage) -> None:
    """A member without a device: entered by one clerk, confirmed by another and by the member (5.6)."""
    vote = Vote.objects.get(subject=stage.list.reference, body="bureau")
    line = vote.roll.get(person=stage.people[AT_THE_DESK])
    ballot = DeskBallot(vote=vote, roll_entry=line, choice="for")
    voting.cast_at_desk(ballot, stage.actor("clerk1"))
    voting.confirm_desk_ballot(ballot, stage.actor("clerk2"), confirmation="in_person")


def ask_review(stage: Stage) -> None:
    """A refusal is looked at again by assessors who did not read before (3.5)."""
    examination = Examination.objects.get(candidacy=stage.candidacies[only("not_met")])
    told = data("texts")["byways"]["review_asked"]
    vetting.ask_review(examination, stage.candidate(examination.candidacy), reasons=told, language="ru")


def read_again(stage: Stage) -> None:
    examination = Examination.objects.get(candidacy=stage.candidacies[only("not_met")])
    readers = list(examinations.live_readings(examination).filter(is_review=True).order_by("ordinal"))
    for row in readers:
        by = persons.actor(row.assessor)
        vetting.declare_no_interest(row, by)
        vetting.open_file(row, by)
        vetting.give_reading(row, by, findings=reading.findings(stage, row), language="en")
    first, *others = (persons.actor(row.assessor) for row in readers)
    told, key = data("texts")["byways"]["review_decided"], data("texts")["points"]["upheld"]["key"]
    vetting.draft_opinion(examination, first, opinion="not_met", text=told, language="en", grounds=[key])
    for other in others:
        vetting.agree(examination, other)
    vetting.give_review(examination, first)


def vote_in_committee(stage: Stage) -> None:
    """A secret vote at a sitting of a committee, in which not all who may vote do."""
    words = data("texts")["past_committee_vote"]
    vote = stage.votes["committee"] = Vote(
        body="political", question_en=words["en"], question_fr=words["fr"], question_ru=words["ru"]
    )
    voting.call_vote(vote, stage.actor("clerk2"), roll=bodies.roll_of("political"))
    voting.open_vote(vote, stage.actor("clerk2"))
    cast_ballots(stage, vote, ["for"] * 13 + ["against"] * 3 + ["abstention"] * 2)


def close_in_committee(stage: Stage) -> None:
    """Closed by hand when the charter's minutes are over (article 7.5)."""
    voting.close(stage.votes["committee"], stage.actor("clerk2"))


def represent(stage: Stage) -> None:
    """The chair of a group is represented for a week; heads of delegation never are (5.4)."""
    bureau = Body.objects.get(code="bureau")
    seat = BodySeat.objects.get(body=bureau, person=stage.people[REPRESENTED], held_until__isnull=True)
    asked = Representation()
    assembly.ask_replacement(
        asked, stage.actor("clerk1"), seat=seat, person=stage.people[STANDS_IN], from_at=stage.instant(-31, 16),
        until_at=stage.instant(-24, 16),
    )  # fmt: skip
    assembly.confirm_replacement(asked, stage.actor("clerk2"))


def lose_a_key(stage: Stage) -> None:
    """Two clerks, a live check each, a waiting time in which the person can still refuse (1.4)."""
    stage.recovery = Recovery()
    people.ask_recovery(
        stage.recovery, stage.actor("clerk1"), person=stage.people[LOST_KEY], live_check="video"
    )
    people.confirm_recovery(stage.recovery, stage.actor("clerk2"), live_check="in_person")


def find_a_way_back(stage: Stage) -> None:
    """A new code, handed over in person; the offices that rested are granted again."""
    people.complete_recovery(stage.recovery, stage.actor("clerk1"), half=phrases.half())
    stage.recovery.refresh_from_db()
    if stage.recovery.enrolment is None:
        raise RuntimeError("a recovery was completed without a code")
    people.issue_enrolment(stage.recovery.enrolment, stage.actor("clerk2"), half=phrases.half())
    come_in(stage.recovery.enrolment, {})
    for holding in Holding.objects.filter(person=stage.people[LOST_KEY], state="resting"):
        people.confirm_grant(holding, stage.actor("clerk2"))


def act_for_the_president(stage: Stage) -> None:
    """A Vice-President by precedence, for two days; it ends by its date (5.9)."""
    acting = ActingPresidency(
        person=stage.people["bureau1"], ground="absence", until_at=stage.instant(-10, 8)
    )
    assembly.appoint_acting_president(acting, stage.actor("clerk1"))
    assembly.confirm_acting_president(acting, stage.actor("clerk2"))
