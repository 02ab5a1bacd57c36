"""`hemicycle resemble`: the comparison of texts on files. Needs no database, no settings and no other part of the house."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..names.files import Unreadable
from ..names.readers import lines_of, rows_of
from ..output import Progress, written
from .encoder import installed
from .languages import Across, across_languages
from .question import Question
from .report import report
from .texts import Found, Text, near_copies

NEEDED = ("id", "owner", "language", "text")
COLUMNS = (
    "kind",
    "first",
    "second",
    "first_owner",
    "second_owner",
    "first_share",
    "second_share",
    "evidence",
)


def resemble(arguments: Sequence[str]) -> int:
    """Compare the texts of a file. Returns 0; 2 when a file cannot be read or written."""
    given = _parser().parse_args(arguments)
    try:
        texts = read_texts(given.texts)
        form = ["".join(lines_of(given.form))] if given.form else []
        found, across = _compared(list(texts.values()), form)
        given.out.mkdir(exist_ok=True)
        with written(given.out / "pairs.csv") as pairs, written(given.out / "report.md") as page:
            writer = csv.writer(pairs, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(_row(question, texts) for question in (*found.questions, *across.questions))
            page.writelines(f"{line}\n" for line in report(texts, found, across))
    except Unreadable as error:
        print(f"hemicycle resemble: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"hemicycle resemble: {error.filename or given.out}: {error.strerror}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nhemicycle resemble: stopped; nothing was written", file=sys.stderr)
        return 130
    print(
        f"Texts compared: {len(texts)}. Questions within a language: {len(found.questions)}, across languages: "
        f"{len(across.questions)}. Written to {given.out}.\nA question is for a person to put; none of them is a mark."
    )
    return 0


def read_texts(path: Path) -> dict[str, Text]:
    """The texts of a CSV `id,owner,language,text`, by their ids."""
    found: dict[str, Text] = {}
    for line, row in rows_of(path, NEEDED):
        key, owner = row["id"].strip(), row["owner"].strip()
        for column, value in (("id", key), ("owner", owner)):
            if not value:
                raise Unreadable(f"{path}, line {line}, column “{column}”: empty")
        if key in found:
            raise Unreadable(f"{path}, line {line}, column “id”: {key} stands twice")
        found[key] = Text(key, owner, row["language"].strip().lower(), row["text"])
    return found


def _compared(texts: Sequence[Text], form: Sequence[str]) -> tuple[Found, Across]:
    """Both comparisons; each tells its progress."""
    within = Progress(len(texts))
    found = near_copies(texts, form, within)
    within.ended()
    embed = installed()
    beyond = Progress(len(texts) if embed else 0)
    across = across_languages(texts, form, embed, beyond)
    beyond.ended()
    return found, across


def _row(question: Question, texts: Mapping[str, Text]) -> tuple[object, ...]:
    evidence: Mapping[str, Any] = question.evidence
    first, second = evidence["texts"]
    told = json.dumps(evidence, ensure_ascii=False, separators=(",", ":"))
    return (question.kind, first, second, texts[first].file, texts[second].file, *evidence["shares"], told)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hemicycle resemble",
        description="Compare texts of different files: near duplicates, and texts that may be one in two languages. "
        "Every pair is a question for a person, with the shared passages side by side.",
        epilog="TEXTS: id,owner,language,text; the owner is the file that a text belongs to. FORM: what the form itself says in "
        "every file. DIR gets pairs.csv and report.md. Files ending in .gz are packed.",
    )
    add = parser.add_argument
    add("texts", type=Path, metavar="TEXTS.csv")
    add("--out", type=Path, required=True, metavar="DIR")
    add("--form", type=Path, metavar="FORM.txt", help="the form's own words, which do not count")
    return parser
