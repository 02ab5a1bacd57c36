"""The forms of the acts on mandates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hemicycle.record import clock
from hemicycle.web.forms import ActForm

from . import queries
from .models import Mandate
from .procedure import Ground

ENDS = {Ground.DEATH: _("death"), Ground.INCAPACITY: _("lasting incapacity")}
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class RenounceForm(ActForm):
    explanation = _("Your participation ends at once and cannot be taken up again. No reasons are asked.")


class AskEndForm(ActForm):
    explanation = _(
        "Only what happened outside this record is recorded here. The participation goes on until another clerk, who "
        "has made sure too, confirms it; then the seat becomes vacant."
    )

    ground = forms.ChoiceField(label=_("Ground"), choices=list(ENDS.items()), widget=forms.RadioSelect)


class WithholdForm(ActForm):
    explanation = _(
        "The public page then says that the name is withheld for safety. The seat and its dates stay."
    )

    until = forms.DateField(
        label=_("Until"),
        widget=DAY,
        required=False,
        help_text=_("Left empty, until you show the name again."),
    )


class FillVacancyForm(ActForm):
    explanation = _(
        "The next person of the succession list who has accepted takes the seat. Nobody is chosen here."
    )

    matter: Mandate

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = queries.seats_of(self.matter.list, clock.now())
        seat = next((one for one in seats if one.number == self.matter.seat_number), None)
        self.successor, self.for_reserve, self.answer = (
            queries.next_in_line(self.matter.list, seat, seats) if seat is not None else (None, False, "")
        )
