"""The form by which a person accepts a seat."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hemicycle.assembly import queries as assembly
from hemicycle.web.forms import ActForm

from ..models import Acceptance, Presence
from .lists import DAY


def presence_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Can you come to the meetings?"),
        choices=[*Presence.choices, ("", _("I do not know, or would rather not say."))],
        widget=forms.RadioSelect,
        required=False,
        help_text=_(
            "The President’s office and the Secretariat read it as a number for the list, from which whoever composes may work out "
            "your answer, so that help with visas comes in time and nobody sits only on paper. It is no condition, it is sealed, "
            "and you can change it."
        ),
    )


class AcceptForm(ActForm):
    explanation = _("Until the list is released to the Bureau you may take this back.")

    matter: Acceptance

    commitments = forms.BooleanField(label=_("I accept the commitments written above."))
    name_to_bureau = forms.BooleanField(label=_("I know and agree that my name goes to the Bureau."))
    reserve_is_public = forms.BooleanField(
        label=_("I know that this seat is a reserved one and that this is public."), required=False
    )
    public_name = forms.CharField(
        label=_("The name by which the public will know you"),
        max_length=200,
        help_text=_("As you want it to be written."),
    )
    withhold_name = forms.BooleanField(
        label=_("Withhold my name in public for my safety"), required=False,
        help_text=_("The Bureau reads it all the same."),
    )  # fmt: skip
    withheld_until = forms.DateField(label=_("Withhold it until"), widget=DAY, required=False)
    presence = presence_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.matter.candidacy.person
        self.fields["public_name"].initial = person.public_name or person.shown_name
        if not self.matter.reserved:
            del self.fields["reserve_is_public"]
        if not assembly.charter_of(self.matter.session).publication.names_may_be_withheld.value:
            del self.fields["withhold_name"], self.fields["withheld_until"]

    def commitments_text(self) -> list[str]:
        """The principles of the charter whose text is known, in the language of the page."""
        charter = assembly.charter_of(self.matter.session)
        language = get_language() or "en"
        return [principle.text[language] for principle in charter.principles if principle.asked]


class PresenceForm(ActForm):
    matter: Acceptance

    presence = presence_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["presence"].initial = self.matter.presence


class AskForm(ActForm):
    explanation = _(
        "The person is asked for the commitments, a public name, and whether the name may go to the Bureau."
    )
