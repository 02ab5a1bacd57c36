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

TABLES = (CORRECTION,)
