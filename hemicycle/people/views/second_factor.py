"""The second factor: asked for, or set up. Whoever needs one gets no further without it (article 3.2)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from .. import authenticators, doors, limits, passkeys, queries
from ..forms import CodeForm, PasskeyForm
from .entrance import _to

View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    """For pages that a session may see whose second factor is still missing."""

    @never_cache
    @wraps(view)
    def page(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return page


def may_set_up(view: View) -> View:
    """Ways in are set up by who was just proved: with the second factor if there is one, else by the
    first."""

    @signed_in
    @wraps(view)
    def page(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not doors.is_fresh(request):
            if queries.has_second_factor(doors.person(request)):
                return redirect_to_login(request.get_full_path(), "second-factor")
            doors.leave(request)
            messages.info(request, _("Sign in again: ways in are set up only right after signing in."))
            return redirect("sign-in")
        return view(request, *args, **kwargs)

    return page


@signed_in
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor; or, where there is none yet, lead to its set-up."""
    person = doors.person(request)
    if not queries.has_second_factor(person):
        return render(request, "people/set_up.html", {"next": _next(request), "form": PasskeyForm()})
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        limits.count(request, "people_second", person.reference)
        factor = authenticators.check(person, form.cleaned_data["code"])
        if factor is not None:
            limits.forget(request, "people_second", person.reference)
            doors.step_up(request, factor)
            return redirect(doors.onward(request))
        form.add_error("code", _("This code is not right, or was used before. Wait for the next one."))
    context = {"form": form, "next": _next(request), "has_app": authenticators.has_app(person)}
    return render(request, "people/second_factor.html", context, status=422 if form.errors else 200)


@require_GET
@signed_in
def passkey_options(request: HttpRequest) -> HttpResponse:
    return JsonResponse(passkeys.request_options(doors.person(request)))


@require_POST
@signed_in
def passkey(request: HttpRequest) -> HttpResponse:
    person = doors.person(request)
    try:
        passkeys.prove(request, person)
    except passkeys.Unproven:
        messages.error(request, _("This passkey did not work here. Try again, or take another way."))
        return _to(request, "second-factor")
    doors.step_up(request, "webauthn")
    return redirect(doors.onward(request))


@require_GET
@may_set_up
def new_passkey_options(request: HttpRequest) -> HttpResponse:
    return JsonResponse(passkeys.creation_options(doors.person(request)))


@may_set_up
def new_passkey(request: HttpRequest) -> HttpResponse:
    form = PasskeyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            passkeys.add(request, doors.person(request), form.cleaned_data["name"])
        except passkeys.Unproven:
            form.add_error(
                None, _("The passkey could not be set up. Try again, or take the authenticator app.")
            )
        else:
            doors.step_up(request, "webauthn")
            messages.success(request, _("Your passkey is set up."))
            return redirect(doors.onward(request, "account"))
    context = {"form": form, "next": _next(request)}
    return render(request, "people/new_passkey.html", context, status=422 if form.errors else 200)


@may_set_up
def new_app(request: HttpRequest) -> HttpResponse:
    """Set up the authenticator app: picture and text of the secret, then one code as proof."""
    person = doors.person(request)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        limits.count(request, "people_second", person.reference)
        with transaction.atomic():
            done = authenticators.activate(request, person, form.cleaned_data["code"])
        if done:
            limits.forget(request, "people_second", person.reference)
            doors.step_up(request, "totp")
            messages.success(request, _("Your authenticator app is set up."))
            return redirect(doors.onward(request, "account"))
        form.add_error(
            "code", _("This code does not fit. Look at the time of your telephone, and try the next code.")
        )
    return render(
        request, "people/new_app.html", app_context(request, form), status=422 if form.errors else 200
    )


def app_context(request: HttpRequest, form: CodeForm) -> dict[str, object]:
    """What `people/_app.html` shows: the secret as a picture and as text in groups of four."""
    secret = authenticators.secret(request)
    person = request.user if request.user.is_authenticated else None
    label = person.reference if person else ""
    return {
        "form": form,
        "next": _next(request),
        # Made here by segno from a random secret: no text of anybody stands in it.
        "picture": mark_safe(authenticators.picture(label, secret)),  # noqa: S308
        "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
    }


def _next(request: HttpRequest) -> str:
    return request.POST.get("next") or request.GET.get("next") or ""
