"""What an import would change: worked out before anything does, shown to people, then done exactly so."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from hemicycle.people.models import Person
from hemicycle.record import clock, law
from hemicycle.rules.findings import N_

from . import queries
from .limits import CAPACITIES, check_membership
from .models import Body, BodySeat, Capacity, Delegation, PoliticalGroup, day_start
from .sheets import Line, Problems

Change = dict[str, Any]


@dataclass
class Book:
    """Everything that lines refer to, read once, so that ten thousand lines cost a handful of queries."""

    bodies: dict[str, Body] = field(
        default_factory=lambda: {b.code: b for b in Body.objects.filter(state="standing")}
    )
    delegations: dict[str, Delegation] = field(
        default_factory=lambda: {d.code: d for d in Delegation.objects.all()}
    )
    groups: dict[str, PoliticalGroup] = field(
        default_factory=lambda: {g.code: g for g in PoliticalGroup.objects.all()}
    )
    people: dict[str, int] = field(default_factory=dict)

    @classmethod
    def for_lines(cls, lines: Iterable[Line]) -> Book:
        references = {line.cells["person"] for line in lines if line.cells.get("person")}
        book = cls()
        wanted = sorted(references)
        for start in range(0, len(wanted), 500):
            rows = Person.objects.filter(reference__in=wanted[start : start + 500]).values_list(
                "reference", "pk"
            )
            book.people.update(dict(rows))
        return book


def base_of(kind: str) -> str:
    """SHA-256 of all that a file of that kind could change: a preview made on another base is stale."""
    rows: Any
    if kind == "members":
        rows = list(
            queries.seats_at(clock.now())
            .order_by("pk")
            .values_list(
                "pk", "body_id", "person_id", "name", "capacity", "delegation_id", "group_id", "precedence"
            )
        ) + list(
            BodySeat.objects.filter(held_until__isnull=False).order_by("pk").values_list("pk", "held_until")
        )
    elif kind == "delegations":
        rows = list(Delegation.objects.order_by("pk").values_list())
    else:
        rows = list(PoliticalGroup.objects.order_by("pk").values_list())
    return hashlib.sha256(json.dumps(rows, default=str).encode()).hexdigest()


def plan(kind: str, lines: list[Line], extent: str) -> dict[str, Any]:
    """`{"changes": [...], "counts": {...}}` for a file; raises `Unmet` with every problem by line."""
    problems = Problems()
    if kind == "members":
        changes = _members(lines, extent, problems)
    else:
        changes = _named(kind, lines, problems)
    problems.settle()
    counts = Counter(str(change["what"]) for change in changes)
    return {"changes": [c for c in changes if c["what"] != "keep"], "counts": dict(counts)}


def _named(kind: str, lines: list[Line], problems: Problems) -> list[Change]:
    model = Delegation if kind == "delegations" else PoliticalGroup
    there = {row.code: row for row in model.objects.all()}
    changes, seen = [], set()
    for line in lines:
        cells = dict(line.cells)
        code = cells["code"].upper()
        if kind == "delegations":
            if not (len(code) == 2 and code.isascii() and code.isalpha()):
                problems.add(line.number, N_("“%(value)s” is not a two-letter code."), value=cells["code"])
            if not (
                cells["members"].isascii() and cells["members"].isdigit() and 0 < int(cells["members"]) < 100
            ):
                problems.add(
                    line.number, N_("“%(value)s” is not a number of members."), value=cells["members"]
                )
        elif not (code.isascii() and code.replace("-", "").replace("/", "").isalnum() and len(code) <= 12):
            problems.add(line.number, N_("“%(value)s” is not a code."), value=cells["code"])
        if code in seen:
            problems.add(line.number, N_("“%(value)s” stands twice in the file."), value=code)
        seen.add(code)
        old = there.get(code)
        same = old is not None and all(
            str(getattr(old, key)) == value for key, value in cells.items() if key != "code"
        )
        what = "keep" if same else "change" if old else "add"
        changes.append({"what": what, "line": line.number, **cells, "code": code})
    return changes


def _members(lines: list[Line], extent: str, problems: Problems) -> list[Change]:
    book, charter = Book.for_lines(lines), law.in_force()
    now = clock.now()
    bodies = {line.cells["body"] for line in lines}
    current: dict[tuple[str, ...], BodySeat] = {}
    for seat in (
        queries.seats_at(now)
        .filter(body__code__in=bodies)
        .select_related("body", "delegation", "group", "person")
    ):
        current[_key(_row_of(seat))] = seat
    changes: list[Change] = []
    named: set[tuple[str, ...]] = set()
    for line in lines:
        row = _row(line, book, problems)
        if row is None:
            continue
        key = _key(row)
        if key in named:
            problems.add(line.number, N_("“%(value)s” stands twice in the file."), value=row["name"])
        named.add(key)
        old = current.get(key)
        what = "add" if old is None else "keep" if _same(_row_of(old), row) else "change"
        changes.append({"what": what, "line": line.number, "seat": old.pk if old else None, **row})
    gone = [seat for key, seat in current.items() if key not in named] if extent == "whole" else []
    changes += [{"what": "end", "line": 0, "seat": seat.pk, **_row_of(seat)} for seat in gone]
    if not problems.findings:
        ended = {change["seat"] for change in changes if change["what"] == "end"}
        stay = [_row_of(s) for key, s in current.items() if key not in named and s.pk not in ended]
        check_membership([c for c in changes if c["what"] != "end"] + stay, charter)
    return changes


def _row(line: Line, book: Book, problems: Problems) -> Change | None:
    """A line as the plan keeps it, or none after its problems were noted."""
    cells, before = line.cells, len(problems.findings)
    body = book.bodies.get(cells["body"])
    if body is None:
        problems.add(line.number, N_("There is no body “%(value)s”."), value=cells["body"])
    capacity = cells["capacity"].casefold()
    if body is not None and capacity not in CAPACITIES[body.kind]:
        problems.add(
            line.number,
            N_("Nobody sits in “%(body)s” as “%(value)s”."),
            body=body.code,
            value=cells["capacity"],
        )
    delegation, group, person = (
        cells.get("delegation", "").upper(),
        cells.get("group", "").upper(),
        cells.get("person", ""),
    )
    if delegation and delegation not in book.delegations:
        problems.add(line.number, N_("There is no delegation “%(value)s”."), value=delegation)
    if group and group not in book.groups:
        problems.add(line.number, N_("There is no group “%(value)s”."), value=group)
    if person and person not in book.people:
        problems.add(line.number, N_("There is no person “%(value)s”."), value=person)
    precedence = cells.get("precedence", "")
    if precedence and not (precedence.isascii() and precedence.isdigit() and 0 < int(precedence) < 1000):
        problems.add(line.number, N_("“%(value)s” is not an order of precedence."), value=precedence)
    first, until = (_day(line, column, problems) for column in ("from", "until"))
    if first and until and until <= first:
        problems.add(line.number, N_("The seat ends before it begins."))
    if until and until <= clock.today():
        problems.add(line.number, N_("A seat that is over is not imported."))
    if len(problems.findings) > before:
        return None
    return {
        "body": cells["body"],
        "name": cells["name"],
        "capacity": capacity,
        "person": person,
        "delegation": delegation,
        "group": group,
        "precedence": int(precedence) if precedence else None,
        "from": first.isoformat() if first else "",
        "until": until.isoformat() if until else "",
    }


def _day(line: Line, column: str, problems: Problems) -> date | None:
    value = line.cells.get(column, "")
    if not value:
        return None
    try:
        found = date.fromisoformat(value)
    except ValueError:
        found = None
    if found is None or not 1949 <= found.year <= 2200 or len(value) != 10:
        problems.add(line.number, N_("“%(value)s” is not a day, as 2027-01-25."), value=value)
        return None
    return found


def _row_of(seat: BodySeat) -> Change:
    return {
        "body": seat.body.code,
        "name": seat.name,
        "capacity": seat.capacity,
        "person": seat.person.reference if seat.person else "",
        "delegation": seat.delegation.code if seat.delegation else "",
        "group": seat.group.code if seat.group else "",
        "precedence": seat.precedence,
        "from": "",
        "until": _local_day(seat.held_until),
    }


def _local_day(at: datetime | None) -> str:
    from django.utils import timezone

    return timezone.localtime(at).date().isoformat() if at else ""


def _key(row: Change) -> tuple[str, ...]:
    """Who a line is about: a seat of a name in a capacity, from a delegation."""
    return row["body"], row["capacity"], row["delegation"], row["name"].casefold()


def _same(old: Change, new: Change) -> bool:
    return all(old[key] == new[key] for key in ("person", "group", "precedence", "until"))


def apply(kind: str, changes: list[Change]) -> None:
    """Do what the plan says, inside the act that commits it."""
    if kind != "members":
        model = Delegation if kind == "delegations" else PoliticalGroup
        for change in changes:
            values: dict[str, Any] = {
                key: change[key] for key in ("name_en", "name_fr", "name_ru", "members") if key in change
            }
            model.objects.update_or_create(code=change["code"], defaults=values)
        return
    now = clock.now()
    ending = [c["seat"] for c in changes if c["what"] in ("end", "change")]
    for start in range(0, len(ending), 500):
        BodySeat.objects.filter(pk__in=ending[start : start + 500]).update(held_until=now)
    begun = [c for c in changes if c["what"] in ("add", "change")]
    people = Book.for_lines(Line(0, {"person": c["person"]}) for c in begun)
    BodySeat.objects.bulk_create([_seat(c, people, now) for c in begun], batch_size=500)


def _seat(change: Change, book: Book, now: datetime) -> BodySeat:
    """A changed seat ends and begins anew at the same instant, so that old rolls can be asked for again."""
    starts = (
        day_start(date.fromisoformat(change["from"])) if change["from"] and change["what"] == "add" else now
    )
    return BodySeat(
        body=book.bodies[change["body"]],
        person_id=book.people.get(change["person"]),
        name=change["name"],
        capacity=Capacity(change["capacity"]),
        delegation=book.delegations.get(change["delegation"]),
        group=book.groups.get(change["group"]),
        precedence=change["precedence"],
        held_from=starts,
        held_until=day_start(date.fromisoformat(change["until"])) if change["until"] else None,
    )
