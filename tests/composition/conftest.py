"""A round whose opinions are given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from hemicycle.composition.models import List
from hemicycle.record import clock

from ..cast import Cast
from ..charters import amended
from . import making
from .adding import is_late
from .making import Round, make_round


@pytest.fixture
def found(cast: Cast) -> Round:
    return make_round(cast)


@pytest.fixture
def list_(found: Round) -> Iterator[List]:
    """An announced list, Vera next in line and Habiba for the reserve; a day later the opinions on Yana and on Galina,
    who declared for the reserve, are given, and both accept."""
    composed = making.composed(found)
    making.succeed(found, composed, general=[found.of("Vera")], reserve=[found.of("Habiba")])
    made = making.announced(found, making.approved(found, making.released(found, composed)))
    with clock.set_to(clock.now() + timedelta(days=1)):
        is_late(found.of("Yana"))
        is_late(found.of("Galina"))
        making.accepted(found, found.of("Yana"))
        making.accepted(found, found.of("Galina"), reserved=True)
        yield made


@pytest.fixture
def foreseen(found: Round) -> Round:
    """A round under a charter that foresees a lot."""
    amended("stages", fair_lot="true")
    return found


@pytest.fixture
def draft(foreseen: Round) -> Iterator[List]:
    yield making.draft(foreseen)
