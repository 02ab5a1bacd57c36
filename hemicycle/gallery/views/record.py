"""The record, as far as it is public."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from hemicycle.record import law
from hemicycle.record.log import standing

from .. import register
from ..public import page, public


@public
def record(request: HttpRequest) -> HttpResponse:
    charter = law.in_force()
    found = Paginator(register.shown(), register.PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "record",
        {
            "title": _("Record"),
            "description": _("Every public act, the latest first, with its office and its article."),
            "lines": register.lines(list(found.object_list), charter),
            "page_obj": found,
            "totals": register.daily_totals(charter),
            "explanation": register.explanation(charter),
            "last_day": register.last_counted_day(),
            "log": standing.standing(),
            "address": settings.ENV.origin + reverse("log-checkpoint").removesuffix("checkpoint"),
        },
    )
