"""Every test of this room runs with files of its own; most run where a call may open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from hemicycle.candidacy import actions
from hemicycle.candidacy.models import Call, Candidacy
from hemicycle.record import clock

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


@pytest.fixture
def draft(call: Call, cast: Cast) -> Candidacy:
    return making.written(call, cast.nadia)


@pytest.fixture
def an_hour_late(draft: Candidacy) -> Iterator[None]:
    with clock.set_to(draft.call.closes_at + timedelta(hours=1)):
        yield


@pytest.fixture
def pleaded(draft: Candidacy, cast: Cast, an_hour_late: None) -> Candidacy:
    actions.plead_late(draft, cast.actor("nadia"), plea="I was detained at a border.", language="en")
    return draft


@pytest.fixture
def not_admitted(pleaded: Candidacy, cast: Cast) -> Candidacy:
    actions.propose_inadmissible(
        pleaded, cast.actor("anna"), ground="late", reasons="No force majeure.", language="en"
    )
    actions.confirm_inadmissible(pleaded, cast.actor("bruno"))
    return pleaded
