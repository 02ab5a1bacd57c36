"""The forms of the acts on votes."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.assembly import queries as assembly
from hemicycle.assembly.models import Body
from hemicycle.people import queries as people
from hemicycle.people.models import Person
from hemicycle.people.spoken import language_field
from hemicycle.record import clock
from hemicycle.record import law as laws
from hemicycle.rules.procedure import Office
from hemicycle.web.forms import ActForm

from .models import Choice, Form, Manner, RollEntry

COLUMNS = ("name", "capacity", "delegation", "group", "choice")
LINES_AT_MOST = 2000
OCTETS_AT_MOST = 500_000


class RunningForm(ActForm):
    """While ballots come in, a page is not old because of what others did since: the interests on the roll may be frozen
    anew, the quorum asked for."""

    seen = None  # type: ignore[assignment]


class LineField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A line of the roll, by name and delegation."""

    def label_from_instance(self, obj: RollEntry) -> str:
        return f"{obj.name} ({obj.delegation_code})" if obj.delegation_code else obj.name


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A person, by the name that the house uses."""

    def label_from_instance(self, obj: Person) -> str:
        return obj.shown_name


class BallotForm(RunningForm):
    """A choice, with the issue of the roll that the page showed."""

    choice = forms.ChoiceField(label=_("Your vote"), choices=Choice.choices, widget=forms.RadioSelect)
    issue = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issue"].initial = getattr(self.matter, "issue", None)


def _when(label: Any, **kwargs: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, required=False, **kwargs)


class QuestionForm(ActForm):
    """What every vote begins with: the question in three languages, and the body."""

    question_en = forms.CharField(label=_("Question in English"), widget=forms.Textarea, max_length=2000)
    question_fr = forms.CharField(label=_("Question in French"), widget=forms.Textarea, max_length=2000)
    question_ru = forms.CharField(label=_("Question in Russian"), widget=forms.Textarea, max_length=2000)
    body = forms.ChoiceField(label=_("Body"))

    field_order = ["question_en", "question_fr", "question_ru", "body"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body = self.fields["body"]
        assert isinstance(body, forms.ChoiceField)
        body.choices = [(row.code, row.shown_name) for row in Body.objects.all()]
        for name in ("question_en", "question_fr", "question_ru", "body"):
            self.initial.setdefault(name, getattr(self.matter, name))

    def to_matter(self, *names: str) -> None:
        """Write what belongs to the vote itself into the unsaved vote."""
        for name in ("question_en", "question_fr", "question_ru", "body", *names):
            setattr(self.matter, name, self.cleaned_data[name])


class CallForm(QuestionForm):
    explanation = _(
        "Rule and roll are frozen now, as the charter and the body stand today. Only when the vote is opened can "
        "anybody vote."
    )
    manner = forms.ChoiceField(label=_("How"), choices=Manner.choices, widget=forms.RadioSelect)
    opens_at = _when(_("Opens by itself at"), help_text=_("Leave empty to open it by hand."))
    closes_at = _when(_("Closes at"), help_text=_("Leave empty for the period of the charter."))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("opens_at") and not given.get("closes_at"):
            self.add_error("closes_at", _("A vote that opens by itself needs a closing time."))
        return given

    def params(self) -> dict[str, Any]:
        self.to_matter("manner", "opens_at", "closes_at")
        return {"roll": assembly.roll_of(self.cleaned_data["body"], clock.now())}


class ReplaceForm(ActForm):
    explanation = _(
        "The charter says which capacities can be represented; only they stand in this list. Only somebody can be "
        "entered of whom two clerks have recorded, on the page of the body, that this person replaces that member."
    )
    line = LineField(label=_("Member who is represented"), queryset=RollEntry.objects.none())
    name = forms.CharField(label=_("Name of the representative"), max_length=200)
    person = PersonField(label=_("Account of the representative"), queryset=Person.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        vote: Any = self.matter
        votes = laws.by_reference(vote.charter).votes.of(assembly.body_kind(vote.body))
        line, person = self.fields["line"], self.fields["person"]
        assert isinstance(line, forms.ModelChoiceField) and isinstance(person, forms.ModelChoiceField)
        line.queryset = vote.roll.filter(capacity__in=votes.replaced_capacities.value)
        person.queryset = Person.objects.filter(
            holdings__in=people.held_at(clock.now()).filter(
                office__in=[Office.BUREAU_MEMBER, Office.DELEGATE]
            )
        ).distinct()


class ReissueForm(ActForm):
    explanation = _("Interests declared since the call take effect. Not possible once a ballot is cast.")
    anew = forms.BooleanField(label=_("Take the members from the body anew as well"), required=False)

    def params(self) -> dict[str, Any]:
        vote: Any = self.matter
        return {"roll": assembly.roll_of(vote.body, clock.now()) if self.cleaned_data["anew"] else None}


class OpenForm(ActForm):
    explanation = _("From now on every voter on the roll can vote, until the closing time.")
    closes_at = _when(_("Closes at"), help_text=_("Leave empty for the period of the charter."))


class CloseForm(RunningForm):
    explanation = _("The ballots are counted at once and the result stands. Nobody can vote any more.")


class PlainForm(RunningForm):
    pass


class AnnulForm(RunningForm):
    explanation = _("The vote ends without a result. Secret ballots are destroyed unopened.")
    reasons = forms.CharField(label=_("Reasons"), widget=forms.Textarea, max_length=4000)
    language = language_field()


class BreakTieForm(ActForm):
    explanation = _("Your vote decides, and the outcome will say that the proposer broke the tie.")
    choice = forms.ChoiceField(
        label=_("Your vote"),
        choices=[c for c in Choice.choices if c[0] != "abstention"],
        widget=forms.RadioSelect,
    )


class ElsewhereForm(QuestionForm):
    explanation = _("A second clerk with the same document before him or her must confirm this entry.")
    held_on = forms.DateField(
        label=_("Day of the vote"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    form = forms.ChoiceField(
        label=_("How the vote was taken"), choices=[c for c in Form.choices if c[0]], widget=forms.RadioSelect
    )
    source = forms.CharField(
        label=_("Source document"), max_length=500, help_text=_("Title, number, date, page.")
    )
    for_ = forms.IntegerField(label=_("For"), min_value=0, required=False)
    against = forms.IntegerField(label=_("Against"), min_value=0, required=False)
    abstentions = forms.IntegerField(label=_("Abstentions"), min_value=0, required=False)
    casting_vote = forms.ChoiceField(
        label=_("Casting vote of the President in a tie"),
        choices=[("", pgettext_lazy("casting vote", "none")), ("for", _("For")), ("against", _("Against"))],
        required=False,
    )
    abstentions_by_delegation = forms.CharField(
        label=_("Abstentions by delegation, where the source names them"),
        help_text=_("Codes of two letters with numbers: UA 1, TR 1"),
        required=False,
    )
    roll = forms.IntegerField(label=_("How many had the right to vote"), min_value=1, required=False)
    file = forms.FileField(
        label=_("Individual votes (CSV)"),
        help_text=_("Columns: name, capacity, delegation, group, choice (for, against, abstention)."),
        required=False,
    )

    def clean_abstentions_by_delegation(self) -> dict[str, int]:
        text = self.cleaned_data["abstentions_by_delegation"].strip()
        if not text:
            return {}
        parts = [re.fullmatch(r"\s*([A-Z]{2})\s+(\d{1,3})\s*", part) for part in text.split(",")]
        found = {part.group(1): int(part.group(2)) for part in parts if part}
        if not all(parts) or len(found) != len(parts):
            raise ValidationError(_("Write each delegation once, as in: UA 1, TR 1"))
        return found

    def clean_file(self) -> list[dict[str, str]]:
        file = self.cleaned_data.get("file")
        return read_votes(file.read(OCTETS_AT_MOST + 1)) if file else []

    def params(self) -> dict[str, Any]:
        self.to_matter("held_on")
        names = ("form", "source", "for_", "against", "abstentions", "casting_vote", "roll")
        given = {name: self.cleaned_data[name] for name in (*names, "abstentions_by_delegation")}
        return {**given, "individual_votes": self.cleaned_data["file"]}


def read_votes(raw: bytes) -> list[dict[str, str]]:
    """Individual votes from a CSV file (UTF-8, comma or semicolon, lines ended as any system ends them). Raises
    `ValidationError`, where it can with the line's number.
    """
    if len(raw) > OCTETS_AT_MOST:
        raise ValidationError(_("The file is too large."))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValidationError(_("The file is not in UTF-8.")) from None
    if "\0" in text:  # PostgreSQL keeps no such text
        raise ValidationError(_("The file contains a null character: save it again as CSV in UTF-8."))
    lines = io.StringIO(text, newline=None)
    delimiter = ";" if ";" in lines.readline() else ","
    lines.seek(0)
    try:
        return _read_rows(csv.DictReader(lines, delimiter=delimiter))
    except csv.Error:  # a field beyond all measure, as when a quotation mark is never closed
        raise ValidationError(
            _(
                "The file cannot be read as CSV: look for a quotation mark that is not closed, and save it again."
            )
        ) from None


def _read_rows(rows: csv.DictReader[str]) -> list[dict[str, str]]:
    missing = set(COLUMNS) - {"capacity", "group"} - set(rows.fieldnames or ())
    if missing:
        raise ValidationError(
            _("The file has no column %(columns)s."), params={"columns": ", ".join(sorted(missing))}
        )
    found = []
    for number, row in enumerate(rows, start=2):
        values = {name: (row.get(name) or "").strip() for name in COLUMNS}
        if number > LINES_AT_MOST or not values["name"] or values["choice"] not in Choice.values:
            raise ValidationError(
                _("Line %(number)s: a name and one of for, against, abstention are needed."),
                params={"number": number},
            )
        found.append(
            {
                "name": values["name"][:200],
                "capacity": values["capacity"][:32],
                "delegation_code": values["delegation"][:8],
                "group_code": values["group"][:16],
                "choice": values["choice"],
            }
        )
    return found


class ConfirmElsewhereForm(ActForm):
    explanation = _(
        "Compare question, day, figures and every individual vote with the source document before you confirm."
    )
