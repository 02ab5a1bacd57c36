"""The pages for those who are signed in: what there is, and the codes that a clerk hands over."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from hemicycle.record import acts
from hemicycle.rules.findings import Unmet
from hemicycle.web import desk, findings
from hemicycle.web.views import actor_of

from .. import actions, answering, queries, showing
from ..forms import CodesForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def codes(request: HttpRequest, reference: str) -> HttpResponse:
    """A clerk makes codes, which are shown on the answer to this form and never again."""
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    row = queries.visible_to(actor).filter(reference=reference).first()
    if row is None:
        raise Http404
    bound = acts.registry["consultations", "make_codes"]
    acts.decide(bound, row, actor)
    context: dict[str, Any] = {"consultation": row, "title": bound.step.title, "url": desk.matter_url(row)}
    form = CodesForm(request.POST or None, matter=row, by=actor)
    made: list[str] = []
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            made = [answering.new_code() for _number in range(form.cleaned_data["number"])]
            try:
                with acts.submission(form.cleaned_data["once"], form.cleaned_data["seen"]):
                    actions.make_codes(row, actor, digests=[answering.digest_of(row, each) for each in made])
                status = 200
            except acts.AlreadyRecorded:
                made = []
                context["findings"] = [
                    _(
                        "This was recorded before. Nothing was done twice. The codes are shown once: make others."
                    )
                ]
            except acts.Stale:
                made, status = [], 409
                context["findings"] = [_("Somebody acted on this after your page was made. Open it again.")]
            except (Unmet, ValidationError) as error:
                made = []
                context["findings"] = findings.texts(error)
    context |= {
        "form": form,
        "codes": made,
        "address": request.build_absolute_uri(reverse("consultations-code", args=[row.reference])),
    }
    return render(request, "consultations/codes.html", context, status=status)


@require_GET
def desk_page(request: HttpRequest) -> HttpResponse:
    """Every consultation that the person may see, and what one may do there."""
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    return render(request, "web/list.html", showing.desk_list(actor))
