"""The door for candidates: what is called for, the notice of the risk, and the beginning. No e-mail is needed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from hemicycle.record import clock, law
from hemicycle.record.actors import PUBLIC, Actor
from hemicycle.web.desk import matter_url
from hemicycle.web.views import actor_of

from .. import actions, ahead, queries, sheet
from ..forms import NoticeForm, PleaForm
from ..models import Call, Candidacy
from ..procedure import CallState
from .taking import take


def apply(request: HttpRequest) -> HttpResponse:
    """Public. Which call is open, until when, under which rules; or that none is."""
    now, language = clock.now(), get_language() or "en"
    calls = list(queries.open_calls(now))
    coming = (
        None
        if calls
        else Call.objects.filter(state=CallState.OPEN, opens_at__gt=now).order_by("opens_at").first()
    )
    laws = law.by_references(call.charter for call in calls)
    bodies = ahead.names_of_bodies() if calls else {}
    shown = [
        {
            "call": call,
            "text": call.text(language),
            "rules": sheet.asked(laws[call.charter]),
            "deciders": ahead.deciders(laws[call.charter], bodies),
            "publications": ahead.publications(call, laws[call.charter]),
            "url": _notice_url(call),
        }
        for call in calls
    ]
    person = actor_of(request).person
    own = person is not None and queries.of_person(person).exists()
    context = {"calls": shown, "coming": coming, "late": "" if calls else _late_door(), "own": own}
    return render(request, "candidacy/apply.html", context)


def _notice_url(call: Call) -> str:
    return reverse("apply-call", args=[call.reference])


def _late_door() -> str:
    """For a time after the deadline: where to say what kept one from it."""
    last = queries.late_calls().first()
    return _notice_url(last) if last else ""


@never_cache
def apply_call(request: HttpRequest, reference: str) -> HttpResponse:
    """The notice of the risk; then, for whoever is signed in, the beginning; after the deadline, the plea of who is late."""
    opened = queries.open_calls().filter(reference=reference).first()
    late = None if opened else queries.late_calls().filter(reference=reference).first()
    actor, call = actor_of(request), opened or late
    if call is None:
        return _over(actor, reference)
    charter = queries.charter_of(call)
    context: dict[str, Any] = {
        "call": call,
        "is_late": late is not None,
        "charter": charter,
        "readers": sheet.reading_offices(charter),
        "proposer": sheet.proposing_office(charter),
    }
    if actor.person is None:
        onward = urlencode({"next": _notice_url(call)})
        context |= {
            "begin_url": f"{reverse('open-account')}?{onward}",
            "sign_in_url": f"{reverse('sign-in')}?{onward}",
        }
        return render(request, "candidacy/notice.html", context)
    begun = Candidacy.objects.filter(call=call, person_id=actor.person).first()
    if begun is not None:
        return HttpResponseRedirect(matter_url(begun))
    candidacy = Candidacy(call=call, person_id=actor.person)
    data = request.POST if request.method == "POST" else None
    form = (PleaForm if late else NoticeForm)(data, matter=candidacy, by=actor)
    bound = actions.plead_late if late else actions.start
    problems: list[str] = []
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            problems, status = take(bound, candidacy, actor, form, **form.params())
            if not problems:
                begun = Candidacy.objects.get(call=call, person_id=actor.person)
                return HttpResponseRedirect(matter_url(begun))
    return render(
        request, "candidacy/notice.html", {**context, "form": form, "findings": problems}, status=status
    )


def _over(actor: Actor, reference: str) -> HttpResponse:
    """The address of a call that is over: to the own candidacy, or to what is open now."""
    over = queries.visible_calls(PUBLIC).filter(reference=reference).first()
    if over is None:
        raise Http404
    own = Candidacy.objects.filter(call=over, person_id=actor.person).first() if actor.person else None
    return HttpResponseRedirect(matter_url(own) if own else reverse("apply"))
