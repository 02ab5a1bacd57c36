"""The acts of the dialogue, row by row."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.rules.procedure import NEW, Publicity, Step, Table
from hemicycle.rules.procedure import Office as O

P = Publicity


class TopicState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


T = TopicState

TOPIC = Table(
    room="dialogue",
    matter="topic",
    title=_("Topic"),
    states={T.OPEN: pgettext_lazy("topic", "open"), T.CLOSED: pgettext_lazy("topic", "closed")},
    steps=[
        #    act            from        to        by               entry
        Step("open_topic",  [NEW],      T.OPEN,   [O.SECRETARIAT], P.PUBLIC, title=_("Open a topic")),
        Step("close_topic", [T.OPEN],   T.CLOSED, [O.SECRETARIAT], P.PUBLIC, title=_("Close the topic")),
        Step("reopen_topic", [T.CLOSED], T.OPEN,  [O.SECRETARIAT], P.PUBLIC, title=_("Open the topic again")),
    ],
)  # fmt: skip

TABLES = (TOPIC,)
