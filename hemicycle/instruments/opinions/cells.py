"""What of counts may be shown: cells of `LEAST` or more, and none that could be told from the others.

A row says how many agree, disagree, pass and did not vote. Whoever knows how many there are in all would find a small cell from the
rest: when less than `LEAST` people are hidden, the last cell that is shown is hidden with them. Where all say the same, nothing is
shown, for the row would tell what each of them said.
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
        if not hidden or sum(hidden) >= LEAST:
            break
        cells[place] = None
    return tuple(cells)
