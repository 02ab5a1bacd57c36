"""Refusals as pages: what happened, and what to do; and what stands in the head of every answer."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hemicycle.record import law
from hemicycle.record.acts import AlreadyRecorded, SamePerson, Stale, Unsigned
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder, Refused

from . import findings, sealed, space

# What no page of the house uses is denied to every script that might get in, and to frames.
UNUSED = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
    "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment",
    "picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS = ", ".join(
    [
        *(f"{name}=()" for name in UNUSED),
        *(f"publickey-credentials-{name}=(self)" for name in ("create", "get")),
    ]
)


class HeadersMiddleware:
    """What stands in the head of every answer, static files too, beside what Django's own middleware sets."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response


class WithheldOriginMiddleware:
    """Restates the origin of a form that a page of this house sent.

    Where a page allows no referrer, browsers write "null" in place of the origin of its forms. They still say in
    `Sec-Fetch-Site`, which no script can set, whether the page was of this origin; browsers too old for that are
    held by the token alone. A form of any other site keeps its "null", which Django refuses.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            request.META.get("HTTP_ORIGIN") == "null"
            and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
        ):
            request.META["HTTP_ORIGIN"] = f"{request.scheme}://{request.get_host()}"
        return self.get_response(request)


class RefusalMiddleware:
    """Answers 403, 409 or 422 with a page; 404 where the existence of a matter is sealed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # PostgreSQL keeps no NUL in a text, so nothing can be found by one; forms refuse it themselves.
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return nothing_here(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if (
            isinstance(error, NotEmpowered)
            and error.table.existence_sealed
            and not isinstance(error, SamePerson)
        ):
            error = Http404()
        if isinstance(error, sealed.NotOpened):
            return sealed.to_opening(request, error)
        if isinstance(error, Http404):
            return nothing_here(request)
        if full := space.what_is_full(error):
            return space.answer(full)
        if isinstance(error, Unmet):
            return page(request, 422, _("Not possible yet"), " ".join(findings.texts(error)))
        if isinstance(error, law.NoLaw):
            return page(request, 503, _("Not founded yet"), str(error))
        if isinstance(error, Refused):
            return page(request, error.status, *refusal(request, error))
        return None


def nothing_here(request: HttpRequest) -> HttpResponse:
    return page(
        request, 404, _("Page not found"), _("There is nothing at this address, or it is not public.")
    )


def refusal(request: HttpRequest, error: Refused) -> tuple[str, str]:
    """Title and text of a refusal."""
    if isinstance(error, SamePerson):
        return _("A second person is needed"), _("You did the first half. Somebody else must do the second.")
    if isinstance(error, NotEmpowered):
        charter = law.in_force()
        names = ", ".join(charter.office(o).name[request.LANGUAGE_CODE] for o in error.step.offices)
        return _("Not yours to do"), _("“%(act)s” is for: %(offices)s.") % {
            "act": error.step.title,
            "offices": names,
        }
    if isinstance(error, OutOfOrder):
        return _("Not possible now"), _("“%(act)s” is not possible in the state “%(state)s”.") % {
            "act": error.step.title,
            "state": error.table.state_title(error.state),
        }
    if isinstance(error, Stale):
        return _("The page was old"), _("Somebody acted on this after your page was made. Look at it again.")
    if isinstance(error, AlreadyRecorded):
        return _("Recorded before"), _("This form was recorded before. Nothing was done twice.")
    if isinstance(error, Unsigned):
        return _("Not signed"), _("This act has to be signed. Nothing was done.")
    return _("Refused"), str(error)


def page(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    return render(request, "web/error.html", {"status": status, "title": title, "text": text}, status=status)
