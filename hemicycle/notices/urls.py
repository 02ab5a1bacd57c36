"""Addresses of letters."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from hemicycle.record.actors import Actor
from hemicycle.rules.procedure import Office
from hemicycle.web import desk

from . import queries, views

urlpatterns = [
    path("desk/messages/", views.messages, name="messages"),
    path("desk/messages/<int:letter>/", views.open_letter, name="open-letter"),
    path("desk/outbox/", views.outbox, name="outbox"),
    path("retention/", views.what_goes, name="retention"),
]


def _waiting(actor: Actor) -> Iterable[desk.Waiting]:
    count = queries.unread(actor).count()
    if count:
        title = ngettext("%(count)s unread message", "%(count)s unread messages", count) % {"count": count}
        yield desk.Waiting(title, reverse("messages"))


desk.waiting_lists.append(_waiting)
desk.register_menu("own", desk.MenuItem(_("Messages"), "messages"))
desk.register_menu(
    "integrity",
    desk.MenuItem(
        _("What goes when"), "retention", frozenset({Office.SECRETARIAT, Office.INTEGRITY_OFFICER})
    ),
)
