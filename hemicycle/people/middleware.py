"""Who is at the door: `request.actor` and `request.person`, found once per request and only when asked."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from hemicycle.record.actors import PUBLIC, Actor

from . import queries


class ActorMiddleware:
    """Sets `request.actor`. A public page that asks for nobody opens no session and sets no cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.person = SimpleLazyObject(lambda: request.user)  # type: ignore[attr-defined]
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    return queries.actor(request.user) if request.user.is_authenticated else PUBLIC
