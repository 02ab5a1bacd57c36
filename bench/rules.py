"""How fast rules are explained, lists judged and mended, and people marked, beside the limits that were asked.

    HEMICYCLE_BENCH_DATA=... .venv/bin/python bench/rules.py

CPU seconds of this process on one core, the best of three; the ratio is limit / measured. Asked: conflict and all cheapest
relaxations of 500 people within 0.5 s, of 5,000 within 5 s; check and nearest lawful list of 5,000 people and 200 seats
within 1 s; marks of 500 people while 15 seats are filled within 0.1 s each time. The results are held against the known
ones: sizes of the conflicts, prices (sortition-algorithms' weights), and every proof is checked without the solver.
"""

from __future__ import annotations

import csv
import os
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from given import data

from hemicycle.instruments.selection.alternatives import alternatives
from hemicycle.instruments.selection.check import Standing, check, is_lawful
from hemicycle.instruments.selection.completion import complete, nearest
from hemicycle.instruments.selection.conflict import conflict
from hemicycle.instruments.selection.pool import Pool, read_pool
from hemicycle.instruments.selection.problem import Problem, problem_of
from hemicycle.instruments.selection.relaxation import relaxations
from hemicycle.instruments.selection.rule import Rule
from hemicycle.instruments.selection.standing import standing_of_all

DATA = data("selection")
# pool: rules of the conflict, price, price with the indigenous third statutory, limit in seconds (None: not asked)
INFEASIBLE = {
    "infeasible_60_15": (2, Fraction(23, 7), Fraction(4), None),
    "infeasible_500_15": (19, Fraction(1), Fraction(1), 0.5),
    "infeasible_5000_15": (21, Fraction(1), Fraction(1), 5.0),
}


def main() -> int:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    for name, (size, *prices, limit) in INFEASIBLE.items():
        for price, is_statutory in zip(prices, (False, True), strict=True):
            explain(name, size, price, limit, is_statutory)
    mend("pace_5000_200", 1.0)
    mark("pace_500_15", 0.1)
    return 0


def explain(name: str, size: int, price: Fraction, limit: float | None, is_statutory: bool) -> None:
    def work() -> Any:
        _, problem = problem_from(
            name, is_statutory
        )  # a fresh one: nothing is remembered from the run before
        began = time.process_time()
        answer = conflict(problem), relaxations(problem)
        return answer, time.process_time() - began

    (found, options), took = min((work() for _ in range(3)), key=lambda one: one[1])
    assert found is not None and len(found.rows) == size, found
    assert options.cost == price and not options.has_more
    assert found.proof is not None and found.proof.holds()
    assert options.proof is not None and options.proof.holds()
    assert options.completeness is not None and options.completeness.holds()
    kind = "third statutory" if is_statutory else "all may be relaxed"
    told(f"explain {name}, {kind}", took, limit)
    print(
        f"    conflict of {size} rules; {len(options.listed)} cheapest relaxations at {price}; proved, and that there are no others"
    )


def mend(name: str, limit: float) -> None:
    pool, problem = problem_from(name)
    men = [place for place in range(len(pool)) if pool.declared[place]["gender"] == "m"]
    by_hand = {
        "the first 200": list(range(problem.seats)),
        "every 25th": list(range(0, len(pool), 25))[: problem.seats],
        "the first 200 men": men[: problem.seats],
    }
    for words, members in by_hand.items():
        (verdicts, found), took = best_of(
            lambda members=members: (check(problem, members), nearest(problem, members))
        )  # type: ignore[misc]
        broken = sum(one.standing != Standing.MET for one in verdicts)
        assert found is not None and found.is_proved and is_lawful(problem, found.members)
        assert found.proof is None or found.proof.holds()
        told(f"check and nearest, {name}, {words}", took, limit)
        print(
            f"    {broken} of {len(verdicts)} rules not met; {len(found.leaves)} exchanges, proved the fewest"
        )


def mark(name: str, limit: float) -> None:
    """While a list grows: the earliest lawful one, and one of whoever comes first among general men as long as it goes."""
    pool, problem = problem_from(name)
    first, took = best_of(lambda: complete(problem, [], how_many=1)[0])
    told(f"complete from nothing, {name}", took, None)
    _, took = best_of(lambda: alternatives(problem, 4, pool=pool))
    told(f"four alternatives, {name}", took, None)
    hard: list[int] = []
    for place, row in enumerate(pool.declared):
        if (row["gender"], row["seat"]) != ("m", "general") or len(hard) == problem.seats - 1:
            continue
        if standing_of_all(problem, hard)[place] == Standing.MET:
            hard.append(place)
    for words, members in (("the earliest list", first), ("men first", hard)):
        times = []
        for many in range(min(len(members) + 1, problem.seats)):
            times.append(best_of(lambda: standing_of_all(problem, members[:many]))[1])  # noqa: B023
        told(f"marks of everybody, {name}, {words}, slowest of {len(times)}", max(times), limit)


def problem_from(name: str, is_statutory: bool = False) -> tuple[Pool, Problem]:
    pool = read_pool(DATA / name / "candidates.csv")
    with (DATA / name / "quotas.csv").open(newline="") as file:
        rules = [
            Rule(
                f"{row['feature']} = {row['value']}",
                ((row["feature"], row["value"]),),
                least=int(row["min"]),
                most=int(row["max"]),
                is_statutory=is_statutory and row["value"] == "indigenous",
            )
            for row in csv.DictReader(file)
        ]
    return pool, problem_of(pool, int(name.split("_")[2]), rules)


def best_of(work: Callable[[], Any], times: int = 3) -> tuple[Any, float]:
    """The answer, and the CPU seconds of the fastest of some runs."""
    fastest = float("inf")
    for _ in range(times):
        began = time.process_time()
        answer = work()
        fastest = min(fastest, time.process_time() - began)
    return answer, fastest


def told(what: str, took: float, limit: float | None) -> None:
    beside = "" if limit is None else f"   {limit / took:5.1f} times faster than asked ({limit} s)"
    print(f"{what:70} {took:7.3f} s{beside}")


if __name__ == "__main__":
    sys.exit(main())
