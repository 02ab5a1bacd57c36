"""Near duplicates on altered copies of real texts: what is found, what is raised in vain, how fast; beside MinHash.

    HEMICYCLE_BENCH_DATA=…/shared/data python -m bench.near_duplicates [--seeds 3 4 5] [--peer PYTHON]

Two sets of base texts: drawn by chance, as they are, and such that no two share much (bench/altered_copies.py says how). In
the first, base texts share boilerplate, so a pair of theirs that is found is no error: its precision is a lower bound. The
threshold was fixed on seeds 1 and 2. `--peer` runs datasketch (MinHash of three-word runs) on the same texts in
its own environment, at whichever threshold gives it the best F1 on that very test.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from itertools import combinations
from pathlib import Path

from bench.altered_copies import BASES, CHANGED, Case, apart, cases, reasons
from hemicycle.instruments.coordination.texts import Text, near_copies

Pairs = set[tuple[str, str]]


def related(made: list[Case]) -> Pairs:
    """The pairs that do share text: of one cluster, or through the sentences that a mixed copy took."""
    return {
        (one.key, other.key)
        for one, other in combinations(sorted(made, key=lambda case: case.key), 2)
        if {one.cluster, one.foreign} & {other.cluster, other.foreign} - {-1}
    }


def found_by_tool(made: list[Case]) -> tuple[Pairs, float]:
    start = time.process_time()
    found = near_copies(Text(case.key, case.key, "en", case.text) for case in made)
    took = time.process_time() - start
    return {(min(one.files), max(one.files)) for one in found.questions}, took


def shown(title: str, made: list[Case], found: Pairs, took: float) -> None:
    kinds = {case.key: case.kind for case in made}
    cluster = {case.key: case.cluster for case in made}
    told = []
    for kind in CHANGED:
        copies = [case for case in made if case.kind == kind]
        hits = sum(
            (min(f"b{one.cluster}", one.key), max(f"b{one.cluster}", one.key)) in found for one in copies
        )
        told.append(f"{kind} {hits / len(copies):.3f}")
    copies_of_one = {pair for pair in related(made) if kinds[pair[0]] and kinds[pair[1]]}
    copies_of_one = {pair for pair in copies_of_one if cluster[pair[0]] == cluster[pair[1]]}
    right = found & related(made)
    wrong = found - right
    of_bases = sum(not kinds[one] and not kinds[other] for one, other in wrong)
    print(
        f"{title}: found beside its original: {', '.join(told)}; copies beside each other "
        f"{len(found & copies_of_one) / len(copies_of_one):.3f}; precision {len(right) / max(1, len(found)):.4f} "
        f"({len(wrong)} of {len(found)} others, {of_bases} between base texts); {len(made) / took:.0f} texts a second"
    )


def found_by_peer(peer: str, made: list[Case]) -> tuple[Pairs, float]:
    given = json.dumps([[case.key, case.text] for case in made])
    script = Path(__file__).with_name("peer_near_duplicates.py")
    done = subprocess.run([peer, script], input=given, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    truth = related(made)
    ranked = sorted(told["pairs"], key=lambda pair: -pair[2])
    best = right = 0.0
    size = 0
    for place, (one, other, likeness) in enumerate(ranked, 1):
        right += (one, other) in truth
        ends = place == len(ranked) or ranked[place][2] < likeness
        if ends and 2 * right / (place + len(truth)) > best:
            best, size = 2 * right / (place + len(truth)), place
    return {(one, other) for one, other, _ in ranked[:size]}, told["took"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[3, 4, 5], metavar="N")
    parser.add_argument("--peer", metavar="PYTHON", help="the Python of an environment with datasketch")
    given = parser.parse_args()
    texts = reasons()
    for seed in given.seeds:
        drawn = random.Random(seed).sample(texts, len(texts))
        for title, bases in (("as they are", drawn[:BASES]), ("apart", apart(drawn, BASES))):
            made = cases(bases, seed)
            print(f"seed {seed}, {len(made)} texts, {len(bases)} base texts {title}")
            shown("  tool", made, *found_by_tool(made))
            if given.peer:
                shown("  peer", made, *found_by_peer(given.peer, made))
    return 0


if __name__ == "__main__":
    sys.exit(main())
