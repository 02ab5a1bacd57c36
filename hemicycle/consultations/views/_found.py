"""A consultation by its reference, for pages that everybody may open."""

from __future__ import annotations

from django.http import Http404

from .. import queries
from ..models import Consultation


def opened(reference: str) -> Consultation:
    row = queries.public().filter(reference=reference).first()
    if row is None:
        raise Http404
    return row


def published(reference: str) -> Consultation:
    row = queries.published().filter(reference=reference).first()
    if row is None:
        raise Http404
    return row
