"""The forms of a lot."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from hemicycle.record import clock

from .. import queries
from .lists import DAY, ListForm


class PrepareLotForm(ListForm):
    explanation = _(
        "The slips are fixed now, over everybody who may be proposed, and so is one half of the seed, which nobody reads. "
        "The other half comes later from a public source that nobody here can choose. Every lot that is prepared is counted, "
        "and the Bureau sees the count."
    )

    source = forms.CharField(
        label=_("Public source of the second half"),
        max_length=300,
        help_text=_(
            "What anybody can look up, to the letter: for example the six numbers, in ascending order, that a named "
            "national lottery draws on that day."
        ),
    )
    source_on = forms.DateField(label=_("Day on which the source is there"), widget=DAY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tomorrow = clock.today() + timedelta(days=1)
        self.fields["source_on"].widget.attrs["min"] = tomorrow.isoformat()


class DrawLotForm(ListForm):
    explanation = _(
        "The draw fills the seats; who sits on them now leaves them. It happens once: the same halves draw the same list on "
        "every machine."
    )

    second = forms.CharField(label=_("Second half of the seed"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lot = queries.lot_to_draw(self.matter)
        if lot is not None:
            self.fields["second"].help_text = _("As the source has it: %(source)s") % {
                "source": escape(lot.source)
            }
