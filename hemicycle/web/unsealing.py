"""Pages on which keys of people are made, or sealed things opened: what the browser is forbidden there besides."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import NONE
from django.http import HttpResponse
from django.utils.cache import patch_cache_control

#: No script may turn a text into markup or code, by no policy. htmx does, so it is not on these pages.
TRUSTED_TYPES = {"require-trusted-types-for": ["'script'"], "trusted-types": [NONE]}

BLOBS = {"img-src": ["blob:"]}  # pictures that the page itself has opened


def strict(response: HttpResponse) -> HttpResponse:
    """Add the policy to a response, and keep the page out of every cache: whoever leaves it leaves the key behind."""
    response._csp_update = {**getattr(response, "_csp_update", {}), **TRUSTED_TYPES}  # type: ignore[attr-defined]
    patch_cache_control(response, no_store=True, private=True)
    return response


def unseals(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For views; acts at the generic pages are named in `Desk.unseals`. Their templates load `web/_unsealing.html`."""

    @wraps(view)
    def page(*args: Any, **kwargs: Any) -> HttpResponse:
        return strict(view(*args, **kwargs))

    return page
