"""Sentences of two texts that say the same, by a multilingual encoder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .encoder import Vectors

SAME_SENTENCE = 0.55  # fixed on the translated texts of this repository: bench/translations.py
LEAST_LETTERS = 20  # a shorter sentence ("Thank you.") says too little

# A sentence ends at its mark, or at an empty line; a full stop after one letter or before a small letter is an abbreviation's.
# Every repetition is bounded, so that no text takes more than linear time.
_END = re.compile(
    r"(?<!\b[^\W\d_])[.!?…]{1,9}[»”\")\]]{0,5}\s{1,50}(?=[«“„\"(—–-]{0,2}\s?[^\Wa-zà-ÿа-яёіїєґ])"
    r"|\n[^\S\n]{0,50}\n\s{0,50}"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with where it starts and ends in the original."""

    start: int
    end: int
    text: str


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text that are long enough to compare. Takes time linear in its length."""
    cuts = [0, *(one.end() for one in _END.finditer(text)), len(text)]
    found = []
    for start, end in pairwise(cuts):
        piece = text[start:end]
        bare = piece.strip()
        if len(bare) >= LEAST_LETTERS:
            begins = start + len(piece) - len(piece.lstrip())
            found.append(Sentence(begins, begins + len(bare), bare))
    return found


def aligned(first: Vectors, second: Vectors) -> list[tuple[int, int, float]]:
    """Pairs of sentences, each the other's nearest, at or above `SAME_SENTENCE`, in the order of the first text."""
    if not len(first) or not len(second):
        return []
    near: NDArray[np.float32] = first @ second.T
    there, back = near.argmax(1), near.argmax(0)
    return [
        (place, int(other), round(float(near[place, other]), 3))
        for place, other in enumerate(there)
        if back[other] == place and near[place, other] >= SAME_SENTENCE
    ]
