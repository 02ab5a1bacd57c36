"""Where the benches find the data that does not belong into the project."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def data(part: str) -> Path:
    """The folder `part` of `$HEMICYCLE_BENCH_DATA`; ends with a clear word when that is not set."""
    folder = os.environ.get("HEMICYCLE_BENCH_DATA")
    if not folder:
        sys.exit("Set HEMICYCLE_BENCH_DATA to the folder of the data for benches.")
    return Path(folder) / part
