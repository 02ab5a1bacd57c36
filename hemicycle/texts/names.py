"""Names that the software brings, for a clerk to enter; and the names of the glossary that stand in a text."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from hemicycle.rules.charter import LANGUAGES

from . import queries, wording
from .models import Term
from .sources import Written

FILE = Path(__file__).parent / "data" / "names.toml"


@dataclass(frozen=True)
class Proposed:
    """A name with what belongs to it, by language; nothing of it is in the glossary yet."""

    key: str
    kind: str
    names: dict[str, str]
    notes: dict[str, str]
    never: dict[str, str]

    def as_term(self) -> Term:
        """An unsaved row, for a form to begin with."""
        words = {f"{part}_{code}": said.get(code, "") for code in LANGUAGES
                 for part, said in (("name", self.names), ("note", self.notes), ("never", self.never))}  # fmt: skip
        return Term(kind=self.kind, **words)


@lru_cache(maxsize=1)
def proposed() -> tuple[Proposed, ...]:
    """The names of `data/names.toml`, in its order."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["name"]
    return tuple(
        Proposed(
            row["key"],
            row["kind"],
            {code: row[code] for code in LANGUAGES},
            row.get("note", {}),
            row.get("never", {}),
        )
        for row in rows
    )


def not_entered() -> list[Proposed]:
    """Those of the software's names that are not in the glossary."""
    known = set(queries.glossary().values_list("name_en", flat=True))
    return [one for one in proposed() if one.names["en"] not in known]


def standing_in(text: Written) -> Sequence[Term]:
    """The names of the glossary that stand in a text."""
    return [
        term
        for term in queries.glossary()
        if wording.occurs(term.name_in(text.language), text.body, text.language)
    ]


def missing(text: Written, translation: str, language: str) -> list[str]:
    """The names that a translation should have, of those that stand in the original, and has not in any form."""
    pairs = [(term.name_in(text.language), term.name_in(language)) for term in standing_in(text)]
    return wording.missing(pairs, text.body, text.language, translation, language)
