"""What the public pages of this room have in common."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from hemicycle.web.public import public as public


def page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, f"gallery/{template}.html", context)


def language() -> str:
    return (get_language() or "en")[:2]


def found_or_404(thing: Any) -> Any:
    """The thing, or the same answer as for what never existed."""
    if thing is None:
        raise Http404
    return thing
