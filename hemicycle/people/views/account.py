"""My account: names and languages, ways in, sessions, offices. Every change of a way in asks for a fresh
proof."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hemicycle.record import acts, clock
from hemicycle.rules.findings import Unmet
from hemicycle.web import findings
from hemicycle.web.views import actor_of

from .. import accounts, actions, authenticators, doors, keeping, limits, queries, tasks, unlocking
from ..forms import CodeForm, MailForm, PersonForm
from ..models import Account, Holding
from ..procedure import HOLDING
from .begin import receipt_url
from .second_factor import may_set_up

View = Callable[..., HttpResponse]
ADDRESS = "people.new_address"


def own(view: View) -> View:
    """For pages of one's own account: the session must be complete."""

    @never_cache
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if actor_of(request).person is None:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return page


def fresh(view: View) -> View:
    """Complete, and proved again in the last quarter of an hour."""
    return own(may_set_up(view))


@own
def account(request: HttpRequest) -> HttpResponse:
    person, now = doors.person(request), clock.now()
    factors = Authenticator.objects.filter(user=person).order_by("pk")
    sessions = UserSession.objects.filter(user=person).order_by("-created_at")
    context = {
        "person": person,
        "kept": queries.account(person),
        "passkeys": [f for f in factors if f.type == Authenticator.Type.WEBAUTHN],
        "app": next((f for f in factors if f.type == Authenticator.Type.TOTP), None),
        "recovery": next((f for f in factors if f.type == Authenticator.Type.RECOVERY_CODES), None),
        "may_mail": queries.may_use_mail_code(person),
        "sessions": sessions,
        "has_key_page": person.holdings.exists() or person.reader_keys.exists(),
        "here": request.session.session_key,
        "holdings": [
            {
                "holding": row,
                "state": row.standing(now),
                "state_label": HOLDING.state_title(row.standing(now)),
            }
            for row in Holding.objects.filter(person=person).order_by("-held_from")
        ],
        "recoveries": person.recoveries.filter(state__in=["asked", "waiting"]),
    }
    return render(request, "people/account.html", context)


@own
def about_me(request: HttpRequest) -> HttpResponse:
    """Names, grammatical gender, languages, and whether codes may come by e-mail."""
    person = doors.person(request)
    start = {
        name: getattr(person, name)
        for name in ("name", "latin_name", "gender", "language", "reads", "mail_code")
    }
    actor, held = actor_of(request), queries.account(person) or Account(person=person)
    form = PersonForm(
        request.POST if request.method == "POST" else None, matter=held, by=actor, initial=start
    )
    if request.method == "POST" and form.is_valid():
        with translation.override(form.cleaned_data["language"]):
            try:
                with transaction.atomic():
                    held = accounts.of(person)
                    with acts.submission(form.cleaned_data["once"], None):
                        actions.change_person(held, actor, **form.params())
            except acts.AlreadyRecorded:
                messages.info(request, _("This was recorded before. Nothing was done twice."))
            else:
                messages.success(request, _("Saved."))
            return redirect("account")
    return render(request, "people/about_me.html", {"form": form}, status=422 if form.errors else 200)


@fresh
def address(request: HttpRequest) -> HttpResponse:
    """Give an address, or take it away. A new one counts only once a code sent to it comes back."""
    person = doors.person(request)
    form = MailForm(request.POST if request.method == "POST" else None, initial={"email": person.email})
    if request.method == "POST" and request.POST.get("remove"):
        actions.change_address(accounts.of(person), actor_of(request), email=None)
        messages.success(request, _("No address is kept any more."))
        return redirect("account")
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["email"]
        limits.count(request, "people_mail", given)
        process, sealed = secrets.token_urlsafe(24), keeping.seal("address", given)
        request.session[ADDRESS] = [process, sealed]
        tasks.send_address_code.enqueue(process, sealed, person.reference)
        return redirect("account-address-code")
    return render(
        request, "people/address.html", {"form": form, "person": person}, status=422 if form.errors else 200
    )


@fresh
def address_code(request: HttpRequest) -> HttpResponse:
    process, sealed = request.session.get(ADDRESS, ("", ""))
    if not process:
        return redirect("account-address")
    person = doors.person(request)
    form = CodeForm(request.POST if request.method == "POST" else None)
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        limits.ask(request, "people_failed")
        if tasks.redeem(process, form.cleaned_data["code"]) == person:
            try:
                actions.change_address(
                    accounts.of(person), actor_of(request), email=keeping.unseal("address", sealed)
                )
            except Unmet as error:
                problems = findings.texts(error)
            else:
                request.session.pop(ADDRESS)
                messages.success(request, _("Your address is kept."))
                return redirect("account")
        else:
            limits.count(request, "people_failed")
            form.add_error(
                "code", _("This code is not right, or not right any more. Check it, or ask for a new one.")
            )
    context = {"form": form, "findings": problems}
    return render(
        request, "people/address_code.html", context, status=422 if form.errors or problems else 200
    )


@require_POST
@fresh
def new_phrases(request: HttpRequest) -> HttpResponse:
    """A new receipt: the old phrases open and lock nothing from now on."""
    person = doors.person(request)
    phrase, lock_phrase = accounts.new_phrases(person, unlocking.identity(request, person))
    unlocking.by_phrase(request, accounts.of(person), phrase)
    return redirect(receipt_url(phrase, lock_phrase, person, reverse("account")))


@require_POST
@fresh
def new_recovery_codes(request: HttpRequest) -> HttpResponse:
    person = doors.person(request)
    if not queries.has_second_factor(person):
        messages.error(request, _("Set up a passkey or an authenticator app first."))
        return redirect("account")
    with transaction.atomic():
        codes = authenticators.new_recovery_codes(person)
    words = {"codes": codes, "next": reverse("account")}
    return redirect("shown-once", keeping.hand_over(json.dumps(words)))


@require_POST
@fresh
def remove_factor(request: HttpRequest, key: int) -> HttpResponse:
    with transaction.atomic():
        is_removed = authenticators.remove(doors.person(request), key)
    if is_removed:
        doors.end_others(request)
        messages.success(request, _("Removed. Your other sessions are ended."))
    else:
        messages.error(
            request, _("This is your last second factor, and you need one. Set up another one first.")
        )
    return redirect("account")


@require_POST
@own
def end_session(request: HttpRequest, key: int) -> HttpResponse:
    found = UserSession.objects.filter(user=doors.person(request), pk=key).first()
    if found is None:
        raise Http404
    if found.session_key == request.session.session_key:
        doors.leave(request)
        return redirect("sign-in")
    found.end()
    messages.success(request, _("The session is ended."))
    return redirect("account")


@require_POST
@own
def end_all_sessions(request: HttpRequest) -> HttpResponse:
    """Every session, this one too: whoever holds an old cookie holds nothing."""
    doors.end_all(request)
    messages.success(request, _("All sessions are ended. Sign in again."))
    return redirect("sign-in")


@require_POST
@own
def stay(request: HttpRequest) -> HttpResponse:
    """More time: the session begins its hours again."""
    request.session.pop(doors.RENEWED, None)  # the middleware renews what was not renewed
    return HttpResponse(status=204)


@require_POST
@own
def refuse_recovery(request: HttpRequest, reference: str) -> HttpResponse:
    """I did not ask for this: the person stops a recovery of the own account."""
    recovery = doors.person(request).recoveries.filter(reference=reference).first()
    if recovery is None:
        raise Http404
    with acts.submission(None, None):
        actions.refuse_recovery(recovery, actor_of(request))
    messages.success(request, _("The recovery is stopped."))
    return redirect("account")
