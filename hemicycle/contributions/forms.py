"""The forms of the acts on contributions and spending."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hemicycle.record import clock, law
from hemicycle.rules import accounts
from hemicycle.web.forms import ActForm

from . import queries
from .models import Contribution
from .procedure import DonorKind

DONORS = {DonorKind.STATE: _("a state"), DonorKind.BODY: _("an organisation or another body")}
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AmountField(forms.DecimalField):
    """An amount as a bank writes it; the law itself says what is too little, too exact or too much."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_digits=20, localize=False, widget=widget, **kwargs)


class MoneyForm(ActForm):
    """A form with an amount in the currency of the matter, or of the charter where there is none yet, and a purpose."""

    amount = AmountField(label=_("Amount"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        charter = law.in_force()
        currency = getattr(self.matter, "currency", "") or charter.contributions.currency.value
        self.fields["amount"].help_text = _("In %(currency)s, for example 1250.00.") % {"currency": currency}
        purpose = self.fields.get("purpose")
        if isinstance(purpose, forms.ChoiceField):
            purpose.choices = queries.purposes(charter)


class PledgeForm(MoneyForm):
    explanation = _(
        "Only what a state or a body has promised in writing. A contribution for one purpose pays that purpose and "
        "nothing else. The public reads it when the money is there."
    )

    donor = forms.CharField(
        label=_("Donor, by its public name"),
        max_length=200,
        help_text=_("The name of a state or a body, never of a person."),
    )
    donor_kind = forms.ChoiceField(
        label=_("Kind of donor"), choices=list(DONORS.items()), widget=forms.RadioSelect
    )
    purpose = forms.ChoiceField(label=_("Purpose"), widget=forms.RadioSelect)

    field_order = ["once", "seen", "donor", "donor_kind", "amount", "purpose"]


class ReceiveForm(MoneyForm):
    explanation = _(
        "Everybody can read then who gave how much, and for what. The donor gets a receipt: a signed promise at once, and "
        "after a while the proof that the entry stands in the record. It can be checked without an account."
    )

    matter: Contribution

    amount = AmountField(label=_("Amount as it came in"))
    received_on = forms.DateField(label=_("Day on which it came in"), widget=DAY)
    bank_reference = forms.CharField(
        label=_("The bank’s reference of the payment"),
        max_length=140,
        help_text=_("It stays sealed; the record holds a commitment to it only."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.matter.pk is not None:
            self.fields["amount"].initial = accounts.written(self.matter.pledged)
        self.fields["received_on"].initial = clock.today()


class AskSpendingForm(MoneyForm):
    explanation = _(
        "Nothing is paid before another person confirms it with a signature. What is asked for is not set aside: only what "
        "is confirmed counts."
    )

    purpose = forms.ChoiceField(label=_("Purpose"), widget=forms.RadioSelect)
    payee = forms.CharField(
        label=_("Who is to be paid"),
        max_length=300,
        help_text=_("It stays sealed, and is shown to those who act on money only."),
    )
    payee_public = forms.CharField(
        label=_("Name of the payee for the public"),
        max_length=200,
        required=False,
        help_text=_("For a company or a body that may be named. Never the name of a person."),
    )
    document = forms.CharField(
        label=_("The document on which it is paid"),
        max_length=300,
        help_text=_("Contract or invoice: its number and day, and where it is kept. It stays sealed."),
    )

    field_order = ["once", "seen", "amount", "purpose", "payee", "payee_public", "document"]


class ReasonsForm(ActForm):
    explanation = _(
        "Nothing is taken out of the books: once another person has confirmed, the contrary is booked beside it and everybody "
        "can read both. Then book what is right; where some of it is spent already, book it first."
    )

    reasons = forms.CharField(
        label=_("Reasons"),
        widget=forms.Textarea,
        help_text=_("They stay sealed, and are shown to those who act on money only."),
    )


class ConfirmSpendingForm(ActForm):
    explanation = _(
        "Confirm only what you have checked yourself against the document. It is booked at once and everybody can read "
        "the amount and the purpose."
    )
