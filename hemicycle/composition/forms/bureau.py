"""The forms of the Bureau: objections and amendments of its members, and what the clerk enters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hemicycle.candidacy.models import Candidacy
from hemicycle.people import queries as people
from hemicycle.people.spoken import language_field

from .. import queries
from ..models import List, MemberAmendment, Objection
from ..procedure import AcceptanceState, ListState
from .lists import ListForm, PersonField


class AmendForm(ListForm):
    explanation = _(
        "A member’s amendment that the Bureau took is chosen here; then seat, person and reasons are its own."
    )

    proposal = forms.ModelChoiceField(
        label=_("Amendment of a member"),
        queryset=MemberAmendment.objects.none(),
        required=False,
        empty_label=_("None: I write it here"),
    )
    number = forms.TypedChoiceField(label=_("Seat"), coerce=int, empty_value=None, required=False)
    candidacy = PersonField(label=_("Person"), required=False)
    reserved = forms.BooleanField(label=_("Reserved seat"), required=False)
    reasons = forms.CharField(label=_("Reasons"), widget=forms.Textarea, required=False)
    language = language_field()
    source = forms.CharField(
        label=_("Source document"),
        max_length=300,
        help_text=_("The minutes of the Bureau, with date and number."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        proposed = queries.member_amendments(self.matter)
        if proposed.exists():
            self.fields["proposal"].queryset = proposed  # type: ignore[attr-defined]
            self.fields["proposal"].label_from_instance = amendment_words  # type: ignore[attr-defined]
        else:
            del self.fields["proposal"]
        numbers = range(1, self.total() + 1)
        self.fields["number"].choices = [("", "—"), *((n, str(n)) for n in numbers)]  # type: ignore[attr-defined]
        self.fields["candidacy"] = PersonField(
            self.pool(), label=_("Person"), required=False, empty_label=_("Nobody: leave the seat open")
        )

    def params(self) -> dict[str, Any]:
        given = super().params()
        return {**given, "number": given["number"] or 0}  # a member's amendment brings its own


def bureau_name(list_: List, candidacy: Candidacy | None) -> str:
    """The name of whom an amendment would seat, as the Bureau may read it; empty where the seat is left open."""
    if candidacy is None:
        return ""
    if queries.has_withdrawn(list_, candidacy):
        return str(_("has withdrawn"))
    return str(_("file locked") if people.is_locked(candidacy.person) else candidacy.person.shown_name)


def amendment_words(row: MemberAmendment) -> str:
    """What a member proposes, in one line. Without a name where the person must not be shown."""
    name = bureau_name(row.list, row.candidacy) or str(_("left open"))
    who = row.proposed_by.shown_name
    return str(_("Seat %(number)s: %(name)s (%(who)s)") % {"number": row.number, "name": name, "who": who})


def seat_choices(list_: List) -> list[tuple[int, str]]:
    """The seats that are taken, with the name, for who may read it."""
    rows = [place for place in queries.places(list_) if place.is_live]
    return [(p.number, f"{p.number} · {p.name or p.seat.candidacy.reference}") for p in rows if p.seat]


class ObjectForm(ListForm):
    explanation = _(
        "The members of the Bureau, the President’s office and the Secretariat read it with your name. Nothing of it is "
        "public."
    )

    number = forms.TypedChoiceField(label=_("Against what"), coerce=int, empty_value=None, required=False)
    reasons = forms.CharField(label=_("Reasons"), widget=forms.Textarea)
    language = language_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = [(number, _("Seat %(name)s") % {"name": name}) for number, name in seat_choices(self.matter)]
        self.fields["number"].choices = [("", _("the list as a whole")), *seats]  # type: ignore[attr-defined]


class WithdrawObjectionForm(ListForm):
    objection = forms.ModelChoiceField(label=_("Objection"), queryset=Objection.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = queries.objections(self.matter).filter(made_by=self.by.person)
        self.fields["objection"].queryset = own  # type: ignore[attr-defined]
        self.fields["objection"].label_from_instance = objection_words  # type: ignore[attr-defined]


def objection_words(row: Objection) -> str:
    against = _("the list as a whole") if row.number is None else _("Seat %(name)s") % {"name": row.number}
    is_closed = queries.has_withdrawn(row.list, row.candidacy)
    return f"{against}: {_('has withdrawn') if is_closed else row.reasons[:60]}"


class ProposeAmendmentForm(ListForm):
    explanation = _(
        "The rules of the charter are asked at once. Only people who have accepted that their name goes to the Bureau "
        "stand in the list below."
    )

    number = forms.TypedChoiceField(label=_("Seat"), coerce=int)
    candidacy = PersonField(label=_("Person"), required=False)
    reserved = forms.BooleanField(
        label=_("Reserved seat"),
        required=False,
        help_text=_("Only for somebody who declared for the reserve."),
    )
    reasons = forms.CharField(label=_("Reasons"), widget=forms.Textarea)
    language = language_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(seat_choices(self.matter))
        numbers = range(1, self.total() + 1)
        self.fields["number"].choices = [(n, names.get(n, str(n))) for n in numbers]  # type: ignore[attr-defined]
        self.fields["candidacy"] = PersonField(
            self.agreed(), label=_("Person"), required=False, empty_label=_("Nobody: leave the seat open")
        )

    def agreed(self) -> list[Candidacy]:
        """Who accepted that the name goes to the Bureau (7.2); no other name stands on this page."""
        people = queries.pool(self.matter.call, self.matter.session)
        found = queries.answers(self.matter.session, [row.pk for row in people])
        said = {key for (key, _kind), state in found.items() if state == AcceptanceState.ACCEPTED}
        return [row for row in people if row.pk in said]


class WithdrawAmendmentForm(ListForm):
    proposal = forms.ModelChoiceField(label=_("Amendment"), queryset=MemberAmendment.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = queries.member_amendments(self.matter).filter(proposed_by=self.by.person)
        self.fields["proposal"].queryset = own  # type: ignore[attr-defined]
        self.fields["proposal"].label_from_instance = amendment_words  # type: ignore[attr-defined]


class AlternativesForm(ListForm):
    explanation = _(
        "The Bureau reads numbers of each draft beside the list, as they are today: no name and no working title."
    )

    drafts = forms.ModelMultipleChoiceField(
        label=_("Drafts, three at most"),
        queryset=List.objects.none(),
        required=False,
        to_field_name="reference",
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen takes away what was shown."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = List.objects.filter(
            session=self.matter.session,
            call=self.matter.call,
            state=ListState.DRAFT,
            proposer=self.matter.proposer,
        )
        self.fields["drafts"].queryset = own  # type: ignore[attr-defined]
        self.fields["drafts"].label_from_instance = lambda row: f"{row.reference} · {row.name}"  # type: ignore[attr-defined]

    def params(self) -> dict[str, Any]:
        return {"drafts": list(self.cleaned_data["drafts"])}
