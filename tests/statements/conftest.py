from __future__ import annotations

import pytest

from hemicycle.mandates.models import Mandate
from hemicycle.statements import actions
from hemicycle.statements.models import Statement

from ..cast import Cast
from ..laying import laid
from .making import DISSENT, FRENCH, RUSSIAN, Hall, final, hall


@pytest.fixture
def there(cast: Cast) -> Hall:
    """Fifteen who sit."""
    return hall(cast)


@pytest.fixture
def published(there: Hall) -> Statement:
    """In three languages, with a dissent; one of those who consented is not named."""
    return said(there)


@laid
def said(there: Hall) -> Statement:
    row = final(there, consents=10, fr=FRENCH, ru=RUSSIAN)
    Mandate.objects.filter(pk=there.seats[3].pk).update(name_withheld=True)
    actions.give_opinion(row, there.actor(14), kind="dissent", text=DISSENT, language="en")
    actions.publish(row, there.actor(0))
    return row
