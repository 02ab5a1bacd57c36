from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RecordConfig(AppConfig):
    name = "hemicycle.record"
    label = "record"

    def ready(self) -> None:
        # A framework hook, not a signal between rooms: the last step of every migrate re-creates the triggers.
        post_migrate.connect(_triggers, sender=self)
        post_migrate.connect(_seal)


def _seal(**kwargs: Any) -> None:
    """After the last room only: every table stands then as the models say."""
    from django.apps import apps
    from django.db import connections

    from .sealing import upgrade

    if kwargs["sender"] is list(apps.get_app_configs())[-1]:
        upgrade.seal_plain_rows(connections[kwargs["using"]])


def _triggers(**kwargs: Any) -> None:
    from django.db import connections

    from . import triggers

    connection = connections[kwargs["using"]]
    if "record_entry" in connection.introspection.table_names():
        triggers.ensure(connection)
