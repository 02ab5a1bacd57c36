"""Forms of this room: of the sign-in pages, of one's own account, and of the acts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hemicycle.record import clock, law
from hemicycle.web.forms import ActForm

from . import passkeys, phrases, queries, wraps
from .models import Gender, Language, LiveCheck, Person

_WORDS = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
_CODE = {**_WORDS, "autocomplete": "one-time-code"}


class PhraseForm(forms.Form):
    """Receipt phrase and the code of the authenticator app; without script, by paste or by keyboard."""

    phrase = forms.CharField(
        label=_("Receipt phrase"),
        max_length=200,
        help_text=_(
            "The seven words of your receipt. Capital letters and spaces do not matter; paste is fine."
        ),
        widget=forms.TextInput(_WORDS),
    )
    code = forms.CharField(
        label=_("Code from your authenticator app"),
        max_length=40,
        required=False,
        help_text=_("Or one of your recovery codes. Leave empty if you have not set up the app yet."),
        widget=forms.TextInput(_CODE),
    )


class MailForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput({"autocomplete": "email"}))


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Paste is fine; spaces and hyphens do not matter."),
        widget=forms.TextInput(_CODE),
    )


class LockForm(forms.Form):
    phrase = forms.CharField(
        label=_("Receipt phrase or lock phrase"), max_length=200, widget=forms.TextInput(_WORDS)
    )


class PasskeyForm(forms.Form):
    name = forms.CharField(
        label=_("Name of this passkey"),
        max_length=60,
        initial=_("This device"),
        help_text=_("So that you recognise it later in your list."),
    )


class PersonForm(ActForm):
    """What a person says of himself or herself (procedure 1.7)."""

    seen = None  # type: ignore[assignment]
    name = forms.CharField(label=_("Name in your own script"), max_length=200)
    latin_name = forms.CharField(
        label=_("Name in Latin letters, as you write it"), max_length=200, required=False
    )
    gender = forms.ChoiceField(
        label=_("Grammatical gender"),
        choices=Gender.choices,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Only for French and Russian sentences about you."),
    )
    language = forms.ChoiceField(
        label=_("Language of correspondence"), choices=Language.choices, widget=forms.RadioSelect
    )
    reads = forms.MultipleChoiceField(
        label=_("Languages that you read"), choices=Language.choices, widget=forms.CheckboxSelectMultiple
    )
    mail_code = forms.BooleanField(
        label=_("I may sign in with a code sent by e-mail"),
        required=False,
        help_text=_("Whoever reads your mail could use it. Offices that read files never have it."),
    )


class PersonField(forms.CharField):
    """A person by reference (`P-7K3M9QXW`), as it stands on receipts and in lists."""

    def clean(self, value: Any) -> Person | None:
        text = super().clean(value).strip().upper()
        found = Person.objects.filter(reference=text).first()
        if found is None:
            raise ValidationError(_("There is nobody with this reference."))
        return found


class GrantForm(ActForm):
    explanation = _("You propose; another clerk grants. Nobody holds two offices that exclude each other.")

    person = forms.ModelChoiceField(
        label=_("Person"), queryset=Person.objects.none(), to_field_name="reference"
    )
    office = forms.ChoiceField(label=_("Office"), choices=())
    held_from = forms.DateTimeField(
        label=_("From"), required=False, help_text=_("Empty: as soon as granted.")
    )
    held_until = forms.DateTimeField(
        label=_("Until"), required=False, help_text=_("Empty: as long as the charter allows.")
    )
    ground = forms.CharField(label=_("Ground"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        persons: Any = self.fields["person"]
        persons.queryset = queries.of_the_house().filter(is_active=True)
        persons.label_from_instance = lambda person: f"{person.shown_name} ({person.reference})"
        offices: Any = self.fields["office"]
        offices.choices = [
            (office.code, office.name[language])
            for office in law.in_force().offices
            if office.holding == "granted" and self.by.holds(office.granted_by or "")
        ]
        if self.matter.person_id:  # type: ignore[attr-defined]
            self.initial["person"] = self.matter.person.reference  # type: ignore[attr-defined]
        for name in ("held_from", "held_until"):
            self.fields[name].widget = forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M")

    def clean_held_from(self) -> Any:
        given = self.cleaned_data["held_from"]
        if given is not None and given < clock.now():
            raise ValidationError(_("An office begins now or later."))
        return given


class ReasonsForm(ActForm):
    reasons = forms.CharField(label=_("Reasons"), widget=forms.Textarea({"rows": 3}), required=False)


class AskEnrolmentForm(ActForm):
    """The half is made here, so that it never stands in the page before the act."""

    explanation = _(
        "You make the first half of the code, another clerk the second. Your half is shown once, on the next page. "
        "Hand it to the person yourself, not through the other clerk, not by e-mail and not by telephone."
    )

    name = forms.CharField(label=_("Name in the person's own script"), max_length=200)
    latin_name = forms.CharField(label=_("Name in Latin letters"), max_length=200, required=False)
    language = forms.ChoiceField(
        label=_("Language of correspondence"),
        choices=Language.choices,
        widget=forms.RadioSelect,
        initial=Language.ENGLISH,
    )
    reads = forms.MultipleChoiceField(
        label=_("Languages that the person reads"),
        choices=Language.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.matter.person_id is not None:  # type: ignore[attr-defined]
            for name in ("name", "latin_name", "language", "reads"):
                del self.fields[name]

    def params(self) -> dict[str, Any]:
        return {**super().params(), "half": phrases.half()}


class IssueEnrolmentForm(ActForm):
    explanation = _(
        "Only after you have made sure yourself who it is. Your half is shown once, on the next page. Hand it to the "
        "person yourself, not through the other clerk, not by e-mail and not by telephone."
    )

    def params(self) -> dict[str, Any]:
        return {**super().params(), "half": phrases.half()}


class AskRecoveryForm(ActForm):
    explanation = _(
        "Only after you have made sure, live, that the person asks. A second clerk checks again; then a waiting "
        "time runs, every known channel of the person is told, and the person can still refuse."
    )

    person = PersonField(
        label=_("Reference of the person"), max_length=24, help_text=_("For example P-7K3M9QXW")
    )
    live_check = forms.ChoiceField(
        label=_("How did you check who asks?"), choices=LiveCheck.choices, widget=forms.RadioSelect
    )


class ConfirmRecoveryForm(ActForm):
    live_check = forms.ChoiceField(
        label=_("How did you check who asks?"), choices=LiveCheck.choices, widget=forms.RadioSelect
    )


class CompleteRecoveryForm(ActForm):
    explanation = _(
        "Every old way in is destroyed, every office of the person rests until it is granted again, and the first half "
        "of a code is shown once. Hand it over in person; another clerk makes the second half and hands it over too."
    )

    def params(self) -> dict[str, Any]:
        return {**super().params(), "half": phrases.half()}


class GroundForm(ActForm):
    ground = forms.CharField(label=_("Ground"), max_length=300, required=False)


_NOT_MADE = _("The script of this page did not run. A key is made in the browser, and only there.")


class SecretlessForm(ActForm):
    """A form of keys. An identity has no business here: a form that holds one is refused and forgotten, unread."""

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        sent = [value for _name, values in data.lists() for value in values] if data is not None else []
        self.held_secret = any(wraps.holds_secret(value) for value in sent)
        super().__init__(QueryDict() if self.held_secret else data, files, **kwargs)
        for field in self.fields.values() if self.held_secret else ():
            field.required = False  # what was sent is gone; only the reason is said

    def clean(self) -> dict[str, Any]:
        if self.held_secret:
            raise ValidationError(
                _("A secret key was in what you sent. It was not kept. Do not use that key any more.")
            )
        return super().clean() or self.cleaned_data


class _Made(forms.HiddenInput):
    """A field that the page's script fills: `data-made` names it to the script."""

    def __init__(self, name: str) -> None:
        super().__init__({"data-made": name})


