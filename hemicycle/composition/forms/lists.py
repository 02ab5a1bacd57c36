"""The forms of the acts on lists and acceptances. Everything works without script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hemicycle.candidacy import queries as candidacies
from hemicycle.candidacy.models import Candidacy
from hemicycle.people import queries as people
from hemicycle.people.spoken import language_field
from hemicycle.rules.charter import Charter
from hemicycle.vetting.models import LetterKind
from hemicycle.voting.models import Manner
from hemicycle.web.forms import ActForm

from .. import queries
from ..models import List
from ..procedure import ListState

MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PersonField(forms.ChoiceField):
    """A person of the pool, by name; the value is the reference of the candidacy, the result the candidacy."""

    def __init__(self, people: Sequence[Candidacy] = (), **kwargs: Any) -> None:
        self.by_reference: Mapping[str, Candidacy] = {row.reference: row for row in people}
        empty = [("", kwargs.pop("empty_label", "—"))]
        super().__init__(choices=[*empty, *((row.reference, named(row)) for row in people)], **kwargs)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        return self.by_reference.get(cleaned) if cleaned else None


def named(candidacy: Candidacy) -> str:
    if people.is_locked(candidacy.person):
        return _("file locked: %(reference)s") % {"reference": candidacy.reference}
    name = candidacy.person.shown_name
    if candidacies.for_reserve(candidacy):
        return _("%(name)s (declared for the reserve)") % {"name": name}
    return name


class ListForm(ActForm):
    """A form of an act on a list, with the people who may be put on it and the law of the list."""

    matter: List

    def pool(self) -> list[Candidacy]:
        """Who may be put on it; whoever has a place on it already and locked the file meanwhile keeps it (1.4)."""
        own = queries.on_it_and_locked(self.matter) if self.matter.pk else []
        return [*queries.pool(self.matter.call, self.matter.session), *own]

    def charter(self) -> Charter:
        return queries.charter_of(self.matter)

    def total(self) -> int:
        return self.charter().seats.total.value


class DraftForm(ListForm):
    explanation = _("A draft is seen by the President’s office only. Several drafts may stand side by side.")

    name = forms.CharField(
        label=_("Working title"),
        max_length=120,
        help_text=_("Never public. Do not put names of people into it."),
    )
    copy_of = forms.ModelChoiceField(
        label=_("Begin with a copy of"),
        queryset=List.objects.none(),
        required=False,
        to_field_name="reference",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        same = List.objects.filter(session=self.matter.session, call=self.matter.call)
        self.fields["copy_of"].queryset = same  # type: ignore[attr-defined]
        self.fields["copy_of"].label_from_instance = lambda row: f"{row.reference} · {row.name}"  # type: ignore[attr-defined]


class AdoptAmendmentsForm(ListForm):
    explanation = _(
        "A new draft begins with the Bureau’s amendments in it. It is proposed and released like any list."
    )

    name = forms.CharField(label=_("Working title"), max_length=120)


class SeatForm(ListForm):
    number = forms.TypedChoiceField(label=_("Seat"), coerce=int)
    candidacy = PersonField(label=_("Person"))
    reserved = forms.BooleanField(
        label=_("Reserved seat"),
        required=False,
        help_text=_("Only for somebody who declared for the reserve."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = set(self.matter.seats.values_list("number", flat=True))
        numbers = range(1, self.total() + 1)
        self.fields["number"].choices = [  # type: ignore[attr-defined]
            (n, _("%(number)s, taken") % {"number": n} if n in taken else str(n)) for n in numbers
        ]
        self.fields["candidacy"] = PersonField(self.pool(), label=_("Person"))


class UnseatForm(ListForm):
    number = forms.TypedChoiceField(label=_("Seat"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = self.matter.seats.values_list("number", flat=True)
        self.fields["number"].choices = [(number, str(number)) for number in taken]  # type: ignore[attr-defined]


class SuccessionForm(ListForm):
    explanation = _(
        "Two orders: one for the reserved seats, one for the others. Everybody on them must have accepted."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seated = set(self.matter.seats.values_list("candidacy_id", flat=True))
        pool = [row for row in self.pool() if row.pk not in seated]
        declared = [row for row in pool if candidacies.for_reserve(row)]
        rows = self.matter.successors.select_related("candidacy")
        now = {(row.for_reserve, row.rank): row.candidacy.reference for row in rows}
        for rank in self.ranks():
            self.fields[f"general_{rank}"] = PersonField(
                pool, label=_("Next in line, %(rank)s") % {"rank": rank}, required=False,
                initial=now.get((False, rank), ""),
            )  # fmt: skip
        for rank in self.ranks():
            self.fields[f"reserve_{rank}"] = PersonField(
                declared, label=_("Next in line for the reserve, %(rank)s") % {"rank": rank}, required=False,
                initial=now.get((True, rank), ""),
            )  # fmt: skip

    def ranks(self) -> range:
        return range(1, self.charter().list.succession_length.value + 1)

    def params(self) -> dict[str, Any]:
        def order(kind: str) -> list[Candidacy]:
            chosen = [self.cleaned_data.get(f"{kind}_{rank}") for rank in self.ranks()]
            return [row for row in chosen if row is not None]

        return {"general": order("general"), "reserve": order("reserve")}


class OverrideForm(ListForm):
    explanation = _(
        "The opinion of the assessors is advice. How often it was not followed is counted in public."
    )

    candidacy = PersonField(label=_("Person whose opinion is “not met”"))
    reasons = forms.CharField(label=_("Reasons"), widget=forms.Textarea)
    language = language_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pool = self.pool()
        against = queries.not_met([row.pk for row in pool])
        if self.matter.state != ListState.DRAFT:
            against = queries.owed_reasons(self.matter)
        self.fields["candidacy"] = PersonField(
            [row for row in pool if row.pk in against], label=_("Person whose opinion is “not met”")
        )


class StateReasonsForm(ListForm):
    explanation = _("These reasons are for the list as a whole. They are published with the decision sheet.")

    reasons_en = forms.CharField(label=_("Reasons in English"), widget=forms.Textarea, required=False)
    reasons_fr = forms.CharField(label=_("Reasons in French"), widget=forms.Textarea, required=False)
    reasons_ru = forms.CharField(label=_("Reasons in Russian"), widget=forms.Textarea, required=False)
    translator = forms.CharField(
        label=_("Translator of the Russian text"),
        max_length=200,
        required=False,
        help_text=_("It is published beside the others, marked as a translation, with this name."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in ("en", "fr", "ru"):
            self.fields[f"reasons_{code}"].initial = getattr(self.matter, f"reasons_{code}")
        self.fields["translator"].initial = self.matter.reasons_translator


class ReasonsForm(ActForm):
    reasons = forms.CharField(label=_("Reasons"), widget=forms.Textarea)
    language = language_field()


class ReferralForm(ReasonsForm):
    source = forms.CharField(
        label=_("Source document"),
        max_length=300,
        help_text=_("The minutes of the Bureau, with date and number."),
    )


class MayGiveReasonsForm(ActForm):
    reasons = forms.CharField(label=_("Reasons"), widget=forms.Textarea, required=False)
    language = language_field()


class CallVoteForm(ActForm):
    explanation = _("The roll of the Bureau, the rule and the version of the charter are frozen now.")

    manner = forms.ChoiceField(
        label=_("How the Bureau votes"), choices=Manner.choices, initial=Manner.SITTING
    )
    opens_at = forms.DateTimeField(label=_("Opens"), widget=MOMENT, required=False)
    closes_at = forms.DateTimeField(
        label=_("Closes"),
        widget=MOMENT,
        required=False,
        help_text=_("Left empty, the charter’s period counts."),
    )


class TellForm(ListForm):
    @property
    def explanation(self) -> str:
        due = Counter(queries.letters_due(self.matter).values())
        if not due:
            return gettext("Every candidate who has an opinion was told already.")
        said = "; ".join(f"{LetterKind(kind).label}: {number}" for kind, number in sorted(due.items()))
        return gettext("Letters that go out now: %(said)s. Publish the composition soon after.") % {
            "said": said
        }
