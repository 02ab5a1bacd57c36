"""Addresses of the public pages: in each language; open data once, without a language."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.web import desk

from . import book
from .views import composition, feed, front, law, log, record, rounds, votes


def _article(number: str) -> str:
    return f"{reverse('public-charter')}#{book.anchor(number)}"


desk.article_page.append(_article)
desk.public_menu[:0] = [
    desk.MenuItem(_("Composition"), "public-composition"),
    desk.MenuItem(_("Rounds"), "public-rounds"),
    desk.MenuItem(_("Votes"), "public-votes"),
    desk.MenuItem(pgettext_lazy("document", "Charter"), "public-charter"),
    desk.MenuItem(_("Procedure"), "public-procedure"),
    desk.MenuItem(_("Record"), "public-record"),
]


def _without_slash(name: str) -> URLPattern:
    """`/composition/` leads to `/composition`: one page has one address."""

    def redirect(request: HttpRequest, **kwargs: str) -> HttpResponse:
        return HttpResponsePermanentRedirect(reverse(name, kwargs=kwargs))

    return path(f"{_ROUTES[name]}/", redirect)


_ROUTES = {
    "public-composition": "composition",
    "public-composition-of": "composition/<str:session>",
    "public-votes": "votes",
    "public-founding-vote": "votes/founding",
    "public-vote": "votes/<str:reference>",
    "public-round": "rounds/<str:session>",
    "public-sheet": "rounds/<str:session>/sheet",
    "public-procedure": "procedure",
    "public-charter": "charter",
    "public-charter-version": "charter/<str:key>/<str:version>",
    "public-record": "record",
}
_VIEWS = {
    "public-composition": composition.composition,
    "public-composition-of": composition.composition_of,
    "public-votes": votes.index,
    "public-founding-vote": votes.founding,
    "public-vote": votes.vote,
    "public-round": rounds.of_session,
    "public-sheet": rounds.decision_sheet,
    "public-procedure": law.procedure,
    "public-charter": law.charter,
    "public-charter-version": law.charter_version,
    "public-record": record.record,
}

plain_urlpatterns = [
    path("record/checkpoint", log.checkpoint, name="log-checkpoint"),
    path("record/policy", log.policy, name="log-policy"),
    path("record/receipt-key", log.receipt_key, name="log-receipt-key"),
    path("record/released.jsonl", log.statements_released, name="log-released"),
    path("record/verify.py", log.verifier, name="log-verifier"),
    path("record/tile/<path:rest>", log.tile, name="log-tile"),
    path("composition.json", composition.composition_json, name="composition-json"),
    path("composition.csv", composition.composition_csv, name="composition-csv"),
    path("composition/<str:session>.json", composition.composition_of_json, name="composition-of-json"),
    path("composition/<str:session>.csv", composition.composition_of_csv, name="composition-of-csv"),
    path("votes/founding.json", votes.founding_json, name="founding-json"),
    path("rounds/<str:session>/sheet.json", rounds.sheet_json, name="sheet-json"),
    path("rounds/<str:session>/sheet.csv", rounds.sheet_csv, name="sheet-csv"),
]

urlpatterns = [
    path("", front.front, name="front"),
    path("feed/", feed.atom, name="public-feed"),
    path("rounds/", rounds.index, name="public-rounds"),
    *(path(route, _VIEWS[name], name=name) for name, route in _ROUTES.items()),
    *(_without_slash(name) for name in _ROUTES),
]
