"""Files of a candidacy: cleaned before anybody may read them, kept outside the web root, sent only by a page.

Nothing that the person's computer says of a file is kept: not its name, not its type. What is kept are page
images or
plain text, under random names below `MEDIA_ROOT/candidacy` (procedure 1.2, 1.3).
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from .models import Evidence
from .pixels import FULL, PAGES_AT_MOST

SECONDS = 40
TOO_BIG = "hemicycle.candidacy.too_big"
ORPHAN_SECONDS = 6 * 3600  # a page whose form was never sent to its end

REFUSALS: dict[str, Any] = {
    "empty": _("The file is empty. Choose another one."),
    "size": _("The file is too big."),
    "type": _(
        "Only PDF, JPEG, PNG, WebP and plain text are taken; this file is something else, whatever its name says."
    ),
    "two_types": _("The file pretends to be of two types at once. Save it anew, or send a picture of it."),
    "pixels": _("The picture has too many pixels. Make it smaller."),
    "frames": _("The picture moves. Send a single picture."),
    "broken": _("The file is damaged and cannot be read. Save it anew, or send a picture of it."),
    "encrypted": _("The PDF is locked with a password. Save it without one."),
    "pages": _("The PDF has too many pages. Send only the pages that matter."),
    "active": _(
        "The PDF contains a script, a form action or an embedded file. Print it to a new PDF and send that."
    ),
    "time": _("The file took too long to read. Send a simpler one, or a picture of it."),
}
LIMITS = {"pages": PAGES_AT_MOST}


class Quota(FileUploadHandler):
    """Lets go of a file that is over the limit while it arrives: nothing of it is written anywhere, and the other
    fields of the form stay. `too_big(request)` tells the form."""

    def __init__(self, request: HttpRequest, megabytes: int) -> None:
        super().__init__(request)
        self.most, self.seen = megabytes * 1024 * 1024, 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.seen += len(raw_data)
        if self.seen > self.most:
            if self.request is not None:
                self.request.META[TOO_BIG] = "1"
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None  # the handlers behind this one keep the file


def too_big(request: HttpRequest) -> bool:
    return TOO_BIG in request.META


class BadFile(Exception):
    """The file is not taken; the text says why, and what to do."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)

    def __str__(self) -> str:
        return str(REFUSALS.get(self.code, REFUSALS["broken"]))


@dataclass(frozen=True)
class Kept:
    """A cleaned file: `pdf`, `image` or `text`, the random names of its pages, SHA-256 of what was sent."""

    kind: str
    pages: tuple[str, ...]
    digest: str


def folder() -> Path:
    found = Path(settings.MEDIA_ROOT) / "candidacy"
    found.mkdir(parents=True, exist_ok=True, mode=0o700)
    return found


def path(name: str) -> Path:
    """Where a page stands. Names come from the database only; anything but a bare name is refused."""
    if Path(name).name != name or not name[:32].isalnum():
        raise ValueError("not the name of a page")
    return folder() / name


def keep(sent: UploadedFile[bytes], megabytes: int) -> Kept:
    """Clean a file that was sent, in a process of its own and outside any transaction. Raises `BadFile`."""
    if (sent.size or 0) > megabytes * 1024 * 1024:
        raise BadFile("size")
    digest = hashlib.sha256()
    with tempfile.NamedTemporaryFile(dir=folder(), prefix="sent-") as source:
        for chunk in sent.chunks():
            digest.update(chunk)
            source.write(chunk)
        source.flush()
        made = _run("keep", source.name, str(folder()), str(megabytes))
    return Kept(made["kind"], tuple(made["pages"]), digest.hexdigest())


def blacken(page: str, left: float, top: float, width: float, height: float) -> str:
    """Cover an area of a page image for good; returns the name of the new page. The old one stands until the
    act.
    """
    from .models import secret_name

    target = path(secret_name() + ".png")
    _run("blacken", str(path(page)), str(target), *(str(number) for number in (left, top, width, height)))
    return target.name


def _run(*arguments: str) -> dict[str, Any]:
    script = Path(__file__).with_name("pixels.py")
    try:
        # Our own interpreter and script; no shell, no argument of the sender.
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", str(script), *arguments],
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired:
        raise BadFile("time") from None
    if done.returncode != 0:
        raise BadFile("time" if done.returncode < 0 else "broken")
    answer: dict[str, Any] = json.loads(done.stdout)
    if answer.get("refused") == FULL:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if "refused" in answer:
        raise BadFile(answer["refused"])
    return answer


def forget(names: Iterable[str]) -> None:
    """Delete pages once the act that dropped them is recorded; if it is not, they stay."""
    gone = [path(name) for name in names]

    def delete() -> None:
        for each in gone:
            each.unlink(missing_ok=True)

    transaction.on_commit(delete)


def sweep() -> int:
    """Delete pages that no evidence names: left by a crash, or by a form that was never accepted."""
    held = {
        name
        for pages in Evidence.objects.exclude(kind="link").values_list("pages", flat=True)
        for name in pages
    }
    before, gone = time.time() - ORPHAN_SECONDS, 0
    for each in folder().iterdir():
        if each.name not in held and each.stat().st_mtime < before:
            each.unlink(missing_ok=True)
            gone += 1
    return gone


def response(evidence: Evidence, page: int) -> FileResponse:
    """One page to a reader who may see it (the caller asks). No content of it can act in the browser."""
    if not 1 <= page <= len(evidence.pages):
        raise Http404
    name = evidence.pages[page - 1]
    where = path(name)
    if not where.exists():
        raise Http404
    text = name.endswith(".txt")
    answer = FileResponse(where.open("rb"), content_type="text/plain; charset=utf-8" if text else "image/png")
    answer["Content-Disposition"] = f'inline; filename="evidence-{page}.{"txt" if text else "png"}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    answer["Cache-Control"] = "private, no-store"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
