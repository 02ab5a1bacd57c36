"""Coming in, for the tests of the doors."""

from __future__ import annotations

import re

from django.core import mail
from django.test import Client
from django_tasks_db.models import DBTaskResult


def work() -> None:
    """Do what was asked of the worker. Its own loop closes the connection, which a test's transaction
    cannot bear."""
    for row in DBTaskResult.objects.ready():
        row.claim("tests")
        row.task.call(*row.task_result.args, **row.task_result.kwargs)
        row.set_successful(None)


def last_code() -> str:
    found = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}", mail.outbox[-1].body)
    assert found
    return found[0]


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200
