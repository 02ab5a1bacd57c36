"""The forms of the acts on mandates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hemicycle.record import clock
from hemicycle.web import findings
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


class AskRevealForm(ActForm):
    explanation = _(
        "The name stays withheld. The participant is told at once by every known channel and can dismiss this; after the "
        "waiting time another clerk, who has read the letter too, confirms it, and everybody can read the name."
    )

    source = forms.CharField(
        label=_("The participant’s letter"),
        max_length=300,
        help_text=_("Its day, and where it is kept. This stays sealed."),
    )


class ConfirmRevealForm(ActForm):
    explanation = _(
        "Everybody can read the name from now on. What was read once cannot be called back: make sure that the letter "
        "is the participant’s own."
    )


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
        self.broken = [findings.text(one) for one in queries.broken_now(self.matter.list, seats)]
        ranked = queries.names_for(self.matter.list, seat, seats, self.successor) if seat is not None else []
        self.in_line = [
            (one.successor.candidacy.person.shown_name, one.successor.for_reserve, _reason(one))
            for one in ranked
        ]


def _reason(one: queries.InLine) -> str:
    """Why a person in line may not take the seat; empty where he or she may."""
    if one.may:
        return ""
    return findings.text(one.reason) if one.reason is not None else gettext("the reserve needs this seat")
