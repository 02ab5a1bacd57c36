"""What may be shown of the answers. The instrument finds it (docs/opinions.md); this says it as one document, `result`.

Below the charter's number of voters, or where votes part nobody, `by` is `sides` or `all` and only positions stand in it; else
`groups`. Never both partitions of the same people: beside one another they would tell more than either.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any

import numpy as np

from hemicycle.instruments.opinions.cells import LEAST, Cell, shown
from hemicycle.instruments.opinions.opinion_map import RESAMPLES, opinion_map
from hemicycle.instruments.opinions.outcome import Found, map_json
from hemicycle.instruments.opinions.pictures import map_shapes
from hemicycle.instruments.opinions.report import NAMES
from hemicycle.instruments.opinions.stability import SURE
from hemicycle.instruments.opinions.tallies import tallied
from hemicycle.instruments.opinions.votes import Votes, gathered
from hemicycle.rules.charter import Charter

from .models import Side


def votes_of(matrix: str) -> Votes:
    """The answers as the instrument takes them."""
    rows = [tuple(map(int, line.split(","))) for line in matrix.splitlines()[1:]]
    columns = np.array(rows, np.int64).reshape(-1, 3).T
    return gathered(columns[0], columns[1], columns[2])


def computed(matrix: str, sides: Sequence[str], numbers: Sequence[int], charter: Charter) -> dict[str, Any]:
    """The document. `numbers`: of the propositions that were put, those included that nobody answered."""
    votes = votes_of(matrix)
    people, fewest = len(votes.participants), charter.consultations.voters_at_least.value
    found = _found(votes, fewest) if people >= fewest else None
    is_open = charter.consultations.publish_matrix.value and people >= fewest
    told: dict[str, Any] = {
        "rule": {
            "charter": charter.reference, "voters_at_least": fewest, "cell_at_least": LEAST, "resamples": RESAMPLES,
            "sure": SURE,
        },
        "made_by": f"hemicycle {version('hemicycle')}",
        "voters": people if people >= LEAST or not people else None,
        "propositions": len(numbers),
        "matrix": {
            "sha256": hashlib.sha256(matrix.encode()).hexdigest(),
            "map_sha256": hashlib.sha256(map_json(votes, found).encode()).hexdigest(),
        } if is_open else None,
    }  # fmt: skip
    return {**told, **(_groups(votes, found) if found else _positions(votes, sides))}


def digest(result: Mapping[str, Any]) -> str:
    """SHA-256 of the document as it is handed out."""
    return hashlib.sha256(written(result).encode()).hexdigest()


def written(result: Mapping[str, Any]) -> str:
    return json.dumps(result, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def _found(votes: Votes, fewest: int) -> Found | None:
    drawn = opinion_map(votes, fewest)
    return None if drawn is None else Found(drawn, drawn.stability(), drawn.bridging())


def _positions(votes: Votes, sides: Sequence[str]) -> dict[str, Any]:
    """How many agree, disagree, pass and did not answer: of each side where each is large enough, else of all together."""
    if len(votes.participants) < LEAST:
        return {"by": "all", "sets": [], "statements": []}
    label = np.array([list(Side).index(Side(sides[one - 1])) for one in votes.participants.tolist()])
    sizes = np.bincount(label, minlength=len(Side))
    by_side = all(size == 0 or size >= LEAST for size in sizes)
    if not by_side:
        label, sizes = np.zeros_like(label), np.array([len(label)])
    names = [str(side.value) for side in Side] if by_side else ["all"]
    counts = tallied(votes.rows, label, len(sizes))
    kept = [one for one, size in enumerate(sizes) if size]
    rows = []
    for place, number in enumerate(votes.statements.tolist()):
        cells = []
        for one in kept:
            agree, disagree, voted = (
                int(c[one, place]) for c in (counts.agree, counts.disagree, counts.voted)
            )
            cells.append(_plain(shown((agree, disagree, voted - agree - disagree, int(sizes[one]) - voted))))
        rows.append({"number": number, "cells": cells})
    return {
        "by": "sides" if by_side else "all",
        "sets": [{"name": names[one], "people": int(sizes[one])} for one in kept],
        "statements": rows,
    }


def _groups(votes: Votes, found: Found) -> dict[str, Any]:
    sure, ids = found.stability, votes.statements

    def named(which: Any) -> list[int]:
        return [int(ids[one]) for one in which]

    supported, rejected = found.common()
    agree, disagree = found.consensus(), found.map.drawn.tallies.turned().consensus()
    by_consensus, by_bridging = found.ranks()
    sizes = found.sizes()
    outside = len(votes.participants) - int(sizes.sum())
    return {
        "by": "groups",
        "sets": [
            {"name": name, "people": int(size)} for name, size in zip(NAMES, sizes.tolist(), strict=False)
        ],
        "outside": _few(outside),
        "between": _few(len(found.between())),
        "stability": {
            "middle": round(sure.middle(), 2),
            "least": round(sure.least(), 2),
            "same_count": round(float((sure.counts == len(sizes)).mean()), 2),
            "verdict": sure.verdict(),
        },
        "supported": named(supported),
        "rejected": named(rejected),
        "unsure": named(found.unsure()),
        "divides": named(found.divided()),
        "apart": named(found.apart()),
        "agreement": round(found.agreement(), 2),
        "typical": [
            [{"number": int(ids[one]), "agrees": bool(agrees)} for one, agrees in told]
            for told in found.typical()
        ],
        "statements": [
            {
                "number": int(ids[one]),
                "cells": [_plain(row) for row in found.cells(one)],
                "supported_in": round(float(sure.supported[one]), 2),
                "rejected_in": round(float(sure.rejected[one]), 2),
                "divided_in": round(float(sure.divided[one]), 2),
                "group_aware_agree": round(float(agree[one]), 2),
                "group_aware_disagree": round(float(disagree[one]), 2),
                "bridging": round(float(found.bridging.score[one]), 2) if by_bridging[one] else None,
                "rank_group_aware": int(by_consensus[one]) or None,
                "rank_bridging": int(by_bridging[one]) or None,
            }
            for one in range(len(ids))
        ],
        "map": map_shapes(found),
    }


def _plain(cells: Sequence[Cell]) -> list[int | None]:
    return [None if cell is None else int(cell) for cell in cells]


def _few(count: int) -> int | None:
    """A number of people, or None where it is small and not nought."""
    return count if count >= LEAST or count == 0 else None
