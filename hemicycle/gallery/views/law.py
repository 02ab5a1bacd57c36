"""The procedure book and the charter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from hemicycle.assembly.models import Adoption
from hemicycle.record import clock, law
from hemicycle.record.models import CharterVersion

from .. import book, released
from ..public import found_or_404, language, page, public


@public
def procedure(request: HttpRequest) -> HttpResponse:
    charter = law.in_force()
    return page(
        request,
        "procedure",
        {
            "title": _("Procedure book"),
            "description": _(
                "Every act: from which state, to which state, by which office, under which article."
            ),
            "charter": charter,
            "book": book.fragment(charter, language()),
        },
    )


@public
def charter(request: HttpRequest) -> HttpResponse:
    """The rules in force."""
    return _charter(request, law.version_in_force(), is_old=False)


@public
def charter_version(request: HttpRequest, key: str, version: str) -> HttpResponse:
    """One version, in force or not any more; an adopted one that begins later is marked so."""
    found = found_or_404(released.charters().filter(reference=f"{key}/{version}").first())
    return _charter(request, found, is_old=found.reference != law.version_in_force().reference)


def _charter(request: HttpRequest, version: CharterVersion, *, is_old: bool) -> HttpResponse:
    shown = law.charter(version)
    return page(
        request,
        "charter",
        {
            "title": shown.title[language()],
            "description": _(
                "The rules of the platform, article by article, each with its status and source."
            ),
            "version": version,
            "charter": shown,
            "is_old": is_old,
            "is_later": version.in_force_from is not None and version.in_force_from > clock.now(),
            "chapters": book.chapters(version, language()),
            "legend": book.legend(),
            "history": _history(),
            "is_translation": language() not in shown.languages.authentic.value,
        },
    )


@dataclass(frozen=True)
class VersionLine:
    """One version in the history of the rules."""

    reference: str
    url: str
    in_force_from: datetime
    secretary_general_at: datetime | None
    general_rapporteur_at: datetime | None
    vote: str
    vote_url: str
    source: str


def _history() -> list[VersionLine]:
    """Versions with the day of each consultation and the decision that adopted them. Three queries."""
    adopted = {row.charter: row for row in Adoption.objects.filter(state="adopted")}
    public = set(released.votes().filter(subject__startswith="ADPT-").values_list("reference", flat=True))
    found = []
    for row in released.charters().only("reference", "in_force_from"):
        adoption = adopted.get(row.reference)
        vote = adoption.vote if adoption else ""
        found.append(
            VersionLine(
                reference=row.reference,
                url=reverse("public-charter-version", args=row.reference.split("/", 1)),
                in_force_from=row.in_force_from or clock.now(),
                secretary_general_at=adoption.secretary_general_at if adoption else None,
                general_rapporteur_at=adoption.general_rapporteur_at if adoption else None,
                vote=vote,
                vote_url=reverse("public-vote", args=[vote]) if vote in public else "",
                source=adoption.source if adoption else "",
            )
        )
    return found
