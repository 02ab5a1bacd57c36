"""Which law is in force. Charter versions are kept as adopted; every entry names the one in force that day (R15)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from hemicycle.rules import charter as charters
from hemicycle.rules.charter import Charter

from . import clock, page
from .models import CharterVersion


class NoLaw(Exception):
    """No charter has been adopted: `hemicycle found FILE` comes first."""


_held: ContextVar[dict[str, CharterVersion] | None] = ContextVar("held", default=None)
NOW = ""  # the version in force, among those that are held
_parsed: dict[str, Charter] = {}


def version_in_force(at: datetime | None = None) -> CharterVersion:
    """The charter version in force at an instant (now by default). Raises `NoLaw` before the founding."""
    kept = _held.get() if at is None else None
    if kept and NOW in kept:
        return kept[NOW]
    found = _rows().filter(in_force_from__lte=at or clock.now()).order_by("-in_force_from", "-pk").first()
    if found is None:
        raise NoLaw("No charter is in force. Run: hemicycle found charters/<charter>/<version>.toml")
    if kept is not None:
        kept[NOW] = found
    return found


@contextmanager
def held(is_read: bool = True) -> Iterator[None]:
    """While a page is read, each law is asked once and not for every matter. Never around an act: of what is not only read,
    nothing is held.

    Within another such page-long hold, what is held already stays held."""
    if not is_read:
        yield
        return
    kept = _held.get()
    token = _held.set({} if kept is None else kept)
    try:
        with page.read():
            yield
    finally:
        _held.reset(token)


def first_day() -> date:
    """The day, at the seat of the assembly, from which a charter was first in force."""
    first = _rows().order_by("in_force_from", "pk").first()
    if first is None:
        raise NoLaw("No charter is in force.")
    return timezone.localtime(first.in_force_from).date()


def _rows() -> QuerySet[CharterVersion]:
    """Without text and prose (some 200 KB): every entry asks for the reference only."""
    return CharterVersion.objects.defer("text", "prose")


def charter(version: CharterVersion) -> Charter:
    """The parsed charter of a version; parsed once per process."""
    if version.digest not in _parsed:
        _parsed[version.digest] = charters.parse(version.text, name=version.digest[:12])
    return _parsed[version.digest]


def in_force(at: datetime | None = None) -> Charter:
    return charter(version_in_force(at))


def by_references(references: Iterable[str]) -> dict[str, Charter]:
    """The charters of several calls or decisions, in one query."""
    return {row.reference: charter(row) for row in _rows().filter(reference__in=set(references))}


def by_reference(reference: str) -> Charter:
    """The charter that an entry or a decision names, for example `pace-2025/1.0`."""
    kept = _held.get()
    if kept is None:
        return charter(_rows().get(reference=reference))
    if reference not in kept:  # most calls run under the law in force
        known = (version for version in kept.values() if version.reference == reference)
        kept[reference] = next(known, None) or _rows().get(reference=reference)
    return charter(kept[reference])
