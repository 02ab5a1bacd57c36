"""TOML -> frozen dataclasses, with every problem by line and key. No expressions, no conditions."""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Literal, Union, cast, get_args, get_origin, get_type_hints

from . import kinds, limits
from .charter import Charter
from .fixed import unfit
from .lines import key_lines
from .rule import LANGUAGES, OFFICES, CharterError, OfficeCode, Problem, Rule, Status, Text

_FRACTION = re.compile(r"(0|[1-9]\d*)/([1-9]\d*)|0|1")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_IDENTITY = ("key", "code", "number")  # a list may hold each of these once
_MISSING = object()


@cache
def _hints(cls: type) -> dict[str, object]:
    return get_type_hints(cls)


class Reader:
    """Reads one text; gathers problems instead of stopping at the first."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.problems: list[Problem] = []
        self.lines: dict[str, int] = {}
        self.cited: list[tuple[str, str]] = []  # (key of a leaf, article that it names)

    def problem(self, key: str, message: str) -> None:
        place = key
        while place and place not in self.lines:
            place = place.rpartition(".")[0]
        self.problems.append(Problem(self.lines.get(place, 0), key, message))

    def charter(self) -> Charter | None:
        """The charter, or ``None`` when ``problems`` is not empty."""
        try:
            data = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            found = _AT_LINE.search(str(error))
            line = int(found.group(1)) if found else self.text.count("\n") + 1
            self.problems.append(Problem(line, "", f"not valid TOML: {error}"))
            return None
        except RecursionError:
            self.problems.append(Problem(0, "", "not valid TOML: too many brackets within brackets"))
            return None
        self.lines = key_lines(self.text)
        charter = self.section(Charter, data, "", text=self.text)
        self.cross_check(data)
        self.problems.sort(key=lambda problem: (problem.line, problem.key))
        return None if self.problems else cast(Charter, charter)

    # Sections and leaves

    def section(self, cls: type, table: object, path: str, **given: object) -> object:
        if not isinstance(table, dict):
            self.problem(path, "a table is expected here")
            return None
        hints, names = _hints(cls), {}
        for each in fields(cls):
            if not each.metadata.get("beside"):
                names[each.name.rstrip("_")] = each.name
        for key in table:
            if key not in names:
                self.problem(f"{path}.{key}".lstrip("."), "unknown key")
        values = dict(given)
        for key, name in names.items():
            values[name] = self.read(hints[name], table.get(key, _MISSING), f"{path}.{key}".lstrip("."))
        if "article" in names and isinstance(values["article"], str):
            self.cited.append((path, values["article"]))
        return cls(**values)

    def read(self, hint: object, value: object, path: str) -> object:
        """``value`` as ``hint`` wants it; a problem and ``None`` otherwise."""
        origin, inner = get_origin(hint), get_args(hint)
        if origin in (Union, UnionType):
            if value is _MISSING:
                return None
            kinds = [each for each in inner if each is not NoneType]
            # A count or a share: the value says which, as a share stands in quotes.
            is_share = Fraction in kinds and isinstance(value, str)
            return self.read(Fraction if is_share else kinds[0], value, path)
        if value is _MISSING:
            self.problem(path, "missing key")
            return None
        if origin is Rule:
            return self.leaf(inner[0], value, path)
        if origin is tuple:
            return self.row(inner[0], value, path)
        if origin in (dict, Mapping):
            return self.article_keys(value, path)
        if is_dataclass(hint) and hint is not Text:
            return self.section(cast(type, hint), value, path)
        return self.scalar(hint, value, path)

    def leaf(self, kind: object, value: object, path: str) -> object:
        if not isinstance(value, dict):
            self.problem(path, "a rule is a table with value, article, status and source")
            return None
        for key in value:
            if key not in ("value", "article", "status", "source", "note"):
                self.problem(f"{path}.{key}", "unknown key")
        content = self.read(kind, value.get("value", _MISSING), f"{path}.value")
        article = self.read(str, value.get("article", _MISSING), f"{path}.article")
        status = self.read(Status, value.get("status", _MISSING), f"{path}.status")
        source = self.read(str, value.get("source", _MISSING), f"{path}.source")
        note = self.read(Text, value["note"], f"{path}.note") if "note" in value else None
        if isinstance(article, str):
            self.cited.append((path, article))
        return Rule(
            path,
            content,
            cast(str, article),
            cast(Status, status),
            cast(str, source),
            cast("Text | None", note),
        )

    def row(self, kind: object, value: object, path: str) -> object:
        if not isinstance(value, list):
            self.problem(path, "a list is expected here")
            return None
        for index, item in enumerate(value):
            if not isinstance(item, dict | list) and item in value[:index]:
                self.problem(f"{path}.{index}", f"duplicate: {item}")
        for name in _IDENTITY:
            told = [item.get(name) if isinstance(item, dict) else None for item in value]
            seen = Counter(each for each in told if isinstance(each, str | int))
            for index, each in enumerate(told):
                if isinstance(each, str | int) and seen[each] > 1:
                    self.problem(f"{path}.{index}.{name}", f"duplicate: {each}")
        return tuple(self.read(kind, item, f"{path}.{index}") for index, item in enumerate(value))

    def scalar(self, kind: object, value: object, path: str) -> object:
        if kind is Text:
            return self.words(value, path)
        if kind is Fraction:
            return self.fraction(value, path)
        if kind is OfficeCode:
            if value not in OFFICES:
                self.problem(path, f"unknown office: {value}")
            return value
        if get_origin(kind) is Literal:
            allowed = get_args(kind)
            if value not in allowed:
                self.problem(path, f"must be one of: {', '.join(allowed)}")
            return value
        if kind is int and (type(value) is not int or value < 0):
            self.problem(path, "a whole number, 0 or more, is expected")
        elif kind is bool and type(value) is not bool:
            self.problem(path, "true or false is expected")
        elif kind is date and (not isinstance(value, date) or isinstance(value, datetime)):
            self.problem(path, "a date (YYYY-MM-DD) is expected")
        elif kind is str and (not isinstance(value, str) or not value.strip()):
            self.problem(path, "a text that is not empty is expected")
        return sys.intern(value) if kind is str and isinstance(value, str) else value

    def fraction(self, value: object, path: str) -> Fraction | None:
        if not isinstance(value, str) or not _FRACTION.fullmatch(value):
            self.problem(path, 'an exact fraction between 0 and 1 in quotes is expected, like "1/3"')
            return None
        found = Fraction(value)
        if found > 1:
            self.problem(path, "a share cannot be more than 1")
        return found

    def words(self, value: object, path: str) -> Text | None:
        if not isinstance(value, dict):
            self.problem(path, "a text in en, fr and ru is expected")
            return None
        for language in LANGUAGES:
            if not isinstance(value.get(language), str) or not value[language].strip():
                self.problem(f"{path}.{language}", "missing language")
        for language in value:
            if language not in LANGUAGES:
                self.problem(f"{path}.{language}", "unknown language")
        return Text(*(str(value.get(language, "")) for language in LANGUAGES))

    # Articles

    def article_keys(self, value: object, path: str) -> Mapping[str, str]:
        """``[articles]``: one line an act, ``candidacy.submit = "5.2"``."""
        found: dict[str, str] = {}
        if not isinstance(value, dict):
            self.problem(path, "a table is expected here")
            return found
        for room, acts in value.items():
            if not isinstance(acts, dict):
                self.problem(f"{path}.{room}", 'an act is written as room.act = "1.1"')
                continue
            for act, number in acts.items():
                key = f"{path}.{room}.{act}"
                if not isinstance(number, str) or not number:
                    self.problem(key, "article key without an article")
                    continue
                found[f"{room}.{act}"] = number
                self.cited.append((key, number))
        return found

    def cross_check(self, data: Mapping[str, object]) -> None:
        """What no single key can show: articles that do not exist, offices that are missing, values that no room can
        carry out."""
        for key, message in [*unfit(data), *limits.unfit(data), *kinds.unfit(data)]:
            self.problem(key, message)
        numbers: Counter[str] = Counter()
        chapters = data.get("chapters")
        for place, chapter in enumerate(chapters if isinstance(chapters, list) else []):
            listed = chapter.get("articles") if isinstance(chapter, dict) else None
            rows = [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
            for index, row in enumerate(rows):
                number = row.get("number")
                if isinstance(number, str):
                    numbers[number] += 1
                    if numbers[number] > 1 and number not in [each.get("number") for each in rows[:index]]:
                        self.problem(f"chapters.{place}.articles.{index}.number", f"duplicate: {number}")
        for key, article in self.cited:
            if article not in numbers:
                self.problem(key, f"no such article: {article}")
        offices = data.get("offices")
        if isinstance(offices, list):
            held = [row.get("code") for row in offices if isinstance(row, dict)]
            for code in OFFICES:
                if code not in held:
                    self.problem("offices", f"missing office: {code}")


def parse(text: str, *, name: str = "charter") -> Charter:
    """The charter written in ``text``; ``CharterError`` carries every problem of it, named after ``name``."""
    reader = Reader(text)
    charter = reader.charter()
    if charter is None:
        raise CharterError(name, tuple(reader.problems))
    return charter
