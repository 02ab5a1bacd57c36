"""How fast people are chosen in proportion to endorsements, beside abcvoting's exact fractions, and exact PAV with rules.

    HEMICYCLE_BENCH_DATA=... .venv/bin/python bench/endorsements.py [--peer PYTHON]

The peer is another interpreter with `abcvoting==2.19.2`, `PuLP==3.3.2` and highspy; without it, the times that were written down
with the expected committees stand in (another machine: the ratio is then a hint only). Both sides are timed in CPU
seconds of the choice alone; what each needs before (its own form of the ballots) is printed beside. Asked are: the same
committees, 500 times faster than exact fractions; exact PAV with a reserve, a band and caps within 5 s, proved.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import time
from fractions import Fraction

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is loaded: one core is timed

from given import data

from hemicycle.instruments.selection.approval import is_proved, pav, pav_score
from hemicycle.instruments.selection.check import is_lawful
from hemicycle.instruments.selection.endorsements import Endorsements, read_endorsements
from hemicycle.instruments.selection.pool import Pool
from hemicycle.instruments.selection.problem import Problem, problem_of
from hemicycle.instruments.selection.proportionality import ejr_plus, pjr_plus
from hemicycle.instruments.selection.replay import replay
from hemicycle.instruments.selection.rule import Rule, cap_per_value, share_of
from hemicycle.instruments.selection.sequential import equal_shares, phragmen, sequential_pav

RULES = {"seqpav": sequential_pav, "seqphragmen": phragmen, "equal-shares": equal_shares}
ASKED, SEATS = 500, 15

# Run by the peer's interpreter: the ballots and what to choose come in, committees and CPU seconds go out.
PEER = """
import json, sys, time
from abcvoting.abcrules import compute
from abcvoting.preferences import Profile
given = json.load(sys.stdin)
began = time.process_time()
profile = Profile(given["candidates"])
profile.add_voters(given["ballots"])
out = {"form": time.process_time() - began, "rules": {}}
for rule, seats, algorithm in given["rules"]:
    began = time.process_time()
    found = compute(rule, profile, seats, algorithm=algorithm)
    out["rules"][f"{rule}/{seats}/{algorithm}"] = [sorted(found[0]), time.process_time() - began]
print(json.dumps(out))
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--peer", help="an interpreter that has abcvoting")
    peer = parser.parse_args().peer
    for folder in sorted(data("selection").glob("endorsements_*")):
        began = time.process_time()
        given = read_endorsements(folder / "approvals.csv.gz")
        read = time.process_time() - began
        began = time.process_time()
        _ = given.supporters, given.support, given.ranked
        form = time.process_time() - began
        print(
            f"{folder.name}: {given.voters} voters, {given.ballots} ballots, {len(given.candidates)} candidates"
        )
        print(f"  read and grouped in {read:.3f} s, tables {form * 1000:.1f} ms")
        expected = json.loads((folder / "expected_abcvoting.json").read_text())["committees"]
        theirs = ask_peer(peer, given, expected) if peer else {}
        sequential(given, expected, theirs)
        exact(given, expected, theirs)
        under_rules(given)
    return 0


def ask_peer(peer: str, given: Endorsements, expected: dict) -> dict:
    """{rule/seats/algorithm: (committee, CPU seconds)}, ballots neither grouped nor weighted, as they came."""
    rules = []
    for key in expected:
        rule, seats = key.split("/")
        exact_ones = {"seqpav": ["standard"], "pav": ["pulp-highs"], "av": []}
        for algorithm in exact_ones.get(rule, ["standard-fractions", "gmpy2-fractions"]):
            rules.append((rule, int(seats), algorithm))
    ballots = [sorted(ballot) for ballot, many in given.each() for _ in range(many)]
    work = {"candidates": len(given.candidates), "ballots": ballots, "rules": rules}
    done = subprocess.run(
        [peer, "-c", PEER], input=json.dumps(work), stdout=subprocess.PIPE, text=True, check=True
    )
    told = json.loads(done.stdout.splitlines()[-1])
    print(f"  abcvoting's own form of the ballots: {told['form'] * 1000:.1f} ms")
    return told["rules"]


