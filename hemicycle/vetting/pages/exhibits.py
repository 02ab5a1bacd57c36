"""The evidence of an opened file, for its reader: on a page of its own, and beside the form of the reading."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from hemicycle.candidacy.models import Evidence
from hemicycle.people import queries as people
from hemicycle.people.views.keys import openable
from hemicycle.record.actors import Actor
from hemicycle.web.forms import ActForm
from hemicycle.web.views import actor_of

from .. import queries
from ..models import Reading


def exhibits(reading: Reading, actor: Actor) -> dict[str, Any]:
    """Every piece, with the addresses of what the browser opens with the reader's key. Nothing is opened here."""
    keys = people.opening_keys(reading.assessor)
    boxes = queries.boxes.boxes_for(reading, keys)
    held = list(reading.examination.candidacy.evidence.all())
    rows = [_row(reading, piece, actor, is_boxed=piece.pk in boxes) for piece in held]
    files = [row for row in rows if row["evidence"].kind != "link"]
    return {
        "rows": rows,
        "openable": openable(keys),
        "has_files": bool(files),
        "waits": not all(row["is_boxed"] for row in files),
        "key_page": reverse("reading-key"),
    }


def exhibits_beside(request: HttpRequest, form: Any) -> dict[str, Any]:
    """For the form of a reading, whose page stands behind the same door as the page of the evidence."""
    return {"exhibits": exhibits(form.matter, actor_of(request))}


def _row(reading: Reading, piece: Evidence, actor: Actor, *, is_boxed: bool) -> dict[str, Any]:
    at = [reading.reference, piece.name]
    row = {"evidence": piece, "is_boxed": is_boxed, "url": reverse("vetting-exhibit", args=at)}
    if not is_boxed:
        return row
    return row | {
        "key_url": reverse("vetting-exhibit-key", args=at),
        "again_url": reverse("vetting-exhibit-again", args=at),
        "again": ActForm(matter=reading, by=actor, auto_id=f"{piece.name}_%s"),
        "pages": [reverse("vetting-exhibit-page", args=[*at, n]) for n in range(1, len(piece.pages) + 1)],
    }
