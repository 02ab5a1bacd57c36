"""A list as the composer's page has it now, before anything is written: its seats, its rules, and why somebody cannot be
put on the next free seat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext_noop as N_

from hemicycle.candidacy import queries as candidacies
from hemicycle.candidacy.models import Candidacy, Slate
from hemicycle.instruments.selection.check import Standing, Verdict
from hemicycle.instruments.selection.pool import Pool
from hemicycle.instruments.selection.problem import Problem, Row, problem_of
from hemicycle.instruments.selection.solver import OutOfTime, within
from hemicycle.instruments.selection.standing import standing_of_all, why_not
from hemicycle.rules.charter import Charter, Text
from hemicycle.rules.findings import Finding

from ..models import List, Seat
from ..procedure import AcceptanceState
from . import selection
from .seats import Place, answers, charter_of, judge, not_met, places
from .verdicts import limit_words

A = AcceptanceState
MARKS_SECONDS = 2.0  # after each change of a seat
# Where a person lives is not among them: it is opened only where a rule of the charter speaks of it.
FEATURES = ("organisation", "newcomer")


@dataclass(frozen=True)
class WhyNot:
    """What keeps people of the pool from the next free seat; `people` are references of candidacies."""

    findings: tuple[Finding, ...]
    people: frozenset[str]


@dataclass(frozen=True)
class Board:
    """The seats of a list as they stand (`places`), written or not. What costs a query or a search is asked once."""

    list_: List
    charter: Charter
    places: Sequence[Place]

    @property
    def live(self) -> list[Place]:
        return [place for place in self.places if place.is_live]

    @cached_property
    def declared(self) -> tuple[Pool, dict[str, Candidacy]]:
        """Who may be proposed, and what each declared that the page shows."""
        return selection.pool_for(self.list_, self.places, features=FEATURES)

    @cached_property
    def problem(self) -> Problem:
        """The rules over the pool, for the seats as they are marked."""
        return selection.problem_for(self.list_, self.places)

    @cached_property
    def whole(self) -> Problem:
        """The rules over whom a list may be finished with: for a full list, where a seat is marked as needed.

        Nobody against an opinion and nobody who declined, but for those who sit already: to propose them all the same is
        the President's alone.
        """
        people, by_id = selection.pool_for(self.list_, self.places)
        seated = {reference_of(place) for place in self.live}
        keys = [row.pk for row in by_id.values()]
        found, against = answers(self.list_.session, keys), not_met(keys)
        kept = [
            (name, {**said, selection.RESERVE: selection.YES if _may_reserve(by_id[name], found) else selection.NO})
            for name, said in zip(people.ids, people.declared, strict=True)
            if name in seated or not (by_id[name].pk in against or _declined(by_id[name].pk, found))
        ]  # fmt: skip
        pool = Pool(tuple(name for name, _ in kept), tuple(said for _, said in kept))
        full = [Place(place.number, place.seat or Seat()) for place in self.places]
        rules = selection.rules_for(self.list_, people=pool, rows=full)
        return problem_of(pool, len(self.places), rules)

    @cached_property
    def organisations(self) -> dict[str, str]:
        """The organisation that presented each joint slate of the call, by the reference of the slate. One query."""
        return {row.reference: row.organisation for row in Slate.objects.filter(call=self.list_.call_id)}

    def members(self, problem: Problem) -> list[int]:
        """The positions in a problem of those who sit, by seat. Whoever is in it no more (withdrawn) is left out."""
        position = {name: place for place, name in enumerate(problem.ids)}
        return [position[name] for place in self.live if (name := reference_of(place)) in position]

    @cached_property
    def why_nots(self) -> list[WhyNot]:
        """Whom a rule keeps from the next free seat, and which; empty when no seat is free. Decided by type of person."""
        problem, members = self.problem, self.members(self.problem)
        if len(members) >= problem.seats or len(problem.ids) < problem.seats:
            return []
        try:
            with within(MARKS_SECONDS):
                return self._why_nots(problem, members)
        except OutOfTime:  # the marks stand without the reasons: they are about the seats, and cost no search
            return []

    def _why_nots(self, problem: Problem, members: list[int]) -> list[WhyNot]:
        standing = standing_of_all(problem, members)
        sitting, of_person = set(members), problem.types.of_person
        by_type: dict[int, list[int]] = {}
        for person, how in enumerate(standing):
            if how != Standing.MET and person not in sitting:
                by_type.setdefault(int(of_person[person]), []).append(person)
        return [
            WhyNot(
                tuple(sentence(one, self) for one in why_not(problem, members, people[0])),
                frozenset(problem.ids[person] for person in people),
            )
            for people in by_type.values()
        ]


def board(list_: List, taken: Sequence[Seat] | None = None) -> Board:
    """`taken`: the seats as a form has them; by default those that are written."""
    charter = charter_of(list_)
    return Board(list_, charter, places(list_, charter, taken))


def reference_of(place: Place) -> str:
    return place.seat.candidacy.reference if place.seat is not None else ""


def reserve_short(board_: Board) -> bool:
    return not judge(board_.list_, list(board_.places), board_.charter).met


def _may_reserve(row: Candidacy, found: Mapping[tuple[int, bool], str]) -> bool:
    return candidacies.for_reserve(row) and found.get((row.pk, True)) not in (A.DECLINED, A.WITHDRAWN)


def _declined(key: int, found: Mapping[tuple[int, bool], str]) -> bool:
    """Whether the last word is no: declined for one kind of seat, and accepted for none."""
    given = {found.get((key, False)), found.get((key, True))}
    return A.DECLINED in given and A.ACCEPTED not in given


# --- a rule and a verdict in words -----------------------------------------------------------------------------------


def named(row: Row, board_: Board) -> Finding | Text:
    """The name of a rule as its charter has it, in the reader's language; of a rule on each organisation, that one."""
    rule = row.rule
    if rule.name == selection.RESERVE:
        return board_.charter.reserve.name.value
    limit = next(one for one in board_.charter.list.rules or () if one.code == rule.name)
    value = rule.where[0][1]
    if limit.value == selection.EACH and limit.feature == "organisation":
        return Finding(
            N_("%(name)s (%(value)s)"), {"name": limit.name, "value": board_.organisations.get(value, "")}
        )
    return limit.name


