"""What stands on the page of a topic. A later room hangs its own part there, as it does on menus, from its `urls.py`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hemicycle.record.actors import Actor

from .models import Topic


@dataclass(frozen=True)
class Line:
    """One thing under a topic: what it is, where it stands, since when, and its page."""

    title: str
    state: Any
    at: datetime | None
    url: str
    language: str = ""


@dataclass(frozen=True)
class Part:
    """`heading` of the part, `lines(topic, actor)` as that actor may read them, and what to say where there are none.

    `begin(topic, actor)`: the address at which this person may begin one under the topic, or nothing.
    """

    heading: Any
    lines: Callable[[Topic, Actor], Sequence[Line]]
    empty: Any
    begin: Callable[[Topic, Actor], str] = lambda topic, actor: ""
    begin_title: Any = ""


parts: list[Part] = []
