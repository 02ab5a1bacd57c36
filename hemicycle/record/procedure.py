"""The acts on corrections, row by row."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.rules.procedure import NEW, Publicity, Step, Table
from hemicycle.rules.procedure import Office as O


class CorrectionState(StrEnum):
    DRAFTED = "drafted"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


C = CorrectionState
P = Publicity

CORRECTION = Table(
    room="record",
    matter="correction",
    title=_("Correction"),
    states={
        C.DRAFTED: pgettext_lazy("correction", "drafted, a second clerk must publish it"),
        C.PUBLISHED: pgettext_lazy("correction", "published"),
        C.WITHDRAWN: pgettext_lazy("correction", "withdrawn"),
    },
    steps=[
        #    act                   from         to           by               entry
        Step("draft_correction",   [NEW],       C.DRAFTED,   [O.SECRETARIAT], P.ON_RELEASE,
             title=_("Draft a correction")),
        Step("publish_correction", [C.DRAFTED], C.PUBLISHED, [O.SECRETARIAT], P.PUBLIC,
             title=_("Publish the correction"), two_person_of="draft_correction"),
        Step("withdraw_correction", [C.DRAFTED], C.WITHDRAWN, [O.SECRETARIAT], P.ON_RELEASE,
             title=_("Withdraw the correction")),
    ],
)  # fmt: skip


class LogKeyState(StrEnum):
    ASKED = "asked"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


K = LogKeyState

LOG_KEY = Table(
    room="record",
    matter="log_key",
    title=_("Key of the record"),
    states={
        K.ASKED: pgettext_lazy("key of the record", "asked for, a second clerk must confirm it"),
        K.CONFIRMED: pgettext_lazy("key of the record", "signs, or signed until the next one"),
        K.WITHDRAWN: pgettext_lazy("key of the record", "withdrawn"),
    },
    steps=[
        #    act                from       to            by               entry
        Step("ask_new_key",     [NEW],     K.ASKED,      [O.SECRETARIAT], P.PUBLIC,
             title=_("Ask for a new key of the record")),
        Step("confirm_new_key", [K.ASKED], K.CONFIRMED,  [O.SECRETARIAT], P.PUBLIC,
             title=_("Let the new key sign from now on"), two_person_of="ask_new_key", signed=True),
        Step("withdraw_new_key", [K.ASKED], K.WITHDRAWN, [O.SECRETARIAT], P.PUBLIC,
             title=_("Withdraw the request for a new key")),
    ],
)  # fmt: skip

TABLES = (CORRECTION, LOG_KEY)
