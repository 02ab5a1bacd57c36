"""Every test of this room runs with files of its own; most run where a call may open."""

from __future__ import annotations

from pathlib import Path

import pytest

from hemicycle.candidacy.models import Call

from ..cast import Cast
from . import making


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def demonstration(settings) -> None:
    settings.DEMONSTRATION = True


@pytest.fixture
def call(demonstration: None, cast: Cast) -> Call:
    return making.call(cast)
