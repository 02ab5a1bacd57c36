"""Who could read a file: people with the office, less those whom the file's surroundings keep from it (3.1, 4.1, 4.3)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import timedelta

from django.db.models import Count, QuerySet

from hemicycle.candidacy.models import (
    Call,
    Candidacy,
    CounterStatement,
    CriterionAnswer,
    Endorsement,
    Evidence,
    Slate,
)
from hemicycle.candidacy.procedure import CandidacyState, CounterStatementState, EndorsementState
from hemicycle.integrity import queries as integrity
from hemicycle.integrity.models import Interest
from hemicycle.people import queries as people
from hemicycle.people.models import Person
from hemicycle.record import clock, law
from hemicycle.rules.procedure import Office

from .. import spread
from ..models import GONE, AdversePoint, Assessorship, Reading
from ..procedure import UNREAD, AssessorshipState
from .access import reviewing_offices, subjects_of

SOON, DUE_SOON, LATE = timedelta(days=7), "due soon", "late"
ANOTHER = "xx"  # evidence in a language that the form does not name; the Secretariat has it translated


def load(person: Person | int, call: Call | None = None) -> int:
    """How many readings somebody holds: assigned, open or given, in one call or in all; withdrawn files do not count."""
    return _loads([person if isinstance(person, int) else person.pk], call).get(
        person if isinstance(person, int) else person.pk, 0
    )


def loads(persons: Iterable[Person]) -> dict[int, int]:
    """`load` of several people at once, by the key of the person; who holds none is left out."""
    return _loads([person.pk for person in persons], None)


def _loads(persons: Collection[int], call: Call | None) -> dict[int, int]:
    rows = Reading.objects.filter(assessor_id__in=persons, released_at__isnull=True).exclude(
        examination__candidacy__state__in=GONE
    )
    if call is not None:
        rows = rows.filter(examination__candidacy__call=call)
    counted = rows.order_by().values_list("assessor_id").annotate(n=Count("pk"))
    return dict(counted.values_list("assessor_id", "n"))


def languages_of(candidacies: Iterable[Candidacy]) -> dict[int, frozenset[str]]:
    """The languages that stand in each file: statements, evidence, endorsements, statements of invited bodies.

    Evidence in a language that the platform does not know keeps nobody out: no reader can say to read it, and a file
    that nobody gets would be the candidate's loss. Four queries for any number of files.
    """
    keys = [c.pk for c in candidacies]
    found: dict[int, set[str]] = {key: set() for key in keys}
    answers = CriterionAnswer.objects.filter(candidacy_id__in=keys).exclude(statement="")
    endorsed = Endorsement.objects.filter(candidacy_id__in=keys, state=EndorsementState.GIVEN)
    said = CounterStatement.objects.filter(candidacy_id__in=keys, state=CounterStatementState.GIVEN)
    for rows in (answers, Evidence.objects.filter(candidacy_id__in=keys), endorsed, said):
        for key, language in rows.order_by().values_list("candidacy_id", "language").distinct():
            found[key].add(language)
    return {key: frozenset(languages - {ANOTHER, ""}) for key, languages in found.items()}


class Pool:
    """The people who could read files of one call, and what keeps each from which file. Few queries, any number of files.

    Grounds: `treasurer`, `candidate`, `competing` (member of an organisation with a slate in this call, or its
    presenter), `endorser`, `statement` (speaks for an invited body), `interest`, `has_read`, `alleged` (raised a
    point against the person, 4.3), `undescribed` (candidates could not be told capacity and organisation), and
    `language` (spread.py).
    """

    def __init__(self, call: Call, *, review: bool = False, opening: Reading | None = None) -> None:
        """`opening`: a reading whose file its reader is about to open; to hold it is no ground against oneself."""
        charter = law.by_reference(call.charter)
        self.call, self.opening = call, opening
        self.at_most = charter.vetting.files_per_assessor_at_most.value
        self.offices = reviewing_offices(charter) if review else frozenset({Office.ASSESSOR})
        self.removes = charter.interests.removes_assignment.value
        self.people = self._people()
        self.keys = [p.pk for p in self.people]
        self.organisations = {
            a.person_id: same_name(a.organisation)
            for a in Assessorship.objects.filter(person_id__in=self.keys, state=AssessorshipState.CURRENT)
        }
        self.out = self._out()

    def _people(self) -> list[Person]:
        found: dict[int, Person] = {}
        for office in sorted(self.offices):
            found.update({p.pk: p for p in people.holders(office)})
        return sorted(found.values(), key=lambda p: p.reference)

    def _out(self) -> dict[int, str]:
        """Grounds that hold for every file of the call."""
        out = {key: "undescribed" for key in self.keys if key not in self.organisations}
        out.update({key: "treasurer" for key in self.keys if not integrity.may_assess(key)})
        slates = list(Slate.objects.filter(call=self.call))
        competing = {same_name(slate.organisation) for slate in slates}
        presenters = {slate.presenter_id for slate in slates}
        out.update(
            {
                k: "competing"
                for k, o in self.organisations.items()
                if (o and o in competing) or k in presenters
            }
        )
        alive = self.call.candidacies.exclude(state__in=[*GONE, CandidacyState.LAPSED])
        standing = alive.filter(person_id__in=self.keys).values_list("person_id", flat=True)
        out.update(dict.fromkeys(standing, "candidate"))
        return out

    def files(self, candidacies: Iterable[Candidacy], seats: Collection[int] | int) -> list[spread.File]:
        """The files as the spread wants them; `seats` readers each."""
        rows = list(candidacies)
        languages, grounds = languages_of(rows), self._grounds(rows)
        count = seats if isinstance(seats, int) else len(seats)
        return [spread.File(c.pk, c.reference, languages[c.pk], count, grounds[c.pk]) for c in rows]

    def assessors(self) -> list[spread.Assessor]:
        loads = _loads(self.keys, self.call)
        return [
            spread.Assessor(p.pk, p.reference, frozenset(p.reads), loads.get(p.pk, 0)) for p in self.people
        ]

    def plan(self, candidacies: Iterable[Candidacy], seats: Collection[int] | int) -> spread.Plan:
        return spread.spread(self.files(candidacies, seats), self.assessors(), at_most=self.at_most)

    def _grounds(self, candidacies: list[Candidacy]) -> dict[int, dict[int, str]]:
        """What keeps whom from which file."""
        keys = [c.pk for c in candidacies]
        grounds: dict[int, dict[int, str]] = {key: dict(self.out) for key in keys}
        bodies: dict[int, set[str]] = defaultdict(set)
        endorsed = Endorsement.objects.filter(candidacy_id__in=keys, state=EndorsementState.GIVEN)
        for said in endorsed.select_related("candidacy"):
            bodies[said.candidacy_id].add(same_name(said.body))
        read = Reading.objects.filter(examination__candidacy__in=keys)
        if self.opening is not None:
            read = read.exclude(pk=self.opening.pk)
        for key, person in read.values_list("examination__candidacy_id", "assessor_id"):
            grounds[key].setdefault(person, "has_read")
        raised = AdversePoint.objects.filter(examination__candidacy__in=keys)
        for key, person in raised.values_list("examination__candidacy_id", "raised_by_id"):
            grounds[key].setdefault(person, "alleged")
        for key, person in CounterStatement.objects.filter(candidacy_id__in=keys).values_list(
            "candidacy_id", "invited_id"
        ):
            grounds[key].setdefault(person, "statement")
        interests = self._interests()
        for candidacy in candidacies:
            for person, organisation in self.organisations.items():
                if organisation and organisation in bodies[candidacy.pk]:
                    grounds[candidacy.pk].setdefault(person, "endorser")
            for subject in subjects_of(candidacy):
                grounds[candidacy.pk].update(dict.fromkeys(interests.get(subject, ()), "interest"))
        return grounds

    def _interests(self) -> dict[str, set[int]]:
        """People of the pool with an interest in effect, by its subject."""
        found: dict[str, set[int]] = defaultdict(set)
        if self.removes:
            rows = Interest.objects.filter(person_id__in=self.keys, state__in=integrity.IN_EFFECT)
            for person, subject in rows.values_list("person_id", "subject"):
                found[subject].add(person)
        return found


def why_not_open(reading: Reading) -> str:
    """What keeps a reader from the file as it stands now: a ground of `Pool`, or empty. Endorsements, statements and
    languages may have come after the assignment (3.1)."""
    candidacy = reading.examination.candidacy
    pool = Pool(candidacy.call, review=reading.is_review, opening=reading)
    (file,) = pool.files([candidacy], 1)
    return next((spread.why_out(a, file) for a in pool.assessors() if a.key == reading.assessor_id), "")


def same_name(text: str) -> str:
    """Names of organisations compared: case, spaces and punctuation do not tell two apart."""
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text)).strip().casefold()


def loads_of(call: Call) -> list[tuple[Person, Counter[str]]]:
    """For the clerk's overview: each assessor's readings in a call by state, by name; of those not given, also how many are due
    within seven days (`DUE_SOON`) and how many are overdue (`LATE`)."""
    now = clock.now()
    rows: QuerySet[Reading] = (
        Reading.objects.filter(examination__candidacy__call=call)
        .exclude(examination__candidacy__state__in=GONE)
        .select_related("assessor")
    )
    found: dict[int, tuple[Person, Counter[str]]] = {
        p.pk: (p, Counter()) for p in people.holders(Office.ASSESSOR)
    }
    for reading in rows:
        counts = found.setdefault(reading.assessor_id, (reading.assessor, Counter()))[1]
        counts[reading.state] += 1
        if reading.state in UNREAD and reading.due_at <= now + SOON:
            counts[LATE if reading.due_at <= now else DUE_SOON] += 1
    return sorted(found.values(), key=lambda row: row[0].shown_name)


def possible(file: spread.File, assessors: Iterable[spread.Assessor]) -> set[int]:
    """Keys of those whom nothing keeps from a file."""
    return {a.key for a in assessors if not spread.why_out(a, file)}


def explanation(file: spread.File, assessors: Iterable[spread.Assessor]) -> dict[str, int]:
    """How many could read a file, and how many not, by ground."""
    return spread.explain(file, assessors)


def explained(file: spread.File, assessors: Iterable[spread.Assessor], key: int) -> dict[str, int]:
    """The numbers behind one assignment: those of the file, and the readings that the chosen person held before."""
    people_ = list(assessors)
    held = next(a.load for a in people_ if a.key == key)
    return {**spread.explain(file, people_), "load_before": held}
