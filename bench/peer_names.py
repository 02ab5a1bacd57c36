"""Runs in the peer's own environment: nomenklatura (never a part of the product) on the screening benchmark.

    PEER_PYTHON bench/peer_names.py FOLDER QUERIES

Its DuckDB blocker finds candidates for the first QUERIES of the benchmark, logic-v2 scores them, name only, on one thread.
Prints one line of JSON: CPU seconds of building and of asking, and the hits at or above its threshold of 0.67.
`bench/screening.py --peer PEER_PYTHON` calls it.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
import tempfile
import time
from pathlib import Path

from followthemoney import Dataset, StatementEntity
from nomenklatura.blocker.index import Index
from nomenklatura.matching import LogicV2, ScoringConfig
from nomenklatura.resolver import Linker
from nomenklatura.store.memory import MemoryStore

THRESHOLD = 0.67
folder, most = Path(sys.argv[1]), int(sys.argv[2])
dataset = Dataset({"name": "bench", "title": "Bench"})


def rows(name: str):
    path = folder / name
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open() as file:
        yield from csv.DictReader(file)


def entity(key: str, schema: str, names: list[str]) -> StatementEntity:
    return StatementEntity.from_data(dataset, {"id": key, "schema": schema, "properties": {"name": names}})


schemas = {row["entity_id"]: row["schema"] for row in rows("list_entities.csv.gz")}
names: dict[str, list[str]] = {}
for row in rows("list_names.csv.gz"):
    if row["kind"] != "weak":
        names.setdefault(row["entity_id"], []).append(row["name"])
asked = [row for _, row in zip(range(most), rows("bench_dev.csv"), strict=False)]

began = time.process_time()
store = MemoryStore(dataset, Linker({}))
writer = store.writer()
listed = {key: entity(key, schemas[key], given) for key, given in names.items()}
for one in listed.values():
    writer.add_entity(one)
writer.flush()
with tempfile.TemporaryDirectory() as scratch:
    index = Index(store.default_view(), Path(scratch), {"memory": 2000})
    index.con.execute("SET threads = 1")
    index.build()
    built = time.process_time() - began

    began = time.process_time()
    queries = {row["qid"]: entity(row["qid"], row["schema"], [row["query"]]) for row in asked}
    config = ScoringConfig.defaults()
    hits = []
    for qid, candidates in index.match_entities(queries.values()):
        query = queries[str(qid)]
        for key, _ in candidates:
            score = LogicV2.compare(query, listed[str(key)], config).score
            if score >= THRESHOLD:
                hits.append((str(qid), str(key), score))
    asking = time.process_time() - began
    index.close()
print(json.dumps({"built": built, "asked": asking, "queries": len(asked), "hits": hits}))
