"""Examinations for tests, made by the real acts: who reads, what they find, what the person replies."""

from __future__ import annotations

from datetime import date
from typing import Any

from hemicycle.candidacy.models import Call, Candidacy
from hemicycle.people import queries as people
from hemicycle.people.models import Holding, Person
from hemicycle.record import clock, references
from hemicycle.record.actors import Actor
from hemicycle.vetting import actions, queries
from hemicycle.vetting.models import AdversePoint, Assessorship, Examination, Reading

from ..candidacy import making
from ..cast import Cast
from ..laying import laid

KEY = "public_opposition"  # the criterion of which these tests speak
ASSESSORS = ("clara", "david", "elena", "farid")


@laid
def describe(cast: Cast) -> None:
    for key in ASSESSORS:
        actions.appoint(
            Assessorship(person=cast.persons[key]), cast.actor("anna"),
            capacity="Independent assessor", organisation=f"Institute of {key}", language="en",
        )  # fmt: skip


def grant(person: Person, office: str) -> None:
    """An office granted long ago; acts on offices have tests of their own."""
    Holding.objects.create(
        person=person, office=office, held_from=clock.now(), state="held", version=1,
        reference=references.new("HOLD"), created_at=clock.now(),
    )  # fmt: skip


@laid
def file(call: Call, cast: Cast, key: str = "nadia", **changes: Any) -> Candidacy:
    """An admissible candidacy of one of the cast."""
    return making.admissible(call, cast.persons[key], cast, **changes)


@laid
def assigned(candidacy: Candidacy, cast: Cast) -> Examination:
    examination = Examination(candidacy=candidacy)
    actions.assign(examination, cast.actor("anna"))
    return examination


def actor_of(reading: Reading) -> Actor:
    return people.actor(reading.assessor)


def readings(examination: Examination, *, review: bool = False) -> list[Reading]:
    return list(queries.live_readings(examination).filter(is_review=review))


def opened(examination: Examination, *, review: bool = False) -> list[Reading]:
    """Every reading of the stage open: nobody has an interest, and the candidate accepts the readers."""
    examination.refresh_from_db()
    if not review and examination.state in ("assigning", "reading"):
        actions.accept_readers(examination, people.actor(examination.candidacy.person))
    rows = [r for r in readings(examination, review=review) if r.given_at is None]
    for reading in rows:
        if reading.state == "assigned":
            actions.declare_no_interest(reading, actor_of(reading))
        if reading.state == "declared":
            actions.open_file(reading, actor_of(reading))
    return rows


def finding(examination: Examination, verdict: str = "met", **other: str) -> dict[str, dict[str, Any]]:
    """Findings on everything that is asked: `verdict`, or what `other` says of a key."""
    keys = [row.key for row in queries.asked(queries.charter_of(examination))]
    return {
        key: {"verdict": other.get(key, verdict), "reasons": f"Reasons on {key}.", "evidence": []}
        for key in keys
    }


def give(reading: Reading, verdict: str = "met", **other: str) -> None:
    actions.give_reading(
        reading, actor_of(reading), findings=finding(reading.examination, verdict, **other), language="en"
    )


@laid
def read(candidacy: Candidacy, cast: Cast, verdict: str = "met", **other: str) -> Examination:
    """An examination whose two readings agree; the readers now seek an opinion."""
    examination = assigned(candidacy, cast)
    for reading in opened(examination):
        give(reading, verdict, **other)
    examination.refresh_from_db()
    return examination


@laid
def raised(
    examination: Examination, key: str = "public_opposition", *, undisclosable: bool = False
) -> AdversePoint:
    """A point of the first reader."""
    return raised_by(examination, readings(examination)[0], key, undisclosable=undisclosable)


def raised_by(
    examination: Examination, reading: Reading, key: str = KEY, *, undisclosable: bool = False
) -> AdversePoint:
    point = AdversePoint(examination=examination)
    by = actor_of(reading)
    actions.raise_point(
        point, by, key=key, substance="A column praised the annexation.",
        evidence="The column of 3 May 2016.", language="en", undisclosable=undisclosable,
    )  # fmt: skip
    if not undisclosable:
        rest_on(point, by)
    return point


SOURCE = {
    "title": "The column of 3 May 2016.",
    "origin": "The newspaper",
    "obtained_by": "reader",
    "how": "Saved from the newspaper's page.",
    "reliability": "B",
    "credibility": "2",
    "language": "en",
    "digest": "0" * 64,
    "archived_at": "An archive on the web",
}


def source(point: AdversePoint, by: Actor, **changes: Any) -> None:
    """A source under a point, by the real act."""
    actions.add_source(point, by, **{**SOURCE, "obtained_on": clock.today(), **changes})


def rest_on(point: AdversePoint, by: Actor, *origins: str) -> AdversePoint:
    """As many independent sources as the charter of these tests asks for."""
    for origin in origins or ("The newspaper", "A library's copy"):
        source(point, by, origin=origin)
    return point


@laid
def put(point: AdversePoint, cast: Cast) -> AdversePoint:
    """Translated and put to the person."""
    clerk = cast.actor("anna")
    if point.language != point.examination.candidacy.person.language:
        actions.translate_point(
            point, clerk, substance="Колонка одобряла аннексию.", evidence="Колонка от 3 мая 2016 года.",
            translator="Irina Dovlatova",
        )  # fmt: skip
    actions.notify_point(point, clerk)
    return point


@laid
def upheld(examination: Examination, cast: Cast, key: str = "public_opposition", **more: Any) -> AdversePoint:
    """A point put, replied to and upheld."""
    point = put(raised(examination, key, **more), cast)
    actions.reply(point, people.actor(examination.candidacy.person), text="Это не так.", language="ru")
    actions.answer_point(
        point,
        actor_of(readings(examination)[0]),
        upheld=True,
        reasons="The column is by the person.",
        language="en",
    )
    return point


@laid
def concluded(
    candidacy: Candidacy, cast: Cast, opinion: str = "met", grounds: tuple[str, ...] = ()
) -> Examination:
    """An opinion on which both readers agree; for "not met", with its points upheld."""
    examination = read(candidacy, cast, **(dict.fromkeys(grounds, "not_met")))
    for key in grounds:
        upheld(examination, cast, key)
    first, *others = readings(examination)
    actions.draft_opinion(
        examination, actor_of(first), opinion=opinion, text="What we found.", language="en", grounds=grounds
    )
    for other in others:
        actions.agree(examination, actor_of(other))
    actions.give_opinion(examination, actor_of(first))
    return examination


def candidate(examination: Examination) -> Actor:
    return people.actor(examination.candidacy.person)


def languages(person: Person, *reads: str) -> None:
    person.reads = list(reads)
    person.save()


SERVICE = {
    "bar__government_service": {
        "answer": "yes",
        "periods": [
            {"kind": "post", "employer": "A ministry", "from_day": date(2013, 1, 1), "until_day": date(2016, 1, 1), "note": ""},
            {"kind": "teaching", "employer": "A school", "from_day": date(2015, 9, 1), "until_day": None, "note": ""},
            {"kind": "post", "employer": "A prefecture", "from_day": date(2009, 1, 1), "until_day": date(2014, 1, 1), "note": ""},
        ],
    }
}  # fmt: skip
