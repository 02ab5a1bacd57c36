"""Somebody with an address, for the tests of the doors."""

from __future__ import annotations

import pytest

from hemicycle.people.models import Person
from tests.cast import Cast

# Code by e-mail


@pytest.fixture
def luca(cast: Cast) -> Person:
    cast.luca.email = "luca@example.org"
    cast.luca.save()
    return cast.luca
