"""What the parts of a page are given: small frozen records for any room. `Fact` and `Due` are in `desk`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString


def original(text: object, language: str) -> SafeString:
    """A text that is kept in its original language, marked with it: for a title, a list, a sentence of the page."""
    return format_html('<span lang="{}">{}</span>', language, text)


def sentence(words: str, **named: object) -> SafeString:
    """A translated sentence with names in the manner of `%(title)s`; what is marked stays marked, all else is escaped."""
    return format_html(words % {name: f"{{{name}}}" for name in named}, **named)


_REFERENCE = re.compile(r"[A-Z]+-[0-9A-Z]+")


@dataclass(frozen=True)
class Cell:
    """One cell of `<c-table>`. With `state_label` it shows a state instead of the text."""

    text: Any = ""
    url: str = ""
    language: str = ""
    state_label: Any = ""
    state_kind: str = "neutral"
    is_number: bool = False
    is_cell: bool = True

    @property
    def is_reference(self) -> bool:
        """Whether the text is the reference of a matter, which no line may break."""
        return isinstance(self.text, str) and _REFERENCE.fullmatch(self.text) is not None


@dataclass(frozen=True)
class Row:
    """One row of `<c-table>`: `id` is the target of links such as `#seat-5`; a cell is a `Cell` or a text."""

    cells: Sequence[Cell | str | int]
    id: str = ""


@dataclass(frozen=True)
class Stage:
    """One item of `<c-steps>`: `state` is `done`, `current` or empty; `date` is a day or a text."""

    label: Any
    state: str = ""
    date: date | str | None = None


@dataclass(frozen=True)
class Task:
    """One item of `<c-tasks>`."""

    title: Any
    url: str = ""
    hint: Any = ""
    state_label: Any = ""
    state_kind: str = "neutral"


@dataclass(frozen=True)
class Crumb:
    """One step of the way to a page (`crumbs`); without address it is the page itself."""

    label: Any
    url: str = ""
