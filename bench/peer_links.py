"""Runs in the peer's own environment: networkx (never a part of the product) on the edges of `bench/links.py`.

    PEER_PYTHON bench/peer_links.py FILE.json

All simple paths of at most two edges from each start to every other node. Prints one line of JSON: the least CPU seconds of
the runs, the paths and the version. `bench/links.py --peer PEER_PYTHON` calls it.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import networkx as nx

given = json.loads(Path(sys.argv[1]).read_text())
graph = nx.Graph(given["edges"])
took, found = [], []
for _ in range(given["runs"]):
    began = time.process_time()
    found = []
    for start in given["starts"]:
        reached = nx.single_source_shortest_path_length(graph, start, cutoff=2)
        found += nx.all_simple_paths(graph, start, reached.keys() - {start}, cutoff=2)
    took.append(time.process_time() - began)
print(json.dumps({"cpu": min(took), "paths": found, "version": nx.__version__}))
