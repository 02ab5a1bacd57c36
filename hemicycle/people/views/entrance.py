"""The sign-in page and its ways: passkey, phrase with app, e-mail code, and the cast of a demonstration."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from .. import (
    accounts,
    authenticators,
    demonstration,
    doors,
    keeping,
    limits,
    passkeys,
    queries,
    tasks,
    unlocking,
)
from ..forms import CodeForm, MailForm, PhraseForm
from ..models import Person

PROCESS = "people.mail_process"


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Every way in, on one page. Who is signed in already goes on, or to the second factor that is
    missing."""
    if request.user.is_authenticated:
        if not doors.is_complete(request):
            return _to(request, "second-factor")
        if not demonstration.is_on():
            return redirect(doors.onward(request))
    return _page(request)


def _page(
    request: HttpRequest,
    *,
    status: int = 200,
    findings: Sequence[str] = (),
    phrase: PhraseForm | None = None,
    mail: MailForm | None = None,
) -> HttpResponse:
    language = get_language() or "en"
    context = {
        "next": request.POST.get("next") or request.GET.get("next") or "",
        "findings": findings,
        "phrase_form": phrase or PhraseForm(auto_id="phrase_%s"),
        "mail_form": mail or MailForm(auto_id="mail_%s"),
        "cast": [(member, member.title(language)) for member in demonstration.cast()],
    }
    return render(request, "people/sign_in.html", context, status=status)


def _to(request: HttpRequest, name: str) -> HttpResponseRedirect:
    """Redirect to a page of this room, keeping where the person wanted to go."""
    onward = request.POST.get("next") or request.GET.get("next")
    return HttpResponseRedirect(reverse(name) + (f"?{urlencode({'next': onward})}" if onward else ""))


def come_in(request: HttpRequest, person: Person, method: str, **extra: str) -> HttpResponse:
    """Begin the session and go on: to the page that was asked for, or to the second factor."""
    doors.sign_in(request, person, method, **extra)
    if not doors.is_complete(request):
        return _to(request, "second-factor")
    return redirect(doors.onward(request))


@never_cache
@require_GET
def passkey_options(request: HttpRequest) -> JsonResponse:
    return JsonResponse(passkeys.request_options())


@require_POST
def passkey(request: HttpRequest) -> HttpResponse:
    try:
        person = passkeys.prove(request)
    except passkeys.Unproven:
        return _page(
            request,
            status=422,
            findings=[_("This passkey did not work here. Try again, or take another way.")],
        )
    return come_in(request, person, "mfa", type="webauthn")


@require_POST
def phrase(request: HttpRequest) -> HttpResponse:
    """Phrase and app. Unknown phrase, wrong code, locked file: one answer, one cost."""
    form = PhraseForm(request.POST, auto_id="phrase_%s")
    if not form.is_valid():
        return _page(request, status=422, phrase=form)
    limits.ask(request, "people_failed")
    code = form.cleaned_data["code"]
    account = accounts.by_phrase(form.cleaned_data["phrase"])
    if account is None:
        authenticators.check_nothing(code)
        return _wrong(request, form)
    limits.count(request, "people_second", account.person.reference)
    if not authenticators.has_app(account.person) and not code:
        return come_in(
            request, account.person, "phrase"
        )  # leads to the set-up of a second factor, and nowhere else
    factor = authenticators.check(account.person, code)
    if factor is None:
        return _wrong(request, form)
    limits.forget(request, "people_second", account.person.reference)
    answer = come_in(request, account.person, "mfa", type=factor, first="phrase")
    unlocking.by_phrase(request, account, form.cleaned_data["phrase"])
    return answer


def _wrong(request: HttpRequest, form: PhraseForm) -> HttpResponse:
    limits.count(request, "people_failed")
    form.add_error(None, _("Phrase and code do not go together. Check both and try again."))
    return _page(request, status=422, phrase=form)


@require_POST
def mail(request: HttpRequest) -> HttpResponse:
    """Ask for a code by e-mail. The request does the same for every address; a worker finds out whose it
    is."""
    form = MailForm(request.POST, auto_id="mail_%s")
    if not form.is_valid():
        return _page(request, status=422, mail=form)
    address = form.cleaned_data["email"]
    limits.count(request, "people_mail", address)
    process = secrets.token_urlsafe(24)
    request.session[PROCESS] = process
    tasks.send_sign_in_code.enqueue(process, keeping.seal("address", address))
    return _to(request, "sign-in-code")


@never_cache
def mail_code(request: HttpRequest) -> HttpResponse:
    process = request.session.get(PROCESS)
    if process is None:
        return _to(request, "sign-in")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        limits.ask(request, "people_failed")
        person = tasks.redeem(process, form.cleaned_data["code"])
        # Asked again: a recovery, an office or the person may have ended codes by e-mail since this one was sent.
        if person is not None and queries.may_use_mail_code(person):
            request.session.pop(PROCESS)
            return come_in(request, person, "mail")
        limits.count(request, "people_failed")
        form.add_error(
            "code", _("This code is not right, or not right any more. Check it, or ask for a new one.")
        )
    context = {"form": form, "next": request.POST.get("next") or request.GET.get("next") or ""}
    return render(request, "people/mail_code.html", context, status=422 if form.errors else 200)


@require_POST
def as_cast(request: HttpRequest, reference: str) -> HttpResponse:
    """One click, one of the cast: only in demonstration mode, on a record founded as a demonstration. 403 for one whose
    account is locked."""
    members = [m for m in demonstration.cast() if m.person is not None and m.person.reference == reference]
    if not settings.DEMONSTRATION or not members or members[0].person is None:
        raise Http404
    try:
        return come_in(request, members[0].person, "demonstration")
    except doors.Closed:
        # Whoever tries the doors of a demonstration may lock one of the cast: the others are told what opens it again.
        locked = _(
            "This account was locked, so nobody signs in as this person. Two clerks can open it again with a "
            "recovery; or begin the demonstration again with: make demo-reset"
        )
        return _page(request, status=403, findings=[locked])


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    doors.leave(request)
    return redirect("sign-in")


@never_cache
@csrf_exempt
def leave_at_once(request: HttpRequest) -> HttpResponse:
    """The quick-lock: end every session of the person, empty what the browser kept, show a page that says nothing.

    Without the token of a form: whoever presses this must never read "the form was too old". A form of another site
    brings no cookie of the session (SameSite), so that it ends nothing.
    """
    response = HttpResponse(render_to_string("people/away.html"))
    if request.method != "POST":
        return response
    if request.user.is_authenticated:
        doors.end_all(request)
    if request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin":
        response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response
