"""The form of a reading, one part per criterion and bar: of a real file, and of an invented one by which readers practise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from hemicycle.candidacy import sheet
from hemicycle.people.spoken import language_field
from hemicycle.record import law
from hemicycle.rules.charter.entries import Bar, Criterion
from hemicycle.web.forms import ActForm

from .. import pages, queries, training
from ..models import Reading
from .base import OF_BAR, OF_CRITERION, text_field, words


class FindingsForm(ActForm):
    """One part per criterion and bar that is asked: finding, reasons, and evidence where the file has any to name."""

    use_required_attribute = False
    needed: Sequence[str] = ("verdict", "reasons")  # without these a part is incomplete

    def ask(self, rows: Sequence[Criterion | Bar], exhibits: Sequence[Any] = ()) -> None:
        """Make the parts. `exhibits`: the evidence of the file, to be named as what a finding rests on."""
        self.rows, self.exhibits = rows, exhibits
        for row in rows:
            self._add(row)
        self.fields["language"] = language_field()

    def _add(self, row: Criterion | Bar) -> None:
        choices = OF_BAR if isinstance(row, Bar) else OF_CRITERION
        self.fields[f"verdict_{row.key}"] = forms.ChoiceField(
            label=_("Finding"),
            choices=choices,
            widget=forms.RadioSelect,
            error_messages={"required": _("A finding is missing: %(rule)s") % {"rule": words(row)}},
        )
        self.fields[f"reasons_{row.key}"] = text_field(
            _("Reasons"), rows=5, required="reasons" in self.needed
        )
        near = [e for e in self.exhibits if e.criterion in ("", row.key)]
        if self.exhibits:
            self.fields[f"evidence_{row.key}"] = forms.MultipleChoiceField(
                label=_("Evidence on which you rely"),
                choices=[(e.name, e.title) for e in near or self.exhibits],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    def said(self) -> Mapping[str, Mapping[str, Any]]:
        """What stands beside each part, by key: what the candidate said, dated facts."""
        return {}

    def parts(self) -> Iterable[dict[str, Any]]:
        """The form part by part, for the page: the rule, its fields, what the file says."""
        said = self.said()
        for row in self.rows:
            names = [f"{name}_{row.key}" for name in ("verdict", "reasons", "evidence")]
            yield {
                "row": row,
                "title": words(row),
                "is_bar": isinstance(row, Bar),
                "is_complete": all(
                    str(self[f"{name}_{row.key}"].value() or "").strip() for name in self.needed
                ),
                "fields": [self[name] for name in names if name in self.fields],
                **said.get(row.key, {}),
            }

    def params(self) -> dict[str, Any]:
        data = self.cleaned_data
        findings = {
            row.key: {name: data.get(f"{name}_{row.key}") for name in ("verdict", "reasons", "evidence")}
            for row in self.rows
        }
        return {"findings": findings, "language": data["language"]}


class ReadingForm(FindingsForm):
    """Drafts fill it; a draft may be incomplete."""

    explanation = _(
        "Make a finding on each criterion and each bar, with reasons. Nobody sees your reading before the others are given. "
        "There is no score and no total."
    )

    matter: Reading

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        reading: Reading = kwargs["matter"]
        found = {row.key: row for row in reading.findings.all()}
        initial = {
            f"{name}_{key}": getattr(row, name)
            for key, row in found.items()
            for name in ("verdict", "reasons", "evidence")
        }
        if found:
            initial["language"] = next(iter(found.values())).language
        kwargs["initial"] = {**initial, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        candidacy = reading.examination.candidacy
        prefetch_related_objects([candidacy], "periods", "evidence")  # several parts of the page show them
        self.ask(queries.asked(queries.charter_of(reading.examination)), list(candidacy.evidence.all()))

    def full_clean(self) -> None:
        """A draft may be incomplete, so nothing is required here; the labels say what the reading will need."""
        wanted = [f for name, f in self.fields.items() if name.startswith(("verdict_", "reasons_"))]
        for field in wanted:
            field.required = False
        super().full_clean()
        for field in wanted:
            field.required = True

    def said(self) -> Mapping[str, Mapping[str, Any]]:
        candidacy = self.matter.examination.candidacy
        said = {s.part.partition(":")[2]: s for s in sheet.sections(candidacy, is_own=False) if ":" in s.part}
        dated = pages.facts_by_bar(candidacy, self.by)
        return {row.key: {"said": said.get(row.key), "dated": dated.get(row.key, ())} for row in self.rows}


class TrainingForm(FindingsForm):
    """Of an invented file. Reasons are for the reader alone, and may be left out."""

    explanation = _(
        "You see what those who wrote the file would find, and why, as soon as you have given yours. It then stands and cannot "
        "be given again. Nobody else sees it."
    )

    needed = ("verdict",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.file = training.find(kwargs["matter"].file)
        self.ask(queries.asked_of(self.file, law.in_force()) if self.file is not None else ())

    def said(self) -> Mapping[str, Mapping[str, Any]]:
        dated = pages.training.dated_by_bar(self.file) if self.file is not None else {}
        return {key: {"dated": facts} for key, facts in dated.items()}
