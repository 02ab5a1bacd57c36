"""The smallest parts of a charter: a text in three languages, a rule with its article, a problem."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, NewType, TypeVar

from ..procedure import Office as Capacity

LANGUAGES = ("en", "fr", "ru")

Status = Literal["stated", "reported", "placeholder"]
OfficeCode = NewType("OfficeCode", str)

#: Every office that a procedure table may name; a charter gives each its name and its limits.
OFFICES: tuple[str, ...] = tuple(office.value for office in Capacity)

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True)
class Text:
    """One text in the three languages of the platform; ``text["fr"]``."""

    en: str
    fr: str
    ru: str

    def __str__(self) -> str:
        return self.en

    def __getitem__(self, language: str) -> str:
        """The text in ``language``; a regional code (``fr-be``) falls back to its base, others to English."""
        base = language.split("-")[0]
        return {"fr": self.fr, "ru": self.ru}.get(base, self.en)


@dataclass(frozen=True)
class Rule(Generic[T_co]):
    """One rule in force: its dotted key, value, the article that holds it, and how sure its source is."""

    key: str
    value: T_co
    article: str
    status: Status
    source: str
    note: Text | None = None


@dataclass(frozen=True)
class Problem:
    """What is wrong with a charter file: the line (from 1; 0 = the whole file), the key, and why."""

    line: int
    key: str
    message: str

    def __str__(self) -> str:
        where = f"line {self.line}" if self.line else "file"
        return f"{where}: {self.key}: {self.message}" if self.key else f"{where}: {self.message}"


class CharterError(Exception):
    """A charter file cannot be law; ``findings`` lists every reason at once, in the order of the file."""

    def __init__(self, name: str, findings: tuple[Problem, ...]) -> None:
        super().__init__(name, findings)
        self.name = name
        self.findings = findings

    def __str__(self) -> str:
        return "\n".join(f"{self.name}: {problem}" for problem in self.findings)
