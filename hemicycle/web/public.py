"""What every page for everybody has in common: read only, the same for all visitors, no cookie, no session."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
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
