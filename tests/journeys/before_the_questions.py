"""Lay down a small demonstration: fifteen people sit, a committee has a chair, and one question to it is admitted."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import django

BEGUN = datetime(2027, 2, 9, 9, tzinfo=UTC)  # a Tuesday
OVERDUE = "Сколько гуманитарных виз выдали государства-члены в прошлом году?"


def main() -> None:
    from django.conf import settings

    from hemicycle.assembly import founding
    from hemicycle.people import demonstration
    from hemicycle.record import clock
    from tests import cast as casting
    from tests.dialogue import making

    with clock.set_to(BEGUN - timedelta(hours=1)):
        founding.found(settings.CHARTERS / "pace-2025" / "1.0.toml", demonstration=True)
        cast = casting.everybody(BEGUN - timedelta(hours=1))
        making.house(cast).admitted("nadia", text=OVERDUE, language="ru")
        for order, key in enumerate(("anna", "greta", "luca", "jonas", "nadia", "oleg", "pavel"), 1):
            demonstration.add_to_cast(cast.persons[key], order, key, key, key)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    os.environ["HEMICYCLE_DEMO"] = "1"
    django.setup()
    main()
