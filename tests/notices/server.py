"""A mail server of the tests, which keeps what it took in a file, and refuses, breaks off or kills as it is told."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend


class Backend(BaseEmailBackend):
    """`opens` and `takes` are called before a connection is open, before a mail is taken; `taken` after it was."""

    opens: ClassVar[Callable[[], None] | None] = None
    takes: ClassVar[Callable[[], None] | None] = None
    taken: ClassVar[Callable[[], None] | None] = None

    def open(self) -> bool:
        _do(Backend.opens)
        return True

    def close(self) -> None:
        pass

    def send_messages(self, email_messages: Sequence[Any]) -> int:
        for mail in email_messages:
            _do(Backend.takes)
            head = mail.message()
            line = {"id": head["Message-ID"], "to": mail.to, "from": head["From"], "subject": mail.subject,
                    "body": mail.body, "head": sorted(head.keys())}  # fmt: skip
            with _box().open("a") as file:
                file.write(json.dumps(line) + "\n")
            _do(Backend.taken)
        return len(email_messages)


def _box() -> Path:
    return Path(settings.MAIL_BOX)


def _do(what: Callable[[], None] | None) -> None:
    if what is not None:
        what()


def took() -> list[dict[str, Any]]:
    """Every mail that the server took, in order."""
    return [json.loads(line) for line in _box().read_text().splitlines()] if _box().exists() else []


def failing(error: Exception) -> Callable[[], None]:
    def fail() -> None:
        raise error

    return fail


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
