"""How long the composer's page takes to mark the seats, and to find ways, for 500 invented people and 15 seats.

    .venv/bin/python bench/composer.py [--people 500]

The whole request is measured, by the clock of the processor, in one process without a network: session, gate of the page,
queries, rules, reasons why somebody cannot sit, template. Each step of filling fifteen seats is asked five times; the
median counts. The limit is 0.1 s for the marks; the buttons have the page's own limit of 10 s. Beside it stands a
page of the house that asks little, measured in the same run.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.db import connection
from django.test.utils import setup_test_environment

from hemicycle.candidacy.models import Candidacy, Slate
from hemicycle.record import clock
from tests.cast import found
from tests.composition import making
from tests.conftest import NOON

ROUNDS, LIMIT, SEATS, SLATE = 5, 0.100, 15, 5


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=500)
    people = asked.parse_args().people
    setup_test_environment()
    connection.creation.create_test_db(verbosity=0)
    with clock.set_to(NOON):
        measure(people)
    return 0


def measure(people: int) -> None:
    making.NAMES = tuple(f"Person {number:04d}" for number in range(people))
    making.DECLARED = people // 3
    round_ = making.make_round(found())
    for number in range(people // (2 * SLATE)):  # half of them came on joint slates
        rows = round_.rows[number * 2 * SLATE : number * 2 * SLATE + SLATE]
        slate = Slate.objects.create(
            call=round_.call, presenter=rows[0].person, organisation=f"Group {number}", language="en",
            **making.made("SLAT"),
        )  # fmt: skip
        Candidacy.objects.filter(pk__in=[row.pk for row in rows]).update(slate=slate)
    list_ = making.draft(round_)
    client = round_.cast.client("greta")
    chosen = [*round_.declared[:: max(1, people // 18)][:5], *round_.others[:: max(1, people // 20)][:10]]

    def form(seats: int, **more: str) -> dict[str, str]:
        data = {f"seat_{n}": row.reference for n, row in enumerate(chosen[:seats], 1)}
        return data | {f"reserved_{n}": "on" for n in range(1, min(seats, 5) + 1)} | more

    small = taken(lambda: client.get("/procedure"))
    steps = []
    for seats in range(SEATS + 1):
        steps.append(taken(lambda s=seats: client.post(f"/lists/{list_.reference}/marks/", form(s))))
    slowest = max(range(SEATS + 1), key=steps.__getitem__)
    print(f"{people} people, {SEATS} seats, {connection.vendor}, processor time")
    print(f"the procedure page          {small:.4f} s")
    told("marks, median of the steps", statistics.median(steps), LIMIT)
    told(f"marks, slowest ({slowest} seats)", steps[slowest], LIMIT)
    for look in ("complete", "mend", "alternatives", "explain"):
        spent = taken(lambda one=look: client.post(f"/lists/{list_.reference}/look/", form(7, look=one)))
        told(f"button “{look}”", spent, 10.0)
    told("the whole page", taken(lambda: client.get(f"/matters/{list_.reference}/compose/")), 10.0)


def taken(ask: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS + 1):
        began = time.process_time()
        answer = ask()
        times.append(time.process_time() - began)
        status = getattr(answer, "status_code", 0)
        if status != 200:
            raise SystemExit(f"the house answered {status}")
    return statistics.median(times[1:])


def told(what: str, seconds: float, limit: float) -> None:
    print(f"{what:<27} {seconds:.4f} s, {seconds / limit:.2f} of the limit of {limit:g} s")


if __name__ == "__main__":
    sys.exit(main())
