"""Runs in the peer's own environment: datasketch (never a part of the product) on the texts of bench/near_duplicates.py.

    PEER_PYTHON bench/peer_near_duplicates.py < TEXTS.json

MinHash of three-word runs, 128 permutations, LSH at 0.2. Prints one line of JSON: the pairs with their estimated Jaccard index
of 0.2 or more, and CPU seconds.
"""

from __future__ import annotations

import json
import re
import sys
import time

from datasketch import MinHash, MinHashLSH

THRESHOLD = 0.2
texts = json.load(sys.stdin)
began = time.process_time()
index = MinHashLSH(threshold=THRESHOLD, num_perm=128)
hashes = {}
for key, text in texts:
    words = re.findall(r"\w+", text.lower())
    runs = {" ".join(words[start : start + 3]) for start in range(len(words) - 2)}
    hashes[key] = MinHash(num_perm=128)
    hashes[key].update_batch([run.encode() for run in runs])
    index.insert(key, hashes[key])
pairs = [
    (key, other, likeness)
    for key, of in hashes.items()
    for other in index.query(of)
    if other > key and (likeness := of.jaccard(hashes[other])) >= THRESHOLD
]
print(json.dumps({"took": time.process_time() - began, "pairs": pairs}))
