"""Why rules cannot be met: a smallest set of them that contradict each other, with a proof and a witness for each.

The rows that the proof of infeasibility uses, then a deletion filter over them (Chinneck and Dravnieks, Locating minimal
infeasible constraint sets in linear programs, ORSA Journal on Computing 3, 1991). Where there is no proof small enough to
read rows from, QuickXplain (Junker, AAAI 2004) narrows them first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from .problem import Problem, Row
from .refutation import Claim, Refutation, bounds_of, refute
from .search import Search

MANY = 40  # without a proof: above so many rows, halving beats dropping one by one


@dataclass(frozen=True)
class Conflict:
    """`rows` (numbers in the problem) cannot be met together; without any one of them the others can.

    `witnesses[i]` (positions) meets all of the rows but `rows[i]`. `proof` None: claimed by the solver, not proved.
    """

    problem: Problem
    rows: tuple[int, ...]
    witnesses: tuple[tuple[int, ...], ...]
    proof: Refutation | None

    @property
    def parts(self) -> tuple[Row, ...]:
        return tuple(self.problem.rows[number] for number in self.rows)

    @property
    def sentences(self) -> list[str]:
        """One per rule, with its numbers and its article."""
        return [sentence_of(row) for row in self.parts]

    @property
    def summary(self) -> str:
        names = "; ".join(row.rule.words for row in self.parts)
        seats, people = self.problem.seats, len(self.problem.ids)
        if not self.rows:
            return f"There are {people} people for {seats} seats: no rule is to blame."
        if len(self.rows) == 1:
            return f"This rule cannot be met with {seats} seats and these {people} people: {names}."
        return f"These {len(self.rows)} rules cannot be met together with {seats} seats: {names}."


def sentence_of(row: Row) -> str:
    """`gender = f: 6 to 9, of 20 in the pool (statutory, article 4.2).`"""
    notes = ["statutory"] * row.rule.is_statutory
    notes += [f"article {row.rule.article}"] if row.rule.article else []
    said = f" ({', '.join(notes)})" if notes else ""
    return f"{row.rule.words}, of {len(row.who)} in the pool{said}."


def conflict(problem: Problem) -> Conflict | None:
    """A smallest set of rules that cannot be met, or None when all can.

    Statutory rules that contradict each other are named first, and alone. Else the rules that may be relaxed are tried for
    dropping first (the last of the problem before the first), so that few of them stay in the set.
    """
    every = range(len(problem.rows))
    statutory = [number for number in every if problem.rows[number].rule.is_statutory]
    for rows in (statutory, every):
        members, blamed = find(problem, rows)
        if members is None:
            return _smallest(problem, blamed)
    return None


def find(problem: Problem, rows: Iterable[int]) -> tuple[list[int] | None, list[int]]:
    """A full list that meets these rows, or None and those of them that already cannot be met."""
    numbers = list(rows)
    search = Search(_only(problem, numbers))
    members = search.best()
    return members, [number for number, active in zip(numbers, search.is_active, strict=True) if active]


def _smallest(problem: Problem, rows: Sequence[int]) -> Conflict:
    kept, proof = _narrowed(problem, list(rows))
    witnesses: dict[int, tuple[int, ...]] = {}
    while True:
        untried = [number for number in kept if number not in witnesses]
        if not untried:
            break
        # The last of those that may be relaxed; of the statutory ones only when none is left.
        number = max(untried, key=lambda one: (not problem.rows[one].rule.is_statutory, one))
        members, blamed = find(problem, [one for one in kept if one != number])
        if members is None:
            kept, proof = _narrowed(problem, blamed)
        else:
            witnesses[number] = tuple(members)
    kept.sort()
    return Conflict(problem, tuple(kept), tuple(witnesses[number] for number in kept), proof)


def _narrowed(problem: Problem, rows: list[int]) -> tuple[list[int], Refutation | None]:
    """Rows that a proof makes use of, and the proof; without a proof, what QuickXplain leaves."""
    proof = refute(Claim(len(problem.ids), problem.seats, bounds_of(problem.rows[one] for one in rows)))
    if proof is not None:
        return [rows[place] for place in proof.used], proof
    if len(rows) <= MANY:
        return rows, None
    order = sorted(rows, key=lambda one: (not problem.rows[one].rule.is_statutory, one))
    return _quick_explain(lambda some: find(problem, some)[0] is not None, [], order, False), None


def _quick_explain(
    is_met: Callable[[list[int]], bool], kept: list[int], rows: list[int], has_grown: bool
) -> list[int]:
    """A smallest part of `rows` that cannot be met beside `kept`; rows that come first are preferred."""
    if has_grown and not is_met(kept):
        return []
    if len(rows) == 1:
        return rows
    half = len(rows) // 2
    late = _quick_explain(is_met, [*kept, *rows[:half]], rows[half:], True)
    early = _quick_explain(is_met, [*kept, *late], rows[:half], bool(late))
    return early + late


def _only(problem: Problem, rows: Iterable[int]) -> Problem:
    return Problem(problem.ids, problem.seats, tuple(problem.rows[number] for number in rows))
