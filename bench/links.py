"""Links on a real list: all paths of at most two steps through OFAC's "Linked To:" relations, beside networkx.

    HEMICYCLE_BENCH_DATA=… .venv/bin/python bench/links.py [--peer PYTHON]

Nodes are the list's entries, and every name that a relation gives and no entry bears; all are listed, so that every walk is
a path to be told: the worst case. 500 entries with a link are the starts. `--peer` is the Python of an environment with
networkx; it runs `bench/peer_links.py` on the same edges. The data are real people: figures are printed, never a name.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from given import data

from hemicycle.instruments.links.drawing import svg
from hemicycle.instruments.links.graph import Confidence, Edge, Graph, Kind, Node, Relation
from hemicycle.instruments.links.layout import laid_out
from hemicycle.instruments.links.paths import paths
from hemicycle.instruments.links.words import english

STARTS = 500
RUNS = 3
LINKED = re.compile(r"Linked To: ([^;]+?)(?=;|\.$|$)")


def read() -> tuple[list[Node], list[Edge], int]:
    """Nodes and edges of the list, and how many of its relations name an entry exactly."""
    with gzip.open(data("screening") / "raw" / "ofac_sdn_2024-05-03.csv.gz", "rt", encoding="utf-8") as file:
        rows = [row for row in csv.reader(file) if len(row) == 12]
    by_name = {row[1].strip().upper(): row[0] for row in rows}
    nodes = {row[0]: Node(row[0], Kind.LIST_ENTRY, row[1], True, "list") for row in rows}
    edges, exact = [], 0
    for row in rows:
        for name in LINKED.findall(row[11]):
            plain = name.strip().rstrip(".").upper()
            there = by_name.get(plain, f"name:{plain}")
            exact += plain in by_name
            nodes.setdefault(there, Node(there, Kind.LIST_ENTRY, name.strip(), True, "list"))
            if there != row[0]:
                tie = Relation.LINKED_ON_LIST
                edges.append(Edge(row[0], there, tie, "", "", "list", Confidence.DOCUMENT))
    return list(nodes.values()), edges, exact


def beside(peer: str, edges: list[Edge], starts: list[str], ours: set[tuple[str, ...]], took: float) -> None:
    """The peer on the same edges; prints whether it finds the same paths, and the ratio."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump({"edges": [[edge.a, edge.b] for edge in edges], "starts": starts, "runs": RUNS}, file)
        file.flush()
        script = Path(__file__).with_name("peer_links.py")
        done = subprocess.run([peer, script, file.name], capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    theirs = {tuple(path) for path in told["paths"]}
    print(f"networkx {told['version']}: {told['cpu']:.3f} s, {len(theirs)} paths")
    print(f"same set of paths: {'yes' if theirs == ours else 'NO'}; ratio {told['cpu'] / took:.1f}")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--peer", metavar="PYTHON", help="the Python of an environment with networkx")
    given = parser.parse_args()
    nodes, edges, exact = read()
    began = time.process_time()
    graph = Graph(nodes, edges)
    built = time.process_time() - began
    print(f"{len(nodes)} nodes, {len(edges)} edges ({exact} relations name an entry exactly)")
    print(f"graph built in {built:.3f} s")
    starts = [key for key in graph.nodes if graph.neighbours(key)][:STARTS]
    took, found = [], []
    for _ in range(RUNS):
        began = time.process_time()
        found = [path for start in starts for path in paths(graph, start)]
        took.append(time.process_time() - began)
    crowded = sum(bool(path.crowds()) for path in found)
    print(
        f"{len(starts)} starts: {len(found)} paths in {min(took):.3f} s, {crowded} through a node that many share"
    )
    slowest = 0.0
    for start in starts:
        began = time.process_time()
        svg(laid_out(graph, start), english("Links"))
        slowest = max(slowest, time.process_time() - began)
    print(f"slowest drawing of 40 nodes: {slowest:.3f} s")
    if given.peer:
        beside(given.peer, edges, starts, {path.nodes for path in found}, min(took))
    return 0


if __name__ == "__main__":
    sys.exit(main())
