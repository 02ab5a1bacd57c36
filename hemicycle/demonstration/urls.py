"""No address of its own: the demonstration only says, on every page, when it has aged."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from hemicycle.web import desk

from . import queries

urlpatterns: list[Any] = []


def aged() -> str:
    """A sentence once the session of the story is over; nothing before."""
    if not queries.is_aged():
        return ""
    return _("This demonstration has aged: its session is over. Begin again with: make demo-reset")


desk.aged.append(aged)
