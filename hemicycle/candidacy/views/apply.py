"""The door for candidates: what is called for, the notice of the risk, and the beginning. No e-mail is needed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from hemicycle.record import clock, law
from hemicycle.web.desk import begin_url, matter_url
from hemicycle.web.views import actor_of

from .. import actions, queries, sheet
from ..forms import NoticeForm
from ..models import Call, Candidacy
from ..procedure import CallState
from .taking import take


def apply(request: HttpRequest) -> HttpResponse:
    """Public. Which call is open, until when, under which rules; or that none is."""
    now, language = clock.now(), get_language() or "en"
    calls = list(queries.open_calls(now))
    coming = Call.objects.filter(state=CallState.OPEN, opens_at__gt=now).order_by("opens_at").first()
    shown = [
        {
            "call": call,
            "text": call.text(language),
            "rules": sheet.asked(queries.charter_of(call)),
            "url": _notice_url(call),
        }
        for call in calls
    ]
    person = actor_of(request).person
    own = person is not None and queries.of_person(person).exists()
    context = {"calls": shown, "coming": coming, "late": _late_door(request), "own": own}
    return render(request, "candidacy/apply.html", context)


def _notice_url(call: Call) -> str:
    return reverse("apply-call", args=[call.reference])


def _late_door(request: HttpRequest) -> str:
    """For a time after the deadline: where to say what kept one from it."""
    days = law.in_force().periods.erase_draft_days.value
    last = Call.objects.filter(state__in=[CallState.OPEN, CallState.CLOSED]).order_by("-closes_at").first()
    if last is None or last.closes_at > clock.now() or (clock.now() - last.closes_at).days >= days:
        return ""
    return begin_url("candidacy", "plead_late", call=last.reference)


@never_cache
def apply_call(request: HttpRequest, reference: str) -> HttpResponse:
    """The notice of the risk; then, for whoever is signed in, the beginning."""
    call = queries.open_calls().filter(reference=reference).first()
    if call is None:
        raise Http404
    actor = actor_of(request)
    charter = queries.charter_of(call)
    context = {"call": call, "charter": charter, "readers": sheet.reading_offices(charter)}
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
    form = NoticeForm(request.POST if request.method == "POST" else None, matter=candidacy, by=actor)
    problems: list[str] = []
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            problems, status = take(
                actions.start, candidacy, actor, form, notice_read=form.cleaned_data["notice_read"]
            )
            if not problems:
                begun = Candidacy.objects.get(call=call, person_id=actor.person)
                return HttpResponseRedirect(matter_url(begun))
    return render(
        request, "candidacy/notice.html", {**context, "form": form, "findings": problems}, status=status
    )
