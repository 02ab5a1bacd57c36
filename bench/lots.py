"""The fair lot: exactness against the known answers, and CPU time beside sortition-algorithms in one run.

    HEMICYCLE_BENCH_DATA=... .venv/bin/python bench/lots.py [--peer PYTHON] [--only NAME ...]

PYTHON is an interpreter of an environment of its own with sortition-algorithms (GPL-3) and, for leximin, gurobipy (whose
licence lets a model of 2,000 columns run for tests). Without --peer only our side is measured. Prints peer / ours.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time

import numpy as np
from given import data

from hemicycle.instruments.selection import checker_fairest, checker_lot
from hemicycle.instruments.selection.certificate import lottery_certificate
from hemicycle.instruments.selection.lottery import fair_lottery
from hemicycle.instruments.selection.pool import read_pool
from hemicycle.instruments.selection.problem import Problem, problem_of
from hemicycle.instruments.selection.rulebook import read_rules

DATA = data("selection")
# Asked: so many times faster than the peer's method on the pool.
ASKED = {
    ("scaled_300_45", "maximin"): 200,
    ("scaled_500_75", "maximin"): 200,
    ("scaled_150_22", "leximin"): 30,
    ("scaled_300_45_tight", "leximin"): 30,
    ("pace_200_15", "leximin"): 15,
    ("pace_500_15", "leximin"): 15,
    ("pace_1000_15", "maximin"): 40,
}


def load(name: str, seats: int) -> Problem:
    pool = read_pool(DATA / name / "candidates.csv")
    return problem_of(pool, seats, read_rules(DATA / name / "quotas.csv", pool, seats))


def measure(name: str, told: dict[str, object]) -> float:
    """Prints one line about a pool and returns our CPU seconds: the least of three runs, from the problem to the lottery."""
    took = []
    for _ in range(3):
        problem = load(name, int(str(told["k"])))
        began = time.process_time()
        lottery = fair_lottery(problem)
        took.append(time.process_time() - began)
    assert lottery is not None
    got = np.sort([float(chance) for chance in lottery.chances()])
    distinct: list[list[float]] = told["sorted_distinct"]  # type: ignore[assignment]
    known = np.sort(np.concatenate([[value] * int(many) for value, many in distinct]))
    claim = lottery_certificate(lottery)
    is_checked = checker_lot.lawful(claim) and checker_fairest.fairest(claim)
    print(
        f"{name:22} {min(took):7.3f} s  smallest off by {abs(got[0] - float(str(told['min_probability']))):.0e}, "
        f"vector by {np.abs(got - known).max():.0e}, {len(lottery.weights):3} lists, certificate "
        f"{'accepted' if is_checked else 'NOT ACCEPTED'}",
        flush=True,
    )
    return min(took)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--peer", help="interpreter with sortition-algorithms")
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--patience", type=int, default=600, help="seconds that the peer may take (600)")
    given = parser.parse_args()
    known = json.loads((DATA / "expected_leximin.json").read_text())
    ours = {name: measure(name, told) for name, told in known.items() if not given.only or name in given.only}
    if not given.peer:
        return
    print("\npeer: sortition-algorithms, CPU seconds of its search, ratio peer / ours")
    for (name, method), asked in ASKED.items():
        if name not in ours:
            continue
        command = [given.peer, "bench/peer_lots.py", str(DATA / name), str(known[name]["k"]), method]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, check=False, timeout=given.patience
            )
        except subprocess.TimeoutExpired:
            least = given.patience / ours[name]
            print(
                f"{name:22} {method}  stopped after {given.patience} s  ratio above about {least:.0f}  (asked {asked})"
            )
            continue
        if done.returncode:
            print(
                f"{name:22} {method}: the peer failed: {done.stderr.strip().splitlines()[-1]}",
                file=sys.stderr,
            )
            continue
        peer = json.loads(done.stdout.strip().splitlines()[-1])
        ratio = peer["cpu"] / ours[name]
        print(f"{name:22} {method} {peer['cpu']:8.2f} s  ratio {ratio:7.0f}  (asked {asked})", flush=True)


if __name__ == "__main__":
    main()
