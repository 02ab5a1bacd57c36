"""What waits today, so that a visitor can act at once in any of the offices; and the cast of the sign-in page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import F

from hemicycle.assembly import actions as assembly
from hemicycle.assembly import queries as bodies
from hemicycle.candidacy import actions as candidacy
from hemicycle.integrity import actions as integrity
from hemicycle.integrity.models import Interest
from hemicycle.notices.models import Letter
from hemicycle.people import actions as people
from hemicycle.people import demonstration, phrases
from hemicycle.people import queries as persons
from hemicycle.people.models import Enrolment, Holding
from hemicycle.record import actions as record
from hemicycle.record.models import Correction
from hemicycle.vetting import actions as vetting
from hemicycle.vetting import queries as examinations
from hemicycle.vetting.models import AdversePoint, Examination, Reading, ServiceEntry
from hemicycle.voting import actions as voting
from hemicycle.voting.models import Vote

from . import applying, house, names, reading
from .reading import add_sources
from .stage import Stage, cast_ballots, data, only
from .term import version, written_vote
from .writing import candidacy_of, write

OPENS, CLOSES = -13, 21


def play(stage: Stage) -> Iterator[float]:
    call_again(stage)
    examine(stage)
    stage.votes["tied"] = written_vote(
        stage, data("texts")["tied_vote"], -9, -4, ["for", "against"] * 12 + ["abstention"] * 4
    )
    yield 0.7
    leave_second_halves(stage)
    open_votes(stage)
    yield 0.9
    stage.pass_time(-1)
    read_letters(stage)
    fill_the_cast(stage)
    yield 1.0


def call_again(stage: Stage) -> None:
    """The next session is drawn up and its call is open, under version 1.1: candidacies at every stage of the form."""
    following = house.year_on(stage.session.opens_on)
    with stage.at(OPENS - 1, 10):
        stage.next_session = house.drawn_up(stage, following, house.year_on(following))
        stage.next_call = applying.call(stage, OPENS, CLOSES)
    again = next(row for row in data("candidates")["candidate"] if "candidate" in row["part"])
    stage.plan(OPENS + 1, 9, partial(begin, stage, again, 60))
    for index, row in enumerate(data("candidates")["next"]):
        stage.plan(OPENS + 1 + index, 15, partial(come, stage, row, 61 + index))
    for key, day in ((again["key"], 2), (key_of("read"), 3), (key_of("doubted"), 6), (key_of("new"), 11)):
        stage.plan(OPENS + day, 12, partial(send, stage, key))
    stage.plan(-3, 10, partial(doubt, stage))


def key_of(part: str) -> str:
    return only(part, "next")


def come(stage: Stage, row: dict[str, Any], index: int) -> None:
    applying.come(stage, row, address=True)
    begin(stage, row, index)


def send(stage: Stage, key: str) -> None:
    sent = stage.next_candidacies[key]
    candidacy.submit(sent, stage.candidate(sent))


def doubt(stage: Stage) -> None:
    """One clerk proposes to declare a candidacy inadmissible; the other has not decided."""
    words = data("texts")["forms"]["not_own_act"]
    candidacy.propose_inadmissible(
        stage.next_candidacies[key_of("doubted")],
        stage.actor("clerk1"),
        ground="not_own_act",
        reasons=words,
        language="ru",
    )


def begin(stage: Stage, row: dict[str, Any], index: int) -> None:
    begun = stage.next_candidacies[row["key"]] = candidacy_of(stage, row, stage.next_call)
    write(stage, begun, row, index)


def examine(stage: Stage) -> None:
    """Two files, read by two assessors each: in each, one has begun and the other must declare first. In one of them an
    adverse point waits for the candidate's reply.
    """
    stage.plan(-10, 10, partial(assign, stage, only("candidate"), "assessor1", "assessor2"))
    stage.plan(-8, 10, partial(assign, stage, key_of("read"), "assessor3", "assessor4"))
    stage.plan(-9, 12, partial(declare_service, stage))
    stage.plan(-4, 11, partial(read_and_raise, stage))
    stage.plan(-3, 11, partial(put, stage))
    stage.plan(-2, 12, partial(dispute, stage))
    stage.plan(-2, 11, partial(read_on, stage, key_of("read")))
    names.plan(stage)


def assign(stage: Stage, key: str, *readers: str) -> None:
    """Admissible, and given to two assessors; the numbers behind the choice are checked as ever."""
    row = stage.next_candidacies[key]
    applying.declare_admissible(stage, row, 1)
    vetting.assign(
        Examination(candidacy=row), stage.actor("clerk1"), readers=[stage.people[who].pk for who in readers]
    )
    reading.seal_to_readers(stage)


def read_on(stage: Stage, key: str) -> Reading:
    """The first reader opens the file and saves some findings as a draft."""
    reading = Reading.objects.get(examination__candidacy=stage.next_candidacies[key], ordinal=1)
    by, words = persons.actor(reading.assessor), data("texts")["reasons"]["met"]
    vetting.declare_no_interest(reading, by)
    vetting.open_file(reading, by)
    asked = examinations.asked(examinations.charter_of(reading.examination))[:3]
    found = {row.key: {"verdict": "met", "reasons": words[0], "evidence": []} for row in asked}
    vetting.save_reading(reading, by, findings=found, language="en")
    return reading


def read_and_raise(stage: Stage) -> None:
    told = data("texts")["points"]["waiting"]
    reading = read_on(stage, only("candidate"))
    stage.point = AdversePoint(examination=reading.examination)
    vetting.raise_point(
        stage.point, persons.actor(reading.assessor), key=told["key"], substance=told["substance"],
        evidence=told["evidence"], language="en",
    )  # fmt: skip
    add_sources(stage.point, persons.actor(reading.assessor), told["sources"])
    find_service(stage, reading)


def declare_service(stage: Stage) -> None:
    """The candidate tells posts and money: one of a kind that is set aside, one that a bar covers, one that none does."""
    row = stage.next_candidacies[only("candidate")]
    for told in data("texts")["service"]["declared"]:
        vetting.declare_service(ServiceEntry(candidacy=row), stage.candidate(row), **told, language="ru")


def find_service(stage: Stage, found_in: Reading) -> None:
    """The reader disputes one of them, enters what the own source says, and lets the point rest on both."""
    told, by = data("texts")["service"], persons.actor(found_in.assessor)
    disputed = ServiceEntry.objects.filter(candidacy=found_in.examination.candidacy).order_by("-pk")[0]
    vetting.dispute_declared(disputed, by, text=told["words"]["reader"], language="en")
    found = ServiceEntry(candidacy=found_in.examination.candidacy)
    vetting.find_service(found, by, **told["found"], language="en")
    for entry in (disputed, found):
        vetting.tie_service(entry, by, point=stage.point.reference)


def dispute(stage: Stage) -> None:
    """The candidate, to whom it was put with the point, disputes it."""
    found = ServiceEntry.objects.get(point=stage.point)
    words = data("texts")["service"]["words"]["candidate"]
    vetting.dispute_service(found, stage.candidate(found.candidacy), text=words, language="ru")


def put(stage: Stage) -> None:
    told, named = data("texts")["points"]["waiting"], data("texts")["translator"]["name"]
    reading.put(stage, stage.point, told, named)


def leave_second_halves(stage: Stage) -> None:
    """Acts of two people of which one is done; and a version of the charter on which two are to be consulted."""
    words, contact = data("texts")["correction"], stage.contacts[2]
    correction = Correction(
        subject=contact.reference, field=words["waiting_field"], language="en", old_text=contact.hospitality,
        new_text=words["waiting_new"], ground=words["waiting_ground"],
    )  # fmt: skip
    named = data("texts")["newcomer"]
    with stage.at(-2, 15):
        record.draft_correction(correction, stage.actor("clerk1"))
        enrolment = Enrolment()
        people.ask_enrolment(
            enrolment, stage.actor("clerk2"), half=phrases.half(), name=named["name"], reads=["en", "ru"]
        )
        people.grant(
            Holding(person=enrolment.person), stage.actor("clerk2"), office="reviewer", ground=named["ground"]
        )
        draft = version("1.2", "call_minimum_days = { value = 28", "call_minimum_days = { value = 35")
        assembly.draft_charter(draft, stage.actor("clerk2"))
    with stage.at(-2, 16):
        allege_interest(stage)


def allege_interest(stage: Stage) -> None:
    """Somebody is said to have an interest that was not declared: without effect until the named office decides (4.1)."""
    words, bearer = data("texts")["interests"], next(iter(data("house")["bureau"]["seats"]))[0]
    interest = Interest(
        person=stage.people[bearer], subject=stage.next_candidacies[key_of("new")].person.reference, kind="work",
        text=words["alleged"], language="en",
    )  # fmt: skip
    integrity.allege(interest, stage.actor("clerk2"))


def open_votes(stage: Stage) -> None:
    """A free question before the Bureau, and a secret vote of a committee; the cast has not voted in either."""
    with stage.at(-1, 14):
        for name, body in (("open_vote", "bureau"), ("committee_vote", "political")):
            words = data("texts")[name]
            vote = stage.votes[name] = Vote(
                body=body, manner="written", question_en=words["en"], question_fr=words["fr"],
                question_ru=words["ru"], closes_at=stage.instant(5, 18),
            )  # fmt: skip
            voting.call_vote(vote, stage.actor("clerk1"), roll=bodies.roll_of(body))
            voting.open_vote(vote, stage.actor("clerk1"))
    with stage.at(-1, 17):
        choices = ["for", "for", "against", "for", "abstention", "for", "for"]
        for name in ("open_vote", "committee_vote"):
            cast_ballots(stage, stage.votes[name], choices, sparing=house.CAST)


def read_letters(stage: Stage) -> None:
    """What was told more than ten days ago has been read."""
    old = Letter.objects.filter(created_at__lt=stage.instant(-10))
    old.update(read_at=F("created_at"))


def fill_the_cast(stage: Stage) -> None:
    """Who is offered on the sign-in page, in its order; the journalist has no account."""
    titles = data("texts")["visitors"]
    told = [(stage.people[row["key"]], row["title"]) for row in data("house")["cast"]]
    told += [(stage.people[only(name)], titles[name]) for name in ("candidate", "participant")]
    reviewer = told.pop(len(house.CAST) - 1)
    for order, (person, title) in enumerate([*told, reviewer, (None, titles["journalist"])], 1):
        demonstration.add_to_cast(person, order, *title)
