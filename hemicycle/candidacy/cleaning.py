"""A stranger's file on its way in: what the sandbox answers, page by page, and why a file is not taken."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from . import sandbox
from .metadata import AT_MOST, Seen
from .models.vocabulary import MetadataKind
from .pixels import PAGES_AT_MOST

PNG = b"\x89PNG\r\n\x1a\n"
METADATA = re.compile(rb"([a-z_]{1,16}) ([0-9a-f]{64})")

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
    "heavy": _("The file needs too much memory to be read. Send a simpler one, or a picture of it."),
    "phrase": _(
        "A file is sealed with your receipt phrase, and you have none yet. Make one on the page of your account, then send the file."
    ),
    "custodian": _("Files cannot be taken yet: nobody has been named who keeps what opens them. Links can."),
    "time": _("The file took too long to read. Send a simpler one, or a picture of it."),
}
LIMITS = {"pages": PAGES_AT_MOST}


class BadFile(Exception):
    """The file is not taken; the text says why, and what to do."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)

    def __str__(self) -> str:
        return str(REFUSALS.get(self.code, REFUSALS["broken"]))


@dataclass(frozen=True)
class Read:
    """A cleaned file in memory: pictures in PNG or plain texts, and SHA-256 of what was sent."""

    is_text: bool
    pages: tuple[bytes, ...]
    digest: str


def arrived(sent: UploadedFile[bytes], megabytes: int) -> bytes:
    """What was sent. Raises `BadFile` where it is over the charter's limit, or over the server's, which let go of it
    (web/uploads.py)."""
    data: bytes = sent.read()
    if len(data) > megabytes * 1024 * 1024 or len(data) < (sent.size or 0):
        raise BadFile("size")
    return data


def read(sent: UploadedFile[bytes], megabytes: int) -> Read:
    """The clean pages of a file, in memory, for a room that keeps them itself. Raises `BadFile`."""
    data, found = arrived(sent, megabytes), list[bytes]()
    kind = pages("keep", str(megabytes), data=data, put=lambda _kind, content: found.append(content), seen=[])
    return Read(kind == "text", tuple(found), hashlib.sha256(data).hexdigest())


def pages(*arguments: str, data: bytes, put: Callable[[str, bytes], None], seen: Seen) -> str:
    """Let the sandbox read `data`, hand each page over as it comes, and return the kind. Raises `BadFile`."""
    kind, count = "", 0
    answer = sandbox.run(*arguments, data=data)
    try:
        for letter, content in answer:
            if letter == "r":
                code = content.decode("ascii", "replace")
                raise BadFile(code if code in REFUSALS else "broken")
            if letter == "k":
                kind = {b"pdf": "pdf", b"image": "image", b"text": "text"}[content]
            elif letter == "m":
                seen.append(_told(content, len(seen)))
            elif not kind or count == PAGES_AT_MOST or (kind != "text" and not content.startswith(PNG)):
                raise sandbox.Died  # whoever answers so is not our script any more
            else:
                put(kind, content)
                count += 1
    except (sandbox.Died, KeyError) as error:
        raise BadFile("time" if getattr(error, "is_late", False) else "broken") from None
    finally:
        answer.close()
    return kind


def _told(content: bytes, before: int) -> tuple[str, str]:
    """One digest of metadata. Raises `sandbox.Died` for anything else: whoever answers so is not our script any more."""
    found = METADATA.fullmatch(content)
    if found is None or before >= AT_MOST or found[1].decode() not in MetadataKind.values:
        raise sandbox.Died
    return found[1].decode(), found[2].decode()
