"""A round whose opinions are given."""

from __future__ import annotations

import pytest

from ..cast import Cast
from .making import Round, make_round


@pytest.fixture
def found(cast: Cast) -> Round:
    return make_round(cast)
