"""Questions about calls and candidacies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from hemicycle.integrity import queries as integrity
from hemicycle.people.models import Person
from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.record.models import Entry, Matter
from hemicycle.rules.charter import Charter
from hemicycle.rules.procedure import Office

from .models import Call, Candidacy, CounterStatement, Endorsement, Erasure, FactCorrection, Slate
from .procedure import SENT, CallState, CandidacyState, CounterStatementState, EndorsementState

S = CandidacyState

RECEIVED = (S.RETURNED, *SENT)
REFUSED = (S.INADMISSIBLE, S.REVIEW_ASKED)
# What a second clerk decides on, and the act of the first.
FIRST_HALF = {
    S.ADMISSIBILITY_PROPOSED: "propose_admissible",
    S.INADMISSIBILITY_PROPOSED: "propose_inadmissible",
    S.LATE_ASKED: "ask_late_admission",
}


def subjects_of(candidacy: Candidacy) -> list[str]:
    """Every reference under which an interest in a file may be declared: the file, the person, the slate (4.1)."""
    slate = [candidacy.slate.reference] if candidacy.slate is not None else []
    return [candidacy.reference, candidacy.person.reference, *slate]


def offices(actor: Actor, matter: Matter) -> frozenset[str]:
    """Offices held for a time, those given by the matter (candidate, invited body), less what a recusal
    takes.
    """
    held = actor.offices
    if actor.person is None:
        return held
    candidacy = _candidacy_of(matter)
    stored = candidacy is not None and candidacy.pk is not None
    if (
        candidacy
        and stored
        and held - {Office.ANYONE}
        and integrity.recused(actor.person, subjects_of(candidacy))
    ):
        held = held & {Office.ANYONE}
    if candidacy is not None and candidacy.person_id == actor.person:
        # Nobody acts in an office on the own candidacy.
        return frozenset({Office.ANYONE, Office.CANDIDATE})
    if isinstance(matter, CounterStatement) and matter.invited_id == actor.person:
        held = held | {Office.INVITED_BODY}
    return frozenset(held)


def _candidacy_of(matter: Matter) -> Candidacy | None:
    if isinstance(matter, Candidacy):
        return matter
    if isinstance(matter, Endorsement | CounterStatement | Erasure):
        return matter.candidacy
    return None


def charter_of(call: Call) -> Charter:
    """The law whose criteria and bars make the form of this call."""
    return law.by_reference(call.charter)


# --- calls --------------------------------------------------------------------------------------------------


def visible_calls(actor: Actor) -> QuerySet[Call]:
    """Calls are public once opened; one in preparation is the Secretariat's."""
    calls = Call.objects.select_related("session")
    return calls if actor.holds(Office.SECRETARIAT) else calls.exclude(state=CallState.DRAFTED)


def open_calls(at: datetime | None = None) -> QuerySet[Call]:
    at = at or clock.now()
    return Call.objects.filter(state=CallState.OPEN, opens_at__lte=at, closes_at__gt=at).select_related(
        "session"
    )


def late_calls(at: datetime | None = None) -> QuerySet[Call]:
    """Closed so recently that somebody late may still say why, the last one first (5.8)."""
    at = at or clock.now()
    since = at - timedelta(days=law.in_force().periods.erase_draft_days.value)
    closed = Call.objects.filter(
        state__in=[CallState.OPEN, CallState.CLOSED], opens_at__lte=at, closes_at__lte=at, closes_at__gt=since
    )
    return closed.order_by("-closes_at").select_related("session")


