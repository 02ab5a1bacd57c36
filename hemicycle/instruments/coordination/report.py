"""The questions about texts as a page of Markdown that anybody can read, with the passages side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .languages import SENTENCES, Across
from .question import INNOCENT, NEAR_COPY, SHARED_MARKS, Question
from .texts import Found, Text

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|&~-])")
_LONGEST = 300  # characters of one stretch of the form's words


def report(texts: Mapping[str, Text], found: Found, across: Across) -> Iterator[str]:
    """The lines of the report; `texts` by their keys."""
    files = len({text.file for text in texts.values()})
    yield "# Texts that resemble each other\n"
    yield f"{len(texts)} texts of {files} files were compared. What follows are questions for a person to put. None is a mark, "
    yield "none says who copied, and none speaks of anybody's worth. The figures belong to a pair of texts.\n"
    if SENTENCES not in across.compared_by:
        yield "Texts in different languages were compared by names, numbers and dates only: the sentence encoder is not installed.\n"
    questions = (*found.questions, *across.questions)
    if not questions:
        yield "No two texts of different files resemble each other so much that somebody should ask.\n"
    for number, question in enumerate(questions, 1):
        yield from _question(number, question, texts)
    if found.everywhere:
        yield "## What stands in many files\n"
        yield "These words were left out of the comparison. Are they the form's own?\n"
        yield "| files | words |\n|---|---|"
        for stretch in found.everywhere:
            yield f"| {stretch.files} | {_cell(stretch.words, _LONGEST)} |"


def _question(number: int, question: Question, texts: Mapping[str, Text]) -> Iterator[str]:
    evidence: Mapping[str, Any] = question.evidence
    pair = [texts[key] for key in evidence["texts"]]
    first, second = (
        f"{_cell(one.key)} (file {_cell(one.file)}, {_cell(one.language) or '?'})" for one in pair
    )
    yield f"## {number}. {first} and {second}\n"
    one, other = (f"{share:.0%}".replace("%", " %") for share in evidence["shares"])
    yield f"{_said(question, evidence)}: {one} of the first text's own, {other} of the second's.\n"
    yield f"What would explain it: {INNOCENT[question.innocent]}\n"
    if question.kind == SHARED_MARKS:
        yield "| what | first | second |\n|---|---|---|"
        for mark in evidence["marks"]:
            yield f"| {mark['kind']} | {_cell(mark['first'])} | {_cell(mark['second'])} |"
    else:
        yield "| first | second |\n|---|---|"
        yield from _beside(pair, evidence.get("passages") or evidence["sentences"])
    yield ""


def _said(question: Question, evidence: Mapping[str, Any]) -> str:
    if question.kind == NEAR_COPY:
        return f"{evidence['words']} words in {len(evidence['passages'])} shared passages"
    if question.kind == SHARED_MARKS:
        return f"{len(evidence['marks'])} names, numbers, dates and pages, by their rarity"
    return f"{len(evidence['sentences'])} sentences that seem to say the same"


def _beside(pair: Sequence[Text], places: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for place in places:
        cells = (
            f"{_cell(text.text[place[side][0] : place[side][1]])} (from character {place[side][0] + 1})"
            for text, side in zip(pair, ("first", "second"), strict=True)
        )
        yield f"| {' | '.join(cells)} |"


def _cell(text: str, most: int | None = None) -> str:
    """Anybody's words as one line of Markdown that stays as typed: nothing in it is a sign of Markdown or of HTML."""
    line = " ".join(text.split())
    if most is not None and len(line) > most:
        line = line[:most] + "…"
    return _SPECIAL.sub(r"\\\1", line)
