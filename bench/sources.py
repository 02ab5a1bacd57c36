"""Reading published lists: what each file holds, how long it takes and how much memory; then two million made names.

    HEMICYCLE_BENCH_DATA=…/shared/data python -m bench.sources [--many 2000000]

Each file is read by a process of its own, so that the peak of memory is its own; a process that imports the readers and
reads nothing is the floor. The peer is the same table read by `csv.reader` alone. Two tables are no published formats (a
compilation of the EU's acts, a list of officials); they are written as plain CSV first. The lists are real people: figures
are printed, never a name.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.given import data
from hemicycle.instruments.names.sources.lists import read
from hemicycle.instruments.names.sources.preview import difference, digests, preview

LISTS = (
    "ofac_sdn_2021-12-02_delta_base.csv.gz",
    "ofac_sdn_2024-05-03.csv.gz",
    "un_consolidated_2026-02-27.xml.gz",
)
ALIASES = "ofac_alt_2025-02.csv.gz"
ADDED, REMOVED = 6501, 643  # between the two of OFAC, says who made the collection
HEADER = ("entity_id", "name", "kind", "schema", "birth_dates", "programme", "position")


def one(path: Path, beside: tuple[Path, ...]) -> None:
    """In a process of its own: read, and print figures as JSON."""
    start = time.process_time()
    seen = preview(path, beside=beside) if path.name else None
    told = {
        "seconds": time.process_time() - start,
        "megabytes": peak(),
    }
    if seen:
        told |= {
            "format": seen.format,
            "entries": seen.entries,
            "names": seen.names,
            "passed": seen.passed_over,
        }
    print(json.dumps(told))


def peak() -> float:
    """The peak of this process in MB. `ru_maxrss` would not do: a child begins with that of its parent."""
    told = Path("/proc/self/status").read_text(encoding="ascii")
    return int(told.split("VmHWM:")[1].split()[0]) / 1024


def measured(path: Path | str, *beside: Path) -> dict:
    command = [sys.executable, "-m", "bench.sources", "--one", path, *beside]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def shown(title: str, told: dict) -> None:
    print(f"{title}: {told['format']}, {told['entries']:,} entries, {told['names']:,} names, "
          f"{told['seconds']:.2f} s, {told['megabytes']:.0f} MB")  # fmt: skip
    for why, count, lines in told["passed"]:
        print(f"    passed over {count:,}: {why}; first in lines {lines}")


def of_the_union(raw: Path) -> Iterator[tuple[str, ...]]:
    """The compilation as rows of plain CSV; several names stand in one cell."""
    with gzip.open(raw / "eu_consolidated_2026-08.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for place, row in enumerate(csv.DictReader(file)):
            number = f"{row['celex']}-{place}"
            for kind, column in (
                ("primary", "name"),
                ("alias", "alias"),
                ("weak", "weakAlias"),
                ("previous", "previousName"),
            ):
                for name in row[column].split(";"):
                    yield number, name, kind, row["schema"], "", row["programKey"], row["position"]


def of_officials(raw: Path) -> Iterator[tuple[str, ...]]:
    with gzip.open(raw / "pep_ru_by_2022.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name in (row["name_en"], row["name_ru"]):
                yield row["row_id"], name, "", "Person", row["birth_date"], "", row["position"]


def made(many: int) -> list[tuple[str, ...]]:
    """Names of nobody, two rows an entity."""
    chance = random.Random(1)
    letters = "абвгдежзиклмнопрстуфхцчшщыэюя"
    words = ["".join(chance.choices(letters, k=chance.randint(4, 11))).title() for _ in range(50_000)]
    return [
        (
            f"made-{row // 2}",
            " ".join(chance.choices(words, k=3)),
            "",
            "Person",
            str(1930 + row // 2 % 70),
            "",
            "",
        )
        for row in range(many)
    ]


def written(path: Path, rows: Iterator[tuple[str, ...]] | list[tuple[str, ...]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])
    return path


def bare(path: Path) -> float:
    """Seconds to read a table with nothing but the standard library's reader."""
    start = time.process_time()
    with path.open(encoding="utf-8", newline="") as file:
        for _ in csv.reader(file):
            pass
    return time.process_time() - start


def versions(raw: Path) -> None:
    start = time.process_time()
    before = digests(read(raw / LISTS[0]))
    differs = difference(before, read(raw / LISTS[1]))
    added, removed = len(differs.added), len(differs.removed)
    print(f"OFAC 2021 to 2024: {added:,} added ({ADDED:,} told), {len(differs.changed):,} changed, "
          f"{removed:,} removed ({REMOVED:,} told), {differs.unchanged:,} unchanged, "
          f"{time.process_time() - start:.2f} s")  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--many", type=int, default=2_000_000, metavar="N", help="a table of N made names")
    parser.add_argument("--one", type=Path, nargs="+", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        one(given.one[0], tuple(given.one[1:]))
        return 0
    raw = data("screening") / "raw"
    print(f"the readers alone: {measured('')['megabytes']:.0f} MB")
    for name in LISTS:
        shown(name, measured(raw / name))
    shown(f"{LISTS[1]} with {ALIASES}", measured(raw / LISTS[1], raw / ALIASES))
    versions(raw)
    with tempfile.TemporaryDirectory() as folder:
        shown(
            "the compilation of the EU's acts", measured(written(Path(folder) / "eu.csv", of_the_union(raw)))
        )
        shown("the officials", measured(written(Path(folder) / "pep.csv", of_officials(raw))))
        rows = made(given.many)
        table = written(Path(folder) / "made.csv", rows)
        shown(f"{given.many:,} made names, each entity's rows together", measured(table))
        print(f"    csv.reader alone: {bare(table):.2f} s")
        random.Random(2).shuffle(rows)
        shown(f"{given.many:,} made names in no order", measured(written(table, rows)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