def cpu(work, least: float = 0.2) -> float:
    """CPU seconds of a call, the median of five groups of calls."""
    work()
    times, many = [], 1
    while True:
        began = time.process_time()
        for _ in range(many):
            work()
        if (took := time.process_time() - began) > least / 5:
            break
        many *= 2
    times = [took / many]
    for _ in range(4):
        began = time.process_time()
        for _ in range(many):
            work()
        times.append((time.process_time() - began) / many)
    return sorted(times)[2]


def sequential(given: Endorsements, expected: dict, theirs: dict) -> None:
    for key, wanted in expected.items():
        name, seats = key.split("/")[0], int(key.split("/")[1])
        if name not in RULES:
            continue
        choice = RULES[name](given, seats)
        assert sorted(choice.members) == wanted["committee"], key
        assert abs(float(pav_score(given, choice.members)) - wanted["pav_score"]) < 1e-9 * wanted["pav_score"]
        assert replay(given, choice)
        took = cpu(lambda name=name, seats=seats: RULES[name](given, seats))
        peers = {k.split("/")[2]: v for k, v in theirs.items() if k.startswith(key + "/")}
        if not peers:
            peers = {f"{wanted['algorithm']}, as written down": [wanted["committee"], wanted["cpu_s"]]}
        for algorithm, (committee, seconds) in peers.items():
            assert committee == wanted["committee"], (key, algorithm)
            print(
                f"  {key:16} {took * 1000:7.3f} ms   {seconds / took:6.0f} times faster than abcvoting {algorithm} "
                f"({seconds:.2f} s)" + ("" if "gmpy2" in algorithm else f"   asked {ASKED}")
            )
        print(f"  {'':16} {ejr_plus(given, choice.members).words}")


def exact(given: Endorsements, expected: dict, theirs: dict) -> None:
    for key, wanted in expected.items():
        if not key.startswith("pav/"):
            continue
        began = time.process_time()
        best = pav(given, int(key.split("/")[1]))
        took = time.process_time() - began
        assert best.is_proved and is_proved(given, best)
        assert abs(float(best.score) - wanted["pav_score"]) < 1e-9 * wanted["pav_score"]
        seconds = theirs.get(key + "/pulp-highs", [None, wanted["cpu_s"]])[1]
        print(
            f"  {key:16} {took:7.2f} s    {seconds / took:6.1f} times faster than abcvoting ({seconds:.2f} s); proved "
            f"in {best.branches} branches, score {float(best.score):.6f}"
        )


def invented(given: Endorsements) -> Problem:
    """A third reserved, a band of women and men, one to an organisation: attributes from a fixed chance."""
    chance = random.Random(1)
    declared = []
    for _ in given.candidates:
        declared.append({
            "seat": "reserved" if chance.random() < 0.28 else "general",
            "gender": chance.choices(("f", "m", "x"), (33, 65, 2))[0],
            "organisation": f"o{chance.randrange(max(12, len(given.candidates) // 6))}",
        })  # fmt: skip
    pool = Pool(given.candidates, tuple(declared))
    rules = [
        Rule("reserve", (("seat", "reserved"),), least=share_of(SEATS, Fraction(1, 3), "up")),
        Rule("women", (("gender", "f"),), least=6, most=9),
        Rule("men", (("gender", "m"),), least=6, most=9),
        *cap_per_value(pool, "organisation", 1),
    ]
    return problem_of(pool, SEATS, rules)


def under_rules(given: Endorsements) -> None:
    problem = invented(given)
    for name, rule in RULES.items():
        choice = rule(given, SEATS, problem)
        assert is_lawful(problem, choice.members) and replay(given, choice, problem)
        took = cpu(lambda rule=rule: rule(given, SEATS, problem))
        forced = ejr_plus(given, choice.members)
        print(
            f"  {name}/{SEATS} with {len(problem.rows)} rules: {took * 1000:.1f} ms; EJR+ broken for "
            f"{len(forced.groups)}, PJR+ for {len(pjr_plus(given, choice.members).groups)} people"
        )
    began = time.process_time()
    best = pav(given, SEATS, problem)
    took = time.process_time() - began
    began = time.process_time()
    assert best.is_proved and is_proved(given, best, problem)
    checked = time.process_time() - began
    print(
        f"  pav/{SEATS} with {len(problem.rows)} rules: {took:.2f} s (asked 5), proved in {best.branches} branches, "
        f"checked without a solver in {checked * 1000:.0f} ms; price {float(best.price or 0):.2%} of the score "
        f"without rules, which is computed in this time too"
    )


if __name__ == "__main__":
    sys.exit(main())
