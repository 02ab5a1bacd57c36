"""The procedure book, printed from the tables that the gate itself asks; and the charter, article by article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec

import nh3
from django.apps import apps
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override
from markdown_it import MarkdownIt

from hemicycle.record import law
from hemicycle.record.models import CharterVersion
from hemicycle.rules.charter import Charter, Rule, Text
from hemicycle.rules.procedure import NEW, SAME, Publicity, Step, Table
from hemicycle.web.desk import article_url
from hemicycle.web.templatetags.house import day


@dataclass(frozen=True)
class BookRow:
    """One act as the book prints it."""

    act: str
    sources: Sequence[str]
    targets: Sequence[str]
    offices: Sequence[str]
    article: str
    article_url: str
    publicity: str
    notes: Sequence[str]


@dataclass(frozen=True)
class BookTable:
    title: str
    anchor: str
    states: Sequence[str]
    rows: Sequence[BookRow]


def tables() -> list[Table]:
    """Every table of the house, in the order of its rooms."""
    found: list[Table] = []
    for config in apps.get_app_configs():
        name = f"{config.name}.procedure"
        if config.name.startswith("hemicycle.") and find_spec(name) is not None:
            found += import_module(name).TABLES
    return found


def fragment(charter: Charter, language: str) -> SafeString:
    """The book as HTML. Tables and charters never change while we run, so it is written once in each language."""
    return _fragment(charter.digest, language, _Held(charter))


@lru_cache(maxsize=16)
def _fragment(digest: str, language: str, held: _Held) -> SafeString:
    with override(language):
        return render_to_string("gallery/_book.html", {"tables": printed(held.charter, language)})


def printed(charter: Charter, language: str) -> tuple[BookTable, ...]:
    """The book under a charter in a language; made once, since tables and charters never change while we run."""
    return _printed(charter.digest, language, _Held(charter))


class _Held:
    """A charter as an argument that the cache does not compare: its digest stands beside it."""

    def __init__(self, charter: Charter) -> None:
        self.charter = charter

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)


@lru_cache(maxsize=16)
def _printed(digest: str, language: str, held: _Held) -> tuple[BookTable, ...]:
    with override(language):
        return tuple(_table(table, held.charter, language) for table in tables())


def _table(table: Table, charter: Charter, language: str) -> BookTable:
    return BookTable(
        title=str(table.title),
        anchor=f"{table.room}-{table.matter}",
        states=[str(name) for name in table.states.values()],
        rows=[_row(table, step, charter, language) for step in table.steps],
    )


def _row(table: Table, step: Step, charter: Charter, language: str) -> BookRow:
    key = table.article_key(step.act)
    number = charter.articles.get(key, "")
    return BookRow(
        act=str(step.title or step.act),
        sources=[_state(table, state) for state in step.sources],
        targets=[_state(table, state) for state in step.targets],
        offices=[charter.office(office).name[language] for office in step.offices],
        article=number,
        article_url=article_url(number) if number else "",
        publicity=str(publicity(step.publicity)),
        notes=_notes(table, step),
    )


def _state(table: Table, state: str) -> str:
    if state == NEW:
        return _("(nothing yet)")
    return _("(unchanged)") if state == SAME else str(table.state_title(state))


def _notes(table: Table, step: Step) -> list[str]:
    found = []
    if step.two_person_of:
        first = table.by_act[step.two_person_of].title
        found.append(_("By another person than “%(act)s”.") % {"act": first})
    if step.inner:
        found.append(_("Only within an act of another table."))
    if step.note:
        found.append(str(step.note))
    return found


def publicity(kind: Publicity) -> str:
    return {
        Publicity.PUBLIC: _("public at once"),
        Publicity.ON_RELEASE: _("public when its matter is released"),
        Publicity.HOUSE: _("for those in office and the person concerned"),
        Publicity.SEALED: _("sealed; in public only daily totals"),
    }[kind]


# --- the charter ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RuleLine:
    """One rule as data: its key, its value in words, its own status and source."""

    key: str
    value: str
    status: str
    status_label: str
    source: str
    note: str


@dataclass(frozen=True)
class ArticleShown:
    number: str
    anchor: str
    heading: str
    body: SafeString
    status: str
    status_label: str
    status_kind: str
    source: str
    rules: Sequence[RuleLine]


@dataclass(frozen=True)
class ChapterShown:
    number: str
    title: str
    articles: Sequence[ArticleShown]

    @property
    def anchor(self) -> str:
        return f"chapter-{self.number}"


KINDS = {"stated": "done", "reported": "open", "placeholder": "neutral"}


def status_label(status: str) -> str:
    return {
        "stated": _("stated"),
        "reported": _("reported"),
        "placeholder": _("placeholder"),
    }[status]


def legend() -> list[dict[str, str]]:
    """What the three marks mean (article 12.3)."""
    texts = {
        "stated": _("The founding documents say so. It binds."),
        "reported": _("It is found elsewhere; the source is named."),
        "placeholder": _("No text settles the point. The value is the drafters’ choice and may be changed."),
    }
    return [{"label": status_label(key), "kind": KINDS[key], "text": text} for key, text in texts.items()]


def whole(version: CharterVersion) -> Charter:
    """The charter of a version with its prose, where the record keeps it."""
    return replace(law.charter(version), proses=version.prose or {})


def chapters(version: CharterVersion, language: str) -> tuple[ChapterShown, ...]:
    """The charter chapter by chapter. A version is never edited, so it is laid out once."""
    return _chapters(version.digest, language, _Held(whole(version)), bool(version.prose))


@lru_cache(maxsize=16)
def _chapters(digest: str, language: str, held: _Held, has_prose: bool) -> tuple[ChapterShown, ...]:
    charter = held.charter
    with override(language):
        words = {a.number: a for a in charter.prose_articles(language)} if has_prose else {}
        rules: dict[str, list[RuleLine]] = {}
        for rule in charter.rules():
            rules.setdefault(rule.article, []).append(_rule(rule, charter, language))
        found = []
        for chapter in charter.chapters:
            shown = []
            for article in chapter.articles:
                text = words.get(article.number)
                shown.append(
                    ArticleShown(
                        number=article.number,
                        anchor=anchor(article.number),
                        heading=text.heading if text else "",
                        body=_html(text.body if text else ""),
                        status=article.status,
                        status_label=status_label(article.status),
                        status_kind=KINDS[article.status],
                        source=article.source,
                        rules=rules.get(article.number, ()),
                    )
                )
            found.append(ChapterShown(chapter.number, chapter.title[language], shown))
        return tuple(found)


def anchor(number: str) -> str:
    return f"art-{number.replace('.', '-')}"


_markdown = MarkdownIt("commonmark", {"html": False})
_TAGS = {"p", "ul", "ol", "li", "em", "strong", "blockquote", "code", "br"}


def _html(text: str) -> SafeString:
    """Markdown of an adopted charter as HTML; no raw HTML passes, and what comes out is cleaned once more."""
    return mark_safe(nh3.clean(_markdown.render(text), tags=_TAGS, attributes={}))  # noqa: S308


def _rule(rule: Rule[object], charter: Charter, language: str) -> RuleLine:
    return RuleLine(
        key=rule.key,
        value=_value(rule.value, charter, language),
        status=rule.status,
        status_label=status_label(rule.status),
        source=rule.source,
        note=rule.note[language] if rule.note else "",
    )


def _value(value: object, charter: Charter, language: str) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Text):
        return value[language]
    if isinstance(value, date):
        return str(day(value))
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, tuple):
        return ", ".join(_value(one, charter, language) for one in value) or _("none")
    offices = {str(office.code): office.name[language] for office in charter.offices}
    return offices.get(str(value), str(value))
