"""The candidate's own page of posts and money over time."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hemicycle.candidacy import queries as candidacies
from hemicycle.web.views import actor_of

from .. import pages, queries
from ..models import GONE
from .house import for_offices


@for_offices()
def my_service(request: HttpRequest) -> HttpResponse:
    """What the newest own candidacy holds, with the picture and the way to add to it."""
    actor = actor_of(request)
    own = candidacies.visible_to(actor).filter(Q(person_id=actor.person)).exclude(state__in=GONE)
    candidacy = own.select_related("call").order_by("-pk").first()
    context = {"title": _("Posts and money over time"), "candidacy": candidacy}
    if candidacy is not None:
        context |= pages.service_context(candidacy, actor)
        if queries.takes_entries(candidacy):
            context["declare_url"] = pages.declare_url(candidacy)
    return render(request, "vetting/my_service.html", context)
