"""Pictures of a result as SVG, readable without colour; the CSV beside each is its equal."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from .check import Standing, Verdict

WIDTH, HEIGHT, EDGE = 720, 320, 48
INK, FAINT, WARM = "#1d2b4f", "#9aa3b8", "#a4490b"


def chances_picture(chances: Sequence[float]) -> str:
    """Everybody's chance, the smallest first, as a line of steps; the dashed line is seats divided by people."""
    values = sorted(chances)
    top = max([*values, 1e-9])
    mean = sum(values) / len(values)
    wide, tall = WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE

    def down(value: float) -> float:
        return HEIGHT - EDGE - tall * value / top

    points = []
    for place, value in enumerate(values):
        left, right = (EDGE + wide * end / len(values) for end in (place, place + 1))
        points += [f"{left:.1f},{down(value):.1f}", f"{right:.1f},{down(value):.1f}"]
    parts = [
        f'<polyline fill="none" stroke="{INK}" stroke-width="2" points="{" ".join(points)}"/>',
        _line(EDGE, down(mean), WIDTH - EDGE, down(mean), FAINT, dashed=True),
        _line(EDGE, HEIGHT - EDGE, WIDTH - EDGE, HEIGHT - EDGE, INK),
        _line(EDGE, EDGE, EDGE, HEIGHT - EDGE, INK),
        _text(EDGE, HEIGHT - 18, f"{len(values)} people, the smallest chance first"),
        _text(
            EDGE, 24, f"chance: smallest {values[0]:.4f}, mean {mean:.4f} (dashed), greatest {values[-1]:.4f}"
        ),
        _text(EDGE - 6, EDGE + 5, f"{top:.2f}", end=True),
        _text(EDGE - 6, HEIGHT - EDGE + 5, "0", end=True),
    ]
    return _picture(WIDTH, HEIGHT, "Chances of the people of the pool", parts)


def rules_picture(verdicts: Sequence[Verdict], seats: int) -> str:
    """For each rule the span that it allows and how many sit; a cross and the words say what is not met."""
    high, left = 26, 280
    wide = WIDTH - left - EDGE
    parts = []
    for place, one in enumerate(verdicts):
        middle = EDGE + place * high
        row = one.row

        def across(count: float) -> float:
            return left + wide * min(count, seats) / seats

        is_met = one.standing == Standing.MET
        parts += [
            _text(left - 10, middle + 5, _cut(row.rule.name), end=True),
            _line(left, middle, WIDTH - EDGE, middle, FAINT),
            f'<rect x="{across(row.least):.1f}" y="{middle - 6}" height="12" rx="2" '
            f'width="{max(3.0, across(row.most) - across(row.least)):.1f}" fill="{FAINT}" fill-opacity="0.45"/>',
            _mark(across(one.count), middle, is_met),
            _text(WIDTH - EDGE + 10, middle + 5, str(one.count)),
        ]
        if not is_met:
            short = f"short by {one.short}" if one.short else f"over by {one.over}"
            parts.append(_text(across(one.count) + 10, middle - 7, short, colour=WARM, small=True))
    return _picture(WIDTH, 2 * EDGE + high * len(verdicts), "What each rule allows, and how many sit", parts)


def _mark(x: float, y: float, is_met: bool) -> str:
    if is_met:
        return f'<circle cx="{x:.1f}" cy="{y}" r="5" fill="{INK}"/>'
    arms = f"M{x - 5:.1f} {y - 5}l10 10m0 -10l-10 10"
    return f'<path d="{arms}" stroke="{WARM}" stroke-width="3" fill="none"/>'


def _cut(text: str) -> str:
    return text if len(text) <= 36 else text[:35] + "…"


def _line(x: float, y: float, x2: float, y2: float, colour: str, *, dashed: bool = False) -> str:
    dash = ' stroke-dasharray="5 4"' if dashed else ""
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"{dash}/>'


def _text(x: float, y: float, text: str, *, end: bool = False, colour: str = INK, small: bool = False) -> str:
    anchor = ' text-anchor="end"' if end else ""
    size = 11 if small else 13
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}"{anchor}>{escape(text)}</text>'


def _picture(width: int, height: int, title: str, parts: Sequence[str]) -> str:
    inside = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'font-family="Noto Sans, sans-serif">\n<title>{escape(title)}</title>\n'
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>\n{inside}\n</svg>\n'
    )
