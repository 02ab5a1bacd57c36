"""Who is at the door: `request.actor` and `request.person`, found once per request and only when asked."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from hemicycle.record.actors import PUBLIC, Actor

from . import doors, queries, unlocking


class ActorMiddleware:
    """Sets `request.actor`. A public page that asks for nobody opens no session and sets no cookie.

    A session whose second factor is missing makes no actor: every page of the house then leads to the
    sign-in page, which asks for it or leads through its set-up. Nothing can be skipped, on any page
    (article 3.2).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.person = SimpleLazyObject(lambda: request.user)  # type: ignore[attr-defined]
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        response = self.get_response(request)
        # Eight hours without doing anything end a session; one write in half an hour keeps a busy one alive.
        if request.session.accessed and request.user.is_authenticated:
            doors.renew(request)
            # What somebody signed in has read is in no cache of the browser, and the arrow back shows nothing of it.
            response.headers["Cache-Control"] = "private, no-store"
        unlocking.hand_out(request, response)
        return response


def _actor(request: HttpRequest) -> Actor:
    if not request.user.is_authenticated or not doors.is_complete(request):
        return PUBLIC
    return queries.actor(doors.person(request))
