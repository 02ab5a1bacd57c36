"""The one door of every sealed file: no page shows what a file holds before its reader has said why (article 11.2).

A room says of a matter which file its pages show (`Desk.file`) and which acts open one (`Desk.opens`); a page of a
room's own calls `require`. The opening is an entry of the record; the session only remembers it by an opaque mark, so
that one reason serves a file until the session ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme

from hemicycle.record import clock

OPENED = "web.opened"


@dataclass(frozen=True)
class File:
    """A sealed file: its reference, and where the person at the door opens it."""

    reference: str
    opening_url: str


@dataclass(frozen=True)
class Watermark:
    """For whom a page of a sealed file was made, and when. It deters; it proves nothing, for it can be cut off or forged."""

    reader: str
    at: datetime


class NotOpened(Exception):
    """A page of a file that was not opened in this session; the middleware answers with the way to open it."""

    def __init__(self, file: File) -> None:
        self.file = file
        super().__init__(file.reference)


def require(request: HttpRequest, file: File | None) -> None:
    """Go on only if the file was opened in this session; `None`: the page shows this person no sealed file.

    The page then carries its reader's mark (`web/_watermark.html`, by `web/base.html`).
    """
    if file is None:
        return
    if not is_open(request, file.reference):
        raise NotOpened(file)
    request.watermark = Watermark(request.actor.reference, clock.now())  # type: ignore[attr-defined]


def is_open(request: HttpRequest, reference: str) -> bool:
    return _mark(request, reference) in request.session.get(OPENED, [])


def remember(request: HttpRequest, reference: str) -> None:
    """The act that opens the file has been recorded: it serves until this session ends."""
    marks = request.session.get(OPENED, [])
    if (mark := _mark(request, reference)) not in marks:
        request.session[OPENED] = [*marks, mark]


def to_opening(request: HttpRequest, error: NotOpened) -> HttpResponseRedirect:
    """To the page that asks why, and from there back to the page that was asked for."""
    return HttpResponseRedirect(f"{error.file.opening_url}?{urlencode({'next': request.get_full_path()})}")


def onward(request: HttpRequest, default: str) -> str:
    """The page that was asked for, if it is one of this house."""
    asked = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if safe and asked.startswith("/") else default


def _mark(request: HttpRequest, reference: str) -> str:
    """For this person alone; whoever reads the table of sessions learns no file from it."""
    person = request.actor.person  # type: ignore[attr-defined]
    return salted_hmac("hemicycle.web.sealed", f"{person}:{reference}", algorithm="sha256").hexdigest()[:32]
