"""How the tests of this room draw a page: through Django's own engine, with the parts, without a database."""

from __future__ import annotations

from typing import Any

from django.template import engines
from django_cotton.compiler_regex import CottonCompiler

ROOMY_SHELL: dict[str, Any] = {
    "platform": "Platform for Dialogue",
    "assembly": "An Assembly",
    "home_url": "/en/",
    "languages": [
        {"code": "en", "label": "English", "url": "/en/x", "current": True},
        {"code": "fr", "label": "Français", "url": "/fr/x", "current": False},
    ],
    "public_menu": [{"label": "Composition", "url": "/en/composition", "current": True}],
    "menu": [
        {"title": "Work", "items": [{"label": "Candidacies", "url": "/en/c", "current": False, "count": 3}]}
    ],
    "person": "Ilse Vannay",
    "sign_in_url": "/en/sign-in",
    "sign_out_url": "/en/sign-out",
    "demonstration": True,
    "charter": None,
}


def draw(source: str, **context: Any) -> str:
    """Render template text that may use the parts; `shell` needs no database."""
    text = CottonCompiler().process(source)
    return str(engines["django"].from_string(text).render({"shell": dict(ROOMY_SHELL), **context}))
