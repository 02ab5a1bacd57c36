"""Near duplicates on altered copies of real texts: what is found, what is raised in vain, how fast; beside MinHash.

    HEMICYCLE_BENCH_DATA=…/shared/data python -m bench.near_duplicates [--seeds 3 4 5] [--peer PYTHON]

First small calls of two to ten files. Then two sets of base texts: drawn by chance, as they are, and such that no two share much
(bench/altered_copies.py says how). In the first, base texts share boilerplate, so a pair of theirs that is found is no error: its
precision is a lower bound, and it is told how many of the others share words verbatim. The threshold was fixed on seeds 1 and 2.
`--peer` runs datasketch (MinHash of three-word runs) on the same texts in its own environment, at whichever threshold gives it the
best F1 on that very test.
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

from bench.altered_copies import BASES, CHANGED, DECLARATION, Case, altered, apart, cases, reasons
from hemicycle.instruments.coordination.texts import Text, near_copies

VERBATIM = 12
Pairs = set[tuple[str, str]]


def related(made: list[Case]) -> Pairs:
    """The pairs that do share text: of one cluster, or through the sentences that a mixed copy took."""
    return {
        (one.key, other.key)
        for one, other in combinations(sorted(made, key=lambda case: case.key), 2)
        if {one.cluster, one.foreign} & {other.cluster, other.foreign} - {-1}
    }


def found_by_tool(made: list[Case]) -> tuple[dict[tuple[str, str], int], float]:
    """The pairs with the words of their longest shared passage, and CPU seconds."""
    start = time.process_time()
    found = near_copies(Text(case.key, case.key, "en", case.text) for case in made)
    took = time.process_time() - start
    longest = {
        (min(one.files), max(one.files)): max(passage["words"] for passage in one.evidence["passages"])
        for one in found.questions
    }
    return longest, took


def shown(title: str, made: list[Case], longest: dict[tuple[str, str], int], took: float) -> None:
    found = set(longest)
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
    verbatim = sum(longest[pair] >= VERBATIM for pair in wrong)
    checked = f", {verbatim} with {VERBATIM} words verbatim" if any(longest.values()) else ""
    print(
        f"{title}: found beside its original: {', '.join(told)}; copies beside each other "
        f"{len(found & copies_of_one) / len(copies_of_one):.3f}; precision {len(right) / max(1, len(found)):.4f} "
        f"({len(wrong)} of {len(found)} others: {of_bases} between base texts{checked}); {len(made) / took:.0f} texts a second"
    )


def found_by_peer(peer: str, made: list[Case]) -> tuple[dict[tuple[str, str], int], float]:
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
    return dict.fromkeys(((one, other) for one, other, _ in ranked[:size]), 0), told["took"]


def few(texts: list[str], files: int, calls: int, seed: int) -> None:
    """Small calls of texts that are apart: pairs told where there is no copy, and copies found where the second is one."""
    chance = random.Random(seed)
    bases = apart(chance.sample(texts, len(texts)), BASES)
    vocabulary = [word for text in bases for word in text.split()]
    told = 0
    found: dict[str, list[bool]] = {kind: [] for kind in CHANGED}
    for _ in range(calls):
        bodies = chance.sample(bases, files)
        told += len(near_copies(_call(bodies)).questions)
        kind = chance.choice(tuple(CHANGED))
        bodies[1] = altered(bodies[0], kind, chance.choice(bases), chance, vocabulary)
        questions = near_copies(_call([f"{body} {DECLARATION}" for body in bodies]), [DECLARATION]).questions
        found[kind].append(any(one.files == ("0", "1") for one in questions))
    shares = ", ".join(f"{kind} {sum(hits) / len(hits):.3f}" for kind, hits in found.items())
    print(f"{files} files: {told} of {calls * files * (files - 1) // 2} pairs told in vain; found: {shares}")


def _call(bodies: list[str]) -> list[Text]:
    return [Text(str(place), str(place), "en", body) for place, body in enumerate(bodies)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[3, 4, 5], metavar="N")
    parser.add_argument("--peer", metavar="PYTHON", help="the Python of an environment with datasketch")
    given = parser.parse_args()
    texts = reasons()
    for files in (2, 3, 5, 10):
        few(texts, files, 300, given.seeds[0])
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
