"""What members of the Bureau have said of a list, and what a list would be with a change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from hemicycle.candidacy.models import Candidacy
from hemicycle.instruments.selection.check import Standing, Verdict, check
from hemicycle.rules.findings import Finding

from ..models import GONE, List, MemberAmendment, Objection, Seat
from ..procedure import AcceptanceState
from .seats import Place, answer, answers, charter_of, judge, places
from .selection import RESERVE, limits_of, members_of, problem_for
from .verdicts import limit_broken, reserve_short, verdicts


def objections(list_: List) -> QuerySet[Objection]:
    """The objections that stand, first to last."""
    return Objection.objects.filter(list=list_).select_related("made_by", "candidacy")


def member_amendments(list_: List) -> QuerySet[MemberAmendment]:
    """What members have proposed and not withdrawn, by seat."""
    rows = MemberAmendment.objects.filter(list=list_)
    return rows.select_related("proposed_by", "candidacy__person", "stood__person")


def has_withdrawn(list_: List, *concerned: Candidacy | None) -> bool:
    """Whether one of them withdrew the candidacy, or the acceptance: such a name is never shown (7.2), and what was said
    of the person is closed with it (1.6)."""
    named = [row for row in concerned if row is not None]
    found = answers(list_.session, [row.pk for row in named])
    return any(
        row.state in GONE or answer(found, row.pk, False) == AcceptanceState.WITHDRAWN for row in named
    )


Change = tuple[Candidacy | None, bool]


def with_changes(list_: List, changes: Mapping[int, Change]) -> list[Place]:
    """The places of a list as they would be: {number: (person or nobody, reserved?)}."""
    taken = {
        seat.number: seat for seat in list_.seats.select_related("candidacy__person", "candidacy__slate")
    }
    for number, (candidacy, reserved) in changes.items():
        taken.pop(number, None)
        if candidacy is not None:
            taken[number] = Seat(list=list_, number=number, candidacy=candidacy, reserved=reserved)
    return places(list_, taken=taken.values())


def broken_by(list_: List, changes: Mapping[int, Change]) -> list[Finding]:
    """The rules that a list would not keep with these changes, and keeps now or breaks by less. What it breaks already
    is no reason against an amendment: that may be what mends it."""
    return worse(list_, places(list_), with_changes(list_, changes))


def worse(list_: List, before: list[Place], after: list[Place]) -> list[Finding]:
    """The rules that are broken by more with the places `after` than with those `before`."""
    charter = charter_of(list_)
    now, then = judge(list_, before, charter), judge(list_, after, charter)
    found = [reserve_short(charter, then)] if then.short_by > now.short_by else []
    was = {one.code: one.short + one.over for one in verdicts(list_, before, charter)}
    for one in verdicts(list_, after, charter):
        if one.code != RESERVE and one.short + one.over > was[one.code]:
            found.append(one.finding)
    return found


def beside(list_: List, draft: List) -> dict[str, int]:
    """A draft beside a list, in numbers: taken seats, reserved ones, people in common, rules that it would break."""
    rows = [place for place in places(draft) if place.is_live]
    here = {place.seat.candidacy_id for place in places(list_) if place.seat is not None and place.is_live}
    common = sum(place.seat is not None and place.seat.candidacy_id in here for place in rows)
    return {
        "seats": len(rows),
        "reserved": sum(place.reserved for place in rows),
        "common": common,
        "others": len(rows) - common,
        "broken": sum(one.is_broken for one in verdicts(draft, places(draft))),
    }


def keeping(list_: List, rows: list[Place], people: Iterable[Candidacy]) -> dict[int, Finding | None]:
    """For each of these people: None where a list that stands as in `rows` may take the person in, else the limit of the
    charter that it would break, by number and article (4.6, 8.5): a maximum at once, a minimum where the seats that are
    then still vacant could not meet it any more. A fixed number of queries."""
    people = list(people)
    charter = charter_of(list_)
    if not people or not limits_of(list_, charter):
        return dict.fromkeys((row.pk for row in people), None)
    problem = problem_for(list_, rows, charter)
    members = set(members_of(list_, rows, problem))
    position = {name: place for place, name in enumerate(problem.ids)}
    names = {one.code: one.name for one in limits_of(list_, charter)}
    now = check(problem, members)
    found: dict[int, Finding | None] = {}
    for row in people:
        place = position.get(row.reference)
        then = check(problem, members if place is None else members | {place})
        lost = [
            one
            for one, was in zip(then, now, strict=True)
            if one.row.rule.name in names and (one.over > was.over or _is_lost(one) > _is_lost(was))
        ]
        found[row.pk] = limit_broken(names[lost[0].row.rule.name], lost[0]) if lost else None
    return found


def _is_lost(one: Verdict) -> bool:
    """Whether too few count for a rule, and no seat is vacant that could mend it."""
    return bool(one.short) and one.standing in (Standing.BROKEN, Standing.LOST)
