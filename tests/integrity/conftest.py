"""What the register of contacts is kept on."""

from __future__ import annotations

import pytest

from hemicycle.record import clock
from hemicycle.record.models import Entry

from ..cast import Cast


@pytest.fixture
def called(cast: Cast) -> None:
    """A call for candidates that the record knows."""
    Entry.objects.create(
        at=clock.now(), room="candidacy", act="prepare", matter="CALL-TEST", office="secretariat",
        article="candidacy.prepare", actor="P-TEST", charter="x", publicity="house",
    )  # fmt: skip
