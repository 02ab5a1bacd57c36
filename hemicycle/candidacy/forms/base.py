"""What the forms of this room share: the warning on every field, and how days and moments are asked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hemicycle.web.forms import ActForm

WARNING = _("Write nothing about anybody inside Russia, and nothing about relatives.")
UPLOAD_WARNING = _(
    "The file must show nothing about anybody inside Russia, and nothing about relatives. "
    "After uploading, and before you send the candidacy, you can black out parts of a page. A plain text cannot be "
    "blacked out: take out beforehand what it must not show."
)
YES_NO = [("yes", _("Yes")), ("no", _("No"))]
LONG = {"rows": 8}


def day_field(**kwargs: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


def moment_field(**kwargs: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(widget=widget, **kwargs)


class WarnedForm(ActForm):
    """Every field in which something can be written warns (procedure 1.2)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.FileField):
                field.help_text = format_lazy("{} {}", field.help_text, UPLOAD_WARNING)
            elif isinstance(field, forms.CharField) and isinstance(
                field.widget, forms.TextInput | forms.Textarea
            ):
                field.help_text = format_lazy("{} {}", field.help_text, WARNING)
