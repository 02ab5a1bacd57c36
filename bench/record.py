"""How fast the log hashes, grows, proves and is verified, beside the raw SHA-256 limit of the same run and beside pymerkle.

    .venv/bin/python bench/record.py [--leaves 1000000]

The limit of hashing is the time that as many SHA-256 hashes take as the tree needs (a leaf of 64 bytes and a node of 64
bytes for each leaf), in the same process on the same core. Asked are: the one-file verifier within 3 s or at least 0.15
of that limit; append at least 0.10 of it; a proof made and verified within 100 microseconds each.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from hemicycle.instruments.ledger import leaves, notes, tiles, verify  # noqa: E402
from hemicycle.instruments.ledger.tree import Tree, is_consistent, is_included, leaf_hash  # noqa: E402

LOG = notes.Signer("bench.example/record", notes.NOTE, b"b" * 32)
PEER = 20_000  # leaves for pymerkle, whose cost a leaf is told too


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--leaves", type=int, default=1_000_000)
    count = parser.parse_args().leaves
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    data = [leaves.leaf(hashlib.sha256(b"%d" % i).digest()) for i in range(count)]
    limit = raw(count)
    print(f"{count} leaves on one core; raw SHA-256 of {2 * count} blocks: {limit:.2f} s")

    root = in_memory(data, limit)
    on_disk(data, root, limit)
    peer()
    return 0


def in_memory(data: list[bytes], limit: float) -> bytes:
    """Append, proofs and their verification; returns the root."""
    count = len(data)
    began = time.perf_counter()
    tree = Tree(map(leaf_hash, data))
    took = time.perf_counter() - began
    print(f"append            {took:7.2f} s   {limit / took:.2f} of the limit (asked 0.10)")

    chance = random.Random(1)
    places = [chance.randrange(count) for _ in range(20_000)]
    root = tree.root()
    made = each(lambda place: tree.inclusion(place), places)
    paths = [tree.inclusion(place) for place in places]
    checked = each(
        lambda i: is_included(tree.leaf(places[i]), places[i], count, paths[i], root), range(len(places))
    )
    print(f"inclusion proof   made {made:5.1f} us, verified {checked:5.1f} us (asked 100 each)")
    made = each(lambda place: tree.consistency(place), places)
    paths = [tree.consistency(place) for place in places]
    roots = [tree.root(place) for place in places]
    checked = each(lambda i: is_consistent(places[i], count, paths[i], roots[i], root), range(len(places)))
    print(f"consistency proof made {made:5.1f} us, verified {checked:5.1f} us")
    return root


def on_disk(data: list[bytes], root: bytes, limit: float) -> None:
    """The tiles, and the one-file verifier in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        began = time.perf_counter()
        size, told = tiles.extend(place, data, 0)
        print(f"tiles written     {time.perf_counter() - began:7.2f} s   with every file on the disk")
        assert told == root
        (place / "checkpoint").write_text(notes.Checkpoint(LOG.name, size, root).sign(LOG))
        (place / "policy").write_text(f"log {LOG.verifier}\nquorum none\n")
        (place / "released.jsonl").write_text("")
        began = time.perf_counter()
        done = subprocess.run([sys.executable, verify.__file__, folder], capture_output=True, text=True)
        took = time.perf_counter() - began
        assert done.returncode == 0, done.stdout + done.stderr
        print(f"verify.py         {took:7.2f} s   {limit / took:.2f} of the limit (asked 3 s or 0.15)")


def raw(count: int) -> float:
    """Seconds for two hashes a leaf of what the tree hashes: 65 bytes each."""
    block, sha256 = b"\x00" * 65, hashlib.sha256
    began = time.perf_counter()
    for _ in range(2 * count):
        sha256(block).digest()
    return time.perf_counter() - began


def each(work, items) -> float:
    """Microseconds a call, on the average."""
    items = list(items)
    began = time.perf_counter()
    for item in items:
        work(item)
    return (time.perf_counter() - began) / len(items) * 1e6


def peer() -> None:
    """pymerkle on the same core, with fewer leaves: it is a library for study and proofs, not for speed."""
    import pymerkle

    theirs, ours = pymerkle.InmemoryTree(algorithm="sha256"), Tree()
    data = [leaves.leaf(hashlib.sha256(b"%d" % i).digest()) for i in range(PEER)]
    began = time.perf_counter()
    for leaf in data:
        theirs.append_entry(leaf)
    peers = time.perf_counter() - began
    began = time.perf_counter()
    ours.extend(map(leaf_hash, data))
    own = time.perf_counter() - began
    assert theirs.get_root() == ours.root()
    places = [random.Random(2).randrange(PEER) for _ in range(200)]
    slow = each(lambda place: theirs.prove_inclusion(place + 1, PEER), places)
    fast = each(lambda place: ours.inclusion(place), places)
    print(json.dumps({
        "peer": f"pymerkle {pymerkle.__version__}", "leaves": PEER,
        "append": f"{peers / own:.1f} times our time", "inclusion proof": f"{slow / fast:.1f} times our time",
    }))  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
