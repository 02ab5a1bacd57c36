"""The one gate. Every change of state in the house goes through `perform`: empowered, in order, done, recorded, or
none of it.

A room binds its functions to the rows of its table:

    act = gate(CANDIDACY, queries.offices)

    @act
    def declare_inadmissible(candidacy: Candidacy, by: Actor, *, reasons: str) -> Facts: ...

The function does the act's own work and returns `Facts` for the entry; it never touches `state`.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from django.db import IntegrityError, connection, transaction

from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NEW, SAME, NotEmpowered, Office, Refused, Step, Table

from . import clock, law, log, references
from .actors import Actor
from .facts import Facts as Facts
from .facts import commitment, plain
from .models import Entry, Matter, Opening

P = ParamSpec("P")
M = TypeVar("M", bound=Matter)
Offices = Callable[[Actor, Any], "frozenset[str]"]


class Stale(Refused):
    """The page was made before somebody else acted on the matter."""

    status = 409


class Unsigned(Refused):
    """A signed act was sent by a form without a signature. The pages ask for it first; this is the last door."""

    status = 403


class AlreadyRecorded(Refused):
    """The same form was sent before; `entry` is what it did then."""

    status = 409

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        super().__init__("this form was recorded before")


class SamePerson(NotEmpowered):
    """The second of two acts, tried by the person of the first."""


Function = Callable[Concatenate[M, Actor, P], "Facts | None"]
registry: dict[tuple[str, str], BoundAct[Any, Any]] = {}


@dataclass(frozen=True)
class BoundAct(Generic[M, P]):
    """A function bound to its row. Calling it is the only way to change a matter's state."""

    table: Table
    step: Step
    offices: Offices
    function: Function[M, P]

    def __call__(self, matter: M, by: Actor, *args: P.args, **kwargs: P.kwargs) -> Entry:
        return perform(self, matter, by, *args, **kwargs)


def gate(table: Table, offices: Offices) -> Callable[[Function[M, P]], BoundAct[M, P]]:
    """Return the decorator that binds functions to rows of `table`; `offices(actor, matter)` is the room's own."""

    def bind(function: Function[M, P]) -> BoundAct[M, P]:
        name = function.__name__
        bound = BoundAct(table, table.by_act[name], offices, function)
        if (table.room, name) in registry:
            raise ValueError(f"{table.room}.{name} is bound twice")
        registry[table.room, name] = bound
        return bound

    return bind


@dataclass(frozen=True)
class Submission:
    """What a sent form carries beside its fields: its own token, the version of the matter that it showed, and how it
    was signed ("passkey", "demonstration"), which the pages have verified. `spend` is called in the act's transaction:
    what was signed is worth nothing afterwards."""

    once: str | None = None
    seen: int | None = None
    signed: str | None = None
    spend: Callable[[], None] | None = None


_submission: ContextVar[Submission | None] = ContextVar("submission", default=None)
_within: ContextVar[int] = ContextVar("within", default=0)  # how many acts are under way around this one


@contextmanager
def submission(
    once: str | None, seen: int | None, signed: str | None = None, spend: Callable[[], None] | None = None
) -> Any:
    """The next act, and only it, carries token, version seen and signature of a sent form."""
    token = _submission.set(Submission(once, seen, signed, spend))
    try:
        yield
    finally:
        _submission.reset(token)


def is_recorded(once: str) -> bool:
    """Whether the form with this token did its act already; sent again, it is answered and does nothing."""
    return Entry.objects.filter(once=once).exists()


def decide(
    bound: BoundAct[Any, Any], matter: Matter, by: Actor, held: frozenset[str] | None = None, state: str = ""
) -> Office:
    """The office in which `by` may take the act now, or a refusal. Reads; changes nothing.

    `held`, `state`: the offices in this matter and where it stands, where the caller has just asked for them.
    """
    if bound.step.inner and not _within.get():
        raise NotEmpowered(bound.table, bound.step)
    if matter.pk is None:
        state = NEW
    elif by.is_clock:
        state = matter.state  # the clock writes down what time has already ended
    else:
        state = state or matter.standing(clock.now())
    held = bound.offices(by, matter) if held is None else held
    office = bound.table.decide(bound.step.act, state, held)
    first = bound.step.two_person_of
    if first and matter.pk is not None:
        latest = Entry.objects.filter(matter=matter.reference, act=first).order_by("-number").first()
        if latest is not None and latest.actor == by.reference:
            raise SamePerson(bound.table, bound.step)
    return office


