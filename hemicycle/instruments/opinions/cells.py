"""What of counts may be shown: cells of `LEAST` or more, and none that could be told from the others.

A row says how many agree, disagree, pass and did not vote. Whoever knows how many there are in all would find a small cell from the
rest: when less than `LEAST` people are hidden, the smallest cell that is shown is hidden with them. Where all say the same, the
row tells what each of them says, so that nothing of it is shown.
"""

from __future__ import annotations

from collections.abc import Sequence

LEAST = 5

Cell = int | None


def shown(counts: Sequence[int]) -> tuple[Cell, ...]:
    """The counts of one row, with None for what is not shown."""
    cells: list[Cell] = [count if count >= LEAST else None for count in counts]
    while 0 < (left := sum(cell is not None for cell in cells)):
        hidden = sum(count for count, cell in zip(counts, cells, strict=True) if cell is None)
        if hidden >= LEAST or left == len(cells):
            break
        least = min(place for place, cell in enumerate(cells) if cell == min(filter(None, cells)))
        cells[least] = None
    return tuple(cells)
