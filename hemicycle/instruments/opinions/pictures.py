"""The pictures, as SVG that stands alone. Nobody's place is drawn: the map shows how many people are in a square, from five on.

Geometry stands in attributes, colours in classes. Groups differ in mark and letter, shares in length and figure; the report and
the table are the pictures' equal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

import numpy as np

from ..links.texts import cleaned, cut, wrapped
from .bridging import HELPFUL
from .cells import LEAST, Cell
from .outcome import Found
from .report import NAMES
from .votes import Floats, Votes

WIDE, TALL, EDGE = 720, 560, 48
#: Squares from top to bottom: so many that one holds about ten people, were they spread evenly.
LEAST_ROWS, MOST_ROWS, PER_SQUARE = 3, 14, 10
LETTER = 14
#: So many statements are drawn in a picture of shares; the table has all.
MOST = 12
STYLE = """.opinions{font-family:"Noto Sans",system-ui,sans-serif;background:#fff}.words{fill:#161c2d}.faint{fill:#4b5468}
.line{stroke:#737c90;stroke-width:1}.square{fill:#16264c;stroke:#fff;stroke-width:1}.mark{fill:#fff;stroke:#161c2d;stroke-width:2}
.agree{fill:#16264c}.disagree{fill:#fff;stroke:#16264c;stroke-width:1.5}.rest{fill:#e3e6ee}.dot{fill:#16264c;fill-opacity:.55}
.apart{fill:#a4490b;stroke:#a4490b}"""


def nothing_picture(fewest: int) -> str:
    """In place of a picture when there are no groups."""
    text = f"No groups are shown: fewer than {fewest} voted enough, or their votes do not part them."
    return _picture("No groups", [_text(EDGE, 40, text)], 80)


def map_shapes(found: Found) -> dict[str, Any]:
    """What `map_picture` draws, as geometry in its units: squares of people with a step of 1 to 5 for 5, 10, 20, 40, 80 and
    more, and the middle of each group. No count of people stands in it beside the groups' own."""
    drawn = found.map.drawn
    places = drawn.places[drawn.label >= 0]
    low = np.minimum(np.quantile(places, 0.005, axis=0), drawn.groups.centres.min(0))
    high = np.maximum(np.quantile(places, 0.995, axis=0), drawn.groups.centres.max(0))
    span = np.maximum(high - low, 1e-9)
    rows = int(np.clip(np.sqrt(len(places) / PER_SQUARE), LEAST_ROWS, MOST_ROWS))
    side = (TALL - 2 * EDGE) / rows
    columns = int((WIDE - 2 * EDGE) / side)

    def across(place: Floats) -> Floats:
        return np.asarray(np.clip((place - low) / span, 0, 1) * (columns * side, rows * side))

    cell = np.minimum((across(places) // side).astype(np.int64), (columns - 1, rows - 1))
    counts = np.bincount(cell[:, 0] * rows + cell[:, 1], minlength=columns * rows)
    squares = [
        {
            "x": round(EDGE + int(one) // rows * side, 1),
            "y": round(TALL - EDGE - (int(one) % rows + 1) * side, 1),
            "step": _step(int(counts[one])),
        }
        for one in np.flatnonzero(counts >= LEAST)
    ]
    marks = []
    for name, size, centre in zip(NAMES, found.sizes().tolist(), drawn.groups.centres, strict=False):
        x, y = across(centre)
        marks.append(
            {
                "name": name,
                "people": size,
                "x": round(EDGE + float(x), 1),
                "y": round(TALL - EDGE - float(y), 1),
            }
        )
    return {"wide": WIDE, "tall": TALL, "side": round(side, 1), "squares": squares, "marks": marks}


def map_picture(found: Found) -> str:
    """Where people stand, as squares of at least five, and the middle of each group."""
    shapes = map_shapes(found)
    parts = [_square(one["x"], one["y"], shapes["side"], one["step"]) for one in shapes["squares"]]
    for mark in shapes["marks"]:
        told = f"Group {mark['name']}, {mark['people']} people"
        parts += _mark(mark["name"], mark["x"], mark["y"], told)
    sure = found.stability
    named = ", ".join(f"{name} {size} people" for name, size in zip(NAMES, found.sizes(), strict=False))
    note = (
        f"{named}. Darker: more people; squares of fewer than {LEAST} are not drawn. Stability over {len(sure.counts)} resamples: "
        f"{sure.middle():.2f} in the middle, {sure.least():.2f} at worst (1 is the same groups)."
    )
    parts += _note(note, TALL + 4)
    return _picture("How votes resemble one another", parts, TALL + 56)


def statements_picture(votes: Votes, found: Found, texts: Mapping[int, str]) -> str:
    """What the groups say of common ground and of what divides: a bar a group, agreement from the left, disagreement from the
    right."""
    supported, rejected = found.common()
    kinds = (("supported by all", supported), ("rejected by all", rejected), ("divides", found.divided()))
    chosen = _turns([(title, [int(one) for one in which]) for title, which in kinds])
    parts: list[str] = []
    y = 56.0
    left, right = WIDE - 260.0, float(WIDE - EDGE)
    sizes = found.sizes()
    for title, one in chosen:
        statement = int(votes.statements[one])
        lines = wrapped(cleaned(f"{statement} {texts.get(statement, '')}"), (left - 2 * EDGE) / LETTER, 3)
        parts += [_text(EDGE, y + 16 * place, line) for place, line in enumerate(lines)]
        parts.append(_text(EDGE, y + 16 * len(lines), title, of="faint"))
        cells = found.cells(one)
        for place, (name, row) in enumerate(zip(NAMES, cells, strict=False)):
            parts += _bar(name, row, int(sizes[place]), (left, right), y - 11 + 18 * place)
        y += max(16 * (len(lines) + 1), 18 * len(cells)) + 14
    if not chosen:
        parts.append(
            _text(EDGE, y, "Nothing is common ground, and nothing divides, in nine of ten resamples.")
        )
        y += 24
    parts += _note(
        "A bar is a group. Filled: agree. Outlined: disagree. Grey: neither, or too few to be shown.", y
    )
    return _picture("What groups have in common and what divides them", parts, y + 40)


def bridging_picture(votes: Votes, found: Found) -> str:
    """Each statement by group-aware consensus and bridging score; those on which the two differ most are crosses with their id."""
    is_in = np.flatnonzero(found.map.is_scored())
    # Two decimals, as everywhere: more of them would tell counts.
    across, up = np.round(found.consensus(), 2), np.round(found.bridging.score, 2)
    low, high = (min(0.0, float(up[is_in].min(initial=0))), max(HELPFUL, float(up[is_in].max(initial=0))))
    size = TALL - 2 * EDGE

    def at(one: int) -> tuple[float, float]:
        return EDGE + (WIDE - 2 * EDGE) * float(across[one]), TALL - EDGE - size * (float(up[one]) - low) / (
            high - low
        )

    apart = {int(one) for one in found.apart()[:10]}
    helpful = TALL - EDGE - size * (HELPFUL - low) / (high - low)
    parts = [
        _line(EDGE, TALL - EDGE, WIDE - EDGE, TALL - EDGE),
        _line(EDGE, EDGE, EDGE, TALL - EDGE),
        _line(EDGE, helpful, WIDE - EDGE, helpful, ' stroke-dasharray="6 4"'),
        _text(
            EDGE + 6, EDGE - 12, f"bridging score, {low:.2f} to {high:.2f}; broken line: {HELPFUL}, helpful"
        ),
        _text(WIDE - EDGE, TALL - EDGE + 20, "group-aware consensus, 0 to 1", end=True),
    ]
    for one in map(int, is_in):
        x, y = at(one)
        told = f"<title>{votes.statements[one]}: {across[one]:.2f}, {up[one]:.2f}</title>"
        if one in apart:
            parts.append(
                f'<path class="apart" stroke-width="2" d="M{x - 4:.1f},{y - 4:.1f}l8,8m0,-8l-8,8">{told}</path>'
            )
            parts.append(_text(x + 7, y + 5, str(votes.statements[one])))
        else:
            parts.append(f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="4">{told}</circle>')
    parts += _note(
        f"The two orders agree by {found.agreement():.2f}. A cross: the two measures differ most.", TALL + 4
    )
    return _picture("Group-aware consensus and bridging", parts, TALL + 40)


def _turns(kinds: Sequence[tuple[str, list[int]]]) -> list[tuple[str, int]]:
    """A fair part of each kind, in its order."""
    room = MOST
    kept = [0] * len(kinds)
    while room and any(kept[k] < len(which) for k, (_, which) in enumerate(kinds)):
        for k, (_, which) in enumerate(kinds):
            if room and kept[k] < len(which):
                kept[k] += 1
                room -= 1
    return [(title, one) for (title, which), many in zip(kinds, kept, strict=True) for one in which[:many]]


def _bar(name: str, row: Sequence[Cell], size: int, span: tuple[float, float], y: float) -> Iterator[str]:
    """The whole bar is the group, whose size is known to all."""
    left, right = span
    agree, disagree = row[0], row[1]
    yield _text(left - 18, y + 12, name)
    if agree is None and disagree is None:
        yield _text(left, y + 12, "not shown", of="faint")
        return
    yield f'<rect class="rest" x="{left:.1f}" y="{y:.1f}" width="{right - left:.1f}" height="14"/>'
    for kind, count in (("agree", agree), ("disagree", disagree)):
        if count is None:
            continue
        wide = (right - left) * count / size
        start = left if kind == "agree" else right - wide
        told = f"{count} of {size} {kind}"
        yield (
            f'<rect class="{kind}" x="{start:.1f}" y="{y:.1f}" width="{wide:.1f}" height="14"><title>{told}</title></rect>'
        )


def _step(count: int) -> int:
    """5, 10, 20, 40, 80 and more."""
    return min(5, 1 + int(np.log2(count / LEAST)))


def _square(x: float, y: float, side: float, step: int) -> str:
    """A square as dark as its step."""
    told = f"{LEAST * 2 ** (step - 1)} people or more"
    return (
        f'<rect class="square" x="{x:.1f}" y="{y:.1f}" width="{side:.1f}" height="{side:.1f}" fill-opacity="{0.15 * step:.2f}">'
        f"<title>{told}</title></rect>"
    )


def _mark(name: str, x: float, y: float, told: str) -> Iterator[str]:
    """The middle of a group: a shape of its own with its letter."""
    shapes = {
        "A": f'<circle class="mark" cx="{x:.1f}" cy="{y:.1f}" r="15"/>',
        "B": f'<rect class="mark" x="{x - 14:.1f}" y="{y - 14:.1f}" width="28" height="28"/>',
        "C": f'<path class="mark" d="M{x:.1f},{y - 20:.1f}l20,34h-40z"/>',
        "D": f'<path class="mark" d="M{x:.1f},{y - 20:.1f}l20,20l-20,20l-20,-20z"/>',
        "E": f'<path class="mark" d="M{x - 10:.1f},{y - 17:.1f}h20l10,17l-10,17h-20l-10,-17z"/>',
    }
    yield f"<g><title>{escape(told)}</title>{shapes[name]}"
    yield f'<text class="words" x="{x:.1f}" y="{y + 5:.1f}" font-size="{LETTER}" text-anchor="middle">{name}</text></g>'


def _note(text: str, y: float) -> Iterator[str]:
    for place, line in enumerate(wrapped(text, (WIDE - 2 * EDGE) / LETTER, 3)):
        yield _text(EDGE, y + 18 * place, line, of="faint")


def _line(x: float, y: float, to_x: float, to_y: float, more: str = "") -> str:
    return f'<line class="line" x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}"{more}/>'


def _text(x: float, y: float, text: str, *, end: bool = False, of: str = "words") -> str:
    anchor = ' text-anchor="end"' if end else ""
    shown = escape(cut(cleaned(text), (WIDE - EDGE) / LETTER))
    return f'<text class="{of}" x="{x:.1f}" y="{y:.1f}" font-size="{LETTER}"{anchor}>{shown}</text>'


def _picture(title: str, parts: Sequence[str], height: float) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="opinions" width="{WIDE}" height="{height:.0f}" '
        f'viewBox="0 0 {WIDE} {height:.0f}" direction="ltr" role="img" aria-labelledby="opinions-title">'
        f'<title id="opinions-title">{escape(title)}</title><style>{STYLE}</style>{"".join(parts)}</svg>\n'
    )
