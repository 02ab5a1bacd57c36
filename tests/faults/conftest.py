"""Where an adversary works: demonstration mode (a call may open), files of its own, English."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation


@pytest.fixture
def open_house(settings, tmp_path: Path) -> Iterator[None]:
    settings.DEMONSTRATION = True
    settings.MEDIA_ROOT = tmp_path
    with translation.override("en"):
        yield
