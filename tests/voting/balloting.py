"""A ballot over its pages, for the tests."""

from __future__ import annotations

import re

from django.test import Client

from hemicycle.voting.models import Vote

LANGUAGES = ("", "/fr", "/ru")


def hidden(html: str) -> dict[str, str]:
    """The hidden fields of the form on a page, as a browser would send them."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))


def checked(client: Client, vote: Vote, choice: str) -> dict[str, str]:
    page = client.post(f"/vote/{vote.reference}/check/", {"choice": choice})
    assert page.status_code == 200
    fields = hidden(page.content.decode())
    fields.pop("csrfmiddlewaretoken", None)
    return fields
