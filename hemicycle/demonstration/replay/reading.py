"""Two blind readings of each file, third readers, adverse points with their replies, opinions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hemicycle.candidacy import envelopes
from hemicycle.candidacy.models.contents import COPY
from hemicycle.people import demonstration as known
from hemicycle.people import queries as people
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.vetting import actions, queries
from hemicycle.vetting.models import AdversePoint, Examination, Reading

from .stage import Stage, data, only

ASSIGNED, OPINIONS = -88, -70
DAYS = range(-83, -70)  # on which files are opened and read
PER_DAY = 9
ASSESSORS = tuple(f"assessor{number}" for number in range(1, 5))
DOUBTED = ("moral_standing", "public_opposition", "values")  # where readers differ


def play(stage: Stage) -> Iterator[float]:
    with stage.at(ASSIGNED, 9):
        _read, short = actions.assign_all(stage.call, stage.actor("clerk1"))
        if short:
            raise RuntimeError(f"{len(short)} files have too few readers")
    yield 0.15
    with stage.at(ASSIGNED + 1, 10):
        declare_an_interest(stage)
        declare_none()
        seal_to_readers(stage)
    yield 0.2
    for done, day in enumerate(DAYS, 1):
        read_for_a_day(stage, day)
        points(stage, day)
        yield 0.2 + 0.55 * done / len(DAYS)
    examinations = list(
        Examination.objects.filter(candidacy__call=stage.call).select_related("candidacy__person")
    )
    for index, examination in enumerate(examinations):
        with stage.at(OPINIONS + index // 24, 9 + index % 24 // 3, index % 3 * 20):
            conclude(stage, examination)
        yield 0.75 + 0.25 * (index + 1) / len(examinations)


def seal_to_readers(stage: Stage) -> None:
    """What the two holders do in a browser: with a demonstration's custodian, whose sheets everybody knows, it is done
    here."""
    by, identity = stage.actor("clerk1"), known.identity(known.CUSTODIAN)
    batch: dict[Examination, list[tuple[str, envelopes.Box]]] = {}
    for w in queries.boxes.wanted(by):
        one_off = envelopes.open_box(w.evidence, COPY, identity)
        box = envelopes.Box(COPY, w.reader.reference, w.recipient, envelopes.seal_to(w.recipient, one_off))
        batch.setdefault(w.examination, []).append((w.evidence.name, box))
    for examination, boxes in batch.items():
        actions.seal_to_readers(examination, by, boxes=boxes)


def unread(state: str) -> list[Reading]:
    found = Reading.objects.filter(state=state).select_related("assessor", "examination__candidacy__person")
    return list(found.order_by("examination", "ordinal"))


def declare_an_interest(stage: Stage) -> None:
    """An assessor sees the public head of a file and knows the person: somebody else reads (3.1)."""
    candidacy = stage.candidacies[only("interest")]
    reading = next(r for r in unread("assigned") if r.examination.candidacy_id == candidacy.pk)
    words = data("texts")["forms"]["slate_interest"]
    actions.declare_interest(reading, people.actor(reading.assessor), kind="work", text=words, language="en")


def declare_none() -> None:
    for reading in unread("assigned"):
        actions.declare_no_interest(reading, people.actor(reading.assessor))


def read_for_a_day(stage: Stage, day: int) -> None:
    """Each assessor opens and gives some files, once the candidates' days to object are over."""
    with stage.at(day, 10):
        declare_none()
        opened = dict.fromkeys((stage.people[key].pk for key in ASSESSORS), 0)
        for reading in unread("declared"):
            by = people.actor(reading.assessor)
            if opened[reading.assessor_id] >= PER_DAY or not queries.objection_time_over(reading):
                continue
            opened[reading.assessor_id] += 1
            actions.open_file(reading, by)
            if reading.ordinal == 1:
                raise_point(stage, reading)
            actions.give_reading(reading, by, findings=findings(stage, reading), language="en")


def part_of(stage: Stage, examination: Examination) -> list[str]:
    key = next(k for k, c in stage.candidacies.items() if c.pk == examination.candidacy_id)
    return list(next(row["part"] for row in data("candidates")["candidate"] if row["key"] == key))


