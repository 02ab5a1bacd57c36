"""Which pages of this room show a sealed file: the candidacy that is examined, to anybody but its person (article 11.2).

A reader opens it by the own reading, everybody else by the candidacy itself.
"""

from __future__ import annotations

from hemicycle.candidacy import sealing
from hemicycle.candidacy.models import Candidacy
from hemicycle.record.actors import Actor
from hemicycle.rules.procedure import Office
from hemicycle.web.desk import act_url
from hemicycle.web.sealed import File

from . import queries
from .models import (
    AdversePoint,
    CoordinationQuestion,
    Examination,
    Hit,
    Objection,
    OutcomeLetter,
    Reading,
    ServiceEntry,
)


def of_reading(reading: Reading, actor: Actor) -> File | None:
    """The own reading opens with its file; of another's, who sees it has the file by an own one or by office."""
    if reading.pk is None or reading.assessor_id != actor.person or reading.released_at is not None:
        return of_examination(reading.examination, actor)
    return _of_own(reading)


def _of_own(reading: Reading) -> File | None:
    """Before the file is open to its reader, the pages show the public head alone (3.1)."""
    if reading.opened_at is None:
        return None
    return File(reading.examination.candidacy.reference, act_url(reading, "reopen_file"))


def of_examination(examination: Examination, actor: Actor) -> File | None:
    if examination.pk is None:
        return None
    return _of(examination.candidacy, examination, actor)


def of_point(point: AdversePoint, actor: Actor) -> File | None:
    return of_examination(point.examination, actor)


def of_hit(hit: Hit, actor: Actor) -> File | None:
    return of_examination(hit.examination, actor)


def of_question(question: CoordinationQuestion, actor: Actor) -> File | None:
    return of_examination(question.examination, actor)


def of_service(entry: ServiceEntry, actor: Actor) -> File | None:
    """Before its examination, the file is the candidacy alone."""
    examination = Examination.objects.filter(candidacy=entry.candidacy).first()
    if examination is None:
        return sealing.file_of(entry.candidacy, actor)
    return _of(entry.candidacy, examination, actor)


def of_letter(letter: OutcomeLetter, actor: Actor) -> File | None:
    return sealing.file_of(letter.candidacy, actor)  # no reader sees a letter


def of_objection(objection: Objection, actor: Actor) -> File | None:
    """An objection is put to the office that decides it; it is no file to that office."""
    is_clerk = actor.holds(Office.SECRETARIAT)
    return of_examination(objection.reading.examination, actor) if is_clerk else None


def _of(candidacy: Candidacy, examination: Examination, actor: Actor) -> File | None:
    if candidacy.person_id == actor.person:
        return None
    mine = queries.live_readings(examination).filter(assessor_id=actor.person).first()
    if mine is None:
        return sealing.file_of(candidacy, actor)
    mine.examination = examination  # with the candidacy that is at hand: it is not read once more
    return _of_own(mine)
