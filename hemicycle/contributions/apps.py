from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ContributionsConfig(AppConfig):
    name = "hemicycle.contributions"
    label = "contributions"

    def ready(self) -> None:
        # As the record does for its entries: the last step of every migrate re-creates the triggers.
        post_migrate.connect(_triggers, sender=self)


def _triggers(**kwargs: Any) -> None:
    """Bookings are only ever added, never changed nor taken away."""
    from django.db import connections

    from hemicycle.record import triggers

    from .models import Posting

    connection, table = connections[kwargs["using"]], Posting._meta.db_table
    if table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            for statement in triggers.statements(connection.vendor, table):
                cursor.execute(statement)
