"""Ten invented files with model answers, by which readers practise. No Django: the files are data, one a TOML file.

Every person, body and event in them is invented. Each asks only of the criteria and bars on which it has something to teach;
of these a reader is asked what the charter in force asks too. A text is a mapping by language, complete in all three.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

Text = Mapping[str, str]
LANGUAGES = ("en", "fr", "ru")
VERDICTS = ("met", "not_met", "unclear")
_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Dated:
    """A post, an employer or money with its dates. `kind` is one of the charter's; `until` is empty while it goes on."""

    kind: str
    since: str
    until: str
    text: Text


@dataclass(frozen=True)
class Piece:
    """A piece of evidence, described."""

    title: Text
    text: Text


@dataclass(frozen=True)
class Point:
    """An adverse point that was put to the person, and what came back; no reply is silence."""

    text: Text
    reply: Text | None


@dataclass(frozen=True)
class Answer:
    """What those who wrote the file would find on one criterion or bar, and why."""

    key: str
    verdict: str
    reasons: Text


@dataclass(frozen=True)
class TrainingFile:
    key: str
    title: Text
    head: Text
    statement: Text
    dated: tuple[Dated, ...]
    evidence: tuple[Piece, ...]
    points: tuple[Point, ...]
    answers: tuple[Answer, ...]


def read(path: Path) -> TrainingFile:
    """One file. `ValueError` names what is missing: a text in one of the languages, a verdict that is none."""
    rows = tomllib.loads(path.read_text())

    def text(value: Any, where: str) -> Text:
        said = {code: str(value.get(code, "")).strip() for code in LANGUAGES}
        if set(value) != set(LANGUAGES) or not all(said.values()):
            raise ValueError(f"{path.name}: {where} is not written in all of {', '.join(LANGUAGES)}")
        return said

    def answer(row: Any) -> Answer:
        if row["verdict"] not in VERDICTS:
            raise ValueError(f"{path.name}: {row['verdict']!r} is no verdict")
        return Answer(row["key"], row["verdict"], text(row["reasons"], row["key"]))

    return TrainingFile(
        key=path.stem,
        title=text(rows["title"], "title"),
        head=text(rows["head"], "head"),
        statement=text(rows["statement"], "statement"),
        dated=tuple(
            Dated(row["kind"], row["since"], row.get("until", ""), text(row["text"], row["kind"]))
            for row in rows.get("dated", ())
        ),
        evidence=tuple(
            Piece(text(row["title"], "evidence"), text(row["text"], "evidence"))
            for row in rows.get("evidence", ())
        ),
        points=tuple(
            Point(text(row["text"], "point"), text(row["reply"], "reply") if "reply" in row else None)
            for row in rows.get("points", ())
        ),
        answers=tuple(map(answer, rows["answers"])),
    )


@cache
def files() -> dict[str, TrainingFile]:
    """All of them by key, in order; read once."""
    return {path.stem: read(path) for path in sorted(_HERE.glob("*.toml"))}


def find(key: str) -> TrainingFile | None:
    return files().get(key)
