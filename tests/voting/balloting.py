"""A ballot over its pages, for the tests."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from hemicycle.voting.models import Vote
from tests.cast import Cast

LANGUAGES = ("", "/fr", "/ru")


def hidden(html: str) -> dict[str, str]:
    """The hidden fields of the form on a page, as a browser would send them."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))


def send(client: Client, url: str, fields: dict[str, Any]) -> Any:
    """Fill in the form at an address and send it."""
    page = client.get(url)
    assert page.status_code == 200, url
    return client.post(url, {**hidden(page.content.decode()), **fields})


def offered_to(cast: Cast, vote: Vote, key: str) -> set[str]:
    """The acts whose buttons stand on the page of a vote."""
    text = cast.client(key).get(f"/matters/{vote.reference}/").content.decode()
    return set(re.findall(rf"/matters/{vote.reference}/(\w+)/", text))


def checked(client: Client, vote: Vote, choice: str) -> dict[str, str]:
    page = client.post(f"/vote/{vote.reference}/check/", {"choice": choice})
    assert page.status_code == 200
    fields = hidden(page.content.decode())
    fields.pop("csrfmiddlewaretoken", None)
    return fields
