"""An entrance: one public page that leads to the public pages of one purpose, so that the menu stays short."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .public import public


@dataclass(frozen=True)
class Door:
    """One page behind an entrance, with a sentence on what stands there; what serves all the others stands last."""

    title: Any
    about: Any
    url_name: str
    is_last: bool = False


@dataclass
class Entrance:
    title: Any = ""
    lead: Any = ""
    doors: list[Door] = field(default_factory=list)


entrances: dict[str, Entrance] = {}


def register(key: str, *doors: Door, title: Any = "", lead: Any = "") -> None:
    """Add pages to an entrance, in the order of the house; the room that has its address names it."""
    found = entrances.setdefault(key, Entrance())
    found.doors = sorted([*found.doors, *doors], key=lambda door: door.is_last)
    if title:
        found.title, found.lead = title, lead


@public
def page(request: HttpRequest, key: str) -> HttpResponse:
    entrance = entrances[key]
    return render(
        request,
        "web/entrance.html",
        {"title": entrance.title, "lead": entrance.lead, "doors": entrance.doors},
    )
