"""Addresses of letters and mails."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from hemicycle.people.models import Person
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.rules.procedure import Office
from hemicycle.web import desk

from . import actions as _actions  # noqa: F401 - binds the acts
from . import forms, queries, views, wishes
from .models import Channel, Decision, Dispatch
from .procedure import DECISION

urlpatterns = [
    path("desk/messages/", views.messages, name="messages"),
    path("desk/messages/<int:letter>/", views.open_letter, name="open-letter"),
    path("desk/messages/how/", views.how_told, name="how-told"),
    path("desk/mails/", views.going_out, name="mails"),
    path("desk/outbox/", views.outbox, name="outbox"),
    path("retention/", views.what_goes, name="retention"),
]


def _waiting(actor: Actor) -> Iterable[desk.Waiting]:
    count = queries.unread(actor).count()
    if count and not _is_silent(actor):
        title = ngettext("%(count)s unread message", "%(count)s unread messages", count) % {"count": count}
        yield desk.Waiting(title, reverse("messages"))
    mails = queries.to_decide().count() if actor.holds(Office.SECRETARIAT) else 0
    if mails:
        title = ngettext(
            "%(count)s mail needs a decision", "%(count)s mails need a decision", mails
        ) % {"count": mails}  # fmt: skip
        yield desk.Waiting(title, reverse("mails"))


def _is_silent(actor: Actor) -> bool:
    """Whether the person wants no word of a message before asking for it."""
    person = Person.objects.filter(pk=actor.person or 0).first()
    return person is not None and wishes.of(person).channel == Channel.NONE


desk.waiting_lists.append(_waiting)


def _blank(request: HttpRequest, act: str) -> Decision:
    """On the mail that the page of mails named."""
    return Decision(dispatch=Dispatch.objects.filter(reference=request.GET.get("mail", "")).first())


def _facts(decision: Decision, actor: Actor) -> Sequence[desk.Fact]:
    facts = []
    if decision.dispatch is not None:
        mail = decision.dispatch
        facts = [
            desk.Fact(_("Mail"), mail.reference, url=reverse("mails")),
            desk.Fact(pgettext_lazy("mail", "To"), mail.person.reference),
            desk.Fact(_("State of the mail"), mail.stage(clock.now()).label),
        ]
    if decision.reason:
        facts.append(desk.Fact(_("Reason"), decision.get_reason_display()))
    return facts


desk.register(
    desk.Desk(
        DECISION, Decision, queries.decisions_visible_to, title=lambda d: DECISION.title, facts=_facts, blank=_blank,
        forms={"hold_back": forms.HoldForm, "send_again": forms.AgainForm, "leave_unsent": forms.LeaveForm},
        kinds={"held": "stopped"}, after=dict.fromkeys(DECISION.by_act, lambda decision: reverse("mails")),
    )
)  # fmt: skip

desk.register_menu("own", desk.MenuItem(_("Messages"), "messages"))
desk.register_menu("people", desk.MenuItem(_("Mails that go out"), "mails", frozenset({Office.SECRETARIAT})))
desk.register_menu(
    "integrity",
    desk.MenuItem(
        _("What goes when"), "retention", frozenset({Office.SECRETARIAT, Office.INTEGRITY_OFFICER})
    ),
)
