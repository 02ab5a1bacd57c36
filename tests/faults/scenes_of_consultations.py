"""A scene of consultations: one prepared, one open with propositions at each stage, one computed and one published. See
scenes.py."""

from __future__ import annotations

from hemicycle.consultations import actions
from hemicycle.consultations.models import Proposition

from ..cast import Cast
from ..consultations import making
from ..laying import laid


@laid
def consultations(cast: Cast) -> None:
    making.prepared(cast, seeds=["It is not put to anybody so far."])
    row = making.opened(cast, civil_society=True)
    making.code(cast, row)
    making.answer(row, f"person:{cast.luca.reference}", [making.YES])
    for text in ("Schools first.", "Doctors first."):
        sent = Proposition(consultation=row)
        actions.propose(sent, cast.actor("luca"), text=text, language="en")
    actions.decline(sent, cast.actor("anna"), reason="repeat")
    making.computed(making.opened(cast))
    making.published(cast, making.opened(cast))
