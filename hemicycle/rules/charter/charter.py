"""A charter in force: its sections, its lists, its articles."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass

from . import exchange, protection
from . import sections as s
from .entries import (
    Bar,
    Chapter,
    Committee,
    Criterion,
    Entry,
    ListRule,
    Office,
    Principle,
    ServiceKind,
    Symbol,
)
from .places import fill
from .rule import Rule, Text

BESIDE = {"beside": True}  # fields that do not stand in the TOML file


@dataclass(frozen=True)
class ArticleText:
    """An article in one language: number, heading, body (Markdown), and the anchor of the printed page."""

    number: str
    heading: str
    body: str

    @property
    def anchor(self) -> str:
        return f"art-{self.number.replace('.', '-')}"


@dataclass(frozen=True)
class Charter:
    """One version of the rules of procedure, read from TOML; never edited once in force."""

    key: str
    version: str
    title: Text
    supersedes: str | None
    platform: s.Platform
    assembly: s.Assembly
    languages: s.Languages
    creation: s.Creation | None
    stages: s.Stages
    seats: s.Seats
    reserve: s.Reserve
    periods: s.Periods
    votes: s.Votes
    interests: s.Interests
    candidacy: s.Candidacy
    vetting: s.Vetting
    reading: protection.FileReading
    list: s.ListRules
    mandates: s.Mandates
    suspension: s.Suspension
    participation: s.Participation
    publication: s.Publication
    retention: protection.Retention
    evidence: protection.Evidence
    notices: protection.Notices
    contributions: s.Contributions
    dialogue: exchange.Dialogue
    speech: exchange.Speech
    statements: exchange.Statements
    consultations: exchange.Consultations
    follow_up: exchange.FollowUp
    session: s.Session
    governments: s.Governments
    amendment: s.Amendment
    aims: tuple[Entry, ...]
    principles: tuple[Principle, ...]
    criteria: tuple[Criterion, ...]
    bars: tuple[Bar, ...]
    service_kinds: tuple[ServiceKind, ...]
    excluded_kinds: tuple[Entry, ...]
    reading_reasons: tuple[Entry, ...]
    earmarks: tuple[Entry, ...]
    question_kinds: tuple[exchange.Timed, ...]
    speech_reasons: tuple[Entry, ...]
    follow_up_stages: tuple[exchange.Timed, ...]
    symbols: tuple[Symbol, ...]
    offices: tuple[Office, ...]
    committees: tuple[Committee, ...]
    chapters: tuple[Chapter, ...]
    articles: Mapping[str, str]
    text: str = field(metadata=BESIDE, repr=False)
    proses: Mapping[str, str] = field(metadata=BESIDE, repr=False, default_factory=dict)

    @property
    def reference(self) -> str:
        """``pace-2025/1.0``: what every decision names as the law in force."""
        return f"{self.key}/{self.version}"

    @property
    def digest(self) -> str:
        """SHA-256 of the TOML text, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def article(self, key: str) -> str:
        """The article number behind an act (``candidacy.submit`` -> ``5.2``); ``KeyError`` names the key."""
        return self.articles[key]

    def office(self, code: str) -> Office:
        """The office of that code; ``KeyError`` names an unknown one."""
        for office in self.offices:
            if office.code == code:
                return office
        raise KeyError(code)

    def rules(self) -> Iterator[Rule[object]]:
        """Every rule of the file, in the order of the file's sections; entries of lists come as rules too."""
        return _rules_of(self, "")

    def prose(self, language: str) -> str:
        """The Markdown text of the charter in that language, its numbers filled in from the rules.

        ``KeyError`` if the charter was parsed without prose.
        """
        return fill(self.proses[language], language, {rule.key: rule.value for rule in self.rules()})

    def prose_articles(self, language: str) -> tuple[ArticleText, ...]:
        """The prose cut into its articles, in the order of the text."""
        return articles_of(self.prose(language))


def articles_of(prose: str) -> tuple[ArticleText, ...]:
    """Cut Markdown at its ``### <number> <heading>`` lines; a chapter heading ends an article."""
    found: list[ArticleText] = []
    number, heading, body = "", "", list[str]()

    def close() -> None:
        if number:
            found.append(ArticleText(number, heading, "\n".join(body).strip()))

    for row in prose.splitlines():
        if row.startswith("### "):
            close()
            number, _, heading = row[4:].strip().partition(" ")
            body = []
        elif row.startswith(("# ", "## ")):
            close()
            number = ""
        else:
            body.append(row)
    close()
    return tuple(found)


def _rules_of(part: object, path: str) -> Iterator[Rule[object]]:
    if isinstance(part, Rule):
        yield part
    elif isinstance(part, Entry):
        yield Rule(f"{path}.{part.key}", part.text, part.article, part.status, part.source, part.note)
    elif isinstance(part, Office):
        yield Rule(f"{path}.{part.code}", part.name, part.article, part.status, part.source)
    elif isinstance(part, ListRule):
        yield from _limits_of(part, path)
    elif isinstance(part, Committee):
        yield Rule(f"{path}.{part.key}", part.names[-1].name, part.article, part.status, part.source)
    elif isinstance(part, tuple):
        for item in part:
            yield from _rules_of(item, path)
    elif is_dataclass(part) and not isinstance(part, Text | Chapter):
        for each in fields(part):
            if not each.metadata.get("beside"):
                yield from _rules_of(getattr(part, each.name), f"{path}.{each.name}".lstrip("."))


def _limits_of(part: ListRule, path: str) -> Iterator[Rule[object]]:
    """The name of a rule of the list, and each of its numbers under a key of its own: the prose may name them."""
    key = f"{path}.{part.code}"
    yield Rule(key, part.name, part.article, part.status, part.source)
    for name, bound in (("least", part.least), ("most", part.most)):
        if bound is not None:
            yield Rule(f"{key}.{name}", bound, part.article, part.status, part.source)
