"""Runs in the peer's own environment: red-dwarf (never a part of the product) on votes given as arrays.

    PEER_PYTHON bench/peer_opinions.py VOTES.npz

The file holds `participant`, `statement`, `vote` and `moderated`. Prints one line of JSON: CPU seconds of the pipeline, peak
memory, number of groups, within-group sum of squares, how fast the machine was. `bench/opinions.py` calls it.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from importlib.metadata import version

import numpy as np
from reddwarf.implementations.base import run_pipeline

with np.load(sys.argv[1]) as file:
    columns = [file[name].tolist() for name in ("participant", "statement", "vote")]
    moderated = file["moderated"].tolist()
began = time.process_time()
votes = [
    {"participant_id": who, "statement_id": what, "vote": vote}
    for who, what, vote in zip(*columns, strict=True)
]
result = run_pipeline(
    votes=votes,
    mod_out_statement_ids=moderated,
    random_state=42,
    reducer_kwargs={"svd_solver": "full"},
)
took = time.process_time() - began
groups = result.clusterer
print(
    json.dumps(
        {
            "cpu": took,
            "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "k": len(groups.cluster_centers_),
            "within": float(groups.inertia_),
            "agree": list(result.group_aware_consensus["agree"].values()),
            "version": version("red-dwarf"),
        }
    )
)
