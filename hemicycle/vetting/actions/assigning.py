"""Assessors: who they are to candidates, who reads what, objections (articles 6.1, 6.2)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from hemicycle.candidacy import queries as candidacies
from hemicycle.candidacy.models import Call, Candidacy
from hemicycle.candidacy.procedure import CandidacyState
from hemicycle.people.models import Language, Person
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK, Actor
from hemicycle.record.acts import Facts
from hemicycle.rules.findings import N_, Finding, Unmet

from .. import queries
from ..models import Assessorship, Examination, Objection, Reading
from ..procedure import UNREAD, AssessorshipState, ExaminationState, ObjectionState
from ._bound import in_days_of_work, on_assessorship, on_examination, on_objection, on_reading, said, unmet

GROUNDS = {
    "language": N_("%(count)s do not read all languages of the file"),
    "interest": N_("%(count)s have an interest"),
    "has_read": N_("%(count)s have read it or were released from it"),
    "candidate": N_("%(count)s are candidates"),
    "competing": N_("%(count)s belong to an organisation with a slate in this call"),
    "endorser": N_("%(count)s belong to a body that endorses the person"),
    "statement": N_("%(count)s speak for a body asked to comment"),
    "alleged": N_("%(count)s raised a point against the person"),
    "treasurer": N_("%(count)s handle contributions"),
    "undescribed": N_("%(count)s have no capacity and organisation stated for candidates"),
}


# --- what candidates are told of assessors -----------------------------------------------------------------------


@on_assessorship
def appoint(
    assessorship: Assessorship, by: Actor, *, capacity: str, organisation: str, language: str
) -> Facts:
    """State in what capacity somebody assesses and for which organisation; the office itself is granted by people."""
    if Assessorship.objects.filter(person=assessorship.person, state=AssessorshipState.CURRENT).exists():
        raise unmet(N_("This is stated already. Correct it instead."), "appoint")
    return _state(assessorship, capacity, organisation, language)


@on_assessorship
def restate(
    assessorship: Assessorship, by: Actor, *, capacity: str, organisation: str, language: str
) -> Facts:
    return _state(assessorship, capacity, organisation, language)


def _state(assessorship: Assessorship, capacity: str, organisation: str, language: str) -> Facts:
    assessorship.capacity, assessorship.organisation = (
        said(capacity, "appoint"),
        said(organisation, "appoint"),
    )
    assessorship.language = language
    return Facts(
        {"person": assessorship.person.reference, "language": language},
        {"capacity": assessorship.capacity, "organisation": assessorship.organisation},
    )


@on_assessorship
def end_assessorship(assessorship: Assessorship, by: Actor) -> Facts:
    """No new file goes to the person; readings held are released one by one."""
    return Facts({"person": assessorship.person.reference})


# --- assignment --------------------------------------------------------------------------------------------------


@on_examination
def assign(examination: Examination, by: Actor, *, readers: Sequence[int] | None = None) -> Facts:
    """Give the file the readers that it lacks. `readers`: a plan's choice (`assign_all`); else found here.

    Raises `Unmet` with the numbers behind it when nobody can read the file; the clock then lets it wait.
    """
    candidacy = examination.candidacy
    if examination.pk is None:
        # Two clerks may begin one file at the same instant: one waits for the other here.
        candidacy = Candidacy.objects.select_for_update(of=("self",)).get(pk=candidacy.pk)
        examination.candidacy = candidacy
        if Examination.objects.filter(candidacy=candidacy).exists():
            raise unmet(N_("The file has its readers."), "assign")
    if candidacy.standing(clock.now()) != CandidacyState.ADMISSIBLE:
        raise unmet(N_("Only an admissible candidacy is examined."), "assign")
    if examination.pk is None:
        examination.charter = candidacy.call.charter
        examination.save()
    lacking = queries.lacking(examination)
    if not lacking:
        raise unmet(N_("The file has its readers."), "assign")
    found = _place(examination, by, lacking, readers, review=False)
    if not found and not by.is_clock:
        raise Unmet(*_why(examination, review=False))
    to = ExaminationState.READING if found else ExaminationState.ASSIGNING
    return Facts({"lacking": lacking, "found": found}, to=to)


def _place(
    examination: Examination, by: Actor, places: Sequence[int], readers: Sequence[int] | None, *, review: bool
) -> bool:
    """Assign a reading for every place, or none. The chosen of a plan are checked like anybody else."""
    pool = queries.Pool(examination.candidacy.call, review=review)
    files = pool.files([examination.candidacy], len(places))
    if readers is None:
        plan = pool.plan([examination.candidacy], len(places))
        readers = plan.readers.get(examination.candidacy_id, ())
    if len(set(readers)) < len(places):
        return False
    assessors = pool.assessors()
    possible = queries.possible(files[0], assessors)
    due = in_days_of_work(queries.charter_of(examination).periods.reading_days.value)
    if review and queries.new_reading(examination) is None:
        due = queries.review_due(examination) or due
    for place, key in zip(places, readers, strict=False):
        if key not in possible:
            raise unmet(N_("Somebody in this plan can no longer read the file. Assign anew."), "assign")
        reading = Reading(
            examination=examination,
            assessor=Person.objects.get(pk=key),
            ordinal=place,
            is_review=review,
            round=examination.round,
            assigned_at=clock.now(),
            due_at=due,
            explanation=queries.explained(files[0], assessors, key),
        )
        assign_reading(reading, CLOCK if by.is_clock or review else by)
    return True


@on_reading
def assign_reading(reading: Reading, by: Actor) -> Facts:
    """One place of a file goes to one assessor. Within `assign` and its like only."""
    return Facts({"place": reading.ordinal, "due": reading.due_at, "spread": reading.explanation})


def _why(examination: Examination, *, review: bool) -> list[Finding]:
    """Why a file has not enough readers, in numbers: nobody is named."""
    pool = queries.Pool(examination.candidacy.call, review=review)
    numbers = queries.explanation(pool.files([examination.candidacy], 1)[0], pool.assessors())
    first = Finding(
        N_("Too few can read this file: %(count)s."), {"count": numbers.get("possible", 0)}, "vetting.assign"
    )
    rest = [
        Finding(GROUNDS[ground], {"count": count}, "vetting.assign")
        for ground, count in numbers.items()
        if ground in GROUNDS
    ]
    over = Finding(
        N_("Nobody may hold more than %(count)s files."), {"count": pool.at_most}, "vetting.assign"
    )
    return [first, *rest, *([over] if numbers.get("possible", 0) else [])]


def assign_all(call: Call, by: Actor) -> tuple[int, dict[str, tuple[Finding, ...]]]:
    """Assign every admissible file of a call that has no examination yet: one plan, one act per file.

    A locked file waits: nobody new comes to it (1.4). So does one that is closed to the clerk: own, or with an interest.

    Returns how many got readers, and why not, by the reference of the candidacy: a file that refuses (another clerk was
    faster) holds up no other.
    """
    seen = candidacies.visible_to(by).exclude(Q(person_id=by.person))
    unread = candidacies.admissible(call).filter(examination__isnull=True, person__is_active=True)
    waiting = list(unread.filter(pk__in=seen.values("pk")).select_related("slate"))
    pool = queries.Pool(call)
    plan = pool.plan(waiting, _count(call))
    done = 0
    left: dict[str, tuple[Finding, ...]] = {}
    for candidacy in waiting:
        if candidacy.pk in plan.short:
            left[candidacy.reference] = (Finding(N_("Too few can read this file."), {}, "vetting.assign"),)
        elif candidacy.pk in plan.readers:
            try:
                assign(Examination(candidacy=candidacy), by, readers=plan.readers[candidacy.pk])
                done += 1
            except Unmet as refused:
                left[candidacy.reference] = refused.findings
    return done, left


def _count(call: Call) -> int:
    return candidacies.charter_of(call).vetting.readings.value


@on_examination
def accept_readers(examination: Examination, by: Actor) -> Facts:
    """The candidate does not object: the readers assigned now may open the file before the time to object is over."""
    examination.readers_accepted_at = clock.now()
    return Facts()


@on_examination
def call_third(examination: Examination, by: Actor, *, differing: Sequence[str]) -> Facts:
    """The readings differ: a third reader, who sees neither."""
    examination.third_called_at = clock.now()
    examination.save()
    found = _place(examination, by, queries.lacking(examination), None, review=False)
    to = ExaminationState.READING if found else ExaminationState.ASSIGNING
    return Facts({"differing": len(differing), "found": found}, to=to)


@on_examination
def assign_reviewers(examination: Examination, by: Actor) -> Facts:
    """Two people who did not read the file before; one where no second can be found (3.5)."""
    readers = queries.live_readings(examination).filter(round=examination.round)
    before = readers.count()
    if not queries.lacking_reviewers(examination) or (before and by.is_clock):
        raise unmet(N_("The review has its readers."), "assign_reviewers")
    place_reviewers(examination, by)
    if readers.count() == before:
        raise Unmet(*_why(examination, review=True))
    return Facts({"readers": readers.count()})


def place_reviewers(examination: Examination, by: Actor) -> bool:
    """Assign as many of the places of a review as there are people for them; whether there is any."""
    count = queries.charter_of(examination).vetting.readings.value
    taken = set(Reading.objects.filter(examination=examination).values_list("ordinal", flat=True))
    lacking = queries.lacking_reviewers(examination)
    first = max([count + 2, *(ordinal + 1 for ordinal in taken)])
    for wanted in range(lacking, 0, -1):
        if _place(examination, by, range(first, first + wanted), None, review=True):
            return True
    return lacking < count


# --- objections --------------------------------------------------------------------------------------------------


def release(reading: Reading, ground: str) -> None:
    """Take a reader out and look for another at once. The caller's act sets the state."""
    reading.released_at, reading.release_ground = clock.now(), ground
    reading.save()
    examination = Examination.objects.get(pk=reading.examination_id)
    if reading.is_review:
        if queries.lacking_reviewers(examination):
            place_reviewers(examination, CLOCK)
    else:
        assign(examination, CLOCK)


