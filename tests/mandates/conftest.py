"""A round whose opinions are given, for mandates."""

from __future__ import annotations

import pytest

from ..cast import Cast
from ..composition.making import Round, make_round


@pytest.fixture
def found(cast: Cast) -> Round:
    return make_round(cast)
