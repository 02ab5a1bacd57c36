"""The list of invented files for those who read, and for the clerk how often readers differ."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hemicycle.rules.procedure import Office
from hemicycle.web.views import actor_of

from .. import pages
from .house import for_offices


@for_offices(Office.ASSESSOR, Office.REVIEWER)
def files(request: HttpRequest) -> HttpResponse:
    """The invented files, and which of them the reader has read."""
    context = {"title": _("Training"), **pages.training.training_list(actor_of(request))}
    return render(request, "vetting/training_list.html", context)


@for_offices(Office.SECRETARIAT)
def differing(request: HttpRequest) -> HttpResponse:
    """How often readers differ, by criterion and bar; of no reader."""
    context = {"title": _("Where readers differ"), **pages.training.differing()}
    return render(request, "vetting/differing.html", context)
