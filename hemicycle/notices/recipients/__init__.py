"""Which acts are told to whom. One row an act: a clerk can read who is told what."""

from __future__ import annotations

from ._told import Told
from .consultations import CONSULTATIONS
from .dialogue import DIALOGUE
from .followup import FOLLOWUP
from .rounds import ROUNDS
from .statements import STATEMENTS
from .texts import TEXTS

TOLD = (*ROUNDS, *TEXTS, *DIALOGUE, *STATEMENTS, *CONSULTATIONS, *FOLLOWUP)

BY_ACT: dict[tuple[str, str], tuple[Told, ...]] = {
    (row.room, row.act): tuple(t for t in TOLD if (t.room, t.act) == (row.room, row.act)) for row in TOLD
}

__all__ = ["BY_ACT", "TOLD", "Told"]
