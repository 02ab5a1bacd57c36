"""Authentic, altered or unknown, and where an altered text differs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from fractions import Fraction
from typing import Literal

from .forms import line_of, runs, words

#: From this share of five-word runs on, of its own in the published one or the other way round, a text is an altered copy:
#: one to which something was added is altered too, and not unknown.
ALTERED_FROM = Fraction(4, 5)

#: Signs that are not seen and change the order in which others are: with one, "1 - 2" can be read as "2 - 1".
REORDERS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
#: Pairs of equal words, above which frequent words begin no stretch: a text made for it would take a minute otherwise.
PAIRS_AT_MOST = 1_000_000

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


def check(given: str, published: Sequence[Published]) -> Verdict:
    """What a text is, held against everything that was published. The nearest one counts; of equals the first.

    Signs that change the order of others count and are named: what is read with them is not what was published."""
    given = REORDERS.sub(lambda found: f" [U+{ord(found[0]):04X}] ", given)
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
    own = share(given, nearest.text)
    return Verdict("altered", nearest, own, tuple(differences(given, nearest.text)))


def differences(given: str, published: str) -> list[Difference]:
    """Both texts word by word as they stand, in order: what is the same, what only the one or the other has.

    The stretches `same` and `published` in a row are the published text, `same` and `given` the given one.
    """
    theirs, mine = line_of(published).split(), line_of(given).split()
    found: list[Difference] = []
    often = Counter(mine)
    is_heavy = sum(count * often[word] for word, count in Counter(theirs).items()) > PAIRS_AT_MOST
    for tag, a, b, c, d in SequenceMatcher(None, theirs, mine, autojunk=is_heavy).get_opcodes():
        if tag == "equal":
            found.append(Difference("same", " ".join(theirs[a:b])))
            continue
        if b > a:
            found.append(Difference("published", " ".join(theirs[a:b])))
        if d > c:
            found.append(Difference("given", " ".join(mine[c:d])))
    return found
