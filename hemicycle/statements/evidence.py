"""What a statement may rest on: something public of a later room, which says in its `urls.py` how it is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms import Field
from django.utils.translation import gettext_lazy as _

from hemicycle.dialogue.models import Topic
from hemicycle.people.spoken import page_language


@dataclass(frozen=True)
class Evidence:
    """`digest` is that of what everybody reads at `url`; `draft(language)` is a text to begin with, its title on the first line."""

    reference: str
    name: Any
    url: str
    digest: str
    topic: Topic | None
    draft: Callable[[str], str]


Find = Callable[[str], Evidence | None]
_sources: dict[str, Find] = {}


def register(prefix: str, find: Find) -> None:
    """`find(reference)` gives what is public of a matter whose reference begins with `prefix`, and None of anything else."""
    _sources[prefix] = find


def of(reference: str) -> Evidence | None:
    find = _sources.get(reference.partition("-")[0])
    return find(reference) if find is not None else None


def begin(field: Field, origin: str) -> None:
    """Let the text of a statement begin with what it is to rest on."""
    found = of(origin)
    if found is not None:
        field.initial = found.draft(page_language())
        field.help_text = _(
            "A beginning, in which everything can be changed. The title stands on the first line, the text below it. "
            "The statement will be linked to the result, with its digest."
        )
