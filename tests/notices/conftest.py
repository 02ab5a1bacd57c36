"""A mail server of the tests, where a test asks for one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .server import Backend


@pytest.fixture
def server(settings: Any, tmp_path: Path) -> Iterator[type[Backend]]:
    settings.EMAIL_BACKEND, settings.MAIL_BOX = "tests.notices.server.Backend", tmp_path / "mails"
    yield Backend
    Backend.opens = Backend.takes = Backend.taken = None
