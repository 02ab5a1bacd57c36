"""How the tests of the pages read and send them."""

from __future__ import annotations

from typing import Any

from django.test import Client

from ..cast import sign_in
from .making import (
    Hall,
)


def page(path: str, client: Any = None, status: int = 200) -> str:
    answer = (client or Client()).get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def at(there: Hall, seat: int) -> Any:
    return sign_in(there.seats[seat].person)


def send(client: Any, path: str, **fields: Any) -> Any:
    form = client.get(path).context["form"]
    hidden = {name: form[name].value() or "" for name in ("once", "seen")}
    return client.post(path, {**hidden, **fields})


def check(text: str = "", file: Any = None, prefix: str = "", status: int = 200) -> str:
    client = Client(enforce_csrf_checks=False)
    answer = client.post(f"{prefix}/check/", {"text": text, **({"file": file} if file else {})})
    assert answer.status_code == status and (status == 429 or answer["Cache-Control"] == "no-store")
    return answer.content.decode()
