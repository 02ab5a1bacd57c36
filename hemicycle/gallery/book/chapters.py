"""The charter, article by article, each with its status, source and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from hemicycle.record import law
from hemicycle.record.models import CharterVersion
from hemicycle.rules.charter import Charter, Rule, Text
from hemicycle.web.markdown import html
from hemicycle.web.templatetags.house import day

from .held import Held


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
    return _chapters(version.digest, language, Held(whole(version)), bool(version.prose))


@lru_cache(maxsize=16)
def _chapters(digest: str, language: str, held: Held, has_prose: bool) -> tuple[ChapterShown, ...]:
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
                        body=html(text.body if text else ""),
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
