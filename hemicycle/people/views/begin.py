"""Doors for who has no account yet or no way to sign in: begin, enrol, lock; and the page that shows words
once."""

from __future__ import annotations

import json
from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from hemicycle.record import clock
from hemicycle.rules.procedure import Refused

from .. import accounts, actions, authenticators, doors, keeping, limits, passkeys, queries, unlocking
from ..forms import CodeForm, LockForm, PasskeyForm
from ..models import Enrolment, Person
from ..procedure import EnrolmentState
from .second_factor import app_context, signed_in

ENROLLING = "people.enrolling"


@never_cache
def begin(request: HttpRequest) -> HttpResponse:
    """Open an account without name and address; the phrase comes on the next page. `next` leads on
    afterwards."""
    if request.user.is_authenticated and doors.is_complete(request):
        return redirect(doors.onward(request))
    if request.method != "POST":
        return render(request, "people/begin.html", {"next": request.GET.get("next", "")})
    limits.count(request, "people_begin")
    begun = accounts.begin(get_language() or "en")
    doors.sign_in(request, begun.person, "phrase")
    unlocking.by_phrase(request, begun.account, begun.phrase)
    onward = reverse("second-factor") + "?" + urlencode({"next": doors.onward(request)})
    return redirect(receipt_url(begun.phrase, begun.lock_phrase, begun.person, onward))


def receipt_url(phrase: str, lock_phrase: str, person: Person, onward: str) -> str:
    """The page that shows new phrases, for half an hour or until they are written down."""
    words = {"phrase": phrase, "lock_phrase": lock_phrase, "reference": person.reference, "next": onward}
    return reverse("shown-once", args=[keeping.hand_over(json.dumps(words))])


def code_url(enrolment: Enrolment, code: str) -> str:
    """The page that shows half of an enrolment code to the clerk who made it."""
    words = {
        "code": code,
        "half": "first" if enrolment.state == EnrolmentState.ASKED else "second",
        "person": enrolment.person.shown_name,
        "expires": enrolment.expires_at.isoformat(),
        "next": reverse("matter", args=[enrolment.reference]),
    }
    return reverse("shown-once", args=[keeping.hand_over(json.dumps(words))])


@signed_in
def shown_once(request: HttpRequest, token: str) -> HttpResponse:
    """Phrases, codes: shown until the person says that they are written down, at most for half an hour."""
    kept = keeping.handed_over(token)
    if kept is None:
        messages.info(
            request,
            _("These words are not shown a second time. If you did not write them down, make new ones."),
        )
        return redirect("account")
    words = json.loads(kept)
    if request.method == "POST":
        keeping.put_away(token)
        return redirect(words["next"])
    if "expires" in words:
        words["expires"] = datetime.fromisoformat(words["expires"])
    template = "people/receipt.html" if "phrase" in words else "people/shown_once.html"
    return render(request, template, {"words": words})


@never_cache
def lock(request: HttpRequest) -> HttpResponse:
    """Lock a file with the receipt phrase or the lock phrase, from any device, without signing in."""
    form = LockForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        limits.ask(request, "people_failed")
        if accounts.lock_by(form.cleaned_data["phrase"]):
            return render(request, "people/locked.html")
        limits.count(request, "people_failed")
        form.add_error("phrase", _("This phrase locks nothing. Check the words and try again."))
    return render(request, "people/lock.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
def enrol(request: HttpRequest) -> HttpResponse:
    """One field: both halves of the code that were handed over in person. Wrong, half, used, expired and revoked have
    one answer."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        limits.ask(request, "people_failed")
        digests = actions.enrolments.digests(form.cleaned_data["code"])
        enrolment = Enrolment.objects.filter(code_digest__in=digests).first()
        if enrolment is not None and enrolment.standing(clock.now()) == EnrolmentState.ISSUED:
            doors.leave(request)
            request.session[ENROLLING] = enrolment.reference
            return redirect("enrol-way")
        limits.count(request, "people_failed")
        form.add_error(
            "code", _("This code opens nothing. Check both halves; a code works once and expires.")
        )
    return render(request, "people/enrol.html", {"form": form}, status=422 if form.errors else 200)


def _enrolling(request: HttpRequest) -> Enrolment | None:
    """The enrolment whose code was given in this session, while it is still good."""
    found = (
        Enrolment.objects.select_related("person")
        .filter(reference=request.session.get(ENROLLING, ""))
        .first()
    )
    return found if found is not None and found.standing(clock.now()) == EnrolmentState.ISSUED else None


@never_cache
def enrol_way(request: HttpRequest) -> HttpResponse:
    """Set up a passkey: the way in of an office-holder. The page leads to the app where a device cannot."""
    enrolment = _enrolling(request)
    if enrolment is None:
        return redirect("enrol")
    form = PasskeyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                actions.enrol(enrolment, queries.bearer(enrolment.person), way="passkey")
                passkeys.add(request, enrolment.person, form.cleaned_data["name"])
                accounts.of(enrolment.person)
        except passkeys.Unproven:
            form.add_error(
                None, _("The passkey could not be set up. Try again, or take the authenticator app.")
            )
        except Refused:
            return redirect(
                "enrol"
            )  # somebody used the code at the same instant: that one is in, this one is not
        else:
            return _enrolled(request, enrolment.person, "webauthn")
    context = {"form": form, "person": enrolment.person, "enrolment": enrolment}
    return render(request, "people/enrol_way.html", context, status=422 if form.errors else 200)


@never_cache
@require_GET
def enrol_options(request: HttpRequest) -> HttpResponse:
    enrolment = _enrolling(request)
    if enrolment is None:
        return JsonResponse({}, status=409)
    return JsonResponse(passkeys.creation_options(enrolment.person))


@never_cache
def enrol_app(request: HttpRequest) -> HttpResponse:
    """Where a device has no passkeys: an authenticator app, and a phrase on paper."""
    enrolment = _enrolling(request)
    if enrolment is None:
        return redirect("enrol")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        person = enrolment.person
        limits.count(request, "people_second", person.reference)
        try:
            with transaction.atomic():
                is_right = authenticators.activate(request, person, form.cleaned_data["code"])
                if is_right:
                    actions.enrol(enrolment, queries.bearer(person), way="phrase")
                    phrase, lock_phrase = accounts.new_phrases(person)
        except Refused:
            return redirect("enrol")
        if is_right:
            _enrolled(request, person, "totp")
            return redirect(receipt_url(phrase, lock_phrase, person, reverse("account")))
        form.add_error(
            "code", _("This code does not fit. Look at the time of your telephone, and try the next code.")
        )
    return render(
        request, "people/enrol_app.html", app_context(request, form), status=422 if form.errors else 200
    )


def _enrolled(request: HttpRequest, person: Person, way: str) -> HttpResponse:
    request.session.pop(ENROLLING, None)
    person.refresh_from_db()
    doors.sign_in(request, person, "mfa", type=way)
    messages.success(request, _("You are enrolled and signed in."))
    return redirect("account")
