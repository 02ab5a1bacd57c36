"""A write that failed because a disk is full: a page that says so, and a line for the operator.

SQLite says SQLITE_FULL (or, for its shared memory, SQLITE_IOERR_SHMSIZE), PostgreSQL 53100 (disk_full), the file system
ENOSPC or EDQUOT. The gate works in one transaction, so nothing of the request is there; the browser still has the form.
"""

from __future__ import annotations

import errno
import logging
import sqlite3
import sys
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.log import log_response
from django.views.defaults import server_error

logger = logging.getLogger(__name__)

INSUFFICIENT_STORAGE = 507
_SQLITE = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE})
_POSTGRESQL = "53100"
_FILES = frozenset({errno.ENOSPC, errno.EDQUOT})


def what_is_full(error: BaseException | None) -> str:
    """`database` or `files`, where the error or what caused it says that no space is left; else nothing."""
    for each in _chain(error):
        if (
            getattr(each, "sqlite_errorcode", None) in _SQLITE
            or getattr(each, "sqlstate", None) == _POSTGRESQL
        ):
            return "database"
        if isinstance(each, OSError) and each.errno in _FILES:
            return "files"
    return ""


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and its causes. What it was raised beside (`__context__`) is another matter."""
    while error is not None:
        yield error
        error = error.__cause__


def answer(full: str) -> HttpResponse:
    """The page, made without the database. Neither an address nor a name goes into the log."""
    page = loader.get_template("507.html").render()
    response = HttpResponse(page, status=INSUFFICIENT_STORAGE, headers={"Cache-Control": "no-store"})
    # Through Django's own function, which then does not add a line with the address.
    words = "No space left for the %s: a request was answered 507 and nothing of it was saved."
    log_response(words, full, response=response, logger=logger, level="critical")
    return response


def fault(request: HttpRequest) -> HttpResponse:
    """What answers an error that no page foresaw (`handler500`): also one beside the pages, as when a session is saved."""
    full = what_is_full(sys.exc_info()[1])
    return answer(full) if full else server_error(request)
