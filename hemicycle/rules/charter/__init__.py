"""The charter: rules of procedure as versioned data, read from TOML into frozen dataclasses.

``load(path)`` gives a :class:`Charter` with its prose; ``check(path)`` gives every problem of a file by line
and key; ``charter.seats.total.value``, ``charter.reserve.share.value`` and so on are the rules.
"""

from .charter import ArticleText, Charter, articles_of
from .entries import (
    Article,
    Bar,
    Chapter,
    Committee,
    Criterion,
    DatedName,
    Entry,
    ListRule,
    Office,
    Principle,
    ServiceKind,
    Symbol,
)
from .exchange import Timed
from .files import check, format_problems, load, unfit_acts
from .lines import key_lines
from .read import parse
from .rule import LANGUAGES, OFFICES, CharterError, OfficeCode, Problem, Rule, Status, Text
from .sections import BODIES, Body, BodyVotes, Effect

__all__ = [
    "BODIES",
    "LANGUAGES",
    "OFFICES",
    "Article",
    "ArticleText",
    "Bar",
    "Body",
    "BodyVotes",
    "Chapter",
    "Charter",
    "CharterError",
    "Committee",
    "Criterion",
    "DatedName",
    "Effect",
    "Entry",
    "ListRule",
    "Office",
    "OfficeCode",
    "Principle",
    "Problem",
    "Rule",
    "ServiceKind",
    "Status",
    "Symbol",
    "Text",
    "Timed",
    "articles_of",
    "check",
    "format_problems",
    "key_lines",
    "load",
    "parse",
    "unfit_acts",
]
