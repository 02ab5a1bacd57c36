"""Questions about suspensions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from hemicycle.assembly import queries as assembly
from hemicycle.composition import queries as lists
from hemicycle.integrity import queries as integrity
from hemicycle.mandates import queries as mandates
from hemicycle.mandates.models import Mandate
from hemicycle.people import queries as people
from hemicycle.people.models import Person
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.models import Entry
from hemicycle.rules.charter import Bar, Charter, Criterion
from hemicycle.rules.procedure import Office, Step

from .models import Case, Translation
from .procedure import CASE, CaseState

C = CaseState
READERS = (Office.SECRETARIAT, Office.SECRETARY_GENERAL, Office.PRESIDENT, Office.ACTING_PRESIDENT)
SUSPENDERS = ("allege", "suspend_urgently", "confirm_urgent", "find_prima_facie", "suspend")


def may_be_alleged(charter: Charter) -> list[Criterion | Bar]:
    """The criteria and bars on which an allegation may rest: those that are asked of candidates, no placeholders."""
    found: list[Criterion | Bar] = [*charter.criteria, *charter.bars]
    return [item for item in found if item.asked]


def visible_to(actor: Actor) -> QuerySet[Case]:
    """Cases that the actor may know of: the participant from the notice on, the complainant, the deciding offices,
    and the reviewer to whom a case was given."""
    cases = Case.objects.select_related(
        "mandate__person",
        "mandate__candidacy__person",
        "mandate__candidacy__slate",
        "complainant",
        "reviewer",
    )
    if actor.person is None:
        return cases.none()
    if assembly.offices(actor, None).intersection(READERS):
        return cases.exclude(_recused(actor))
    return cases.filter(
        Q(complainant_id=actor.person)
        | Q(reviewer_id=actor.person) & ~_recused(actor)
        | Q(mandate__person_id=actor.person, notified_at__isnull=False)
    )


def subjects_of(case: Case) -> list[str]:
    """Every reference under which an interest in a case may be declared: the case, the seat, the person, and as long
    as there is one the candidacy and its slate (4.1). The seat is restored only by whoever none of them recuses."""
    mandate = case.mandate
    on_file = [] if mandate.candidacy is None else lists.subjects_of(mandate.candidacy)
    return [case.reference, mandate.reference, mandate.person.reference, *on_file]


def _recused(actor: Actor) -> Q:
    """Running cases in which an interest keeps the actor from reading; one question, however many cases."""
    subjects = integrity.recused_from(actor.person)
    named = (
        Q(reference__in=subjects)
        | Q(mandate__reference__in=subjects)
        | Q(mandate__person__reference__in=subjects)
        | Q(mandate__candidacy__reference__in=subjects)
        | Q(mandate__candidacy__slate__reference__in=subjects)
    )
    return Q(decided_at__isnull=True) & named


def offices(actor: Actor, case: Case) -> frozenset[str]:
    """Offices held and the acting President's, as far as the case leaves them: a participant only in the own case; a
    reviewer only where assigned; nobody who declared an interest; the complainant decides nothing."""
    held = assembly.offices(actor, case)
    if case.pk is None:
        return held | {Office.PARTICIPANT} if mandates.has_seat(actor) else held
    return _left(held, actor, case, integrity.recused(actor.person, subjects_of(case)))


def _left(held: frozenset[str], actor: Actor, case: Case, is_recused: bool) -> frozenset[str]:
    if actor.person == case.mandate.person_id:
        return frozenset({Office.PARTICIPANT})
    if is_recused:
        return frozenset()
    if actor.person == case.complainant_id:
        return frozenset({Office.ANYONE})  # may take the allegation back, in whatever office it was made
    held = held - {Office.PARTICIPANT, Office.ANYONE}
    held = held - {
        Office.DELEGATE,
        Office.GENERAL_RAPPORTEUR,
    }  # may allege; a case of somebody else is not theirs
    return held if case.reviewer_id == actor.person else held - {Office.REVIEWER}


def open_steps(actor: Actor, cases: Iterable[Case]) -> Iterator[tuple[Case, tuple[Step, ...]]]:
    """What the gate would let the actor do in each of these cases, in the order of the table. As many queries for
    many cases as for one."""
    rows = list(cases)
    held, mine = assembly.offices(actor, None), frozenset(integrity.recused_from(actor.person))
    firsts = {step.two_person_of for step in CASE.steps if step.two_person_of}
    entries = Entry.objects.filter(matter__in=[case.reference for case in rows], act__in=firsts)
    latest: dict[tuple[str, str | None], str] = {}
    for matter, act, by in entries.order_by("number").values_list("matter", "act", "actor"):
        latest[matter, act] = by
    at = clock.now()
    for case in rows:
        left = _left(held, actor, case, not mine.isdisjoint(subjects_of(case)))
        steps = tuple(s for s in CASE.open_to(case.standing(at), left) if not s.reads)
        yield (
            case,
            tuple(s for s in steps if latest.get((case.reference, s.two_person_of)) != actor.reference),
        )


def without_reviewer(cases: Iterable[Case]) -> frozenset[int]:
    """Keys of those of these cases whose reviewer can no longer decide: has left the office, or declared an interest."""
    rows = [case for case in cases if case.state == C.UNDER_REVIEW]
    if not rows:
        return frozenset()
    able = set(people.holders(Office.REVIEWER).values_list("pk", flat=True))
    ties = {key: frozenset(integrity.recused_from(key)) for key in {case.reviewer_id for case in rows}}
    return frozenset(
        case.pk
        for case in rows
        if case.reviewer_id not in able or not ties[case.reviewer_id].isdisjoint(subjects_of(case))
    )


@dataclass(frozen=True)
class Said:
    """One text of a case: which, in what words and language, with the translations beside it, oldest first."""

    of: str
    text: str
    language: str
    translations: tuple[Translation, ...]

    def stands_in(self, language: str) -> bool:
        return language == self.language or any(row.language == language for row in self.translations)


# What is put to the participant. The other texts go to the deciding offices; the notice says what is alleged.
TO_THE_PARTICIPANT = frozenset({"substance", "extension_ground", "reply_text", "finding", "decision"})
# What somebody who complained goes on seeing: the own words. The reply is for those who decide.
TO_THE_COMPLAINANT = frozenset({"allegation", "evidence"})
# What must reach the participant in the participant's own language (norm 6.2).
MUST_REACH = ("substance", "finding", "decision")


def readable_texts(case: Case, actor: Actor) -> frozenset[str]:
    """Which texts of a case that is visible to the actor the actor may read."""
    if actor.person == case.mandate.person_id:
        return TO_THE_PARTICIPANT
    return TO_THE_COMPLAINANT if actor.person == case.complainant_id else frozenset(Case.TEXTS)


def knows_name(case: Case, actor: Actor) -> bool:
    """Of whoever sees a case, the participant and the offices that decide it know whom it is about; whoever complained
    reads what the public does, in whatever office that was (1.6, 1.7)."""
    return actor.person is not None and actor.person != case.complainant_id


def texts_of(case: Case) -> list[Said]:
    """Every text of a case that has been written, in the order of the procedure. One query."""
    beside: dict[str, list[Translation]] = {}
    for row in case.translations.all():
        beside.setdefault(row.of, []).append(row)
    return [
        Said(of, getattr(case, of), getattr(case, field), tuple(beside.get(of, ())))
        for of, field in Case.TEXTS.items()
        if getattr(case, of)
    ]


def not_reached(case: Case) -> list[Said]:
    """The texts that must reach the participant and do not stand in the participant's language."""
    language = case.mandate.person.language
    return [row for row in texts_of(case) if row.of in MUST_REACH and not row.stands_in(language)]


