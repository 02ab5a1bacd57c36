"""What a browser does: open a page, send its form."""

from __future__ import annotations

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hemicycle.candidacy.models import Candidacy

from .sealing import PHRASE


def hidden(response: Any) -> dict[str, str]:
    """The hidden fields of a page's form and the languages that it chose, as a browser would send them."""
    text = response.content.decode()
    found = {}
    for name in ("once", "seen"):
        match = re.search(rf'name="{name}"[^>]*value="([^"]*)"', text)
        if match:
            found[name] = match[1]
    for name in ("language", "reasons_language"):
        field = re.search(rf'<select name="{name}".*?</select>', text, re.DOTALL)
        chosen = re.search(r'value="(\w+)" selected', field[0]) if field else None
        if chosen:
            found[name] = chosen[1]
    return found


def send(client: Client, url: str, status: int = 302, **data: Any) -> Any:
    """Open a page and send its form."""
    page = client.get(url)
    assert page.status_code == 200, page.content.decode()[:2000]
    answer = client.post(url, {**hidden(page), **data})
    assert answer.status_code == status, answer.content.decode()
    return answer


def part(candidacy: Candidacy, name: str) -> str:
    return reverse("candidacy-part", args=[candidacy.reference, name])


def matter(candidacy: Any) -> str:
    return reverse("matter", args=[candidacy.reference])


def unlock(client: Client, item: str, phrase: str = PHRASE, status: int = 302) -> Any:
    """The candidate types the receipt phrase on the page of a piece of evidence."""
    answer = client.post(f"{item}open/", {"phrase": phrase})
    assert answer.status_code == status, answer.status_code
    return answer


def upload(client: Client, made: Candidacy, data: bytes, status: int = 302, name: str = "a.png") -> Any:
    url = reverse("candidacy-evidence", args=[made.reference])
    return send(
        client,
        url,
        status,
        criterion="exile",
        title="A page",
        language="en",
        file=SimpleUploadedFile(name, data),
    )
