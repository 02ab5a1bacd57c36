"""How an examination ends by itself, and the clock's round (procedure 1.6)."""

from __future__ import annotations

from hemicycle.candidacy.models import Call
from hemicycle.integrity import queries as integrity
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK, Actor
from hemicycle.record.acts import Facts
from hemicycle.record.due import take_each
from hemicycle.record.forgetting import forget_salts
from hemicycle.record.models import Opening
from hemicycle.rules.findings import N_

from .. import queries
from ..models import (
    GONE,
    AdversePoint,
    Comparison,
    CoordinationQuestion,
    Examination,
    Hit,
    LetterKind,
    Objection,
    Occasion,
    OutcomeLetter,
    Reading,
    Run,
    ServiceEntry,
    WithdrawalNote,
)
from ..procedure import UNREAD, ExaminationState, NoteState, PointState
from ._bound import on_examination, on_note, unmet
from ._work import revive
from .assigning import release_reading
from .coordination import compare_calls, compare_files
from .letters import send_letter
from .lists import sweep_entries
from .points import close_reply, due_now
from .screening import compare, compare_all, compare_corrected
from .training import forget_trainings

PUT_AND_OPEN = (PointState.NOTIFIED, PointState.REPLIED, PointState.REPLY_OVER)


@on_examination
def close(examination: Examination, by: Actor) -> Facts:
    """Write down that the file was closed by a withdrawal. A point that was put to the person and still open leaves a
    note under a keyed reference; one of which the person was never told leaves none.
    """
    if examination.candidacy.state not in GONE:
        raise unmet(N_("The candidacy was not withdrawn."), "close")
    is_open = examination.points.filter(state__in=PUT_AND_OPEN).exists()
    if is_open:
        person, session = examination.candidacy.person, examination.candidacy.call.session
        keep_note(WithdrawalNote(session=session, keyed_reference=queries.keyed_reference(person)), CLOCK)
    return Facts({"was": examination.state})


@on_note
def keep_note(note: WithdrawalNote, by: Actor) -> Facts:
    return Facts({"session": note.session.reference})


@on_note
def erase_note(note: WithdrawalNote, by: Actor) -> Facts:
    """The next round has closed: nothing is left of the withdrawal."""
    if not _is_over(note):
        raise unmet(N_("The next round has not closed."), "erase_note")
    note.keyed_reference = ""
    return Facts()


def _is_over(note: WithdrawalNote) -> bool:
    later = Call.objects.filter(session__opens_on__gt=note.session.opens_on)
    return any(call.standing(clock.now()) == "closed" for call in later)


def tick() -> int:
    """What is due now, each in its own transaction. Returns how many acts were done."""
    done = take_each(close_reply, due_now(clock.now()))
    withdrawn = Examination.objects.filter(candidacy__state__in=GONE).exclude(state=ExaminationState.CLOSED)
    done += take_each(close, withdrawn.select_related("candidacy__person", "candidacy__call__session"))
    kept = WithdrawalNote.objects.filter(state=NoteState.KEPT).select_related("session")
    done += take_each(erase_note, [note for note in kept if _is_over(note)])
    sweep_entries()
    done += revive(Run, compare) + revive(Comparison, compare_files)
    done += compare_all(queries.under_way(), Occasion.UNDER_WAY) + compare_corrected() + compare_calls()
    done += forget_trainings()
    return done + _tell_inadmissible() + _tell_reviewed() + _release_recused() + _forget()


def _tell_inadmissible() -> int:
    """Also a second time: what a review admitted late may be found inadmissible for another reason (3.7)."""
    rows = queries.untold_refusals().select_related("call__session", "person")
    return take_each(send_letter, [OutcomeLetter(candidacy=c, kind=LetterKind.INADMISSIBLE) for c in rows])


def _tell_reviewed() -> int:
    """Whoever asked for review of a refusal for reasons of form is told what was decided, by whom, and what follows."""
    rows = queries.untold_reviews().select_related("call__session", "person")
    kinds = {True: LetterKind.FORM_REVERSED, False: LetterKind.FORM_CONFIRMED}
    decided = [(row, queries.review_of_form(row)) for row in rows]
    told = [OutcomeLetter(candidacy=row, kind=kinds[to]) for row, to in decided if to is not None]
    return take_each(send_letter, told)


def _release_recused() -> int:
    """Readings not given by somebody who declared an interest elsewhere meanwhile."""
    rows = Reading.objects.filter(state__in=UNREAD).exclude(examination__candidacy__state__in=GONE)
    rows = rows.select_related("examination__candidacy__person", "examination__candidacy__slate")
    tied: dict[int, set[str]] = {}  # asked once a reader, not once a reading
    recused = []
    for reading in rows:
        if reading.assessor_id not in tied:
            tied[reading.assessor_id] = set(integrity.recused_from(reading.assessor_id))
        if not tied[reading.assessor_id].isdisjoint(queries.subjects_of(reading.examination.candidacy)):
            recused.append(reading)
    return take_each(release_reading, recused, ground="interest")


def _forget() -> int:
    """A file that was erased takes its rows with it; the salts of their entries go here, and then they say nothing.

    Plain questions and a difference of sets: as one statement it took PostgreSQL minutes.
    """
    salts = Opening.objects.filter(entry__room="vetting").exclude(entry__matter__startswith="ASSR-")
    gone = set(salts.values_list("entry__matter", flat=True).distinct())
    for model in (Examination, Reading, AdversePoint, Objection, OutcomeLetter, ServiceEntry, Hit,
                  CoordinationQuestion):  # fmt: skip
        gone -= set(model.objects.values_list("reference", flat=True))
    if gone:
        forget_salts(gone, room="vetting")
    return 0
