"""The table of statements and the report. Both may be read by everybody: cells below five and places of people are in neither."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..links.texts import cleaned
from .cells import LEAST, Cell
from .outcome import Found, positions
from .stability import SURE
from .votes import Votes

COLUMNS = (
    "statement_id", "moderated_out", "common_ground", "supported_in_resamples", "rejected_in_resamples", "divides",
    "divides_in_resamples", "group_aware_agree", "group_aware_disagree", "bridging", "rank_group_aware", "rank_bridging",
)  # fmt: skip
CELLS = ("agree", "disagree", "pass", "not_voted")
CAVEAT = (
    "Groups are a picture of how votes resemble one another, and no parties: who is in which is told to nobody. "
    f"Counts of fewer than {LEAST} people are not shown, nor what would give them away."
)
NAMES = "ABCDE"
VERDICTS = {
    "stable": "The groups are stable.",
    "mostly": "The groups are mostly stable: some resamples gave clearly other ones.",
    "unstable": "The groups are **not stable**: take what is said of them as one picture among several.",
}


def statements_csv(votes: Votes, found: Found | None, texts: Mapping[int, str]) -> str:
    """One row a statement, in the order of `map.json`. A cell that may not be shown is empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    groups = [""] if found is None else [f"group_{name}_" for name in NAMES[: len(found.sizes())]]
    counts = [f"{group}{cell}" for group in groups for cell in CELLS]
    writer.writerow([*(COLUMNS[:2] if found is None else COLUMNS), *counts, "text"])
    rows = [[cells] for cells in positions(votes)] if found is None else None
    measures = None if found is None else _measures(found)
    for place, statement in enumerate(votes.statements.tolist()):
        cells = found.cells(place) if found else rows[place] if rows else []
        writer.writerow(
            [
                statement,
                "yes" if votes.is_out[place] else "no",
                *(measures[place] if measures else ()),
                *("" if cell is None else cell for row in cells for cell in row),
                cleaned(texts.get(statement, "")),
            ]
        )
    return out.getvalue()


def _measures(found: Found) -> list[tuple[object, ...]]:
    sure, ground = found.stability, found.map.ground
    supported, rejected = (set(which.tolist()) for which in found.common())
    tallies = found.map.drawn.tallies
    agree, disagree = tallies.consensus(), tallies.turned().consensus()
    by_consensus, by_bridging = found.ranks()
    return [
        (
            "supported" if one in supported else "rejected" if one in rejected else "",
            f"{sure.supported[one]:.2f}",
            f"{sure.rejected[one]:.2f}",
            "yes" if ground.divided[one] else "no",
            f"{sure.divided[one]:.2f}",
            f"{agree[one]:.2f}",
            f"{disagree[one]:.2f}",
            f"{found.bridging.score[one]:.2f}" if by_bridging[one] else "",
            by_consensus[one] or "",
            by_bridging[one] or "",
        )
        for one in range(len(agree))
    ]


def report(votes: Votes, found: Found | None, texts: Mapping[int, str], fewest: int) -> str:
    """The report, in Markdown."""
    people = len(votes.participants)
    lines = [
        "# Opinions",
        "",
        CAVEAT,
        "",
        f"Participants: {people if people >= LEAST else f'fewer than {LEAST}'}. Statements: {len(votes.statements)}, moderated "
        f"out: {int(votes.is_out.sum())}.",
        "",
    ]
    body = _without_groups(votes, texts, fewest) if found is None else _with_groups(votes, found, texts)
    return "\n".join([*lines, *body, ""])


def _without_groups(votes: Votes, texts: Mapping[int, str], fewest: int) -> Iterator[str]:
    yield "## Positions"
    yield ""
    yield (
        f"No groups are shown: there are fewer than {fewest} participants who voted enough, or their votes do not part them into "
        f"groups of {LEAST} or more."
    )
    yield ""
    rows = ((_named(votes, one, texts), *map(_cell, cells)) for one, cells in enumerate(positions(votes)))
    yield from _table(("Statement", "agree", "disagree", "pass", "did not vote"), rows)


