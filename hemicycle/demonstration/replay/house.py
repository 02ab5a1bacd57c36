"""The founding, the offices, the session and the bodies; the vote that set the platform up."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings

from hemicycle.assembly import actions as assembly
from hemicycle.assembly import founding
from hemicycle.assembly.models import Import, SeatYear, Session
from hemicycle.people import accounts, demonstration, phrases, wraps
from hemicycle.people import actions as people
from hemicycle.people import queries as persons
from hemicycle.people.models import Custodian, Enrolment, Holding, Person, ReaderKey
from hemicycle.record import law
from hemicycle.vetting import actions as vetting
from hemicycle.vetting.models import Assessorship
from hemicycle.voting import actions as voting
from hemicycle.voting.models import Vote

from .stage import Stage, data

FOUNDED, OPENS = -126, -58
FOR_A_TERM = ("president", "bureau_member", "general_rapporteur")
PARTS = (0, 84, 168, 252)  # first days of the part-sessions, from the opening


def play(stage: Stage) -> Iterator[float]:
    found(stage)
    yield 0.1
    yield from enrol_all(stage)
    yield 0.8
    make_keys(stage)
    draw_up_session(stage)
    close_the_seat(stage)
    seat(stage)
    record_founding_vote(stage)
    yield 1.0


def found(stage: Stage) -> None:
    """Entry number 1, the bodies, and the two clerks, who enrol with the codes that were handed to them."""
    rows = data("house")["cast"][:2]
    clerks = [founding.Clerk(row["name"], row["language"]) for row in rows]
    with stage.at(FOUNDED, 9):
        done = founding.found(settings.CHARTERS / "pace-2025" / "1.0.toml", clerks, demonstration=True)
    with stage.at(FOUNDED, 11):
        for row, clerk in zip(rows, done.clerks, strict=True):
            stage.people[row["key"]] = clerk.person
            come_in(Enrolment.objects.get(person=clerk.person), row)


def enrol_all(stage: Stage) -> Iterator[float]:
    house = data("house")
    waiting = [dict(row) for row in house["cast"][2:]]
    for name, *_ in [*house["bureau"]["seats"], *house["committee"]["members"]]:
        waiting.append(
            {"key": name, "name": name, "language": "en", "reads": ["en"], "offices": ["delegate"]}
        )
    for name, *_ in house["bureau"]["seats"]:
        next(row for row in waiting if row["key"] == name)["offices"] = ["bureau_member"]
    with stage.at(FOUNDED + 1, 10):
        for index, row in enumerate(waiting):
            enrol(stage, row)
            for office in row["offices"]:
                grant(stage, row["key"], office)
            if "capacity" in row:
                describe(stage, row)
            yield 0.1 + 0.65 * index / len(waiting)
    with stage.at(FOUNDED + 2, 10):
        for row in house["cast"]:
            for office in (o for o in row.get("offices", ()) if o in FOR_A_TERM):
                grant(stage, row["key"], office, again=True)


def enrol(stage: Stage, row: dict[str, Any]) -> Person:
    """Two clerks make half of a one-time code each and hand it over; the person sets up a way in and writes the own names."""
    enrolment = Enrolment()
    people.ask_enrolment(
        enrolment, stage.actor("clerk1"), half=phrases.half(), name=row["name"], language=row["language"],
        reads=row["reads"],
    )  # fmt: skip
    people.issue_enrolment(enrolment, stage.actor("clerk2"), half=phrases.half())
    stage.people[row["key"]] = enrolment.person
    come_in(enrolment, row)
    return enrolment.person


def come_in(enrolment: Enrolment, row: dict[str, Any]) -> None:
    """The phrases of invented people are known to nobody: a demonstration signs its cast in with one click."""
    person = enrolment.person
    people.enrol(enrolment, persons.bearer(person), way="phrase")
    accounts.new_phrases(person)
    if "gender" in row:
        people.change_person(
            accounts.of(person), persons.bearer(person), name=row["name"], latin_name="", gender=row["gender"],
            language=row["language"], reads=row["reads"],
        )  # fmt: skip
        person.refresh_from_db()


def grant(stage: Stage, key: str, office: str, *, again: bool = False) -> None:
    """One clerk proposes, the other grants. Elected offices run to the opening of the session, then a year on."""
    opens, row = stage.instant(OPENS, 9), Holding(person=stage.people[key])
    ends = opens if office in FOR_A_TERM and key in CAST and not again else None
    people.grant(
        row, stage.actor("clerk1"), office=office, held_from=opens if again else None, held_until=ends, ground="Election"
        if office in FOR_A_TERM else "Appointment",
    )  # fmt: skip
    people.confirm_grant(row, stage.actor("clerk2"))


CAST = tuple(row["key"] for row in data("house")["cast"])


def describe(stage: Stage, row: dict[str, Any]) -> None:
    language, capacity, organisation = row["capacity"]
    vetting.appoint(
        Assessorship(person=stage.people[row["key"]]), stage.actor("clerk1"), capacity=capacity,
        organisation=organisation, language=language,
    )  # fmt: skip


def make_keys(stage: Stage) -> None:
    """Reading keys of those who read, and the custodian's, in two halves; everybody knows them all."""
    with stage.at(FOUNDED + 2, 11):
        readers = [
            row["key"] for row in data("house")["cast"] if {"assessor", "reviewer"} & set(row["offices"])
        ]
        for number, key in enumerate(readers, demonstration.CUSTODIAN + 1):
            people.add_reader_key(
                ReaderKey(person=stage.people[key]), stage.actor(key),
                recipient=wraps.recipient_of(demonstration.identity(number)), wraps=[demonstration.wrap(number)],
            )  # fmt: skip
        one, two = (sheet.check for sheet in demonstration.custodian_sheets())
        custodian = Custodian()
        people.ask_custodian(
            custodian, stage.actor("clerk1"), holder_two=stage.people["reviewer"], check_one=one, check_two=two,
            recipient=wraps.recipient_of(demonstration.identity(demonstration.CUSTODIAN)),
        )  # fmt: skip
        people.confirm_custodian(custodian, stage.actor("reviewer"), check=two)


