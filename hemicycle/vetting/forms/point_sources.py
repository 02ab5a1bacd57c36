"""Forms of the sources of a point. Names of fields are the keyword arguments of the acts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hemicycle.candidacy import cleaning
from hemicycle.people.spoken import language_field
from hemicycle.record import clock
from hemicycle.web.forms import ActForm

from .. import queries
from ..models import AdversePoint, Credibility, Obtained, Reliability
from .base import text_field


def graded(choices: list[tuple[str, Any]]) -> list[tuple[str, str]]:
    """Each grade by its sign and its words."""
    return [("", "—"), *((code, f"{code} – {words}") for code, words in choices)]


class SourceOfPointForm(ActForm):
    explanation = _(
        "The person will read the source, its origin, its date, how it was obtained and both grades; not who entered it. "
        "A grade belongs to the source, never to a person."
    )

    title = text_field(_("What the source is"), rows=3)
    origin = forms.CharField(
        label=_("Origin"), max_length=100,
        help_text=_("Who says it first, in a few words. Two sources of the same origin count once."),
    )  # fmt: skip
    reliability = forms.ChoiceField(label=_("Reliability of the source"))
    credibility = forms.ChoiceField(label=_("Credibility of what it says"))
    exhibit = forms.ChoiceField(label=_("Piece of the file that is the copy"), required=False)
    link = forms.CharField(
        label=_("Address"), max_length=500, required=False,
        help_text=_("It is shown and never opened from here, so that nobody learns who reads it."),
    )  # fmt: skip
    copy = forms.FileField(
        label=_("Archived copy to be kept here"),
        required=False,
        allow_empty_file=True,
    )
    digest = forms.CharField(
        label=_("Digest of the archived copy (SHA-256)"), max_length=64, required=False,
        help_text=_("64 digits from 0 to 9 and a to f. Whoever has the copy can compare it. Of a file that you send it is taken here."),
    )  # fmt: skip
    archived_at = forms.CharField(
        label=_("Where the archived copy lies"), max_length=300, required=False,
        help_text=_("An archive on the web, or an office that keeps it. Needed where no piece of the file is the copy and you send none."),
    )  # fmt: skip
    obtained_by = forms.ChoiceField(label=_("Who obtained it"))
    obtained_on = forms.DateField(label=_("Obtained on"), widget=forms.DateInput(attrs={"type": "date"}))
    how = text_field(_("How it was obtained"), rows=3)
    undisclosable = forms.BooleanField(
        label=_("This source cannot be disclosed"), required=False,
        help_text=_("The person does not see it, and it does not count."),
    )  # fmt: skip
    language = language_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        point: AdversePoint = kwargs["matter"]
        copies = queries.copies(point)
        said = copies.get(point.counter_statement)
        if said is not None and not point.sources.exists():  # the statement is the first source of its point
            taken = {
                "title": said[0],
                "origin": said[0],
                "exhibit": point.counter_statement,
                "language": point.language,
            }
            taken |= {"obtained_by": Obtained.SECRETARIAT}
            kwargs["initial"] = {**taken, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        reads = queries.live_readings(point.examination).filter(assessor_id=self.by.person).exists()
        who = [row for row in Obtained.choices if reads or row[0] != Obtained.READER]
        for name, choices in {
            "reliability": graded(Reliability.choices), "credibility": graded(Credibility.choices),
            "exhibit": [("", "—"), *((name, title) for name, (title, _language) in copies.items())], "obtained_by": who,
        }.items():  # fmt: skip
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields["obtained_on"].widget.attrs["max"] = clock.today().isoformat()
        self.megabytes = queries.charter_of(point.examination).candidacy.evidence_file_megabytes.value
        self.fields["copy"].help_text = _(
            "PDF, JPEG, PNG, WebP or plain text, at most %(megabytes)s MB. What is kept are pictures of its pages, or the text, "
            "sealed with the file and erased with it. Black out everybody whom the point does not need before you send it."
        ) % {"megabytes": self.megabytes}

    def clean(self) -> dict[str, Any]:
        """The copy is cleaned here, before the act and outside its transaction."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("copy") is not None and not self.errors:
            try:
                data["copy"] = cleaning.read(data["copy"], self.megabytes)
            except cleaning.BadFile as error:
                self.add_error("copy", str(error))
        return data


class TakeBackSourceForm(ActForm):
    explanation = _("The source is erased. You can add it again until the point is put to the person.")

    source = forms.ChoiceField(label=_("Source"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = queries.point_sources(kwargs["matter"], kwargs["by"])
        named = [(row.row, f"{row.origin}: {row.title[:80]}") for row in rows]
        self.fields["source"].choices = named  # type: ignore[attr-defined]
