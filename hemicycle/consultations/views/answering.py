"""The page on which one answers: one proposition at a time, on a phone, with keys, or read aloud."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hemicycle.record import acts
from hemicycle.record.actors import Actor
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import Refused
from hemicycle.web import findings
from hemicycle.web.views import actor_of

from .. import actions, answering, queries, showing
from ..forms import CodeForm, ProposeForm
from ..models import Answer, Consultation, Proposition
from ._found import opened

CODES = "consultation-codes"  # in the session of a visitor: which code opens which consultation, for as long as it lasts
VALUES = {"agree": Answer.AGREE, "disagree": Answer.DISAGREE, "pass": Answer.PASS, "undo": None}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """One proposition at a time. Without script a form is sent and the next page comes."""
    row = opened(reference)
    who = _who(request, row)
    if request.method == "POST" and request.headers.get("HX-Request") and (who is None or not row.is_open):
        return _anew()
    if not row.is_open:
        return render(request, "consultations/over.html", {"consultation": row, "title": row.shown_name})
    if who is None:
        return _shut_out(request, row)
    if request.method == "POST":
        return _given(request, row, who)
    return _answer_page(request, row, who)


def _anew() -> HttpResponse:
    """Where only a part of the page was asked for and it is another page now: the browser loads the whole."""
    return HttpResponse(headers={"HX-Refresh": "true"})


def _given(request: HttpRequest, row: Consultation, who: answering.Answerer) -> HttpResponse:
    here = reverse("consultations-answer", args=[row.reference])
    asked = queries.admitted(row).filter(reference=request.POST.get("proposition", "")).first()
    said = request.POST.get("value", "")
    if asked is None or said not in VALUES:
        return HttpResponse(_("This answer cannot be read."), status=400, content_type="text/plain")
    try:
        answering.give(row, who, {asked.pk: VALUES[said]})
    except Unmet:  # it closed at that instant
        if request.headers.get("HX-Request"):
            return _anew()
        return render(
            request, "consultations/over.html", {"consultation": row, "title": row.shown_name}, status=409
        )
    onward = f"?at={asked.reference}" if said == "undo" else f"?last={asked.reference}"
    return HttpResponseRedirect(f"{here}{onward}#proposition")


def _answer_page(
    request: HttpRequest,
    row: Consultation,
    who: answering.Answerer,
    form: Any = None,
    problems: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    sheet = answering.sheet(row, who)
    every = [*sheet.left, *sheet.done]
    at = next((each for each in every if each.reference == request.GET.get("at")), None)
    last = next((each for each in sheet.done if each.reference == request.GET.get("last")), None)
    shown = at or next(iter(sheet.left), None)
    actor = actor_of(request)
    context = {
        "title": row.shown_name,
        "consultation": row,
        "proposition": shown,
        "text": queries.written(shown) if shown else None,
        "given": sheet.given.get(shown.pk) if shown else None,
        "last": last,
        "done": len(sheet.done),
        "left": len(sheet.left),
        "total": len(every),
        "form": form or ProposeForm(matter=Proposition(consultation=row), by=actor),
        "is_adding": form is not None,
        "findings": problems or [],
        "own": [(each, showing.proposition_state(each)) for each in queries.own(row, actor)],
        "has_code": actor.person is None,
    }
    return render(request, "consultations/answer.html", context, status=status)


@never_cache
@require_safe
def answers(request: HttpRequest, reference: str) -> HttpResponse:
    """What one has answered oneself, each with the way to change it."""
    row = opened(reference)
    who = _who(request, row)
    if not row.is_open:
        return render(request, "consultations/over.html", {"consultation": row, "title": row.shown_name})
    if who is None:
        return _shut_out(request, row)
    return render(request, "consultations/answers.html", showing.own_answers(row, answering.sheet(row, who)))


@never_cache
@require_http_methods(["POST"])
def propose(request: HttpRequest, reference: str) -> HttpResponse:
    """Somebody adds a proposition from below the one that is asked."""
    row = opened(reference)
    who = _who(request, row)
    if who is None:
        return _shut_out(request, row)
    actor = actor_of(request)
    proposition = Proposition(consultation=row)
    proposition.code = _code(request, row)  # type: ignore[attr-defined]
    form = ProposeForm(request.POST, matter=proposition, by=actor)
    if not row.is_open:
        return render(
            request, "consultations/over.html", {"consultation": row, "title": row.shown_name}, status=409
        )
    if not form.is_valid():
        return _answer_page(request, row, who, form, [], 422)
    try:
        with acts.submission(form.cleaned_data["once"], None):
            actions.propose(proposition, actor, **form.params())
    except acts.AlreadyRecorded:
        messages.info(request, _("This was recorded before. Nothing was done twice."))
    except (Unmet, ValidationError) as error:
        return _answer_page(request, row, who, form, findings.texts(error), 422)
    except Refused:
        return _shut_out(request, row)
    else:
        messages.success(
            request, _("Your proposition has been sent. The Secretariat reads it before others do.")
        )
    return HttpResponseRedirect(reverse("consultations-answer", args=[row.reference]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: HttpRequest, reference: str) -> HttpResponse:
    """For whoever was handed a code: it opens the page on which one answers, on this device or another."""
    row = opened(reference)
    here = reverse("consultations-answer", args=[row.reference])
    if actor_of(request).person is not None or not row.is_open or not row.civil_society:
        return HttpResponseRedirect(here)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if answering.is_code(row, form.cleaned_data["code"]):
            held = {
                **request.session.get(CODES, {}),
                row.reference: answering.plain(form.cleaned_data["code"]),
            }
            request.session[CODES] = held
            return HttpResponseRedirect(here)
        form.add_error("code", _("No such code was made for this consultation. Look at it again."))
    context = {"consultation": row, "form": form, "title": _("Answer with a code")}
    return render(request, "consultations/code.html", context, status=422 if form.errors else 200)


def _code(request: HttpRequest, row: Consultation) -> str:
    return str(request.session.get(CODES, {}).get(row.reference, ""))


def _who(request: HttpRequest, row: Consultation) -> answering.Answerer | None:
    actor: Actor = actor_of(request)
    return answering.answerer(row, actor, "" if actor.person is not None else _code(request, row))


def _shut_out(request: HttpRequest, row: Consultation) -> HttpResponse:
    """Who may answer, and how one comes there. Signed in without the right, one is told so."""
    if actor_of(request).person is None:
        if row.civil_society:
            return HttpResponseRedirect(reverse("consultations-code", args=[row.reference]))
        return redirect_to_login(reverse("consultations-answer", args=[row.reference]))
    return render(
        request, "consultations/not_asked.html", {"consultation": row, "title": row.shown_name}, status=403
    )
