"""Which law is in force. Charter versions are kept as adopted; every entry names the one in force that day (R15)."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from hemicycle.rules import charter as charters
from hemicycle.rules.charter import Charter

from . import clock
from .models import CharterVersion


class NoLaw(Exception):
    """No charter has been adopted: `hemicycle found FILE` comes first."""


@lru_cache(maxsize=16)
def _parsed(digest: str, text: str) -> Charter:
    return charters.parse(text, name=digest[:12])


def version_in_force(at: datetime | None = None) -> CharterVersion:
    """The charter version in force at an instant (now by default). Raises `NoLaw` before the founding."""
    found = (
        CharterVersion.objects.filter(in_force_from__lte=at or clock.now())
        .order_by("-in_force_from", "-pk")
        .first()
    )
    if found is None:
        raise NoLaw("No charter is in force. Run: hemicycle found charters/<charter>/<version>.toml")
    return found


def charter(version: CharterVersion) -> Charter:
    """The parsed charter of a version; parsed once per process."""
    return _parsed(version.digest, version.text)


def in_force(at: datetime | None = None) -> Charter:
    return charter(version_in_force(at))


def by_reference(reference: str) -> Charter:
    """The charter that an entry or a decision names, for example `pace-2025/1.0`."""
    return charter(CharterVersion.objects.get(reference=reference))
