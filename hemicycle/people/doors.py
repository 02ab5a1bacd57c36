"""Coming in and going out: which ways were used in a session, and whether they are enough.

A session in which the second factor is still missing is nobody's: the middleware makes no actor of it, so
that no page has to remember to ask.
"""

from __future__ import annotations

import time
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY as WAYS
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login, logout, update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from . import queries
from .actions.accounts import end_sessions
from .models import Person

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FRESH_SECONDS = 15 * 60
NO_ADDRESS = "::"
RENEWED = "people.renewed"
RENEW_SECONDS = 30 * 60


class Closed(Exception):
    """The account is locked: nobody comes in."""


def sign_in(request: HttpRequest, person: Person, method: str, **extra: Any) -> None:
    """Begin a session of the person. `method`: "mfa" (with `type`), "phrase", "mail", "demonstration"."""
    if not person.is_active:
        raise Closed(person.reference)
    leave(request)
    with transaction.atomic():
        login(request, person, backend=BACKEND)
        request.session[WAYS] = []
        _add(request, method, extra)
        request.session.save()
        _list(request, person)


def _list(request: HttpRequest, person: Person) -> None:
    """Let the person see this session among the own ones."""
    UserSession.objects.create(
        user=person,
        session_key=request.session.session_key,
        ip=NO_ADDRESS,
        user_agent=device(request.META.get("HTTP_USER_AGENT", "")),
    )


def step_up(request: HttpRequest, type_: str) -> None:
    """The second factor was given in this session. The session gets a new key: the old cookie is worth
    nothing."""
    with transaction.atomic():
        old = request.session.session_key
        _add(request, "mfa", {"type": type_})
        request.session.cycle_key()
        UserSession.objects.filter(session_key=old).update(session_key=request.session.session_key)


def renew(request: HttpRequest) -> None:
    """Begin the hours of a session again, at most once in half an hour."""
    if time.time() - request.session.get(RENEWED, 0) > RENEW_SECONDS:
        request.session[RENEWED] = time.time()


def leave(request: HttpRequest) -> None:
    """End this session, if there is one."""
    if request.user.is_authenticated:
        UserSession.objects.filter(session_key=request.session.session_key).delete()
        logout(request)


def end_all(request: HttpRequest) -> None:
    """End every session of the person, this one too: whoever holds an old cookie holds nothing."""
    ended = person(request)
    with transaction.atomic():
        end_sessions(ended)
        ended.save(update_fields=["password"])
    leave(request)


def end_others(request: HttpRequest) -> None:
    """End every session of the person but this one, which goes on under a new key: a way in was removed here."""
    kept = person(request)
    with transaction.atomic():
        end_sessions(kept)
        kept.save(update_fields=["password"])
        update_session_auth_hash(request, kept)
        request.session.save()
        _list(request, kept)


def _add(request: HttpRequest, method: str, extra: dict[str, Any]) -> None:
    request.session[WAYS] = [*_ways(request), {"method": method, "at": time.time(), **extra}]


def _ways(request: HttpRequest) -> list[dict[str, Any]]:
    found = request.session.get(WAYS)
    return found if isinstance(found, list) else []


def is_strong(request: HttpRequest) -> bool:
    """Whether a passkey with user verification, an authenticator app or a recovery code was used in this
    session; one click of a demonstration counts in a demonstration."""
    methods = {way.get("method") for way in _ways(request)}
    return "mfa" in methods or ("demonstration" in methods and settings.DEMONSTRATION)


def is_complete(request: HttpRequest) -> bool:
    """Whether the signed-in person may act: strong, or nothing asks for a second factor."""
    return is_strong(request) or not queries.needs_second_factor(person(request))


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person showed a few minutes ago that it is still he or she: before ways in are changed."""
    after = time.time() - FRESH_SECONDS
    ways = [way for way in _ways(request) if way.get("at", 0) > after]
    if not queries.has_second_factor(person(request)):
        return bool(ways)
    return any(way.get("method") in ("mfa", "demonstration") for way in ways)


def person(request: HttpRequest) -> Person:
    """The signed-in person, whether or not the session is complete."""
    if not isinstance(request.user, Person):
        raise TypeError("nobody is signed in")
    return request.user


def onward(request: HttpRequest, default: str = "home") -> str:
    """Where to go next: `next` of the form or the address, if it leads to a page of this house."""
    given = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(given, {request.get_host()}, require_https=request.is_secure()):
        return given
    return resolve_url(default)


def device(user_agent: str) -> str:
    """Browser and system in two words, so that a person knows the own sessions; nothing finer is kept."""
    browsers = (
        ("Edg", "Edge"),
        ("OPR", "Opera"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    )
    systems = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux"))  # fmt: skip
    found = [next((name for mark, name in names if mark in user_agent), "") for names in (browsers, systems)]
    return ", ".join(part for part in found if part)
