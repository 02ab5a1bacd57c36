"""One function per method of `hemicycle compose`: from a problem to words and files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .alternatives import alternatives
from .check import Standing, Verdict, check
from .completion import complete, repair
from .conflict import Conflict, conflict
from .outcome import Outcome, claim_of, list_table, rule_as_json, verdict_as_json
from .pictures import rules_picture
from .pool import Pool
from .problem import Problem
from .relaxation import Relaxation, Relaxations, relaxations
from .solver import VERSION

Progress = Callable[[str, float], None]
NO_LIST = (
    "No list meets these rules. `--method explain` says why and what is the least that would have to change."
)


class Unfit(ValueError):
    """What was asked for does not fit together; the message says what to change."""


@dataclass
class Asked:
    """What a method works on: `members` and `gone` are positions, `succession` is in order, `seeds` are halves."""

    pool: Pool
    problem: Problem
    members: list[int] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    succession: list[int] = field(default_factory=list)
    how_many: int = 3
    seeds: Sequence[str] = ()
    commitments: Sequence[str] = ()
    tickets: int = 1000
    progress: Progress = lambda stage, done: None

    def names(self, places: Sequence[int]) -> list[str]:
        return [self.pool.ids[place] for place in places]


def checked(asked: Asked) -> Outcome:
    """Every rule and the given list; without a list, which rules the pool alone cannot meet."""
    verdicts = check(asked.problem, asked.members)
    outcome = Outcome()
    is_full = len(asked.members) == asked.problem.seats
    not_met = [one for one in verdicts if one.standing != Standing.MET]
    is_lost = any(one.standing == Standing.LOST for one in not_met)
    outcome.is_found = not is_lost if not asked.members else is_full and not not_met
    outcome.say(f"{len(asked.members)} of {asked.problem.seats} seats are taken.")
    if not not_met:
        outcome.say(f"All {len(verdicts)} rules are met.")
    else:
        outcome.say(f"{len(not_met)} of {len(verdicts)} rules are not met:")
        outcome.say(*(f"- {one.words}" for one in not_met))
    judged(outcome, asked, asked.members, verdicts)
    return outcome


def judged(outcome: Outcome, asked: Asked, members: Sequence[int], verdicts: list[Verdict]) -> None:
    """The files about one list: itself, its rules as a table and a picture, the claim that checker.meets reads."""
    list_table(outcome, "list.csv", asked.pool, asked.problem, members)
    head = ["rule", "min", "max", "count", "standing", "short", "over", "article"]
    rows = [
        [
            one.row.rule.name,
            one.row.least,
            one.row.most,
            one.count,
            one.standing.value,
            one.short,
            one.over,
            one.row.rule.article,
        ]
        for one in verdicts
    ]
    outcome.table("rules.csv", head, rows)
    outcome.files["rules.svg"] = rules_picture(verdicts, asked.problem.seats)
    outcome.json(
        "certificate.json",
        {
            "kind": "list",
            "solver": VERSION,
            "ids": list(asked.pool.ids),
            "claim": claim_of(asked.problem),
            "members": sorted(members),
            "verdicts": [verdict_as_json(one) for one in verdicts],
        },
    )


def explained(asked: Asked) -> Outcome:
    """Why there is no list, and every cheapest change of rules that makes one possible."""
    outcome = Outcome()
    asked.progress("conflict", 0.0)
    found = conflict(asked.problem)
    if found is None:
        outcome.say("There is no conflict: a list can meet every rule.")
        outcome.json("conflict.json", {"is_possible": True, "conflict": []})
        outcome.json("relaxations.json", {"is_possible": True, "cost": 0, "relaxations": []})
        outcome.json("certificate.json", {"kind": "conflict", "solver": VERSION, "is_possible": True})
        return outcome
    outcome.say(found.summary, *(f"- {line}" for line in found.sentences))
    outcome.say("Without any one of them the others can be met." if found.rows else "")
    asked.progress("least changes", 0.5)
    options = relaxations(asked.problem)
    outcome.json("conflict.json", _conflict_as_json(asked, found))
    outcome.json("relaxations.json", _relaxations_as_json(asked, options))
    _say_options(outcome, options)
    proof = {
        "conflict": _proof(found.proof),
        "cheapest": _proof(options.proof),
        "complete": _proof(options.completeness),
    }
    outcome.json("certificate.json", {"kind": "conflict", "solver": VERSION, "is_possible": False, **proof})
    return outcome


def _say_options(outcome: Outcome, options: Relaxations) -> None:
    if options.blocked is not None:
        outcome.say("No change helps while the statutory rules stand, which are never changed:")
        outcome.say(*(f"- {line}" for line in options.blocked.sentences))
        return
    assert options.cost is not None
    many = f"at least {len(options.listed)}" if options.has_more else str(len(options.listed))
    outcome.say(
        "", f"Least change: price {decimal_of(options.cost)}, in {many} ways. Statutory rules never change."
    )
    for number, option in enumerate(options.listed, start=1):
        outcome.say(f"{number}. {' '.join(options.sentences(option))}")
    proved = "proved" if options.proof is not None else "claimed by the solver, not proved"
    outcome.say(f"That nothing is cheaper is {proved}.")
    if not options.has_more:
        proved = "proved" if options.completeness is not None else "claimed by the solver, not proved"
        outcome.say(f"That nothing else is as cheap is {proved}.")
    outcome.say("Which of them is taken is for people to decide.")


def _conflict_as_json(asked: Asked, found: Conflict) -> dict[str, Any]:
    return {
        "is_possible": False,
        "summary": found.summary,
        "conflict": [{**rule_as_json(row), "in_the_pool": len(row.who)} for row in found.parts],
        "without_any_one": [
            {"rule": row.rule.name, "list": asked.names(witness)}
            for row, witness in zip(found.parts, found.witnesses, strict=True)
        ],
        "is_proved": found.proof is not None,
    }


def _relaxations_as_json(asked: Asked, options: Relaxations) -> dict[str, Any]:
    if options.blocked is not None:
        return {
            "is_possible": False,
            "cost": None,
            "relaxations": [],
            "blocked_by": [rule_as_json(row) for row in options.blocked.parts],
        }
    assert options.cost is not None

    def one(option: Relaxation) -> dict[str, Any]:
        changes = [
            {
                **rule_as_json(asked.problem.rows[change.row]),
                "new_min": asked.problem.rows[change.row].least - change.lowered,
                "new_max": asked.problem.rows[change.row].most + change.raised,
            }
            for change in option.changes
        ]
        return {"cost": float(option.cost), "changes": changes, "list": asked.names(option.witness)}

    return {
        "is_possible": False,
        "cost": float(options.cost),
        "cost_exact": str(options.cost),
        "relaxations": [one(option) for option in options.listed],
        "has_more": options.has_more,
        "is_proved": options.proof is not None,
    }


def _proof(found: Any) -> Any:
    return None if found is None else found.as_json()


def completed(asked: Asked) -> Outcome:
    """Lists that finish the given one."""
    outcome = Outcome()
    lists = complete(asked.problem, asked.members, how_many=asked.how_many)
    if not lists:
        outcome.is_found = False
        outcome.say(
            "No list that meets every rule keeps all who are seated. `--method repair` exchanges the fewest."
        )
        outcome.say(*(f"- {one.words}" for one in check(asked.problem, asked.members) if one.over))
        return outcome
    judged(outcome, asked, lists[0], check(asked.problem, lists[0]))
    outcome.say(f"{len(lists)} ways to finish the list (the first stands in list.csv):")
    for number, one in enumerate(lists, start=1):
        joins = asked.names([place for place in one if place not in set(asked.members)])
        outcome.say(f"{number}. with {', '.join(joins) or 'nobody else'}")
    _side_by_side(outcome, asked, lists)
    return outcome


def repaired(asked: Asked) -> Outcome:
    """The fewest exchanges that make the list lawful again, from the succession list first."""
    outcome = Outcome()
    found = repair(asked.problem, asked.members, asked.gone, asked.succession)
    if found is None:
        outcome.is_found = False
        outcome.say(NO_LIST)
        return outcome
    judged(outcome, asked, found.members, check(asked.problem, found.members))
    outcome.say(
        f"Leave: {', '.join(asked.names(found.leaves)) or 'nobody'}. "
        f"Join: {', '.join(asked.names(found.joins)) or 'nobody'}."
    )
    for step in found.steps:
        for word, verdicts in (("breaks", step.breaks), ("mends", step.mends)):
            for one in verdicts:
                outcome.say(f"- {asked.pool.ids[step.person]} ({step.move.value}) {word}: {one.words}")
    outcome.say(
        "No lawful list keeps more people: " + ("proved." if found.is_proved else "claimed by the solver.")
    )
    return outcome


def different(asked: Asked) -> Outcome:
    """Several lawful lists, as different as can be."""
    outcome = Outcome()
    found = alternatives(asked.problem, asked.how_many, asked.members, pool=asked.pool)
    if not found:
        outcome.is_found = False
        outcome.say(NO_LIST)
        return outcome
    judged(outcome, asked, found[0].members, check(asked.problem, found[0].members))
    for number, one in enumerate(found, start=1):
        if number == 1:
            outcome.say("1. the first, with which the others are compared")
            continue
        outcome.say(f"{number}. differs by {one.differs_by} people")
        outcome.say(*(f"   gains {line}" for line in one.gains), *(f"   loses {line}" for line in one.loses))
    _side_by_side(outcome, asked, [list(one.members) for one in found])
    return outcome


def _side_by_side(outcome: Outcome, asked: Asked, lists: Sequence[Sequence[int]]) -> None:
    rows = [[number, name] for number, one in enumerate(lists, start=1) for name in asked.names(sorted(one))]
    outcome.table("lists.csv", ["list", "id"], rows)


def decimal_of(value: Fraction) -> str:
    """15 places, or fewer when that is exact."""
    text = f"{Decimal(value.numerator) / Decimal(value.denominator):.15f}"
    return text.rstrip("0").rstrip(".") or "0"