def findings(stage: Stage, reading: Reading) -> dict[str, dict[str, Any]]:
    """On every criterion and bar. In some files the second reader doubts where the first does not."""
    words, part = data("texts")["reasons"], part_of(stage, reading.examination)
    names = dict(reading.examination.candidacy.evidence.values_list("criterion", "name"))
    found = {
        row.key: {"verdict": "met", "reasons": stage.pick(words["met"]), "evidence": [names[row.key]] if row.key in names else []}
        for row in queries.asked(queries.charter_of(reading.examination))
    }  # fmt: skip
    if {"third", "divided", "reversed"} & set(part) and reading.ordinal == 2:
        key = DOUBTED[reading.examination_id % len(DOUBTED)]
        verdict = "not_met" if "divided" in part else "unclear"
        found[key] |= {"verdict": verdict, "reasons": words[verdict]}
    if "not_met" in part:
        found[data("texts")["points"]["upheld"]["key"]] |= {
            "verdict": "not_met",
            "reasons": words["opinion_not_met"],
        }
    return found


def story_of(part: list[str]) -> dict[str, Any] | None:
    """The adverse point of a file, where it has one."""
    told = data("texts")["points"]
    name = "reversed" if "reversed" in part else "upheld" if "not_met" in part else ""
    return dict(told[name]) if name else None


def raise_point(stage: Stage, reading: Reading) -> None:
    told = story_of(part_of(stage, reading.examination))
    if told:
        point, by = AdversePoint(examination=reading.examination), people.actor(reading.assessor)
        actions.raise_point(
            point, by, key=told["key"], substance=told["substance"], evidence=told["evidence"], language="en"
        )
        add_sources(point, by, told["sources"])


def add_sources(point: AdversePoint, by: Actor, rows: Iterable[Mapping[str, Any]]) -> None:
    """What the point rests on: a piece of the file that the candidate gave, or a copy that the reader obtained."""
    for row in rows:
        given = {key: value for key, value in row.items() if key != "piece"}
        if "piece" in row:
            held = point.examination.candidacy.evidence
            piece = held.filter(criterion=point.key).first() or held.all()[0]
            given |= {"exhibit": piece.name, "obtained_by": "candidate"}
        else:
            given |= {"digest": hashlib.sha256(row["title"].encode()).hexdigest(), "obtained_by": "reader"}
        actions.add_source(point, by, **given, obtained_on=clock.today(), language="en")


def points(stage: Stage, day: int) -> None:
    """Translated and put to the person, replied to, answered point by point (3.4)."""
    named = data("texts")["translator"]["name"]
    for point in AdversePoint.objects.filter(examination__candidacy__call=stage.call):
        told = story_of(part_of(stage, point.examination)) or {}
        reader = people.actor(point.raised_by)
        with stage.at(day, 17):
            if point.state == "raised":
                put(stage, point, told, named)
            elif point.state == "notified" and day >= DAYS[-4]:
                by = stage.candidate(point.examination.candidacy)
                actions.reply(point, by, text=told["reply"], language="ru", helped=True)
            elif point.state == "replied" and day == DAYS[-1]:
                upheld = "not_met" in part_of(stage, point.examination)
                actions.answer_point(point, reader, upheld=upheld, reasons=told["answer"], language="en")


def put(stage: Stage, point: AdversePoint, told: dict[str, Any], named: str) -> None:
    clerk = stage.actor("clerk1")
    actions.translate_point(
        point, clerk, substance=told["substance_ru"], evidence=told["evidence_ru"], translator=named
    )
    actions.notify_point(point, clerk)


def answer_statements(examination: Examination, by: Actor) -> None:
    """What an invited body said is made a point, and dropped with reasons where nothing rests on it (2.3)."""
    for statement in queries.unanswered_statements(examination):
        point = AdversePoint(examination=examination)
        actions.raise_point(
            point, by, key=DOUBTED[0], substance=statement.statement, evidence=statement.body,
            language=statement.language, counter_statement=statement.reference,
        )  # fmt: skip
        told = data("texts")["byways"]["body_answered"]
        actions.drop_point(point, by, reasons=told, language="en")


def conclude(stage: Stage, examination: Examination) -> None:
    """The readers agree an opinion, or print a dissent; readings are not counted (3.2)."""
    words, part = data("texts")["reasons"], part_of(stage, examination)
    first, *others = queries.live_readings(examination).order_by("ordinal")
    opinion, text = "met", stage.pick(words["opinion_met"])
    grounds: tuple[str, ...] = ()
    for name in ("third", "divided", "reversed"):
        text = words[f"opinion_{name}"] if name in part else text
    if "not_met" in part:
        opinion, text = "not_met", words["opinion_not_met"]
        grounds = (data("texts")["points"]["upheld"]["key"],)
    by = people.actor(first.assessor)
    answer_statements(examination, by)
    actions.draft_opinion(examination, by, opinion=opinion, text=text, language="en", grounds=grounds)
    for other in others:
        who = people.actor(other.assessor)
        if "divided" in part and other.ordinal == 2:
            actions.dissent(examination, who, text=words["dissent"], language="en")
        else:
            actions.agree(examination, who)
    actions.give_opinion(examination, by)
