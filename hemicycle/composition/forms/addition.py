"""The forms of an addition to the succession list of a list that was proposed already."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hemicycle.web.forms import ActForm

from .. import queries
from ..models import Addition
from .lists import PersonField


class AdditionForm(ActForm):
    explanation = _(
        "For a person whose opinion came after the list was proposed, and who has accepted. The Bureau decides on this "
        "addition alone; the person then stands last in the order."
    )

    matter: Addition

    candidacy = PersonField(label=_("Person"))
    for_reserve = forms.BooleanField(
        label=_("In the order for the reserved seats"),
        required=False,
        help_text=_("Only for somebody who declared for the reserve and accepted a reserved seat."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["candidacy"] = PersonField(queries.late(self.matter.list), label=_("Person"))
