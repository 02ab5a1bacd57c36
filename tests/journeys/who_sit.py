"""A demonstration of six people who sit, without the round that brought them there: `python -m tests.journeys.who_sit`."""

from __future__ import annotations

import os

import django


def main() -> None:
    from django.conf import settings

    from hemicycle.assembly import founding
    from hemicycle.people import demonstration
    from tests import seating
    from tests.cast import Cast

    clerks = [founding.Clerk("Anna Lindqvist", "en"), founding.Clerk("Bruno Castellane", "fr")]
    done = founding.found(settings.CHARTERS / "pace-2025" / "1.0.toml", clerks, demonstration=True)
    cast = Cast({"greta": done.clerks[0].person})
    for order, mandate in enumerate(seating.participants(cast, 6, keys=()), 1):
        title = f"Participant {order}"
        demonstration.add_to_cast(mandate.person, order, title, title, title)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    os.environ["HEMICYCLE_DEMO"] = "1"
    django.setup()
    main()
