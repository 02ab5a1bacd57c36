"""What every public page has in common: read only, the same for everybody, no cookie, no session."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """A page for everybody. It is asked for again each time, and answered "not modified" where nothing changed: what
    has to disappear from a page (a name withheld for safety) must not live on in a cache.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        is_visitor = settings.SESSION_COOKIE_NAME not in request.COOKIES
        if is_visitor:
            patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        else:
            patch_cache_control(response, private=True, no_cache=True)
        patch_vary_headers(response, ["Cookie"])
        if not is_visitor or response.status_code != 200:
            return response
        etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response["ETag"] = etag
        return get_conditional_response(request, etag=etag, response=response) or response

    return require_safe(answer)


def page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, f"gallery/{template}.html", context)


def language() -> str:
    return (get_language() or "en")[:2]


def found_or_404(thing: Any) -> Any:
    """The thing, or the same answer as for what never existed."""
    if thing is None:
        raise Http404
    return thing
