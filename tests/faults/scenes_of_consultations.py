"""A scene of consultations: one prepared, one open with propositions at each stage, codes begun and its withdrawal asked for, one computed and one published. See
scenes.py."""

from __future__ import annotations

from hemicycle.consultations import actions
from hemicycle.consultations.models import CodeOrder, Proposition, Withdrawal

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
    begun, withdrawal = CodeOrder(consultation=row), Withdrawal(consultation=row)
    actions.ask_codes(begun, cast.actor("anna"), halves=making.halves())
    actions.ask_withdrawal(
        withdrawal, cast.actor("anna"), reasons="Nobody has confirmed this.", language="en"
    )
    making.computed(making.opened(cast))
    making.published(cast, making.opened(cast))
