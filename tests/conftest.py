"""Fixtures for every room: a founded record and the cast. `tests/cast.py` says who is who."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.conf import settings

from hemicycle.record import clock

from .cast import Cast, found

# A Tuesday in a session year, so that tests with dates read alike everywhere.
NOON = datetime(2027, 2, 9, 12, 0, tzinfo=UTC)


@pytest.fixture
def noon() -> Iterator[datetime]:
    """Time stands still at NOON; `clock.set_to` inside a test moves it."""
    with clock.set_to(NOON):
        yield NOON


@pytest.fixture
def cast(db: None, noon: datetime) -> Cast:
    """A founded record with the invented cast, at NOON."""
    return found()


@pytest.fixture
def on_postgres() -> bool:
    return settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