def counts(call: Call) -> dict[str, int]:
    """How many candidacies of a call stand where; numbers only, for after the call has closed.

    Drafts count as nothing; files that were erased still count (`Call.erased`). `received` is every candidacy that was
    ever submitted, `late` the late admissions among them; `late_refused` are pleas that two clerks refused.
    """
    rows = call.candidacies.values_list(
        "state", "submitted_at", "is_late_admission", "times_returned", "slate"
    )
    found: Counter[str] = Counter(call.erased)
    for state, submitted, late, returned, slate in rows:
        if submitted is None:
            found["late_refused"] += state in REFUSED
            continue
        found["received"] += 1
        found["late"] += late
        found["returned"] += bool(returned)
        found["from_slates"] += slate is not None
        found["under_review"] += state == S.REVIEW_ASKED
        for name in (S.INADMISSIBLE, S.ADMISSIBLE, S.WITHDRAWN):
            found[name] += state == name
    names = (
        "received", "late", "late_refused", "returned", "inadmissible", "under_review", "admissible", "withdrawn",
        "from_slates",
    )  # fmt: skip
    result = {name: found[name] for name in names}
    result["slates"] = call.slates.count()
    result["slates_represented"] = (
        call.slates.filter(candidacies__submitted_at__isnull=False).distinct().count()
    )
    return result


def late_grounds(call: Call) -> list[tuple[str, str]]:
    """(ground, language) of each late admission, as it was written without naming anybody, for the decision sheet."""
    late = call.candidacies.filter(is_late_admission=True, submitted_at__isnull=False)
    kept = [(candidacy.late_ground, candidacy.late_ground_language) for candidacy in late]
    return sorted([*kept, *((ground, language) for ground, language in call.erased_grounds)])


# --- candidacies --------------------------------------------------------------------------------------------


def visible_to(actor: Actor) -> QuerySet[Candidacy]:
    """Whoever may read a file: the person; the Secretariat once it was sent; reviewers while one waits for
    them.

    A withdrawn file is closed to everybody but the person, at once (procedure 1.6). Assessors get files by
    assignment: that room asks its own question and then reads the rows.
    """
    every = Candidacy.objects.select_related("call__session", "person", "slate")
    if actor.person is None:
        return every.none()
    own = Q(person=actor.person)
    seen = Q(pk__in=[])
    if actor.holds(Office.SECRETARIAT):
        seen |= Q(state__in=[*RECEIVED, S.LATE_ASKED]) | (Q(state=S.LAPSED) & ~Q(late_plea=""))
    if actor.holds(Office.REVIEWER):
        seen |= Q(state=S.REVIEW_ASKED)
    recused = integrity.recused_from(actor.person)
    if recused:
        seen &= ~Q(reference__in=recused) & ~Q(person__reference__in=recused)
        seen &= Q(slate__isnull=True) | ~Q(slate__reference__in=recused)
    return every.filter(own | (seen & Q(person__is_active=True)))  # a locked file is closed (1.4)


def readable_to(actor: Actor) -> QuerySet[Candidacy]:
    """Files whose content the actor may read: the own one, and what was sent. Of a draft whose person pleads for
    late admission others see the head and the plea, and no answer."""
    return visible_to(actor).filter(Q(person=actor.person) | Q(submitted_at__isnull=False))


def forms_to_look_at(actor: Actor, state: str) -> list[Candidacy]:
    """Files in this state that wait for this clerk, the first received first. A second half does not wait for the
    person of the first (procedure 2.4)."""
    seen = list(
        visible_to(actor).exclude(person=actor.person).filter(state=state).order_by("submitted_at", "pk")
    )
    own = first_halves(actor, [row.reference for row in seen])
    return [row for row in seen if (row.reference, FIRST_HALF.get(S(state))) not in own]


def first_halves(actor: Actor, references: Sequence[str]) -> set[tuple[str, str]]:
    """(reference, act) of the first halves that this person did last on these files. One query."""
    rows = Entry.objects.filter(matter__in=references, act__in=FIRST_HALF.values()).order_by("number")
    last = {(matter, act): who for matter, act, who in rows.values_list("matter", "act", "actor")}
    return {key for key, who in last.items() if who == actor.reference}


def corrected_since_first_look(candidacy: Candidacy) -> list[FactCorrection]:
    """What the person corrected after the first clerk had looked, for the second to see. Two queries."""
    taken = Entry.objects.filter(
        matter=candidacy.reference, act__in=("propose_admissible", "correct_facts")
    ).order_by("number")
    acts = list(taken.values_list("act", flat=True))
    if "propose_admissible" not in acts:
        return []
    since = acts[::-1].index("propose_admissible")
    return list(candidacy.fact_corrections.order_by("-pk")[:since])[::-1]


