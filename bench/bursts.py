"""Bursts of endorsements in calls made by chance: how often one is told where there is none, and where there is one.

    python -m bench.bursts [--calls 300]

Calls of twenty files with twelve endorsements each in forty days, by day rather than by night: at any time; on a few days of each
file; and with a rush of everybody in the last hour. Then in each call some of one file's endorsements are put together.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from datetime import UTC, datetime, timedelta

from hemicycle.instruments.coordination.bursts import bursts

BEGIN = datetime(2026, 3, 2, tzinfo=UTC)
DAYS, FILES, EACH, RUSH = 40, 20, 12, 5
Arrivals = dict[str, list[datetime]]


def call(seed: int, kind: str) -> Arrivals:
    chance = random.Random(seed)
    made: Arrivals = {}
    for number in range(FILES):
        days = [chance.randrange(DAYS) for _ in range(5)] if kind != "at any time" else list(range(DAYS))
        times = [
            BEGIN + timedelta(days=chance.choice(days), minutes=chance.triangular(420, 1380, 1140))
            for _ in range(EACH)
        ]
        if kind == "with a rush":
            end = BEGIN + timedelta(days=DAYS)
            times[:RUSH] = [end - timedelta(minutes=chance.uniform(0, 60)) for _ in range(RUSH)]
        made[f"file-{number:02}"] = times
    return made


def with_burst(arrivals: Arrivals, seed: int, count: int, minutes: int) -> Arrivals:
    chance = random.Random(seed)
    start = BEGIN + timedelta(days=chance.randrange(DAYS - 1), minutes=chance.triangular(420, 1380, 1140))
    together = [start + timedelta(minutes=chance.uniform(0, minutes)) for _ in range(count)]
    return {**arrivals, "file-00": arrivals["file-00"][count:] + together}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=300, metavar="N")
    calls = parser.parse_args().calls
    start = time.process_time()
    for kind in ("at any time", "on a few days of each file", "with a rush"):
        raised = sum(bool(bursts(call(seed, kind))) for seed in range(calls))
        print(f"{kind}: told where there is none in {raised} of {calls} calls")
        for count, minutes in ((4, 10), (5, 30), (7, 40), (9, 110)):
            found = sum(
                any(
                    one.files == ("file-00",)
                    for one in bursts(with_burst(call(seed, kind), seed, count, minutes))
                )
                for seed in range(calls)
            )
            print(f"  {count} of {EACH} within {minutes} minutes: told in {found} of {calls}")
    print(f"{(time.process_time() - start) / (calls * 15) * 1000:.0f} ms a call")
    return 0


if __name__ == "__main__":
    sys.exit(main())
