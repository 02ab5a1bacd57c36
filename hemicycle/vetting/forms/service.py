"""Forms of dated posts, employers, incomes and funds. Names of fields are the keyword arguments of the acts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hemicycle.people.spoken import language_field
from hemicycle.record import clock
from hemicycle.rules.service import known
from hemicycle.web.forms import ActForm

from .. import pages, queries
from ..models import NOW, ServiceEntry
from .base import PROTECT

DATE = _("A year, a month or a day, as far as you know it: 2014, 2014-03 or 2014-03-18.")


def words_field(label: Any, hint: Any = "", *, required: bool = True) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    warned = format_lazy("{} {}", hint, PROTECT) if hint else PROTECT
    return forms.CharField(label=label, help_text=warned, required=required, max_length=2000, widget=widget)


class DeclareServiceForm(ActForm):
    explanation = _(
        "Declare posts, employers, incomes and funds with their dates, also those that no bar covers. The software shows "
        "which days lie in the time of a bar and judges nothing; people find. You can correct your entries until the opinion."
    )

    kind = forms.ChoiceField(label=_("Kind of post or money"))
    what = words_field(_("What it was"), _("In a few words: the post, the work, what was paid for."))
    payer = forms.CharField(label=_("Employer or payer"), max_length=200, help_text=PROTECT)
    began = forms.CharField(label=_("Since when"), max_length=10, help_text=DATE)
    ended = forms.CharField(
        label=_("Until when"), max_length=10, required=False,
        help_text=format_lazy("{} {}", DATE, _("Leave empty if you do not know, or if it still goes on.")),
    )  # fmt: skip
    goes_on = forms.BooleanField(label=_("It still goes on"), required=False)
    source = words_field(
        _("Source"),
        _("Where it can be seen: a document, a register, a page with its address."),
        required=False,
    )
    exhibit = forms.ChoiceField(label=_("Piece of the file that shows it"), required=False)
    language = language_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        entry: ServiceEntry = kwargs["matter"]
        if entry.pk is not None:
            names = ("kind", "what", "payer", "began", "source", "exhibit", "language")
            shown = {name: getattr(entry, name) for name in names}
            shown["goes_on"] = entry.ended == NOW
            shown["ended"] = "" if entry.ended == NOW else entry.ended
            kwargs["initial"] = {**shown, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        charter, language = queries.law_of(entry.candidacy), get_language() or "en"
        kinds = [(row.key, row.text[language]) for row in charter.service_kinds]
        aside = [(row.key, row.text[language]) for row in charter.excluded_kinds]
        self.fields["kind"].choices = [("", "—"), *kinds, (_("Set aside by every bar"), aside)]  # type: ignore[attr-defined]
        pieces = [("", "—"), *((row.name, row.title) for row in entry.candidacy.evidence.all())]
        self.fields["exhibit"].choices = pieces  # type: ignore[attr-defined]

    def clean_began(self) -> str:
        return self._dated("began")

    def clean_ended(self) -> str:
        return self._dated("ended")

    def _dated(self, name: str) -> str:
        """A date that the law can read, not in the future; empty where it may be."""
        written = str(self.cleaned_data[name]).strip()
        if not written:
            return ""
        try:
            found = known(written)
        except ValueError:
            raise forms.ValidationError(DATE) from None
        if found.first > clock.today():
            raise forms.ValidationError(_("The date lies in the future."))
        return written

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        began, ended = data.get("began"), data.get("ended")
        if ended and data.get("goes_on"):
            self.add_error("ended", _("Leave the end empty if it still goes on."))
        elif began and ended and known(ended).last < known(began).first:
            self.add_error("ended", _("The last day must not come before the first."))
        return data

    def params(self) -> dict[str, Any]:
        given = super().params()
        goes_on = given.pop("goes_on")
        return {**given, "ended": NOW if goes_on else given["ended"]}


class FindServiceForm(DeclareServiceForm):
    explanation = _(
        "Enter only what a source shows that the person may read: the person will see the entry with its source when a "
        "point that rests on it is put, or with the opinion. The other readers see it when the readings are gathered."
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "source" in data and not data["source"].strip() and not data.get("exhibit"):
            self.add_error("source", _("Name the source: in words, or a piece of the file."))
        return data


class CorrectServiceForm(DeclareServiceForm):
    explanation = _(
        "What stood here before stays beside the correction, and the readers of your file see both."
    )


class TakeOutServiceForm(ActForm):
    explanation = _("The entry is shown to nobody else any more. It is destroyed with the file.")


class TieServiceForm(ActForm):
    explanation = _(
        "The person sees the entry, with its source, when the Secretariat puts this point; then the time to reply runs."
    )

    point = forms.ChoiceField(label=_("Adverse point"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        entry: ServiceEntry = kwargs["matter"]
        points, charter = queries.points_to_tie(entry, kwargs["by"]), queries.law_of(entry.candidacy)
        named = [(row.reference, f"{pages.title_of(row.key, charter)} ({row.reference})") for row in points]
        self.fields["point"].choices = named  # type: ignore[attr-defined]


class DisputeServiceForm(ActForm):
    explanation = _(
        "The entry is marked as disputed, and your text stands beside it. Said again, it replaces the text."
    )

    text = words_field(_("What is not right about it"))
    language = language_field()
