"""How often readers differ, criterion by criterion, so that no single reader can be made out. No Django, no database.

Answers in training are counted in batches: a batch counts once so many different readers stand in it, and then as a whole.
So no figure moves by the answer of one person. Real pairs are counted in batches too, in which nobody prevails.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Verdicts = Mapping[str, str]  # of one reading, by the key of a criterion or bar


@dataclass(frozen=True)
class Pair:
    """The first and the second reading of one real file; `readers` tells the two apart from others, and names nobody."""

    readers: frozenset[int]
    first: Verdicts
    second: Verdicts


@dataclass(frozen=True)
class InTraining:
    """Of one criterion or bar: `files` and `readings` counted, `split` of these files in which the readers do not all find
    the same, `apart` of these readings that find otherwise than the model answer."""

    files: int = 0
    readings: int = 0
    split: int = 0
    apart: int = 0

    @property
    def tells_each(self) -> bool:
        """Whether all these answers are alike, so that the number would tell what each person answered."""
        return not self.split or self.apart in (0, self.readings)


@dataclass(frozen=True)
class InPairs:
    """Of one criterion or bar: `pairs` counted, and in `apart` of them the two readers find differently."""

    pairs: int = 0
    apart: int = 0


def in_training(
    readings: Mapping[str, Sequence[Verdicts]], models: Mapping[str, Verdicts], small: int
) -> dict[str, InTraining]:
    """By key. `readings`: of each file, in the order in which they were given, each by another reader. The first `small`
    answers to a key in a file count together, then the next `small`."""
    files: Counter[str] = Counter()
    answers: Counter[str] = Counter()
    split: Counter[str] = Counter()
    apart: Counter[str] = Counter()
    for file, given in readings.items():
        for key, model in models.get(file, {}).items():
            found = [verdicts[key] for verdicts in given if key in verdicts]
            counted = found[: len(found) - len(found) % small]
            if counted:
                files[key] += 1
                answers[key] += len(counted)
                split[key] += len(set(counted)) > 1
                apart[key] += sum(verdict != model for verdict in counted)
    return {key: InTraining(files[key], answers[key], split[key], apart[key]) for key in files}


def in_pairs(pairs: Sequence[Pair], small: int) -> dict[str, InPairs]:
    """By key, of the pairs in the order in which they became complete."""
    found = {}
    for key in sorted({key for pair in pairs for key in pair.first.keys() & pair.second.keys()}):
        both = [pair for pair in pairs if key in pair.first and key in pair.second]
        counted = counted_pairs(both, small)
        if counted:
            found[key] = InPairs(len(counted), sum(pair.first[key] != pair.second[key] for pair in counted))
    return found


def counted_pairs(pairs: Iterable[Pair], small: int) -> list[Pair]:
    """The pairs of full batches: each has `small` pairs or more, and no reader stands in more than two thirds of them, so that
    what a batch shows is not about one person. (Whoever sees the figures may open each of these readings: 3.2.)"""
    counted: list[Pair] = []
    batch: list[Pair] = []
    shares: dict[int, int] = defaultdict(int)
    for pair in pairs:
        batch.append(pair)
        for reader in pair.readers:
            shares[reader] += 1
        if len(batch) >= small and 3 * max(shares.values()) <= 2 * len(batch):
            counted += batch
            batch, shares = [], defaultdict(int)
    return counted
