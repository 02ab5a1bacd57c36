"""Machine translation: off, until an operator names a provider. No provider comes with the software.

`HEMICYCLE_TRANSLATION_PROVIDER` is the dotted path of a class. It gets public texts only, in the worker, one at a time, when a
clerk asks for it; what it gives back is marked, and read by nobody else until a person has taken it over.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string


class Provider(Protocol):
    """`name` is shown to the clerk: who receives the text, and where ("Invented Ltd, Strasbourg")."""

    name: str

    def translate(self, text: str, source: str, target: str) -> str:
        """Markdown in, Markdown out; languages as two letters. Whatever it raises, the draft is given up."""
        ...


def path() -> str:
    return str(settings.TRANSLATION_PROVIDER)


def provider() -> Provider | None:
    """The provider of this platform; none by default. Raises `ImportError` where the setting names nothing."""
    return _load(path()) if path() else None


@lru_cache(maxsize=2)
def _load(dotted: str) -> Provider:
    return cast(Provider, import_string(dotted)())