def visible_slates(actor: Actor) -> QuerySet[Slate]:
    """A slate is seen by who presented it and by the Secretariat."""
    slates = Slate.objects.select_related("call__session")
    return slates if actor.holds(Office.SECRETARIAT) else slates.filter(presenter=actor.person)


def visible_endorsements(actor: Actor) -> QuerySet[Endorsement]:
    return Endorsement.objects.filter(candidacy__in=readable_to(actor).values("pk")).select_related(
        "candidacy__person", "candidacy__call"
    )


def visible_counter_statements(actor: Actor) -> QuerySet[CounterStatement]:
    """Seen by the invited body, and by whoever may see the file. Candidates see what was given about them
    (2.3).
    """
    rows = CounterStatement.objects.select_related("candidacy__person", "candidacy__call", "invited")
    if actor.person is None:
        return rows.none()
    alive = ~Q(candidacy__state=S.WITHDRAWN) & Q(candidacy__person__is_active=True)
    return rows.filter((Q(invited=actor.person) & alive) | Q(candidacy__in=visible_to(actor).values("pk")))


def visible_erasures(actor: Actor) -> QuerySet[Erasure]:
    """Seen by the two offices that ask for and confirm it, and by the person while the file is there."""
    rows = Erasure.objects.select_related("candidacy__person", "candidacy__call")
    if actor.person is None:
        return rows.none()
    own = Q(candidacy__person=actor.person)
    if not actor.holds(Office.SECRETARIAT, Office.INTEGRITY_OFFICER):
        return rows.filter(own)
    recused = integrity.recused_from(actor.person)
    tied = Q(file__in=recused) | Q(candidacy__person__reference__in=recused)
    return rows.filter(own | ~tied) if recused else rows


def admissible(call: Call) -> QuerySet[Candidacy]:
    return call.candidacies.filter(state=S.ADMISSIBLE).select_related("person", "call")


def of_person(person: Person | int) -> QuerySet[Candidacy]:
    """A person's candidacies, newest call first."""
    key = person if isinstance(person, int) else person.pk
    return Candidacy.objects.filter(person_id=key).select_related("call__session").order_by("-call__opens_at")


def review_until(candidacy: Candidacy) -> datetime | None:
    """When the time to ask for review of a refusal on form ends or ended; null where nothing is refused, or a review
    has been decided: there is one (procedure 2.4)."""
    if candidacy.inadmissible_at is None or candidacy.review_decided_at is not None:
        return None
    days = charter_of(candidacy.call).periods.review_request_days.value
    return candidacy.inadmissible_at + timedelta(days=days)


def may_ask_review(candidacy: Candidacy) -> bool:
    """Whether a review of the refusal can be asked for now."""
    until = review_until(candidacy)
    return candidacy.standing(now := clock.now()) == S.INADMISSIBLE and until is not None and now < until


def for_reserve(candidacy: Candidacy) -> bool:
    """Declared for the reserve, and the grouping confirmed by the person: both, or it does not count (1.7)."""
    return candidacy.for_reserve and candidacy.reserve_confirmed


def endorsements(candidacy: Candidacy) -> QuerySet[Endorsement]:
    return candidacy.endorsements.filter(state=EndorsementState.GIVEN)


def endorsing_bodies(keys: Iterable[int]) -> list[tuple[int, str]]:
    """(key of a candidacy, name of the body) of each endorsement that was given to one of these candidacies."""
    rows = Endorsement.objects.filter(candidacy__in=list(keys), state=EndorsementState.GIVEN)
    return [(row.candidacy_id, row.body) for row in rows.select_related("candidacy").order_by("pk")]


def counter_statements(candidacy: Candidacy) -> QuerySet[CounterStatement]:
    """Those that were given, to be answered like adverse points."""
    return candidacy.counter_statements.filter(state=CounterStatementState.GIVEN)
