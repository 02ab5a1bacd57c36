from __future__ import annotations

import pytest

from ..cast import Cast
from .making import Hall, hall


@pytest.fixture
def there(cast: Cast) -> Hall:
    """Fifteen who sit."""
    return hall(cast)
