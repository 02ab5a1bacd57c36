"""Authentic, altered or unknown, and where an altered text differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from fractions import Fraction
from typing import Literal

from .forms import line_of, runs, words

#: From this share of its five-word runs on, a text is an altered copy of the one that was published.
ALTERED_FROM = Fraction(4, 5)

Kind = Literal["authentic", "altered", "unknown"]


@dataclass(frozen=True)
class Published:
    """A published text. `key` is what the caller knows it by."""

    key: str
    language: str
    text: str


@dataclass(frozen=True)
class Difference:
    """A stretch of both texts: `same`, only `published`, or only `given`."""

    kind: Literal["same", "published", "given"]
    text: str


@dataclass(frozen=True)
class Verdict:
    """`share`: of the runs of the given text, those that stand in the published one. Without `published` it is unknown."""

    kind: Kind
    published: Published | None = None
    share: Fraction = Fraction(0)
    differences: tuple[Difference, ...] = ()


def share(given: str, published: str) -> Fraction:
    """Of the five-word runs of the given text, the share that stands in the published one; 0 without a word."""
    mine = runs(words(given))
    return Fraction(len(mine & runs(words(published))), len(mine)) if mine else Fraction(0)


def likeness(given: str, published: str) -> Fraction:
    """As `share`, or the other way round where more of the published text stands in the given one: a text to which
    something was added is altered too, and not unknown."""
    return max(share(given, published), share(published, given))


def check(given: str, published: Sequence[Published]) -> Verdict:
    """What a text is, held against everything that was published. The nearest one counts; of equals the first."""
    line = line_of(given)
    if not line:
        return Verdict("unknown")
    for each in published:
        if line_of(each.text) == line:
            return Verdict("authentic", each, Fraction(1))
    mine = runs(words(given))
    nearest, best = None, Fraction(0)
    for each in published:
        theirs = runs(words(each.text))
        if not mine or not theirs:
            continue
        shared = len(mine & theirs)
        likely = max(Fraction(shared, len(mine)), Fraction(shared, len(theirs)))
        if likely > best:
            nearest, best = each, likely
    if nearest is None or best < ALTERED_FROM:
        return Verdict("unknown")
    return Verdict("altered", nearest, best, tuple(differences(given, nearest.text)))


def differences(given: str, published: str) -> list[Difference]:
    """Both texts word by word as they stand, in order: what is the same, what only the one or the other has.

    The stretches `same` and `published` in a row are the published text, `same` and `given` the given one.
    """
    theirs, mine = line_of(published).split(), line_of(given).split()
    found: list[Difference] = []
    for tag, a, b, c, d in SequenceMatcher(None, theirs, mine, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Difference("same", " ".join(theirs[a:b])))
            continue
        if b > a:
            found.append(Difference("published", " ".join(theirs[a:b])))
        if d > c:
            found.append(Difference("given", " ".join(mine[c:d])))
    return found
