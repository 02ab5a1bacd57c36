"""Runs in the peer's own environment: sortition-algorithms (GPL-3, never a part of the product) on one pool.

    PEER_PYTHON bench/peer_lots.py FOLDER SEATS maximin|leximin

Prints one line of JSON: CPU seconds, the smallest chance, the number of panels. `bench/lots.py` calls it.
"""

from __future__ import annotations

import csv
import json
import random
import sys
import time
from pathlib import Path

import numpy as np
from sortition_algorithms.committee_generation import find_distribution_leximin, find_distribution_maximin
from sortition_algorithms.features import read_in_features
from sortition_algorithms.people import read_in_people
from sortition_algorithms.settings import Settings

folder, seats, method = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
random.seed(1)
np.random.seed(1)


def table(name: str) -> tuple[list[str], list[dict[str, str]]]:
    with (folder / name).open(newline="") as file:
        reader = csv.DictReader(file)
        return list(reader.fieldnames or []), list(reader)


features, _, _ = read_in_features(*table("quotas.csv"))
head, body = table("candidates.csv")
people, _ = read_in_people(head, body, features, Settings(id_column="id", columns_to_keep=[]))
find = find_distribution_leximin if method == "leximin" else find_distribution_maximin
began = time.process_time()
panels, chances, *_ = find(features, people, seats, [])
took = time.process_time() - began
reached: dict[str, float] = dict.fromkeys((row["id"] for row in body), 0.0)
for panel, chance in zip(panels, chances, strict=True):
    for name in panel:
        reached[str(name)] += float(chance)
print(json.dumps({"cpu": took, "smallest": min(reached.values()), "panels": len(panels)}))