def to_translate(cases: QuerySet[Case]) -> QuerySet[Case]:
    """The cases with such a text. One query, whatever the number of cases."""
    language = F("mandate__person__language")
    wanted: Any = Q(pk__in=())
    for of in MUST_REACH:
        beside = Translation.objects.filter(
            case=OuterRef("pk"), of=of, language=OuterRef("mandate__person__language")
        )
        wanted |= ~Q(**{of: ""}) & ~Q(**{Case.TEXTS[of]: language}) & ~Exists(beside)
    return cases.filter(wanted)


def untold() -> QuerySet[Case]:
    """Notified cases in which the time for the reply may begin: the notice stands in the language that the participant
    read when it was sent, or in that of today. The one asked for is not escaped by asking for another (6.2)."""
    wanted: Any = Q(pk__in=())
    for language in ("owed_language", "mandate__person__language"):
        beside = Translation.objects.filter(case=OuterRef("pk"), of="substance", language=OuterRef(language))
        wanted |= Q(substance_language=F(language)) | Exists(beside)
    return Case.objects.filter(wanted, state=C.NOTIFIED, told_at__isnull=True)


def took_part(person: int, case: Case) -> bool:
    """Whether a person alleged, found or suspended in a case; such a person does not review it (procedure 4.3)."""
    reference = Person.objects.get(pk=person).reference
    return Entry.objects.filter(matter=case.reference, actor=reference, act__in=SUSPENDERS).exists()


