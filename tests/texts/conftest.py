from collections.abc import Iterator

import pytest

from . import making


@pytest.fixture
def shelf() -> Iterator[making.Shelf]:
    with making.shelf() as made:
        yield made
