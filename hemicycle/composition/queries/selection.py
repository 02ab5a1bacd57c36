"""A list as the instrument reads it: the pool as people declared themselves, the rules of its charter, the verdicts.

Nothing is inferred: a feature stands here only as the person, or an act of the house, has said it. Grammatical gender is
a matter of words and no feature.

**One truth for the reserve.** It counts seats (`judge`): those marked as reserved. So whoever has a seat on the list
counts for the instrument's reserve exactly where that seat is marked, and whoever has none where he or she may take a
reserved one. The number owed comes from the same arithmetic, the same base and the same day on which the reserve ended.
The two agree on every list; a property test holds it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils import timezone

from hemicycle.candidacy import queries as candidacies
from hemicycle.candidacy.models import Candidacy
from hemicycle.instruments.selection.pool import Pool
from hemicycle.instruments.selection.problem import Problem, problem_of
from hemicycle.instruments.selection.rule import Rule, in_force, share_of
from hemicycle.record import clock
from hemicycle.rules.charter import Charter, ListRule

from ..models import List, Seat
from ..procedure import AcceptanceState
from .seats import Place, answer, answers, charter_of, places, pool, reserve_ended

A = AcceptanceState
YES, NO, EACH = "yes", "no", "each"
RESERVE = "reserve"
REFUSED = (A.DECLINED, A.WITHDRAWN)


def pool_for(
    list_: List,
    rows: Sequence[Place] | None = None,
    *,
    features: Collection[str] = (),
    charter: Charter | None = None,
) -> tuple[Pool, dict[str, Candidacy]]:
    """Who may sit on a list, as the instrument takes it in, and each candidacy by its id in the pool (its reference).

    Everybody who may be proposed, and who sits on the list now. `features` adds to those that a rule of the list's
    charter speaks of; where a person lives is opened only where a rule or the caller asks for it.
    """
    charter = charter or charter_of(list_)
    rows = rows if rows is not None else places(list_, charter)
    seated = {place.seat.candidacy_id: place for place in rows if place.seat is not None and place.is_live}
    people = {row.pk: row for row in pool(list_.call, list_.session)}
    for place in seated.values():  # who sits on it and locked the file meanwhile keeps the place (1.4)
        if place.seat is not None:
            people.setdefault(place.seat.candidacy_id, place.seat.candidacy)
    asked = {rule.feature for rule in limits_of(list_, charter)} | {RESERVE} | set(features)
    found = answers(list_.session, people)
    slates = _slates(people)
    sat = _sat_before(list_, people.values()) if "newcomer" in asked else set()
    declared = []
    for key, row in people.items():
        said = {RESERVE: _for_reserve(row, seated.get(key), found)}
        if "organisation" in asked:
            said["organisation"] = slates.get(key, row.reference)
        if "residence" in asked:
            said["residence"] = row.residence
        if "newcomer" in asked:
            said["newcomer"] = NO if row.person_id in sat else YES
        declared.append(said)
    by_id = {row.reference: row for row in people.values()}
    return Pool(tuple(by_id), tuple(declared)), by_id


def _for_reserve(row: Candidacy, place: Place | None, found: dict[tuple[int, bool], str]) -> str:
    """On the list: what the seat is. Else: declared, confirmed by the person, and a reserved seat not refused."""
    if place is not None:
        return YES if place.reserved else NO
    may = candidacies.for_reserve(row) and answer(found, row.pk, True) not in REFUSED
    return YES if may else NO


def _slates(keys: Iterable[int]) -> dict[int, str]:
    """The reference of the joint slate of each of these candidacies that came on one. One query."""
    rows = Candidacy.objects.filter(pk__in=list(keys), slate__isnull=False)
    return dict(rows.values_list("pk", "slate__reference"))


def _sat_before(list_: List, people: Iterable[Candidacy]) -> set[int]:
    """Which of these persons had a seat on a list of an earlier session that was announced and has not come back.

    Whoever took a vacant seat later is not among them: the list of an earlier session names those who began with it.
    """
    earlier = Seat.objects.filter(
        list__announced_at__lte=clock.now(),
        list__returned_at__isnull=True,
        list__session__opens_on__lt=list_.session.opens_on,
        candidacy__person__in={row.person_id for row in people},
    )
    return set(earlier.values_list("candidacy__person", flat=True))


def law_day(list_: List) -> date:
    """The day whose law a list keeps: that of its proposal, as for the reserve; today while it is a draft."""
    return list_.proposed_on or timezone.localtime(clock.now()).date()


def limits_of(list_: List, charter: Charter | None = None, on: date | None = None) -> list[ListRule]:
    """The rules of the charter beside the reserve that hold for a list."""
    day = on or law_day(list_)
    rules = (charter or charter_of(list_)).list.rules or ()
    return [rule for rule in rules if rule.since is None or rule.since <= day]


def rules_for(
    list_: List,
    on: date | None = None,
    *,
    people: Pool | None = None,
    rows: Sequence[Place] | None = None,
    charter: Charter | None = None,
) -> list[Rule]:
    """The rules of the charter of a list as the instrument takes them, those that hold on a day: the reserve first.

    The name of each is its code in the charter. A rule on each value becomes one per value of the pool.
    """
    charter = charter or charter_of(list_)
    rows = rows if rows is not None else places(list_, charter)
    people = people if people is not None else pool_for(list_, rows, charter=charter)[0]
    found = _reserve(list_, rows, charter)
    for limit in limits_of(list_, charter, on):
        found += _rules(limit, people, charter.seats.total.value)
    return in_force(found, on or law_day(list_))


def _reserve(list_: List, rows: Sequence[Place], charter: Charter) -> list[Rule]:
    """The reserve as `judge` reckons it: the same share, rounding and base. None where it has ended or none is kept."""
    reserve = charter.reserve
    if not reserve.share.value or reserve_ended(list_, charter):
        return []
    live = sum(place.is_live for place in rows)
    base = live if reserve.base.value == "filled" else max(charter.seats.total.value, live)
    least = share_of(base, reserve.share.value, reserve.rounding.value)
    article = reserve.share.article
    return [Rule(RESERVE, ((RESERVE, YES),), least=least, is_statutory=True, article=article)]


def _rules(limit: ListRule, people: Pool, seats: int) -> list[Rule]:
    least, most = bounds_of(limit, seats)
    values = [limit.value]
    if limit.value == EACH:
        # A value that fewer people have than the limit cannot break it: no line for each of hundreds.
        told = [row.get(limit.feature, "") for row in people.declared]
        values = [one for one in dict.fromkeys(told) if one and most is not None and told.count(one) > most]
    return [
        Rule(
            limit.code,
            ((limit.feature, value),),
            least=least,
            most=most,
            is_statutory=limit.is_statutory,
            article=limit.article,
            since=limit.since,
        )
        for value in values
    ]


def bounds_of(limit: ListRule, seats: int) -> tuple[int, int | None]:
    """(least, most) of a rule as numbers of seats; most None: without limit."""
    return bound(limit.least, limit, seats) or 0, bound(limit.most, limit, seats)


def bound(given: int | Fraction | None, limit: ListRule, seats: int) -> int | None:
    """A bound of a rule as a number of seats; None where the rule has none."""
    if given is None or isinstance(given, int):
        return given
    return share_of(seats, given, limit.rounding or "up")


def problem_for(list_: List, rows: Sequence[Place] | None = None, charter: Charter | None = None) -> Problem:
    """The question that the instrument answers: who may sit, on how many seats, under which rules."""
    charter = charter or charter_of(list_)
    rows = rows if rows is not None else places(list_, charter)
    people = pool_for(list_, rows, charter=charter)[0]
    seats = max(charter.seats.total.value, sum(place.is_live for place in rows))
    return problem_of(people, seats, rules_for(list_, people=people, rows=rows, charter=charter))


def members_of(list_: List, rows: Sequence[Place] | None = None, problem: Problem | None = None) -> list[int]:
    """The positions, in the problem of the list, of those who sit on it and have not withdrawn; by seat."""
    rows = rows if rows is not None else places(list_)
    ids = (problem or problem_for(list_, rows)).ids
    position = {name: place for place, name in enumerate(ids)}
    return [
        position[place.seat.candidacy.reference] for place in rows if place.is_live and place.seat is not None
    ]


@dataclass(frozen=True)
class Methods:
    """Which ways to choose the charter foresees beside the President's pen."""

    proportional_choice: bool
    fair_lot: bool


def methods_of(list_: List) -> Methods:
    """Proportional choice and lot appear only where the charter in force for the list foresees them."""
    charter = charter_of(list_)
    return Methods(charter.stages.proportional_choice.value, charter.stages.fair_lot.value)