def urgent_end(person: int) -> datetime | None:
    """When the last urgent suspension of a person ends or ended: at its date, or before with a finding or none."""
    rows = Case.objects.filter(mandate__person=person, urgent_until__isnull=False)
    ends = rows.values_list("urgent_until", "decided_at", "suspended_at")
    return max((min(end for end in row if end is not None) for row in ends), default=None)


@dataclass(frozen=True)
class Measure:
    """What the public may know of one suspension: no criterion and no allegation (procedure 6.3)."""

    reference: str
    mandate: Mandate
    state: str  # suspended | left (the participation ended while suspended) | dismissed | lapsed | upheld
    since: datetime
    until: datetime | None


def public_measures(at: datetime | None = None) -> list[Measure]:
    """Every suspension that took effect, newest first, as it stands at an instant."""
    at = at or clock.now()
    cases = Case.objects.select_related("mandate__person", "mandate__candidacy", "mandate__list__session")
    cases = cases.filter(Q(suspended_at__lte=at) | Q(urgent_until__isnull=False, notified_at__lte=at))
    found = [measure for case in cases for measure in _measures(case, at)]
    return sorted(found, key=lambda m: m.since, reverse=True)


def _measures(case: Case, at: datetime) -> list[Measure]:
    """One, or two where an urgent suspension was over when the other began: each keeps its dates, and the correction of
    the first stays (6.3)."""
    begun = case.suspended_at if case.suspended_at is not None and case.suspended_at <= at else None
    if case.urgent_until is None or case.notified_at is None:
        return [] if begun is None else [_measure(case, at, begun, *_pending_review(case, at))]
    if begun is not None and begun < case.urgent_until:
        return [_measure(case, at, case.notified_at, *_pending_review(case, at))]
    urgent = _measure(case, at, case.notified_at, *_urgent(case, case.urgent_until, at))
    return [urgent] if begun is None else [urgent, _measure(case, at, begun, *_pending_review(case, at))]


def _measure(case: Case, at: datetime, since: datetime, state: str, until: datetime | None) -> Measure:
    """A correction comes first: it is published whether or not the person still sits. Whoever left meanwhile is not
    called suspended any more (6.3)."""
    left_at = mandates.ended_at(case.mandate, at)
    if left_at is not None and state != C.UPHELD:
        state = "left" if state == "suspended" else state
        until = left_at if until is None else min(until, left_at)
    return Measure(case.reference, case.mandate, state, since, until)


def _urgent(case: Case, until: datetime, at: datetime) -> tuple[str, datetime]:
    """How an urgent suspension without a finding in its days stands, and until when: to its own date, or to the finding
    of no case where that came before. One that comes after is a correction and moves no date."""
    if case.state == C.NO_CASE:
        return "dismissed", until if case.decided_at is None else min(case.decided_at, until)
    return "lapsed" if at >= until else "suspended", until


def _pending_review(case: Case, at: datetime) -> tuple[str, datetime | None]:
    """How a suspension on a finding stands by itself, and until when."""
    state = case.standing(at)
    if state == C.LAPSED:
        return "lapsed", case.review_by
    if state in (C.UPHELD, C.DISMISSED):
        return state, case.decided_at
    return "suspended", case.review_by
