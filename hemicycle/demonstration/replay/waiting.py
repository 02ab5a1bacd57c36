"""What waits today, so that a visitor can act at once in any of the offices; and the cast of the sign-in page."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F

from hemicycle.assembly import actions as assembly
from hemicycle.assembly import queries as bodies
from hemicycle.candidacy import actions as candidacy
from hemicycle.candidacy.models import Candidacy
from hemicycle.notices.models import Letter
from hemicycle.people import actions as people
from hemicycle.people import demonstration, phrases
from hemicycle.people import queries as persons
from hemicycle.people.models import Enrolment, Holding
from hemicycle.record import actions as record
from hemicycle.record.models import Correction
from hemicycle.vetting import actions as vetting
from hemicycle.vetting import queries as examinations
from hemicycle.vetting.models import AdversePoint, Examination, Reading
from hemicycle.voting import actions as voting
from hemicycle.voting.models import Vote

from . import applying, house
from .stage import Stage, cast_ballots, data, only
from .term import version, written_vote
from .writing import candidacy_of, write

OPENS, CLOSES = -13, 21


def play(stage: Stage) -> Iterator[float]:
    call_again(stage)
    yield 0.4
    put_a_point(stage)
    leave_readings(stage)
    yield 0.5
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
    with stage.at(OPENS + 1, 9):
        begin(stage, again, 60)
    for index, row in enumerate(data("candidates")["next"]):
        with stage.at(OPENS + 1 + index, 15):
            applying.come(stage, row, address=True)
            begin(stage, row, 61 + index)
    for part, day in (
        ("candidate", OPENS + 2),
        ("read", OPENS + 3),
        ("doubted", OPENS + 6),
        ("new", OPENS + 11),
    ):
        sent = stage.next_candidacies[only(part, "candidate" if part == "candidate" else "next")]
        with stage.at(day, 12):
            candidacy.submit(sent, stage.candidate(sent))
    doubted = stage.next_candidacies[only("doubted", "next")]
    with stage.at(-3, 10):
        candidacy.propose_inadmissible(
            doubted,
            stage.actor("clerk1"),
            ground="not_own_act",
            reasons=data("texts")["forms"]["not_own_act"],
        )


def begin(stage: Stage, row: dict[str, str], index: int) -> Candidacy:
    begun = candidacy_of(stage, row, stage.next_call)
    write(stage, begun, row, index)
    stage.next_candidacies[row["key"]] = begun
    return begun


def examine(stage: Stage, key: str, day: int) -> list[Reading]:
    """Admissible, and given to two assessors, who declare that they have no interest."""
    row = stage.next_candidacies[key]
    with stage.at(day, 10):
        candidacy.declare_admissible(row, stage.actor("clerk2"))
        examination = Examination(candidacy=row)
        vetting.assign(examination, stage.actor("clerk1"))
    return list(examinations.live_readings(examination).order_by("ordinal"))


def opened(reading: Reading, *, saved: bool = True) -> None:
    by = persons.actor(reading.assessor)
    vetting.declare_no_interest(reading, by)
    vetting.open_file(reading, by)
    if saved:
        words = data("texts")["reasons"]["met"]
        asked = examinations.asked(examinations.charter_of(reading.examination))[:3]
        found = {row.key: {"verdict": "met", "reasons": words[0], "evidence": []} for row in asked}
        vetting.save_reading(reading, by, findings=found, language="en")


def put_a_point(stage: Stage) -> None:
    """An adverse point waits for the candidate's reply; the file's other reader has not declared yet."""
    told = data("texts")["points"]["waiting"]
    first, _second = examine(stage, only("candidate"), -10)
    with stage.at(-4, 11):
        opened(first)
        point = AdversePoint(examination=first.examination)
        vetting.raise_point(
            point, persons.actor(first.assessor), key=told["key"], substance=told["substance"],
            evidence=told["evidence"], language="en",
        )  # fmt: skip
    with stage.at(-3, 11):
        clerk = stage.actor("clerk1")
        named = data("texts")["translator"]["name"]
        vetting.translate_point(
            point, clerk, substance=told["substance_ru"], evidence=told["evidence_ru"], translator=named
        )
        vetting.notify_point(point, clerk)
    stage.point = point


def leave_readings(stage: Stage) -> None:
    """The other two assessors have a file too: one is reading it, one has to declare first."""
    first, _second = examine(stage, only("read", "next"), -8)
    with stage.at(-2, 11):
        opened(first)


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
        people.issue_enrolment(
            enrolment, stage.actor("clerk2"), code=phrases.code(), name=named["name"], reads=["en", "ru"]
        )
        people.grant(
            Holding(person=enrolment.person), stage.actor("clerk2"), office="reviewer", ground=named["ground"]
        )
        draft = version("1.2", "call_minimum_days = { value = 28", "call_minimum_days = { value = 35")
        assembly.draft_charter(draft, stage.actor("clerk2"))


def open_votes(stage: Stage) -> None:
    """A free question before the Bureau, and a secret vote of a committee; the cast has not voted in either."""
    for name, body in (("open_vote", "bureau"), ("committee_vote", "political")):
        words = data("texts")[name]
        vote = Vote(
            body=body, manner="written", question_en=words["en"], question_fr=words["fr"], question_ru=words["ru"],
            closes_at=stage.instant(5, 18),
        )  # fmt: skip
        with stage.at(-1, 14):
            voting.call_vote(vote, stage.actor("clerk1"), roll=bodies.roll_of(body))
            voting.open_vote(vote, stage.actor("clerk1"))
        with stage.at(-1, 17):
            cast_ballots(
                stage, vote, ["for", "for", "against", "for", "abstention", "for", "for"], sparing=house.CAST
            )
        stage.votes[name] = vote


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