class AddReaderKeyForm(SecretlessForm):
    explanation = _("The key is made in this browser. The secret half stays here and on your sheet of paper.")

    recipient = forms.CharField(
        max_length=200, widget=_Made("recipient"), error_messages={"required": _NOT_MADE}
    )
    wraps = forms.JSONField(widget=_Made("wraps"), error_messages={"required": _NOT_MADE})

    @property
    def passkeys(self) -> list[str]:
        return passkeys.credential_ids(queries.person_of(self.by))

    def clean_wraps(self) -> list[dict[str, Any]]:
        given = self.cleaned_data["wraps"]
        if not isinstance(given, list) and not self.held_secret:
            raise ValidationError(_NOT_MADE)
        return given or []


class AddWrapForm(SecretlessForm):
    explanation = _("Open your key first. Then your device wraps it once more, and opens it from now on.")

    wrap = forms.JSONField(widget=_Made("wrap"), error_messages={"required": _NOT_MADE})

    @property
    def passkeys(self) -> list[str]:
        return passkeys.credential_ids(queries.person_of(self.by))


class AskCustodianForm(SecretlessForm):
    explanation = _(
        "The key is made in this browser and cut into two halves. Print both sheets; keep the first, and give the "
        "second to its holder in person, in a closed envelope."
    )

    holder_two = forms.ModelChoiceField(
        label=_("Holder of the second sheet"), queryset=Person.objects.none(), to_field_name="reference"
    )
    recipient = forms.CharField(
        max_length=200, widget=_Made("recipient"), error_messages={"required": _NOT_MADE}
    )
    check_one = forms.CharField(
        max_length=16, widget=_Made("check_one"), error_messages={"required": _NOT_MADE}
    )
    check_two = forms.CharField(
        max_length=16, widget=_Made("check_two"), error_messages={"required": _NOT_MADE}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        holders: Any = self.fields["holder_two"]
        holders.queryset = queries.may_hold_beside(self.by)
        holders.label_from_instance = lambda person: f"{person.shown_name} ({person.reference})"


class ConfirmCustodianForm(SecretlessForm):
    explanation = _("Type what stands on your sheet. It stays in this browser; only a check of it is sent.")

    check = forms.CharField(max_length=16, widget=_Made("check"), error_messages={"required": _NOT_MADE})
