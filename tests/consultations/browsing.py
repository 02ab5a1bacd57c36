"""How the tests of the pages read and send them."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django.test import Client

from hemicycle.consultations.models import Consultation


def text(client: Client, path: str, status: int = 200) -> str:
    page = client.get(path)
    assert page.status_code == status, page.content.decode()[:2000]
    return page.content.decode()


def form(**fields: object) -> dict[str, object]:
    return {"once": uuid.uuid4().hex, **fields}


def asked_first(page: str) -> str:
    found = re.search(r'name="proposition" value="(PROP-[^"]+)"', page)
    assert found, page
    return found[1]


def say(client: Any, row: Consultation, proposition: str, value: str) -> Any:
    return client.post(
        f"/consultations/{row.reference}/answer/", {"proposition": proposition, "value": value}
    )
