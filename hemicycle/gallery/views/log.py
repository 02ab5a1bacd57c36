"""The log as files for whoever checks it: checkpoint, policy, tiles, the released statements, and the verifier itself."""

from __future__ import annotations

import json
import re
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from hemicycle.instruments.ledger import verify
from hemicycle.record.log import statements, witnesses

from .. import register, released

TEXT = "text/plain; charset=utf-8"
_TILE = re.compile(r"(entries|[0-9]|[1-5][0-9]|6[0-3])/(x[0-9]{3}/)*[0-9]{3}(\.p/[1-9][0-9]{0,2})?")
YEAR = 365 * 24 * 3600


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The latest checkpoint that enough witnesses have cosigned."""
    return _file("checkpoint", TEXT)


@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """The keys of the log and of its witnesses, and how many of these must have signed."""
    return _file("policy", TEXT)


@require_safe
def receipt_key(request: HttpRequest) -> HttpResponse:
    """The key that signs the receipts of those who act."""
    return _file("receipt-key", TEXT)


@require_safe
def tile(request: HttpRequest, rest: str) -> HttpResponse:
    """A tile or a bundle of leaves; what is written once never changes."""
    if not _TILE.fullmatch(rest):
        raise Http404
    response = _file(f"tile/{rest}", "application/octet-stream")
    patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    return response


@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """The verifier, one file, to be kept and read."""
    response = HttpResponse(Path(verify.__file__).read_bytes(), content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="verify.py"'
    return response


@require_safe
def statements_released(request: HttpRequest) -> HttpResponse:
    """Every public entry with its place in the log and the salt that opens its leaf, one a line.

    Ballots are left out: their order would tell who voted when (procedure 5.5).
    """
    published = witnesses.published()
    rows = released.entries().exclude(register.BALLOTS)
    lines = statements.opened(rows, published.size if published else 0)
    text = "".join(f"{json.dumps(line, sort_keys=True)}\n" for line in lines)
    response = HttpResponse(text, content_type="application/jsonl")
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    return response


def _file(name: str, kind: str) -> HttpResponse:
    try:
        data = (Path(settings.LOG_FOLDER) / name).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise Http404 from None
    response = HttpResponse(data, content_type=kind)
    patch_cache_control(response, public=True, max_age=5)
    return response
