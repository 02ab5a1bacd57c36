"""Files of a candidacy: cleaned before anybody may read them, sealed before they touch a disk, sent only by a page.

Nothing that the person's computer says of a file is kept: not its name, not its type. What is kept are page images or
plain text, and what was sent, each sealed (envelopes.py), under random names below `MEDIA_ROOT/candidacy` (procedure 1.2,
1.3). In the clear they are in memory only, from the request to the sandbox that reads them and back.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpResponse

from hemicycle.people import keeping

from . import cleaning, envelopes
from .cleaning import BadFile
from .envelopes import Box, Closing, Envelope, Opening, Reopened
from .metadata import Seen
from .models import Call, Candidacy, Evidence
from .models.vocabulary import secret_name

ORPHAN_SECONDS = 6 * 3600  # a page whose form was never sent to its end


@dataclass(frozen=True)
class Kept:
    """A cleaned and sealed file: `pdf`, `image` or `text`, the random names of its pages and of the original, SHA-256 of
    what was sent, the boxes that open it, and digests of its metadata (metadata.py), not keyed yet and never written."""

    kind: str
    pages: tuple[str, ...]
    digest: str
    original: str = ""
    boxes: tuple[Box, ...] = ()
    metadata: tuple[tuple[str, str], ...] = field(default=(), repr=False)


def folder() -> Path:
    found = Path(settings.MEDIA_ROOT) / "candidacy"
    found.mkdir(parents=True, exist_ok=True, mode=0o700)
    return found


def path(name: str) -> Path:
    """Where a page stands. Names come from the database only; anything but a bare name is refused."""
    if Path(name).name != name or not name[:32].isalnum():
        raise ValueError("not the name of a page")
    return folder() / name


def envelope_for(candidacy: Candidacy) -> Envelope:
    """What a file of this candidacy is sealed with. Raises `BadFile` where somebody is missing to whom it could be."""
    try:
        return envelopes.envelope_for(candidacy)
    except envelopes.NoHolder as error:
        raise BadFile(error.code) from None


def keep(sent: UploadedFile[bytes], megabytes: int, envelope: Envelope) -> Kept:
    """Clean a file that was sent, in a sandbox and outside any transaction, and seal it. Raises `BadFile`."""
    data = cleaning.arrived(sent, megabytes)
    seen: Seen = []
    kind, names = cleaned("keep", str(megabytes), data=data, envelope=envelope, seen=seen)
    original = secret_name() + ".age"
    try:
        path(original).write_bytes(envelope.close_original(original, data))
    except BaseException:
        for name in (*names, original):
            path(name).unlink(missing_ok=True)
        raise
    return Kept(kind, names, hashlib.sha256(data).hexdigest(), original, envelope.boxes(), tuple(seen))


def keyed(kept: Kept, call: Call) -> list[list[str]]:
    """The metadata of a file as it is kept, kind and digest: under a key that only this house has and that serves one call,
    so that nobody can try values on a copy of the database, and files of two calls have nothing in common."""
    purpose = f"metadata {call.reference}"
    return sorted([kind, keeping.digest(purpose, f"{kind} {seen}")] for kind, seen in kept.metadata)


def blacken(held: Opening, page: str, left: float, top: float, width: float, height: float) -> str:
    """Cover an area of a page image for good; returns the name of the new page. The old one stands until the act."""
    area = (str(number) for number in (left, top, width, height))
    _kind, names = cleaned("blacken", *area, data=held.page(page, path(page).read_bytes()), envelope=held)
    return names[0]


def cleaned(
    *arguments: str, data: bytes, envelope: Closing, seen: Seen | None = None
) -> tuple[str, tuple[str, ...]]:
    """Let the sandbox read `data`, seal and write the pages that come out; all of them, or none. Digests of metadata are
    added to `seen`."""
    names = list[str]()

    def write(kind: str, content: bytes) -> None:
        names.append(secret_name() + (".txt" if kind == "text" else ".png"))
        path(names[-1]).write_bytes(envelope.close(names[-1], content))

    try:
        kind = cleaning.pages(*arguments, data=data, put=write, seen=[] if seen is None else seen)
    except BaseException:
        for name in names:
            with suppress(OSError):
                path(name).unlink(missing_ok=True)
        raise
    return kind, tuple(names)


def forget(names: Iterable[str]) -> None:
    """Delete pages once the act that dropped them is recorded; if it is not, they stay."""
    gone = [path(name) for name in names]

    def delete() -> None:
        for each in gone:
            each.unlink(missing_ok=True)

    transaction.on_commit(delete)


def sweep() -> int:
    """Delete pages that no evidence names: left by a crash, or by a form that was never accepted."""
    rows = Evidence.objects.exclude(kind="link").values_list("pages", "original")
    held = {name for pages, original in rows for name in (*pages, original)}
    before, gone = time.time() - ORPHAN_SECONDS, 0
    for each in folder().iterdir():
        if each.name not in held and each.stat().st_mtime < before:
            each.unlink(missing_ok=True)
            gone += 1
    return gone


def page_name(held: Evidence, page: int) -> str:
    """The name of a page that is there, or 404."""
    if not 1 <= page <= len(held.pages) or not path(held.pages[page - 1]).exists():
        raise Http404
    return str(held.pages[page - 1])


def sealed_response(held: Evidence, page: int) -> HttpResponse:
    """One page to a reader who may have it (the caller asks), as an age file that only the reader opens."""
    name = page_name(held, page)
    inner = envelopes.strip(held, name, path(name).read_bytes())
    return saved(inner, f"page-{page}.age")


def original_response(held: Evidence) -> HttpResponse:
    """What was sent, as an age file to save: never shown, since nobody cleaned it."""
    if not held.original or not path(held.original).exists():
        raise Http404
    inner = envelopes.strip(held, held.original, path(held.original).read_bytes())
    return saved(inner, "original.age")


def saved(content: bytes, name: str) -> HttpResponse:
    """A file to save and never to show: nobody cleaned it, or it is sealed."""
    return _answer(content, "application/octet-stream", f'attachment; filename="{name}"')


def response(held: Evidence, page: int, opened: Reopened) -> HttpResponse:
    """One page to its candidate, opened in memory. No content of it can act in the browser."""
    name = page_name(held, page)
    content = opened.page(name, path(name).read_bytes())
    return shown(content, f"evidence-{page}", is_text=name.endswith(".txt"))


def shown(content: bytes, name: str, *, is_text: bool) -> HttpResponse:
    """A clean page in the clear, for whoever the caller has found to be its reader."""
    kind, ending = ("text/plain; charset=utf-8", "txt") if is_text else ("image/png", "png")
    return _answer(content, kind, f'inline; filename="{name}.{ending}"')


def _answer(content: bytes, kind: str, disposition: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = disposition
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    answer["Cache-Control"] = "private, no-store"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
