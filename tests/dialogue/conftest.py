"""The house of `making` for every test of the room."""

from __future__ import annotations

import pytest

from ..cast import Cast
from . import making


@pytest.fixture
def house(cast: Cast) -> making.House:
    return making.house(cast)