def _with_groups(votes: Votes, found: Found, texts: Mapping[int, str]) -> Iterator[str]:
    sure = found.stability
    sizes = found.sizes()
    yield "## Groups"
    yield ""
    yield f"{len(sizes)} groups: {', '.join(f'{name} ({size} people)' for name, size in zip(NAMES, sizes, strict=False))}."
    grouped = int(sizes.sum())
    outside = len(votes.participants) - grouped
    if outside:
        yield f"{outside if outside >= LEAST else f'Fewer than {LEAST}'} participants voted on too little to be in a group."
    between = len(found.between())
    yield (
        f"Between the groups, in another one in more than {1 - SURE:.0%} of the resamples: "
        f"{between if between >= LEAST or not between else f'fewer than {LEAST}'} people."
    )
    yield ""
    same = float((sure.counts == len(sizes)).mean())
    yield (
        f"**Stability**: {len(sure.counts)} resamples of the participants gave groups that are like these by {sure.middle():.2f} "
        f"in the middle and {sure.least():.2f} at worst (1: the same, 0: what chance would give); {same:.0%} had as many groups. "
        f"{VERDICTS[sure.verdict()]}"
    )
    yield ""
    yield from _common(votes, found, texts)
    yield from _division(votes, found, texts)
    yield from _bridges(votes, found, texts)


def _common(votes: Votes, found: Found, texts: Mapping[int, str]) -> Iterator[str]:
    sure = found.stability
    supported, rejected = found.common()
    yield "## Common ground"
    yield ""
    yield f"Statements that every group supports, or every group rejects, and that stay so in {SURE:.0%} of the resamples or more."
    yield ""
    for title, which, share in (
        ("Supported", supported, sure.supported),
        ("Rejected", rejected, sure.rejected),
    ):
        yield f"### {title}"
        yield ""
        head = (
            "Statement",
            "resamples",
            *(f"{name} agree / disagree" for name in NAMES[: len(found.sizes())]),
        )
        yield from _or_none(
            head, ((_named(votes, one, texts), f"{share[one]:.0%}", *_sides(found, one)) for one in which)
        )
    unsure = found.unsure()
    if len(unsure):
        yield f"So on this map, but not in {SURE:.0%} of the resamples, and so not called common ground: {_ids(votes, unsure)}."
        yield ""


def _division(votes: Votes, found: Found, texts: Mapping[int, str]) -> Iterator[str]:
    yield "## What divides"
    yield ""
    yield f"Statements that one group supports and another rejects, in {SURE:.0%} of the resamples or more."
    yield ""
    head = ("Statement", "resamples", *(f"{name} agree / disagree" for name in NAMES[: len(found.sizes())]))
    share = found.stability.divided
    yield from _or_none(
        head,
        ((_named(votes, one, texts), f"{share[one]:.0%}", *_sides(found, one)) for one in found.divided()),
    )
    yield "## What is typical of a group"
    yield ""
    for name, told in zip(NAMES, found.typical(), strict=False):
        yield f"### Group {name}"
        yield ""
        yield from (
            f"- {'agrees' if agrees else 'disagrees'}: {_named(votes, one, texts)}" for one, agrees in told
        )
        yield ""


def _bridges(votes: Votes, found: Found, texts: Mapping[int, str]) -> Iterator[str]:
    first, second = found.ranks()
    consensus, score = found.consensus(), found.bridging.score
    yield "## Two measures beside one another"
    yield ""
    yield (
        "Group-aware consensus multiplies the groups' shares of agreement. The bridging score, after Community Notes, is how much a "
        "statement is liked beyond what leanings explain; it knows no groups. "
        f"Their orders agree by {found.agreement():.2f} (1: the same order)."
    )
    yield ""
    yield "Where they differ most:"
    yield ""
    head = ("Statement", "group-aware", "rank", "bridging", "rank")
    rows = (
        (
            _named(votes, one, texts),
            f"{consensus[one]:.2f}",
            str(first[one]),
            f"{score[one]:.2f}",
            str(second[one]),
        )
        for one in found.apart()[:10]
    )
    yield from _or_none(head, rows)


def _sides(found: Found, statement: int) -> Iterator[str]:
    for agree, disagree, _, _ in found.cells(statement):
        yield f"{_cell(agree)} / {_cell(disagree)}"


def _cell(cell: Cell) -> str:
    return "·" if cell is None else str(cell)


def _ids(votes: Votes, which: Iterable[int]) -> str:
    return ", ".join(str(votes.statements[one]) for one in which)


def _named(votes: Votes, place: int, texts: Mapping[int, str]) -> str:
    statement = int(votes.statements[place])
    text = plain(texts.get(statement, ""))
    return f"{statement}: {text}" if text else str(statement)


def _or_none(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    found = list(rows)
    yield from _table(head, found) if found else ("None.",)
    yield ""


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def plain(text: str) -> str:
    """A text that Markdown reads as it is written."""
    text = cleaned(text)
    for mark in "\\`*_{}[]<>#|":
        text = text.replace(mark, f"\\{mark}")
    return text
