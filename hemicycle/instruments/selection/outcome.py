"""What a method found, as files: words for people, CSV for tables, JSON for checkers."""

from __future__ import annotations

import csv
import io
import json
import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .check import Verdict
from .pool import Pool
from .problem import Problem, Row


@dataclass
class Outcome:
    """`words` are printed and stand in `reasons.txt`; `files` by name; `is_found` False: what was asked for does not exist."""

    words: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    is_found: bool = True

    def say(self, *lines: str) -> None:
        self.words += lines

    def table(self, name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)
        self.files[name] = text.getvalue()

    def json(self, name: str, value: Any) -> None:
        self.files[name] = json.dumps(value, ensure_ascii=False, indent=1) + "\n"

    def write(self, folder: Path) -> None:
        """Each file whole or not at all; others in the folder stay."""
        folder.mkdir(parents=True, exist_ok=True)
        self.files["reasons.txt"] = "\n".join(self.words) + "\n"
        for name, text in self.files.items():
            handle, waiting = tempfile.mkstemp(dir=folder, prefix=".", suffix=name)
            try:
                with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                    file.write(text)
                Path(waiting).chmod(0o644)
                Path(waiting).replace(folder / name)
            except BaseException:
                Path(waiting).unlink(missing_ok=True)
                raise


def rule_as_json(row: Row) -> dict[str, Any]:
    """A rule with its numbers, as the JSON of every method names it."""
    rule = row.rule
    pair = (
        {"feature": rule.where[0][0], "value": rule.where[0][1]}
        if len(rule.where) == 1
        else {"where": dict(rule.where)}
    )
    who = {"people": sorted(rule.people)} if rule.people else pair
    return {
        "rule": rule.name,
        **who,
        "min": row.least,
        "max": row.most,
        "statutory": rule.is_statutory,
        **({"article": rule.article} if rule.article else {}),
    }


def claim_of(problem: Problem) -> dict[str, Any]:
    """A problem as checker.py reads it, with the words of each rule beside its row."""
    rows = [
        {"rule": row.rule.words, "who": list(row.who), "least": row.least, "most": row.most}
        for row in problem.rows
    ]
    return {"people": len(problem.ids), "seats": problem.seats, "rows": rows}


def verdict_as_json(one: Verdict) -> dict[str, Any]:
    return {
        **rule_as_json(one.row),
        "count": one.count,
        "standing": one.standing.value,
        "short": one.short,
        "over": one.over,
    }


def list_table(outcome: Outcome, name: str, pool: Pool, problem: Problem, members: Iterable[int]) -> None:
    """The people of a list in the order of the pool, with the features of which the rules speak."""
    asked = {feature for rule in problem.rules for feature, _ in rule.where}
    shown = [feature for feature in pool.features if feature in asked]
    rows = [
        [pool.ids[one], *(pool.declared[one].get(feature, "") for feature in shown)]
        for one in sorted(members)
    ]
    outcome.table(name, ["id", *shown], rows)
