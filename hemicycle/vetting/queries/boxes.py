"""To whom the evidence of a file is to be sealed: its readers, by the reading keys that they have now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hemicycle.candidacy.models import Evidence, EvidenceKey
from hemicycle.candidacy.models.contents import COPY
from hemicycle.integrity import queries as integrity
from hemicycle.people import queries as people
from hemicycle.people.models import Person, ReaderKey
from hemicycle.people.procedure import HOLDERS, ReaderKeyState
from hemicycle.record.actors import Actor

from ..models import Examination, Reading
from ..procedure import EXAMINATION
from .access import is_shut, subjects_of

# States in which somebody still reads.
READ = frozenset(EXAMINATION.by_act["seal_to_readers"].sources)


@dataclass(frozen=True)
class Wanted:
    """One box that is missing: this evidence, to this reader's key, out of the custodian's box."""

    examination: Examination
    evidence: Evidence
    reader: Person
    recipient: str
    box: str


def _current_keys(persons: Iterable[int]) -> dict[int, str]:
    rows = ReaderKey.objects.filter(
        person__in=list(persons), state=ReaderKeyState.CURRENT, recipient__isnull=False
    )
    return {key.person_id: str(key.recipient) for key in rows}


def _live(actor: Actor) -> list[Reading]:
    """Readings under way of the files that the actor may see sealed."""
    if not actor.holds(*HOLDERS):
        return []
    rows = Reading.objects.filter(
        released_at__isnull=True, given_at__isnull=True, examination__state__in=READ
    )
    files = "examination__candidacy__person", "examination__candidacy__slate", "examination__candidacy__call"
    return [r for r in rows.select_related("assessor", *files) if _is_open_for(actor, r.examination)]


def in_work(actor: Actor) -> list[Examination]:
    """Files whose evidence the actor may see sealed to readers."""
    return list({r.examination_id: r.examination for r in _live(actor)}.values())


def waiting_for_a_key(actor: Actor) -> list[Person]:
    """Readers who have no reading key yet, so that nothing can be sealed to them."""
    persons = {r.assessor_id: r.assessor for r in _live(actor)}
    keys = _current_keys(persons)
    return [person for key, person in persons.items() if key not in keys]


def wanted(actor: Actor) -> list[Wanted]:
    """Every box that a custodian's holder may now have made, over all files; a few questions however many there are."""
    custodian = people.custodian()
    if custodian is None:
        return []
    live = _live(actor)
    keys = _current_keys({r.assessor_id for r in live})
    by_candidacy: dict[int, list[Evidence]] = {}
    files = Evidence.objects.filter(candidacy__in={r.examination.candidacy_id for r in live}).exclude(
        kind="link"
    )
    for held in files.select_related("candidacy"):
        by_candidacy.setdefault(held.candidacy_id, []).append(held)
    there = _boxes(held for rows in by_candidacy.values() for held in rows)
    found = []
    for reading in live:
        recipient = keys.get(reading.assessor_id)
        for held in by_candidacy.get(reading.examination.candidacy_id, ()) if recipient else ():
            box = there.get((held.pk, custodian.recipient))
            if box is not None and (held.pk, recipient) not in there:
                found.append(Wanted(reading.examination, held, reading.assessor, str(recipient), box.box))
    return found


def _is_open_for(actor: Actor, examination: Examination) -> bool:
    """Nobody seals the own file, or one from which an interest keeps away, or one that is closed."""
    candidacy = examination.candidacy
    if is_shut(candidacy) or candidacy.person_id == actor.person or actor.person is None:
        return False
    return not integrity.recused(actor.person, subjects_of(candidacy))


def _boxes(files: Iterable[Evidence]) -> dict[tuple[int, str], EvidenceKey]:
    keys = [held.pk for held in files]
    rows = EvidenceKey.objects.filter(evidence__in=keys, part=COPY).select_related("evidence__candidacy")
    return {(row.evidence_id, row.recipient): row for row in rows}


def box_for(reading: Reading, held: Evidence) -> EvidenceKey | None:
    """What opens the copy of this evidence for its reader; `None` while nothing was sealed to a key that is in use."""
    mine = [str(key.recipient) for key in people.opening_keys(reading.assessor)]
    boxes = held.keys.filter(part=COPY, holder=reading.assessor.reference, recipient__in=mine)
    return boxes.order_by("-pk").first()
