"""The peer of ballots.py: the plainest Django view that could take a ballot, with no gate, roll, check or record.

The same database, session and sign-in as the house; one INSERT in one transaction.
"""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path

CREATE = {
    "sqlite": "CREATE TABLE bench_ballot (id INTEGER PRIMARY KEY, person INTEGER, choice TEXT, once TEXT)",
    "postgresql": "CREATE TABLE bench_ballot (id BIGSERIAL PRIMARY KEY, person BIGINT, choice TEXT, once TEXT)",
}
INSERT = "INSERT INTO bench_ballot (person, choice, once) VALUES (%s, %s, %s)"


def view(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, [request.user.pk, request.POST["choice"], request.POST["once"]])
    return HttpResponseRedirect("/recorded/")


urlpatterns = [path("", view)]

if __name__ != "__main__" and os.environ.get("HEMICYCLE_BARE_PEER") == "1":
    django.setup()
    settings.MIDDLEWARE = [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ]
    settings.ROOT_URLCONF = __name__
    application = WSGIHandler()
