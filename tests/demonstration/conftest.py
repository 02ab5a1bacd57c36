"""The replay, loaded once for all tests of this folder, on whichever database the run uses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from hemicycle.demonstration import replay
from hemicycle.demonstration.replay.stage import Stage


class Undone(Exception):
    """Ends the transaction in which the tests looked at the story."""


@pytest.fixture(scope="package")
def shown() -> list[tuple[int, int, str]]:
    return []


@pytest.fixture
def log() -> None:
    """These tests keep the log in which the story was told."""


@pytest.fixture(scope="package")
def told(
    django_db_setup: None, django_db_blocker: Any, shown: list[tuple[int, int, str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stage]:  # fmt: skip
    """The whole story, and the database as it stands at its end; nothing of it stays behind."""
    folder = tmp_path_factory.mktemp("told")
    own = override_settings(DEMONSTRATION=True, LOG_FOLDER=folder / "record", LOG_KEYS=folder / "keys")
    with django_db_blocker.unblock(), own:
        try:
            with transaction.atomic():
                yield replay.load(lambda done, of, what: shown.append((done, of, what)))
                raise Undone
        except Undone:
            pass