def margins(row: Row, board_: Board) -> Finding:
    """What a rule asks, with its article."""
    rule = limit_words(named(row, board_), row.least, row.most if row.most < len(board_.places) else None)
    return Finding(N_("%(rule)s, article %(article)s"), {"rule": rule, "article": row.rule.article})


def sentence(verdict: Verdict, board_: Board) -> Finding:
    """A rule that is broken or cannot be met any more: by how many, and under which article."""
    said = {
        "rule": named(verdict.row, board_), "count": verdict.count, "least": verdict.row.least,
        "most": verdict.row.most, "over": verdict.over, "short": verdict.short, "article": verdict.row.rule.article,
    }  # fmt: skip
    if verdict.over:
        return Finding(
            N_("%(rule)s: %(count)s, at most %(most)s: over by %(over)s, article %(article)s"), said
        )
    if verdict.standing == Standing.LOST and verdict.short:
        return Finding(
            N_("%(rule)s: %(count)s of %(least)s, and not to be reached any more, article %(article)s"), said
        )
    if verdict.short:
        return Finding(
            N_("%(rule)s: %(count)s, at least %(least)s: short by %(short)s, article %(article)s"), said
        )
    if verdict.standing == Standing.LOST:
        return Finding(
            N_("%(rule)s: not to be kept together with the others any more, article %(article)s"), said
        )
    return Finding(N_("%(rule)s: %(count)s, article %(article)s"), said)
