"""The acts on readings of invented files, by which readers practise. Nothing in them counts for anybody."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.rules.procedure import NEW, Publicity, Step, Table
from hemicycle.rules.procedure import Office as O


class TrainingState(StrEnum):
    GIVEN = "given"
    FORGOTTEN = "forgotten"


T, P = TrainingState, Publicity

# For the house: the public totals of sealed acts count what is done on candidacies, and this is done on none.
TRAINING = Table(
    room="vetting",
    matter="training reading",
    title=_("Reading of an invented file"),
    existence_sealed=True,
    states={
        T.GIVEN: pgettext_lazy("training reading", "read"),
        T.FORGOTTEN: _("without reasons and without its reader"),
    },
    steps=[  # act, from, to, by, entry
        Step("give_training", [NEW], T.GIVEN, [O.ASSESSOR, O.REVIEWER], P.HOUSE,
             title=_("Give the reading of an invented file")),
        Step("forget_training", [T.GIVEN], T.FORGOTTEN, [O.CLOCK], P.HOUSE,
             title=_("Erase reasons and reader of a reading of an invented file")),
    ],
)  # fmt: skip
