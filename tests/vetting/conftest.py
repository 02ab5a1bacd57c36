"""A call open now, assessors whom candidates may be told of, and one admissible file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from hemicycle.candidacy.models import Call, Candidacy
from hemicycle.vetting.models import Examination
from hemicycle.vetting.queries import resembling

from ..candidacy import making as files
from ..cast import Cast
from . import making


@pytest.fixture(scope="package", autouse=True)
def one_encoder() -> Iterator[None]:
    """The encoder of sentences is read once and not for every comparison; a worker lets go of its 150 MB each time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resembling, "installed", lru_cache(resembling.installed))
        yield


@pytest.fixture
def call(settings, tmp_path: Path, cast: Cast) -> Call:
    settings.DEMONSTRATION = True
    settings.MEDIA_ROOT = tmp_path
    made = files.call(cast)
    making.describe(cast)
    return made


@pytest.fixture
def candidacy(call: Call, cast: Cast) -> Candidacy:
    return making.file(call, cast)


@pytest.fixture
def examination(candidacy: Candidacy, cast: Cast) -> Examination:
    return making.read(candidacy, cast, public_opposition="not_met")
