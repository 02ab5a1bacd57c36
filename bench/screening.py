"""Screening of names on the benchmark of real lists: what is found, what is raised in vain, how fast, how large.

    HEMICYCLE_BENCH_DATA=…/shared/data python -m bench.screening [--many 570000 2000000] [--peer PYTHON]

Runs the open half at the tool's own threshold, name only and with dates of birth, on one thread. `--many` adds made
names up to N. `--peer` runs nomenklatura (blocker and logic-v2, one thread) in its own environment on the first
`PEER_QUERIES`, and the tool on the same ones, in turn. The data are real people: figures are printed, never a name.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import importlib.util
import json
import random
import resource
import subprocess
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from types import ModuleType

from bench.fit_names import data, gold_of, listed, queries
from hemicycle.instruments.names.screener import ListedName, Query, Screener
from hemicycle.instruments.names.weights import THRESHOLD

PEER_QUERIES = 1000
COLD, WARM = 15, 40  # times the peer


def evaluator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("evaluate", data() / "evaluate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(screener: Screener, asked: list[dict[str, str]], with_births: bool) -> tuple[dict, float]:
    found = defaultdict(list)
    start = time.process_time()
    for row in asked:
        query = Query(row["qid"], row["query"], row["schema"], row["birth_date"] if with_births else "")
        found[row["qid"]] = [(hit.score, hit.entity_id) for hit in screener.hits(query)]
    return found, time.process_time() - start


def shown(title: str, asked: list[dict[str, str]], found: dict) -> None:
    figures = evaluator().measure(asked, found, THRESHOLD)
    print(f"\n{title}, threshold {THRESHOLD}")
    for name in ("recall", "precision", "f1", "rank1", "alert_easy", "alert_hard"):
        print(f"  {name:12} {figures[name]:.4f}")
    for name, value in figures["by_category"].items():
        print(f"    {name:34} {value:.4f}")
    groups: Counter[str] = Counter()
    raised: Counter[str] = Counter()
    for row in asked:
        if not row["gold_ids"] and not row["category"].startswith("hard"):
            group = row["detail"].split(":")[0] if row["category"] == "minority" else row["category"]
            groups[group] += 1
            raised[group] += bool(found[row["qid"]])
    print("  false alerts per name group:")
    for group, size in sorted(groups.items()):
        print(f"    {group:34} {raised[group]} of {size}")
    people = [row for row in asked if row["gold_ids"] and row["detail"] == "homoglyph"]
    hits = sum(bool(gold_of(row) & {entity for _, entity in found[row["qid"]]}) for row in people)
    print(f"  homoglyphs found: {hits} of {len(people)}")
    hidden = [
        row
        for row in asked
        if row["gold_ids"] and any(mark in row["query"] for mark in "\u200b\u200c\u200d\u2060")
    ]
    hits = sum(bool(gold_of(row) & {entity for _, entity in found[row["qid"]]}) for row in hidden)
    print(f"  zero-width found: {hits} of {len(hidden)}")


def made(size: int) -> list[ListedName]:
    """Names drawn at random, as frequent as they are, from counts of Russian given names and surnames."""
    chance = random.Random(1)
    counts: dict[str, dict[str, int]] = {"m": {}, "f": {}, "": {}}
    for file in ("ru_given_name_counts.csv.gz", "ru_surname_counts.csv.gz"):
        with gzip.open(data() / "raw" / file, "rt", encoding="utf-8", newline="") as opened:
            for name, *gender, count in csv.reader(opened):
                if count.isdigit():
                    counts.get("".join(gender), {})[name] = int(count)
    given, fathers, surnames = (
        chance.choices(list(of), [count**0.8 for count in of.values()], k=size)
        for of in (counts["m"] | counts["f"], counts["m"], counts[""])
    )
    return [
        ListedName(f"made-{place}", f"{name} {father}ович {surname}", schema="Person")
        for place, (name, father, surname) in enumerate(zip(given, fathers, surnames, strict=True))
    ]


def beside(peer: str) -> int:
    """The peer and the tool on the same queries, one after the other, twice."""
    asked, names = queries()[:PEER_QUERIES], listed()
    script = Path(__file__).with_name("peer_names.py")
    for _ in range(2):
        done = subprocess.run(
            [peer, script, data(), str(PEER_QUERIES)], capture_output=True, text=True, check=True
        )
        told = json.loads(done.stdout)
        theirs = defaultdict(list)
        for qid, entity, score in told["hits"]:
            theirs[qid].append((score, entity))
        start = time.process_time()
        screener = Screener(names)
        built = time.process_time() - start
        ours, cold = run(screener, asked, with_births=False)
        _, warm = run(screener, asked, with_births=False)
        rate = len(asked) / told["asked"]
        print(f"peer: built in {told['built']:.1f} s, {rate:.0f} queries a second")
        print(f"tool: built in {built:.1f} s, {len(asked) / cold:.0f} cold, {len(asked) / warm:.0f} warm")
        print(
            f"{told['asked'] / cold:.1f} times cold (asked {COLD}), {told['asked'] / warm:.1f} warm (asked {WARM})"
        )
        for name, found, threshold in (("peer", theirs, 0.67), ("tool", ours, THRESHOLD)):
            for hits in found.values():
                hits.sort(reverse=True)
            figures = evaluator().measure(asked, found, threshold)
            print(f"{name}: recall {figures['recall']:.3f}, precision {figures['precision']:.3f}")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--many", type=int, nargs="*", default=[], metavar="N", help="also lists of N names")
    parser.add_argument("--peer", metavar="PYTHON", help="the Python of an environment with nomenklatura")
    given = parser.parse_args()
    if given.peer:
        return beside(given.peer)
    asked = queries()
    names = listed()
    before = megabytes()
    start = time.process_time()
    screener = Screener(names)
    print(
        f"{len(names)} names: built in {time.process_time() - start:.2f} s, {megabytes() - before:.0f} MB more"
    )
    found, cold = run(screener, asked, with_births=False)
    _, warm = run(screener, asked, with_births=False)
    print(
        f"{len(asked) / cold:.0f} queries a second cold, {len(asked) / warm:.0f} warm; {megabytes() - before:.0f} MB more"
    )
    shown("Name only", asked, found)
    shown("With dates of birth", asked, run(screener, asked, with_births=True)[0])
    for size in given.many:
        del screener
        start = time.process_time()
        screener = Screener([*names, *made(size - len(names))])
        took = time.process_time() - start
        _, cold = run(screener, asked, with_births=False)
        print(
            f"\n{size} names: built in {took:.1f} s, {megabytes():.0f} MB whole, {len(asked) / cold:.0f} queries a second"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
