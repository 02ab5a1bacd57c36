"""The kernel of the opinion map under an existing engine: Dask, in processes of its own, beside the same in this process.

    PYTHONPATH=. DASK_PYTHON bench/scale.py [VOTES]

DASK_PYTHON is the Python of an environment with dask and the product (Dask is no part of the product). VOTES invented
votes (10 million) stand in shards on disk, as they would in Parquet files by participant. Prints both times and whether the maps are
equal.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from distributed import Client
from opinions import invented, load

from hemicycle.instruments.opinions.passes import drawn


def main() -> None:
    votes = int(sys.argv[1]) if len(sys.argv) > 1 else 10**7
    people = votes // 50 // 8
    with tempfile.TemporaryDirectory() as folder:
        shards = []
        for number in range(8):
            rows = invented(number, people, 2000)
            path = Path(folder) / f"{number}.npz"
            np.savez(path, begins=rows.begins, columns=rows.columns, values=rows.values)
            shards.append(partial(load, path))
        is_out = np.zeros(2000, bool)
        wall = time.perf_counter()
        here = drawn(shards, is_out)
        alone = time.perf_counter() - wall
        wall = time.perf_counter()
        with Client(n_workers=2, threads_per_worker=1, dashboard_address=None) as client:
            begun = time.perf_counter() - wall
            wall = time.perf_counter()
            there = drawn(shards, is_out, each=lambda f, *of: client.gather(client.map(f, *of, pure=False)))
            took = time.perf_counter() - wall
    assert here is not None and there is not None
    same = np.array_equal(here.places, there.places) and np.array_equal(here.label, there.label)
    print(
        f"{int(here.overall.voted.sum())} votes: {alone:.1f} s in one process; {took:.1f} s under Dask with 2 workers "
        f"(and {begun:.1f} s to start them); the same map to the last bit: {'yes' if same else 'NO'}"
    )


if __name__ == "__main__":
    main()
