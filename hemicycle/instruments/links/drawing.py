"""A layout as SVG. Geometry stands in attributes, colours in classes: a page may forbid styles within the document.

Kinds differ in shape and are named in words, confidences in how the line is broken: nothing is told by colour alone.
Every text is escaped; the whole name, dates and source of what is cut stand in the `<title>` of its part.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from .graph import Confidence, Kind, Relation
from .layout import HEAD, INSET, LETTER, LINE, MARGIN, Box, Label, Layout, Line
from .texts import cleaned, cut, isolated, width, wrapped
from .words import Words, span

SMALL, TINY = 12.0, 11.0
SLANT = 9.0
CORNER = 8.0
NOTE_LINE = 16.0
NOTE_LINES = 3

DASHES = {Confidence.PRESS: "7 4", Confidence.INFERRED: "2 4"}

#: For a picture that stands alone; a page has its own style sheet.
STYLE = """.links-picture{font-family:"Noto Sans",system-ui,sans-serif;background:#fff}
.links-shape{fill:#fff;stroke:#4b5468;stroke-width:1.5}.links-name{fill:#161c2d}.links-kind,.links-when{fill:#4b5468}
.links-line{fill:none;stroke:#737c90;stroke-width:1.5}.links-what,.links-note{fill:#161c2d}
.is-candidacy .links-shape{fill:#e8edf7;stroke:#16264c;stroke-width:3}
.is-listed .links-shape{fill:#161c2d;stroke:#161c2d}.is-listed .links-name,.is-listed .links-kind{fill:#fff}
.is-same .links-line{stroke:#161c2d;stroke-width:3.5}"""


def svg(layout: Layout, words: Words, *, name: str = "links", style: str = "") -> str:
    """The drawing as one element `<svg>`. `name` begins its ids: two drawings of one page have two names."""
    note = _note(layout, words)
    height = layout.height + (NOTE_LINE * len(note) + MARGIN if note else 0)
    size = f'width="{layout.width:.0f}" height="{height:.0f}"'
    box = f'viewBox="0 0 {layout.width:.0f} {height:.0f}"'
    names = {box.node.id: box.node.name for box in layout.boxes}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="links-picture {"is-stacked" if layout.is_stacked else "is-wide"}"'
        f' {size} {box} direction="ltr" role="img" aria-labelledby="{escape(name)}-title">',
        f'<title id="{escape(name)}-title">{_safe(words.title)}</title>',
    ]
    if style:
        parts.append(f"<style>{style}</style>")
    parts += [_line(line, layout, names, words) for line in layout.lines]
    parts += [_box(box, words) for box in layout.boxes]
    for number, text in enumerate(note, 1):
        y = layout.height + NOTE_LINE * number
        parts.append(_text(MARGIN, y, text, SMALL, "links-note"))
    parts.append("</svg>")
    return "".join(parts)


def _note(layout: Layout, words: Words) -> tuple[str, ...]:
    if not layout.left_out:
        return ()
    return wrapped(cleaned(words.left_out(layout.left_out)), (layout.width - 2 * MARGIN) / SMALL, NOTE_LINES)


def _safe(text: str) -> str:
    return escape(cleaned(text))


def _text(x: float, y: float, text: str, size: float, of: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:.0f}" class="{of}">{escape(isolated(text))}</text>'
    )


# --- nodes -----------------------------------------------------------------------------------------------------------


def _box(box: Box, words: Words) -> str:
    node = box.node
    kind = words.kinds[node.kind]
    if node.is_listed and node.kind != Kind.LIST_ENTRY:
        kind = f"{kind}, {words.listed}"
    classes = f"links-node is-{node.kind.replace(' ', '-')}{' is-listed' if node.is_listed else ''}"
    told = ", ".join(filter(None, (isolated(cleaned(node.name)), kind, isolated(cleaned(node.source)))))
    room = (box.width - 2 * INSET) / TINY
    top = box.y + (box.height - HEAD - LINE * len(box.lines)) / 2
    parts = [
        f'<g class="{classes}"><title>{escape(told)}</title>',
        "".join(_shape(box)),
        _text(box.x + INSET, top + 13, cut(cleaned(kind), room), TINY, "links-kind"),
    ]
    for number, line in enumerate(box.lines):
        parts.append(_text(box.x + INSET, top + HEAD + 7 + LINE * number, line, LETTER, "links-name"))
    return "".join((*parts, "</g>"))


def _shape(box: Box) -> Iterator[str]:
    """One outline a kind."""
    left, top, right, bottom = box.x, box.y, box.x + box.width, box.y + box.height
    middle = (top + bottom) / 2
    kind = Kind.LIST_ENTRY if box.node.is_listed else box.node.kind
    if kind in (Kind.PERSON, Kind.CANDIDACY, Kind.ORGANISATION):
        round_ = {Kind.PERSON: 20.0, Kind.CANDIDACY: CORNER}.get(kind, 0.0)
        yield (
            f'<rect class="links-shape" x="{left:.1f}" y="{top:.1f}" width="{box.width:.1f}" height="{box.height:.1f}"'
            f' rx="{round_:.1f}"/>'
        )
        return
    c, s = CORNER, SLANT
    outline = {
        Kind.REFEREE: [(left + s, top), (right - s, top), (right, middle), (right - s, bottom), (left + s, bottom), (left, middle)],
        Kind.POST: [(left + s, top), (right, top), (right - s, bottom), (left, bottom)],
        Kind.ADDRESS: [(left + s, top), (right, top), (right, bottom), (left + s, bottom), (left, middle)],
        Kind.EXHIBIT: [(left, top), (right - 2 * c, top), (right, top + 2 * c), (right, bottom), (left, bottom)],
        Kind.LIST_ENTRY: [
            (left + c, top), (right - c, top), (right, top + c), (right, bottom - c), (right - c, bottom), (left + c, bottom),
            (left, bottom - c), (left, top + c),
        ],
    }[kind]  # fmt: skip
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in outline)
    yield f'<polygon class="links-shape" points="{points}"/>'


# --- edges -----------------------------------------------------------------------------------------------------------


def _line(line: Line, layout: Layout, names: dict[str, str], words: Words) -> str:
    first = line.edges[0]
    is_same = first.relation == Relation.SAME_AS
    told = "; ".join(
        ", ".join(
            filter(
                None,
                (
                    f"{isolated(cleaned(names[e.a]))} · {words.relations[e.relation]} · {isolated(cleaned(names[e.b]))}",
                    span(e),
                    isolated(cleaned(e.source)),
                    words.confidences[e.confidence],
                ),
            )
        )
        for e in line.edges
    )
    parts = [f'<g class="links-edge{" is-same" if is_same else ""}"><title>{escape(told)}</title>']
    if line.d:
        dashes = DASHES.get(first.confidence)
        broken = f' stroke-dasharray="{dashes}"' if dashes else ""
        parts.append(f'<path class="links-line" fill="none"{broken} d="{line.d}"/>')
    parts += _label(line, line.label, layout.is_stacked, words)
    return "".join((*parts, "</g>"))


def _label(line: Line, label: Label, is_one_row: bool, words: Words) -> Iterator[str]:
    """What the line says, and when: above and below it, or in one row."""
    first = line.edges[0]
    what = words.relations[first.relation]
    if len(line.edges) > 1:
        what = f"{what} ({len(line.edges)})"
    if first.relation != Relation.SAME_AS:
        what = f"← {what}" if line.is_back and not label.other else f"{what} →"
    if label.other:
        what = _with_other(what, line, label)
    spans = {span(edge, 4) for edge in line.edges}
    when = spans.pop() if len(spans) == 1 else ""
    if not is_one_row:
        yield _text(label.x, label.y, cut(what, label.width / SMALL), SMALL, "links-what")
        if when:
            yield _text(label.x, label.y + 17, cut(when, label.width / TINY), TINY, "links-when")
        return
    yield _text(
        label.x, label.y, cut(f"{what} · {when}" if when else what, label.width / SMALL), SMALL, "links-what"
    )


def _with_other(what: str, line: Line, label: Label) -> str:
    """The relation with the end that the line does not reach, in the order in which it is read."""
    other = isolated(cut(cleaned(label.other), label.width / SMALL - width(f"{what} · ")))
    return f"{what} {other}" if line.is_back else f"{other} · {what}"
