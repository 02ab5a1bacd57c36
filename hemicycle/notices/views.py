"""A person's letters; in demonstration mode also everything that left the house."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hemicycle.record import clock
from hemicycle.web.views import actor_of

from . import actions, queries
from .models import Letter


def messages(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    page = Paginator(queries.visible_to(actor), 25).get_page(request.GET.get("page"))
    return render(request, "notices/messages.html", {"title": _("Messages"), "page_obj": page})


@require_POST
def open_letter(request: HttpRequest, letter: int) -> HttpResponse:
    """Mark one's own letter as read and go to what it is about."""
    row = get_object_or_404(queries.visible_to(actor_of(request)), pk=letter)
    if row.read_at is None:
        queries.visible_to(actor_of(request)).filter(pk=row.pk).update(read_at=clock.now())
    return HttpResponseRedirect(reverse("matter", args=[row.about]))


def outbox(request: HttpRequest) -> HttpResponse:
    """Everything that left the house, as it left: only a demonstration shows it."""
    if not settings.DEMONSTRATION:
        raise Http404
    page = Paginator(Letter.objects.select_related("person"), 50).get_page(request.GET.get("page"))
    mails = [(letter, *actions.outside(letter.person.language)) for letter in page]
    return render(request, "notices/outbox.html", {"title": _("Outbox"), "page_obj": page, "mails": mails})
