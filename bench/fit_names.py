"""Fit the weights of name screening on the open half of the benchmark, cross-validated by entity.

    HEMICYCLE_BENCH_DATA=…/shared/data python -m bench.fit_names

Prints the weights for `hemicycle/instruments/names/weights.py`. The benchmark holds real people: nothing of it is
written anywhere.
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np

from bench.given import data as folder_of
from hemicycle.instruments.names.dates import FEATURES as BIRTHS
from hemicycle.instruments.names.part import ORGANISATIONS, PERSONS
from hemicycle.instruments.names.screener import ListedName, Query, Screener

FOLDS = 5
RIDGE = 1.0
CUTS = {PERSONS: 1.4, ORGANISATIONS: 0.5}  # log-odds chosen on the curves below; they become a score of 0.5
BY_HAND = {  # too few or no examples; equal dates are set above the fit: by chance one in 20,000, years one in 50
    "numbers that differ": -6.0,
    "birth date is the same": 7.0,
    "birth year is the same": 3.5,
    "birth day and month are swapped": 1.5,
    "birth years are one apart": -0.5,
}


@dataclass
class Row:
    """One query with its candidates: features (with dates of birth last) and which of them are right."""

    query: dict[str, str]
    features: np.ndarray
    births: np.ndarray
    right: np.ndarray
    fold: int


def data() -> Path:
    return folder_of("screening")


def listed() -> list[ListedName]:
    with gzip.open(data() / "list_entities.csv.gz", "rt", encoding="utf-8", newline="") as file:
        about = {row["entity_id"]: row for row in csv.DictReader(file)}
    with gzip.open(data() / "list_names.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return [
            ListedName(
                row["entity_id"],
                row["name"],
                row["kind"],
                about[row["entity_id"]]["schema"],
                about[row["entity_id"]]["birth_dates"],
            )
            for row in csv.DictReader(file)
        ]


def queries(name: str = "bench_dev.csv") -> list[dict[str, str]]:
    with (data() / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def gold_of(query: dict[str, str]) -> set[str]:
    return set(filter(None, (query["gold_ids"] + ";" + query["also_ids"]).split(";")))


def rows_of(screener: Screener, asked: list[dict[str, str]]) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for query in asked:
        gold = gold_of(query)
        kind = PERSONS if query["schema"] == "Person" else ORGANISATIONS
        found = screener.candidates(Query(query["qid"], query["query"], query["schema"], query["birth_date"]))
        size = len(screener.parts[kind].features)
        births = np.zeros((len(found), len(BIRTHS)))
        for place, one in enumerate(found):
            if one.birth is not None:
                births[place, one.birth] = 1
        features = np.array([one.compared.alignment.features for one in found]).reshape(-1, size)
        right = np.array([screener.entities[one.entity] in gold for one in found], bool)
        fold = crc32(min(gold).encode() if gold else query["query"].encode()) % FOLDS
        rows[kind].append(Row(query, features, births, right, fold))
    return rows


def logistic(matrix: np.ndarray, target: np.ndarray, weight: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Weighted logistic regression by Newton's steps with a ridge (none on the base)."""
    beta = start.copy()
    ridge = np.full(matrix.shape[1], RIDGE)
    ridge[0] = 1e-3
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(matrix @ beta, -30, 30)))
        slope = matrix.T @ (weight * (target - chance)) - ridge * beta
        curve = (matrix * (weight * chance * (1 - chance))[:, None]).T @ matrix + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        beta += step
        if np.abs(step).max() < 1e-6:
            break
    return beta


def fitted(rows: list[Row], with_births: bool, rounds: int = 4) -> np.ndarray:
    """Weights from the best right candidate of each listed query and the nearest wrong ones of the others."""
    size = rows[0].features.shape[1] + (rows[0].births.shape[1] if with_births else 0)
    beta = np.zeros(size)
    for turn in range(rounds):
        examples, targets, weights = [], [], []
        for row in rows:
            if not len(row.features):
                continue
            matrix = np.hstack((row.features, row.births)) if with_births else row.features
            sums = matrix @ beta if turn else -matrix[:, 1] - matrix[:, 4]
            if row.query["gold_ids"]:
                if row.right.any():
                    best = int(np.argmax(np.where(row.right, sums, -np.inf)))
                    examples.append(matrix[best])
                    targets.append(1.0)
                    weights.append(1.0)
            else:
                for rank, place in enumerate(np.argsort(-sums)[:3]):
                    examples.append(matrix[place])
                    targets.append(0.0)
                    weights.append(1.0 if rank == 0 else 0.3)
        beta = logistic(np.array(examples), np.array(targets), np.array(weights), beta)
    return beta


def scored(rows: list[Row], beta: np.ndarray, with_births: bool) -> list[tuple[Row, float, float]]:
    """Per query the best sum of a right candidate and the best sum of all."""
    told = []
    for row in rows:
        right = best = -99.0
        if len(row.features):
            matrix = np.hstack((row.features, row.births)) if with_births else row.features
            sums = matrix @ beta
            best = float(sums.max())
            if row.right.any():
                right = float(sums[row.right].max())
        told.append((row, right, best))
    return told


def figures(told: list[tuple[Row, float, float]], cut: float) -> dict[str, float]:
    listed_ones = [(row, right) for row, right, _ in told if row.query["gold_ids"]]
    easy = [
        best
        for row, _, best in told
        if not row.query["gold_ids"] and not row.query["category"].startswith("hard")
    ]
    hard = [
        best
        for row, _, best in told
        if not row.query["gold_ids"] and row.query["category"].startswith("hard")
    ]
    hits = sum(right >= cut for _, right in listed_ones)
    wrong = sum(best >= cut for best in easy + hard)
    return {
        "recall": hits / max(1, len(listed_ones)),
        "precision": hits / max(1, hits + wrong),
        "easy": sum(best >= cut for best in easy) / max(1, len(easy)),
        "hard": sum(best >= cut for best in hard) / max(1, len(hard)),
    }


def cross_validated(rows: list[Row], with_births: bool) -> list[tuple[Row, float, float]]:
    told = []
    for fold in range(FOLDS):
        beta = fitted([row for row in rows if row.fold != fold], with_births)
        told.extend(scored([row for row in rows if row.fold == fold], beta, with_births))
    return told


def printed(title: str, names: Sequence[str], beta: np.ndarray, shift: float) -> None:
    print(f"# {title}")
    for place, (name, value) in enumerate(zip(names, beta, strict=True)):
        told = BY_HAND.get(name, value + (shift if place == 0 else 0.0))
        print(f"    {told:.2f},  # {name}")


def main() -> int:
    screener = Screener(listed())
    rows = rows_of(screener, queries())
    for kind, of_kind in rows.items():
        printed(kind, screener.parts[kind].features, fitted(of_kind, False), -CUTS[kind])
        if kind == PERSONS:
            printed("dates of birth", BIRTHS, fitted(of_kind, True)[-len(BIRTHS) :], 0.0)
    for kind, of_kind in rows.items():
        for with_births in (False, True) if kind == PERSONS else (False,):
            print(f"\n{kind}, dates of birth {'known' if with_births else 'left out'}")
            beta = fitted(of_kind, with_births)
            for title, told in (
                ("fitted", scored(of_kind, beta, with_births)),
                ("cross-validated", cross_validated(of_kind, with_births)),
            ):
                print(title)
                for cut in np.arange(-3, 1.6, 0.5):
                    line = figures(told, cut)
                    print(f"  {cut:5.1f} " + "  ".join(f"{key} {value:.4f}" for key, value in line.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