def draw_up_session(stage: Stage) -> None:
    """A year from its opening, in four part-sessions of a working week."""
    opens = stage.day(OPENS)
    with stage.at(FOUNDED + 2, 12):
        stage.session = drawn_up(stage, opens, year_on(opens))
        for number, first in enumerate(PARTS, 1):
            assembly.add_part_session(
                stage.session, stage.actor("clerk1"), number=number, from_day=stage.day(OPENS + first),
                until_day=stage.day(OPENS + first + 4),
            )  # fmt: skip


HOLIDAYS = (
    (1, 1, "New Year’s Day", "Jour de l’An", "Новый год"),
    (5, 1, "Labour Day", "Fête du Travail", "Праздник труда"),
    (11, 1, "All Saints’ Day", "Toussaint", "День всех святых"),
    (12, 25, "Christmas Day", "Noël", "Рождество"),
    (12, 26, "Second day of Christmas", "Lendemain de Noël", "Второй день Рождества"),
)


def close_the_seat(stage: Stage) -> None:
    """A few generic days of the years that the story touches: the true ones are for a clerk to enter."""
    years = range(stage.day(FOUNDED).year, stage.day(OPENS).year + 2)
    with stage.at(FOUNDED + 2, 13):
        for year in years:
            assembly.enter_holidays(
                SeatYear(), stage.actor("clerk1"), year=year,
                days=[
                    {"day": date(year, month, day), "name_en": en, "name_fr": fr, "name_ru": ru}
                    for month, day, en, fr, ru in HOLIDAYS
                ],
            )  # fmt: skip


def drawn_up(stage: Stage, opens: date, following: date) -> Session:
    session = Session(
        name=str(opens.year), opens_on=opens, closes_on=date.fromordinal(following.toordinal() - 1)
    )
    assembly.open_session(session, stage.actor("clerk1"))
    return session


def year_on(day: date) -> date:
    """The same day a year later; the 28th for a 29 February."""
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def seat(stage: Stage) -> None:
    """One clerk previews the file of members, the other commits it."""
    imported = Import(kind="members", extent="lines")
    with stage.at(FOUNDED + 2, 14):
        assembly.preview_import(imported, stage.actor("clerk1"), data=members(stage), file_name="members.csv")
        assembly.commit_import(imported, stage.actor("clerk2"))


def members(stage: Stage) -> bytes:
    house = data("house")
    lines: list[tuple[str, str, str, str, str, str, str]] = []
    vice_presidents = 0

    def line(body: str, name: str, key: str, capacity: str, delegation: str, group: str) -> None:
        nonlocal vice_presidents
        vice_presidents += capacity == "vice_president"
        order = str(vice_presidents) if capacity == "vice_president" else ""
        lines.append((body, name, capacity, stage.people[key].reference, delegation, group, order))

    for row in house["cast"]:
        if "seat" in row:
            capacity, delegation, group = row["seat"]
            body = "political" if capacity == "member" else "bureau"
            line(body, row["name"], row["key"], capacity, delegation, group)
            line("assembly", row["name"], row["key"], "representative", delegation, group)
    for name, capacity, delegation, group in house["bureau"]["seats"]:
        line("bureau", name, name, capacity, delegation, group)
        line("assembly", name, name, "representative", delegation, group)
    chair = next(row for row in house["bureau"]["seats"] if row[1] == "committee_chair")
    line("political", chair[0], chair[0], "committee_chair", chair[2], chair[3])
    for name, delegation, group in house["committee"]["members"]:
        line("political", name, name, "member", delegation, group)
        line("assembly", name, name, "representative", delegation, group)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["body", "name", "capacity", "person", "delegation", "group", "precedence"])
    writer.writerows(lines)
    return text.getvalue().encode()


def record_founding_vote(stage: Stage) -> None:
    """80 for, 0 against, 4 abstentions: held elsewhere, recorded from its source by two clerks (5.7)."""
    words, creation = data("texts")["founding_vote"], law.in_force().creation
    if creation is None or creation.voted_on is None:
        raise RuntimeError("the charter does not say how the platform was created")
    vote = Vote(
        subject="founding", body="assembly", held_on=creation.voted_on.value, question_en=words["en"],
        question_fr=words["fr"], question_ru=words["ru"],
    )  # fmt: skip
    with stage.at(FOUNDED + 2, 15):
        voting.record_elsewhere(
            vote, stage.actor("clerk1"), form="recorded_vote", source=words["source"],
            for_=creation.votes_for.value, against=creation.votes_against.value,
            abstentions=creation.abstentions.value,
            abstentions_by_delegation=dict.fromkeys(creation.abstaining.value, 1),
        )  # fmt: skip
        voting.confirm_elsewhere(vote, stage.actor("clerk2"))
    stage.votes["founding"] = vote
