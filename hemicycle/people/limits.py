"""How often something may fail or be asked. The counting is allauth's; the keys name nobody."""

from __future__ import annotations

from allauth.core import ratelimit
from django.http import HttpRequest
from django.utils.translation import gettext as _

from hemicycle.rules.procedure import Refused

from . import keeping


class TooMany(Refused):
    """Too many tries in a short time. Nothing has changed; it passes by itself."""

    status = 429

    def __init__(self) -> None:
        super().__init__(_("Too many tries in a short time. Wait a quarter of an hour, then try again."))


def ask(request: HttpRequest, action: str, key: str = "") -> None:
    """Raise `TooMany` if the limit of `action` is reached already; counts nothing."""
    if not ratelimit.consume(request, action=action, key=_name(key), dry_run=True):
        raise TooMany


def count(request: HttpRequest, action: str, key: str = "") -> None:
    """Count one, and raise `TooMany` if that is one too many."""
    if not ratelimit.consume(request, action=action, key=_name(key)):
        raise TooMany


def forget(request: HttpRequest, action: str, key: str = "") -> None:
    """After a success: begin to count anew."""
    ratelimit.clear(request, action=action, key=_name(key))


def _name(key: str) -> str:
    return keeping.digest("limit", key.lower())
