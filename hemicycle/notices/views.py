"""A person's letters; what goes when; in demonstration mode also everything that left the house."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from hemicycle.record import clock, erasure, law
from hemicycle.rules.procedure import Office
from hemicycle.web.parts import Cell
from hemicycle.web.templatetags.house import day as spoken_day
from hemicycle.web.views import actor_of

from . import actions, queries, retention, showing
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


class DayForm(forms.Form):
    """On which day the page looks ahead."""

    on = forms.DateField(
        label=gettext_lazy("What goes by"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


SHOWN = 12  # references of one line; `hemicycle retention` prints all


def _some(references: Sequence[str]) -> str:
    """The first of many references, so that the page can be read."""
    shown = ", ".join(references[:SHOWN])
    return shown if len(references) <= SHOWN else f"{shown}, …"


def what_goes(request: HttpRequest) -> HttpResponse:
    """The dry run of the clock: what is erased by a day, by month and kind. Nothing is changed by looking."""
    if not actor_of(request).holds(Office.SECRETARIAT, Office.INTEGRITY_OFFICER):
        raise Http404
    form = DayForm(request.GET if "on" in request.GET else {"on": clock.today().isoformat()})
    day = form.cleaned_data["on"] if form.is_valid() else clock.today()
    waiting = erasure.waiting()
    with law.held():
        lines = showing.lines(retention.plan(showing.end_of(day)))
    lead = _("As things stand now, this is erased by %(day)s, by the clock alone. Looking changes nothing.")
    still = ngettext(
        "%(count)s key should be gone and may still stand in the store of keys or in its backup.",
        "%(count)s keys should be gone and may still stand in the store of keys or in its backup.",
        waiting,
    ) % {"count": waiting}
    context = {
        "title": _("What goes when"),
        "lead": " ".join([lead % {"day": spoken_day(day)}, *([still] if waiting else [])]),
        "filter_form": form,
        "columns": [_("Month"), _("Kind"), _("How many"), _("References"), _("Put off by a hold"), _("Article")],
        "rows": [
            [
                line.month.strftime("%Y-%m"), line.title, Cell(len(line.references), is_number=True),
                _some(line.references), Cell(line.held or "", is_number=True), line.article,
            ]
            for line in lines
        ],
        "empty": _("Nothing goes by that day."),
    }  # fmt: skip
    return render(request, "web/list.html", context)
