"""Proportional choice on the command line: the list, the axiom that it meets, and every step to be done again."""

from __future__ import annotations

from typing import Any

from .approval import pav, pav_score
from .check import check
from .endorsements import Endorsements
from .guard import NoLawfulList
from .methods import NO_LIST, Asked, judged
from .outcome import Outcome
from .proportionality import ejr_plus, pjr_plus
from .replay import replay
from .sequential import Choice, equal_shares, phragmen

RULES = {"equal-shares": equal_shares, "phragmen": phragmen}


def chosen(asked: Asked, given: Endorsements, method: str) -> Outcome:
    """A list in proportion to endorsements, within the rules. Nobody is ordered by endorsements outside the certificate."""
    outcome = Outcome()
    try:
        if method == "pav":
            members, told = _best(asked, given, outcome)
        else:
            choice = RULES[method](given, asked.problem.seats, asked.problem if asked.problem.rows else None)
            members, told = list(choice.members), _steps(choice)
            again = replay(given, choice, asked.problem if asked.problem.rows else None)
            outcome.say(
                f"{choice.rule}: every step done again without a solver: {'agrees' if again else 'DIFFERS'}."
            )
    except NoLawfulList:
        outcome.is_found = False
        outcome.say(NO_LIST)
        return outcome
    judged(outcome, asked, members, check(asked.problem, members))
    findings = [ejr_plus(given, members), pjr_plus(given, members)]
    outcome.say(*(one.words for one in findings))
    if asked.problem.rows and not all(one.holds for one in findings):
        outcome.say("Where an axiom is broken, the rules of the list, or the method, leave that group short.")
    outcome.json(
        "certificate.json",
        {
            "kind": "choice",
            "method": method,
            "ids": list(asked.pool.ids),
            "voters": given.voters,
            "score": str(pav_score(given, members)),
            "members": sorted(members),
            "axioms": [{"axiom": one.axiom, "holds": one.holds, "words": one.words} for one in findings],
            **told,
        },
    )
    return outcome


def _best(asked: Asked, given: Endorsements, outcome: Outcome) -> tuple[list[int], dict[str, Any]]:
    best = pav(given, asked.problem.seats, asked.problem if asked.problem.rows else None)
    outcome.say(
        f"PAV score {float(best.score):.6f} ({best.score}); no lawful list scores more than {float(best.bound):.6f}."
    )
    outcome.say("Proved the best." if best.is_proved else f"Not proved: the gap is {float(best.gap):.6f}.")
    if best.price is not None:
        outcome.say(f"The rules of the list cost {float(best.price):.4%} of the score without them.")
    told = {"bound": str(best.bound), "is_proved": best.is_proved}
    if best.free_score is not None:
        told["free_score"] = str(best.free_score)
    return list(best.members), told


def _steps(choice: Choice) -> dict[str, Any]:
    return {
        "steps": [
            {
                "rule": step.rule,
                "elected": step.elected,
                "amount": None if step.amount is None else str(step.amount),
                "tied": list(step.tied),
                "barred": list(step.barred),
            }
            for step in choice.steps
        ]
    }