def perform(bound: BoundAct[M, P], matter: M, by: Actor, *args: P.args, **kwargs: P.kwargs) -> Entry:
    """Take the act in one transaction and return its entry, or raise and leave everything as it was.

    Raises `NotEmpowered`, `OutOfOrder`, `Stale`, `AlreadyRecorded`, `rules.findings.Unmet`, `ValidationError`.
    """
    form = _submission.get()
    sent = form or Submission()
    _submission.set(None)  # acts within this act are not sent by the form
    try:
        with transaction.atomic():
            if matter.pk is not None:
                _lock(matter, bound.step)
            _refuse_twin(sent)  # asked with the lock held: it may have been recorded while this one waited
            if _is_stale(bound.step, matter, sent):
                raise Stale(f"{matter.reference} has changed since the page was made")
            office = decide(bound, matter, by)
            if form is not None and bound.step.signed and not sent.signed:
                raise Unsigned(f"{bound.table.room}.{bound.step.act} was sent unsigned")
            if matter.pk is None:
                matter.reference = matter.reference or references.new(matter.PREFIX)
                matter.created_at = clock.now()
            state = matter.state
            depth = _within.set(_within.get() + 1)
            try:
                facts = bound.function(matter, by, *args, **kwargs) or Facts()
            finally:
                _within.reset(depth)
            matter.state = _target(bound.step, state, facts)
            if not (bound.step.reads or bound.step.beside):
                matter.version += 1
                # The reference never changes. The database holds the constraints: asked below, where it refuses.
                never = () if matter.pk is None else ("reference",)
                matter.full_clean(exclude=never, validate_constraints=False)
                matter.save()
            entry = _append(bound, matter, by, office, state, facts, sent)
            if sent.spend is not None:
                sent.spend()
            return entry
    except IntegrityError:
        # Two copies of one form arrived at the same instant: the unique token let one in.
        _refuse_twin(sent)
        matter.validate_constraints()  # says in words which one the database refused
        raise
    except Unmet as refusal:
        _refuse_twin(sent)  # a new matter has no lock, a ballot shares one: its twin may have done it
        if refusal.afterwards is not None and not _within.get():  # an act around this one is rolled back too
            refusal.afterwards()
        raise


def _refuse_twin(sent: Submission) -> None:
    """Raise `AlreadyRecorded` where the same form has done its act."""
    twin = Entry.objects.filter(once=sent.once).first() if sent.once else None
    if twin is not None:
        raise AlreadyRecorded(twin) from None


def hold_beside(matter: Matter) -> None:
    """Wait until nobody changes the matter, and read it anew. Those who act beside it need not wait for one another, only
    for whoever changes it: six hundred ballots at once go through together. (SQLite has one writer at a time.)"""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            table = connection.ops.quote_name(matter._meta.db_table)
            cursor.execute(f"SELECT 1 FROM {table} WHERE id = %s FOR KEY SHARE", [matter.pk])  # noqa: S608
    matter.refresh_from_db()


def _lock(matter: Matter, step: Step) -> None:
    """Wait until nobody else acts on the matter, and read it anew."""
    if step.beside:
        hold_beside(matter)
    else:
        matter.refresh_from_db(from_queryset=type(matter)._base_manager.select_for_update())


def _is_stale(step: Step, matter: Matter, sent: Submission) -> bool:
    """Whether the page was made from an older matter; who only reads disturbs nobody's writing."""
    return matter.pk is not None and not step.reads and sent.seen not in (None, matter.version)


def _target(step: Step, state: str, facts: Facts) -> str:
    targets = step.targets
    chosen = facts.to if facts.to is not None else targets[0]
    if len(targets) > 1 and facts.to is None:
        raise ValueError(f"{step.act} must say which of {targets} it led to")
    if chosen not in targets:
        raise ValueError(f"{step.act} cannot lead to {chosen!r}")
    return state if chosen == SAME else chosen


def _append(
    bound: BoundAct[Any, Any],
    matter: Matter,
    by: Actor,
    office: Office,
    before: str,
    facts: Facts,
    sent: Submission,
) -> Entry:
    salts = {name: secrets.token_hex(16) for name in facts.sealed}
    open_facts = {key: plain(key, value) for key, value in facts.plain.items()}
    for name, text in facts.sealed.items():
        open_facts[name] = "hmac-sha256:" + commitment(salts[name], text)
    if bound.step.signed and sent.signed:
        open_facts["signed"] = sent.signed
    entry = Entry.objects.create(
        at=clock.now(),
        room=bound.table.room,
        act=bound.step.act,
        matter=matter.reference,
        before=before,
        after=matter.state,
        office=office,
        actor=by.reference,
        article=bound.table.article_key(bound.step.act),
        charter=law.version_in_force().reference,
        publicity=(facts.publicity or bound.step.publicity).value,
        facts=open_facts,
        once=sent.once,
    )
    log.write(entry)
    openings = [Opening(entry=entry, name=name, salt=salt) for name, salt in salts.items()]
    for opening in openings:
        opening.key_owner = matter.key_owner
    Opening.objects.bulk_create(openings)
    return entry


def open_to(bound_table: Table, matter: Matter, by: Actor) -> tuple[BoundAct[Any, Any], ...]:
    """The acts that `by` may take on a matter now, in the table's order. What only reads is not offered: the file
    itself asks for it."""
    found = []
    # Asked once, not once per row: each question may cost a query.
    held: dict[Any, frozenset[str]] = {}
    state = matter.standing(clock.now()) if matter.pk is not None else ""
    for step in bound_table.steps:
        bound = registry.get((bound_table.room, step.act))
        begins = matter.pk is not None and NEW in step.sources and len(step.sources) == 1
        if bound is None or begins or step.reads:
            continue
        if bound.offices not in held:
            held[bound.offices] = bound.offices(by, matter)
        try:
            decide(bound, matter, by, held[bound.offices], state)
        except Refused:
            continue
        found.append(bound)
    return tuple(found)


def left_to_another(bound_table: Table, matter: Matter, by: Actor) -> tuple[Step, ...]:
    """The acts that wait for a second person because `by` did the first half, in the table's order."""
    found = []
    for step in bound_table.steps:
        bound = registry.get((bound_table.room, step.act))
        if bound is None or not step.two_person_of:
            continue
        try:
            decide(bound, matter, by)
        except SamePerson:
            found.append(step)
        except Refused:
            continue
    return tuple(found)
