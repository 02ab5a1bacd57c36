"""Which law is in force. Charter versions are kept as adopted; every entry names the one in force that day (R15)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from hemicycle.rules import charter as charters
from hemicycle.rules.charter import Charter

from . import clock, page
from .models import CharterVersion


class NoLaw(Exception):
    """No charter has been adopted: `hemicycle found FILE` comes first."""


NOW = "law in force"  # what a page keeps it under
_parsed: dict[str, Charter] = {}


def version_in_force(at: datetime | None = None) -> CharterVersion:
    """The charter version in force at an instant (now by default). Raises `NoLaw` before the founding."""
    return page.once(NOW, _now) if at is None else _at(at)


def _now() -> CharterVersion:
    return _at(clock.now())


def _at(at: datetime) -> CharterVersion:
    found = _rows().filter(in_force_from__lte=at).order_by("-in_force_from", "-pk").first()
    if found is None:
        raise NoLaw("No charter is in force. Run: hemicycle found charters/<charter>/<version>.toml")
    return found


@contextmanager
def held(is_read: bool = True) -> Iterator[None]:
    """While a page is read, each law is asked once and not for every matter, and so is what else a page keeps (`page.once`).
    Never around an act: of what is not only read, nothing is held."""
    with page.read() if is_read else nullcontext():
        yield


def first_day() -> date:
    """The day, at the seat of the assembly, from which a charter was first in force."""
    first = page.once("first law", lambda: _rows().order_by("in_force_from", "pk").first())
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
    return charter(page.once(f"law {reference}", lambda: _named(reference)))


def _named(reference: str) -> CharterVersion:
    current: CharterVersion | None = page.kept(NOW)  # most calls run under the law in force
    return current if current and current.reference == reference else _rows().get(reference=reference)
