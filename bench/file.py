"""How long the page of a file with 300 items takes to open, and how many queries it asks.

    .venv/bin/python bench/file.py

The whole request of its reader is measured, by the clock of the processor, in one process without a network: session, gate of
the page, queries, opening of what is sealed, template. Asked eleven times; the median and the slowest count. The limits are 300 ms and
25 queries, for the form of the reading, with the evidence that opens beside it, the page of the evidence and the queue of the same
reader too.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext, setup_test_environment

from hemicycle.record import clock
from tests.candidacy import making as candidacies
from tests.cast import found, sign_in
from tests.conftest import NOON
from tests.vetting import large, making

ROUNDS, LIMIT, QUERIES = 11, 0.300, 25


def main() -> int:
    setup_test_environment()
    connection.creation.create_test_db(verbosity=0)
    with tempfile.TemporaryDirectory() as folder, clock.set_to(NOON):
        settings.DEMONSTRATION, settings.MEDIA_ROOT = True, Path(folder)
        return measure(Path(folder))


def measure(folder: Path) -> int:
    cast = found()
    call = candidacies.call(cast)
    making.describe(cast)
    reading = large.opened(call, cast, folder)
    client = sign_in(reading.assessor)
    print(f"{large.ITEMS} items, {connection.vendor}, processor time, median and slowest of {ROUNDS}")
    pages = {
        "the file": f"/files/{reading.reference}/",
        "the form of the reading": f"/matters/{reading.reference}/give_reading/",
        "the evidence": f"/files/{reading.reference}/evidence/",
        "the queue": "/files/",
    }
    held = [told(what, client, url) for what, url in pages.items()]
    return 0 if all(held) else 1


def told(what: str, client: Any, url: str) -> bool:
    times = []
    for _ in range(ROUNDS + 1):
        began = time.process_time()
        answer = client.get(url)
        times.append(time.process_time() - began)
        if answer.status_code != 200:
            raise SystemExit(f"the house answered {answer.status_code}")
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    middle, slowest = statistics.median(times[1:]), max(times[1:])
    print(
        f"{what:<24} {middle * 1000:6.0f} ms, slowest {slowest * 1000:.0f} (limit {LIMIT * 1000:.0f}), "
        f"{len(asked)} queries (limit {QUERIES}), {len(answer.content) // 1024} KiB"
    )
    return middle <= LIMIT and len(asked) <= QUERIES


if __name__ == "__main__":
    sys.exit(main())
