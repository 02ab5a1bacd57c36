"""What of counts may be shown: cells of `LEAST` or more, and none from which a smaller one could be worked out.

A row says how many agree, disagree, pass and did not vote, of people whose number is known. So a small cell is never hidden alone:
with it goes, from the end of the row, a cell that is not small, and so many more that what is hidden leaves every small count open
from 0 to 4. Where all say the same nothing is shown, for the row would tell what each of them said.
"""

from __future__ import annotations

from collections.abc import Sequence

LEAST = 5

Cell = int | None


def shown(counts: Sequence[int]) -> tuple[Cell, ...]:
    """The counts of one row, with None for what is not shown."""
    cells: list[Cell] = [count if count >= LEAST else None for count in counts]
    for place in reversed(range(len(cells))):
        hidden = [count for count, cell in zip(counts, cells, strict=True) if cell is None]
        if not hidden or (max(hidden) >= LEAST and sum(hidden) >= 2 * LEAST - 1):
            break
        cells[place] = None
    return tuple(cells)
