"""The replay: one invented round from the founding to today, played through the same acts that people use.

`load` is one transaction: interrupted, it leaves nothing and may be begun again. Dates are laid relative to the day
of loading, so that the session runs now; what is random is drawn from a fixed seed, references excepted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from django.db import transaction

from . import (
    applying,
    byways,
    consultations,
    dialogue,
    followup,
    house,
    money,
    proposal,
    reading,
    statements,
    term,
    texts,
    waiting,
)
from .stage import Stage

Show = Callable[[int, int, str], None]
Chapter = Callable[[Stage], Iterator[float]]

# Each chapter yields how much of it is done, from 0 to 1; the weight is its share of the whole, in per cent.
CHAPTERS: tuple[tuple[str, Chapter, int], ...] = (
    ("The house is founded", house.play, 14),
    ("Candidates apply", followup.play, 0),
    ("Candidates apply", byways.play, 0),
    ("Candidates apply", applying.play, 32),
    ("Assessors read", reading.play, 32),
    ("The list is proposed and voted on", proposal.play, 10),
    ("Participants sit", money.play, 0),
    ("Participants sit", texts.play, 0),
    ("Participants sit", dialogue.play, 0),
    ("Participants sit", term.play, 5),
    ("Participants sit", statements.play, 0),
    ("Participants sit", consultations.play, 0),
    ("What waits today", waiting.play, 7),
)


def load(show: Show, chapters: Sequence[tuple[str, Chapter, int]] = CHAPTERS) -> Stage:
    """Play everything on an empty record. `show(done, of, what)` is told how far it is, out of 100.

    `chapters`: the first ones only, where somebody wants to go on from there.
    """
    stage = Stage()
    begun, told = 0, 0
    show(0, 100, CHAPTERS[0][0])
    with transaction.atomic():
        for what, chapter, weight in chapters:
            for part in chapter(stage):
                done = min(99, begun + int(weight * part))
                if done > told:
                    show(told := done, 100, what)
            begun += weight
    show(100, 100, "Done")
    return stage
