"""Addresses of statements, and what this room tells the generic pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemicycle.dialogue import parts, sides
from hemicycle.dialogue.models import Topic
from hemicycle.record.actors import Actor
from hemicycle.texts import sources
from hemicycle.web import desk, entrances
from hemicycle.web.desk import MenuItem, Waiting, register, register_menu
from hemicycle.web.entrances import Door
from hemicycle.web.parts import original, sentence

from . import actions, checking, queries, showing, views
from .desks import DESKS
from .models import Initiative, Statement
from .procedure import INITIATIVE, STATEMENT

plain_urlpatterns = [
    path("statements/<str:reference>/text.<str:language>.txt", views.text_file, name="statements-text"),
    path("statements/<str:reference>/signature.json", views.signature_file, name="statements-signature"),
    path("statements/<str:reference>/<str:language>.pdf", views.pdf_file, name="statements-pdf"),
]

urlpatterns = [
    path("statements/", views.public_list, name="statements-list"),
    path("statements/own/", views.own_list, name="statements-own"),
    path("statements/<str:reference>/", views.public_page, name="statements-public"),
    path("check/", checking.check_page, name="statements-check"),
]


register(*DESKS)


class Inside(MenuItem):
    """For those who sit."""

    def is_for(self, actor: Actor) -> bool:
        return queries.is_inside(actor)


class Resting(MenuItem):
    """For whoever is suspended: what he or she gave, and nothing of others."""

    def is_for(self, actor: Actor) -> bool:
        return queries.rests(actor)


register_menu(
    "dialogue",
    Inside(gettext_lazy("Statements and groups"), "statements-own"),
    Resting(gettext_lazy("My consents and opinions"), "statements-own"),
    title=gettext_lazy("Dialogue"),
)
entrances.register(
    "dialogue",
    Door(
        gettext_lazy("Statements of participants"),
        gettext_lazy(
            "What participants say together, who consents, who dissents, and the signature of the platform."
        ),
        "statements-list",
    ),
    Door(
        gettext_lazy("Check a text"),
        gettext_lazy(
            "Put a text or a file in, and read whether it was published here, was altered, or is unknown."
        ),
        "statements-check",
    ),
)
sources.register(Statement.PREFIX, showing.find_texts)
sources.register(Initiative.PREFIX, showing.find_initiative)


def waiting(actor: Actor) -> Iterable[Waiting]:
    """For those who sit: final texts to consent to or not, amendments to vote on, requests to join a
    group, initiatives to support or not."""
    for statement in queries.to_consent(actor):
        title = original(queries.title_of(queries.latest_text(statement)), statement.language)
        told = sentence(_("Consent or dissent: %(title)s"), title=title)
        yield Waiting(told, desk.matter_url(statement), statement.consent_until)
    for amendment in queries.to_vote(actor):
        yield Waiting(
            _("Vote on an amendment: %s") % amendment.reference,
            desk.matter_url(amendment),
            amendment.closes_at,
        )
    for joining in queries.to_accept(actor):
        asked = _("Somebody asks to join the group “%(group)s”") % {"group": joining.group.shown_name}
        yield Waiting(asked, desk.matter_url(joining))
    for initiative in queries.to_back(actor):
        title = original(showing.title(initiative, initiative.text), initiative.language)
        told = sentence(_("Support a joint initiative, or not: %(title)s"), title=title)
        yield Waiting(told, desk.matter_url(initiative))


desk.waiting_lists.append(waiting)


def _under(topic: Topic, actor: Actor) -> Sequence[parts.Line]:
    rows = queries.published().filter(topic=topic)
    opened = queries.open_initiatives().filter(topic=topic)
    lines = []
    for row in rows:
        text, language = showing.in_language(row)
        url = reverse("statements-public", args=[row.reference])
        lines.append(
            parts.Line(
                showing.title(row, text), STATEMENT.state_title(row.state), row.published_at, url, language
            )
        )
    for each in opened:
        url = reverse("statements-public", args=[each.reference])
        state = INITIATIVE.state_title(each.state)
        lines.append(parts.Line(showing.title(each, each.text), state, each.opened_at, url, each.language))
    return lines


def _begin(topic: Topic, actor: Actor) -> str:
    is_open = topic.state == "open" and sides.is_participant(actor)
    return desk.begin_url("statements", "begin_statement", topic=topic.reference) if is_open else ""


parts.parts.append(
    parts.Part(
        gettext_lazy("Statements and joint initiatives"),
        _under,
        gettext_lazy("No statement has been published under this topic so far."),
        _begin,
        gettext_lazy("Begin a statement"),
    )
)

__all__ = ["actions", "plain_urlpatterns", "urlpatterns"]
