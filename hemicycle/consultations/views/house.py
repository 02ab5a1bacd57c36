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

from hemicycle.record import acts, clock
from hemicycle.record.actors import Actor
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import OutOfOrder
from hemicycle.web import desk, findings
from hemicycle.web.forms import ActForm
from hemicycle.web.views import actor_of

from .. import answering, queries, showing
from ..forms import CodesForm
from ..models import CodeOrder
from ..procedure import RequestState


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def codes(request: HttpRequest, reference: str) -> HttpResponse:
    """One clerk makes the first halves of codes, another the second; each is shown on the answer to the form, and never again."""
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    row = queries.visible_to(actor).filter(reference=reference).first()
    if row is None:
        raise Http404
    asked = row.code_orders.filter(state=RequestState.ASKED).first()
    asked = asked if asked is not None and asked.standing(clock.now()) == RequestState.ASKED else None
    # The form of the first half, sent again, is still that one.
    is_second = asked is not None and "number" not in request.POST
    order = asked if asked is not None and is_second else CodeOrder(consultation=row)
    bound = acts.registry["consultations", "make_codes" if is_second else "ask_codes"]
    context: dict[str, Any] = {
        "consultation": row, "title": bound.step.title, "url": desk.matter_url(row), "order": asked, "is_second": is_second,
        "dismiss_url": desk.act_url(asked, "dismiss_codes") if asked is not None else "",
        "address": request.build_absolute_uri(reverse("consultations-code", args=[row.reference])),
    }  # fmt: skip
    try:
        acts.decide(bound, order, actor)
    except acts.SamePerson:
        status = 200 if request.method != "POST" else 403
        return render(request, "consultations/codes.html", {**context, "is_left": True}, status=status)
    kind = ActForm if is_second else CodesForm
    form = kind(request.POST or None, matter=order, by=actor)
    made: list[str] = []
    status = 200
    if request.method == "POST":
        made, problems, status = _made(order, bound, form, actor)
        context["findings"] = problems
    return render(
        request, "consultations/codes.html", {**context, "form": form, "halves": made}, status=status
    )


def _made(
    order: CodeOrder, bound: acts.BoundAct[Any, Any], form: ActForm, actor: Actor
) -> tuple[list[str], list[str], int]:
    """(halves, what is wrong, status) of a form that was sent."""
    if not form.is_valid():
        return [], [], 422
    number = order.number if order.pk else form.cleaned_data["number"]
    halves = [answering.new_half() for _number in range(number)]
    try:
        with acts.submission(form.cleaned_data["once"], form.cleaned_data["seen"]):
            bound(order, actor, halves=halves)
    except acts.AlreadyRecorded:
        told = _("This was recorded before. Nothing was done twice. The codes are shown once: make others.")
        return [], [told], 422
    except (acts.Stale, OutOfOrder):
        return [], [_("Somebody acted on this after your page was made. Open it again.")], 409
    except (Unmet, ValidationError) as error:
        return [], findings.texts(error), 422
    return halves, [], 200


@require_GET
def desk_page(request: HttpRequest) -> HttpResponse:
    """Every consultation that the person may see, and what one may do there."""
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    return render(request, "web/list.html", showing.desk_list(actor))
