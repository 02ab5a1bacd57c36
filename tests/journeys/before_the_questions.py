"""Lay down a small demonstration: fifteen people sit, a committee has a chair, and one question is long overdue."""

from __future__ import annotations

import os
from datetime import timedelta

import django

OVERDUE = "Сколько гуманитарных виз выдали государства-члены в прошлом году?"


def main() -> None:
    from django.conf import settings

    from hemicycle.assembly import founding
    from hemicycle.dialogue import actions
    from hemicycle.people import demonstration
    from hemicycle.record import clock
    from tests import cast as casting
    from tests.dialogue import making

    begun = clock.now() - timedelta(days=60)
    with clock.set_to(begun):
        founding.found(settings.CHARTERS / "pace-2025" / "1.0.toml", demonstration=True)
        cast = casting.everybody(begun)
        house = making.house(cast)
        question = house.admitted("nadia", text=OVERDUE, language="ru")
    with clock.set_to(begun + timedelta(days=6)):
        actions.stop_clock(question, cast.actor("anna"), reasons="The archive is closed.", language="en")
    with clock.set_to(begun + timedelta(days=8)):
        actions.resume_clock(question, cast.actor("anna"))
        actions.extend_time(question, cast.actor("anna"), days=2, reasons="Trois bureaux.", language="fr")
    for order, key in enumerate(("anna", "luca", "henri", "jonas", "nadia", "oleg", "pavel"), 1):
        demonstration.add_to_cast(cast.persons[key], order, key, key, key)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    os.environ["HEMICYCLE_DEMO"] = "1"
    django.setup()
    main()
