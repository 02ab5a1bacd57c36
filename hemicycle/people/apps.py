from typing import Any

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate


class PeopleConfig(AppConfig):
    name = "hemicycle.people"
    label = "people"

    def ready(self) -> None:
        # A framework hook, not a signal between rooms: limits and sign-in codes live in the cache's table, which no
        # migration makes; without it nobody opens an account and nobody signs in by phrase or code.
        post_migrate.connect(_cache_table, sender=self)


def _cache_table(**kwargs: Any) -> None:
    call_command("createcachetable", database=kwargs["using"], verbosity=0)
