"""Votes, the founding vote too."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from .. import data, released, votes
from ..public import found_or_404, page, public

PAGE = 30


@public
def index(request: HttpRequest) -> HttpResponse:
    found = Paginator(released.votes(), PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "votes",
        {
            "title": _("Votes"),
            "description": _("Every vote that has been decided, with its rule and its arithmetic."),
            "lines": votes.lines(found.object_list),
            "page_obj": found,
        },
    )


@public
def vote(request: HttpRequest, reference: str) -> HttpResponse:
    """One vote; what is not public answers as what does not exist."""
    found = found_or_404(released.votes().filter(reference=reference).first())
    return page(request, "vote", votes.context(found))


@public
def founding(request: HttpRequest) -> HttpResponse:
    found = found_or_404(released.founding_vote())
    return page(request, "vote", {**votes.context(found), "is_founding": True})


@public
def founding_json(request: HttpRequest) -> HttpResponse:
    return data.json(votes.data(found_or_404(released.founding_vote())))
