"""To whom the evidence of a file is to be sealed: its readers, by the reading keys that they have now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hemicycle.candidacy.models import Evidence, EvidenceKey
from hemicycle.candidacy.models.contents import COPY
from hemicycle.integrity import queries as integrity
from hemicycle.people import queries as people
from hemicycle.people.models import Custodian, Person, ReaderKey
from hemicycle.people.procedure import HOLDERS, ReaderKeyState
from hemicycle.record.actors import Actor

from ..models import Examination, Reading
from ..procedure import EXAMINATION
from . import access
from .access import is_shut, subjects_of

# States in which somebody still reads.
AT_ONCE = 1000  # boxes in one form: each is about 800 bytes as it is sent
READ = frozenset(EXAMINATION.by_act["seal_to_readers"].sources)


@dataclass(frozen=True)
class Wanted:
    """One box that is missing: this evidence, to this reader's key, out of the custodian's box."""

    examination: Examination
    evidence: Evidence
    reader: Person
    recipient: str
    custodian: Custodian
    box: EvidenceKey


def _current_keys(persons: Iterable[int]) -> dict[int, str]:
    rows = ReaderKey.objects.filter(
        person__in=list(persons), state=ReaderKeyState.CURRENT, recipient__isnull=False
    )
    return {key.person_id: str(key.recipient) for key in rows}


def offices(actor: Actor, examination: Examination) -> frozenset[str]:
    """Who seals evidence: only a holder of one of a custodian's sheets, in the office that goes with it."""
    held = access.offices(actor, examination)
    is_theirs = held.isdisjoint(HOLDERS) or people.custodians_held(actor)
    return held if is_theirs else held - set(HOLDERS)


def _live(actor: Actor, examination: Examination | None = None) -> list[Reading]:
    """Readings under way of the files that the actor may see sealed; of one file only, where it is named. Nobody seals the
    own file, or one from which an interest keeps away, or one that is closed."""
    if not actor.holds(*HOLDERS):
        return []
    rows = Reading.objects.filter(
        released_at__isnull=True, given_at__isnull=True, examination__state__in=READ
    )
    if examination is not None:
        rows = rows.filter(examination=examination)
    files = "examination__candidacy__person", "examination__candidacy__slate", "examination__candidacy__call"
    away = set(integrity.recused_from(actor.person))
    return [
        reading
        for reading in rows.select_related("assessor", *files)
        if not is_shut(candidacy := reading.examination.candidacy)
        and candidacy.person_id != actor.person
        and away.isdisjoint(subjects_of(candidacy))
    ]


def in_work(actor: Actor) -> list[Examination]:
    """Files whose evidence the actor may see sealed to readers."""
    return list({r.examination_id: r.examination for r in _live(actor)}.values())


def waiting_for_a_key(actor: Actor) -> list[Person]:
    """Readers who have no reading key yet, so that nothing can be sealed to them."""
    persons = {r.assessor_id: r.assessor for r in _live(actor)}
    keys = _current_keys(persons)
    return [person for key, person in persons.items() if key not in keys]


def wanted(actor: Actor, examination: Examination | None = None) -> list[Wanted]:
    """Every box that this holder of a custodian's sheet may now have made, over all files or of one; a few questions however
    many there are. What was sealed to an earlier custodian is opened with its sheets."""
    custodians = people.custodians_held(actor)
    if not custodians:
        return []
    live = _live(actor, examination)
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
            of = next((c for c in custodians if (held.pk, c.recipient) in there), None)
            if of is not None and (held.pk, recipient) not in there:
                box = there[held.pk, of.recipient]
                found.append(Wanted(reading.examination, held, reading.assessor, str(recipient), of, box))
    return found


def round_of(rows: list[Wanted]) -> list[Wanted]:
    """What is sealed at one sitting: what one custodian opens, file by file, and no more than one form carries."""
    mine = [w for w in rows if w.custodian.pk == rows[0].custodian.pk]
    mine.sort(key=lambda w: w.examination.pk)
    if len(mine) <= AT_ONCE:
        return mine
    last = mine[AT_ONCE].examination.pk
    whole = [w for w in mine if w.examination.pk < last]
    return whole or [w for w in mine if w.examination.pk == last]


def _boxes(files: Iterable[Evidence]) -> dict[tuple[int, str], EvidenceKey]:
    keys = [held.pk for held in files]
    rows = EvidenceKey.objects.filter(evidence__in=keys, part=COPY).select_related("evidence__candidacy")
    return {(row.evidence_id, row.recipient): row for row in rows}


def boxes_for(reading: Reading, keys: Iterable[ReaderKey]) -> dict[int, EvidenceKey]:
    """What opens the copies of a file's evidence for its reader, by evidence; one that was not sealed to one of these keys in
    use is missing."""
    mine = [str(key.recipient) for key in keys]
    rows = EvidenceKey.objects.filter(
        evidence__candidacy=reading.examination.candidacy_id,
        part=COPY, holder=reading.assessor.reference, recipient__in=mine,
    )  # fmt: skip
    return {row.evidence_id: row for row in rows.select_related("evidence__candidacy").order_by("pk")}
