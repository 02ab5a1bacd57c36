"""Where a room's texts are found: a translation, or a reason to set a text aside, stands beside it by its reference.

This room knows nothing of what is said. A later room registers, in its `urls.py`, how the texts of one kind of matter are
found for an actor; whoever may not read them is given none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import get_resolver

from hemicycle.record.actors import PUBLIC, Actor


@dataclass(frozen=True)
class Written:
    """One text as it was written: Markdown in one language. `part` tells apart the texts of one matter ("text", "answer").

    `author` is the key of the person, None for a body or somebody erased; `url` is the page on which it is read. `name` is
    what pages call it ("Question to the Committee …").
    """

    reference: str
    part: str
    name: str
    body: str
    language: str
    url: str
    author: int | None = None

    @property
    def digest(self) -> str:
        """Of the wording: a translation, or a setting aside, is of this one and of no later one."""
        return hashlib.sha256(f"{self.language}\n{self.body}".encode()).hexdigest()


Find = Callable[[str, Actor], Sequence[Written]]
_sources: dict[str, Find] = {}


def register(prefix: str, find: Find) -> None:
    """`find(reference, actor)` gives the texts of a matter whose reference begins with `prefix`, as the actor may read them."""
    _sources[prefix] = find


def texts_of(reference: str, actor: Actor) -> Sequence[Written]:
    """The texts of a matter that the actor may read; none where no room has such a matter."""
    prefix = reference.partition("-")[0]
    if prefix not in _sources:
        get_resolver().url_patterns  # noqa: B018 - rooms register there; the worker and commands may not have read them
    find = _sources.get(prefix)
    return find(reference, actor) if find is not None else ()


def is_public(written: Written) -> bool:
    """Whether everybody may read these very words now; what is not released never leaves the room that keeps it."""
    found = text_of(written.reference, written.part, PUBLIC)
    return found is not None and found.digest == written.digest


def text_of(reference: str, part: str, actor: Actor) -> Written | None:
    return next((each for each in texts_of(reference, actor) if each.part == part), None)