@on_reading
def release_reading(
    reading: Reading, by: Actor, *, ground: str, handover: str = "", language: str = Language.ENGLISH
) -> Facts:
    """The Secretariat takes a reading back (`absence`, `late`, `request`), or an objection does.

    `handover`: facts for whoever reads next, at most 2,000 characters. Findings are handed over to nobody.
    """
    text = handover.strip()
    if len(text) > Reading.HANDOVER_AT_MOST:
        message = N_("The note to the next reader is longer than %(count)s characters.")
        raise unmet(message, "release_reading", count=Reading.HANDOVER_AT_MOST)
    if text:
        reading.handover, reading.handover_language = text, language
    release(reading, ground)
    return Facts({"ground": ground}, {"handover": text} if text else {})


@on_objection
def object(objection: Objection, by: Actor, *, reasons: str, language: str) -> Facts:
    """The candidate objects to an assessor, with reasons, before the reading starts (3.1)."""
    # The reader may open the file at the same instant: one waits for the other here.
    reading = Reading.objects.select_for_update(of=("self",)).get(pk=objection.reading_id)
    objection.reading = reading
    why = queries.why_not_object(reading)
    if why:
        raise unmet(why, "object")
    objection.reasons, objection.language = said(reasons, "object"), language
    return Facts({"place": reading.ordinal, "language": language}, {"reasons": objection.reasons})


@on_objection
def decide_objection(objection: Objection, by: Actor, *, upheld: bool, reasons: str, language: str) -> Facts:
    """With reasons. Upheld, another assessor reads; where this one has left meanwhile, somebody else does already."""
    objection.decision, objection.decision_language = said(reasons, "decide_objection"), language
    objection.decided_at = clock.now()
    if upheld:
        reading = Reading.objects.select_for_update(of=("self",)).get(pk=objection.reading_id)
        if reading.state in UNREAD:
            release_reading(reading, CLOCK, ground="objection")
    to = ObjectionState.UPHELD if upheld else ObjectionState.DISMISSED
    return Facts({"upheld": upheld, "language": language}, {"reasons": objection.decision}, to=to)
