"""The seats of a list on one page: a form that works without script, whatever is laid over it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from hemicycle.people.spoken import language_field
from hemicycle.vetting import queries as vetting

from ..actions import Chosen
from ..models import List, Seat
from .lists import ListForm, PersonField, named


class SeatSelect(forms.Select):
    """A list of the pool. All seats share its options, which are drawn once: 15 seats of 500 people are one page."""

    drawn: Mapping[str, SafeString]
    labels: Mapping[str, Any]

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        built = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        drawn = dict(self.drawn)
        if (chosen := str(value or "")) in drawn:
            drawn[chosen] = format_html(
                '<option value="{}" selected>{}</option>', chosen, self.labels[chosen]
            )
        options = format_html_join("", "{}", ((one,) for one in drawn.values()))
        given = format_html_join("", ' {}="{}"', built.items())
        return format_html("<select{}>{}</select>", given, options)


class ComposeForm(ListForm):
    explanation = _("The order is that of the names. Seats have no rank.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = self.pool()
        choices = [("", "—"), *((row.reference, named(row)) for row in self.people)]
        labels = dict(choices)
        drawn = {value: format_html('<option value="{}">{}</option>', value, text) for value, text in choices}
        by_reference = {row.reference: row for row in self.people}
        taken = {seat.number: seat for seat in self.matter.seats.select_related("candidacy")}
        for number in range(1, self.total() + 1):
            seat = taken.get(number)
            field = PersonField(
                label=_("Seat %(number)s") % {"number": number}, required=False, widget=SeatSelect,
                initial=seat.candidacy.reference if seat else "",
            )  # fmt: skip
            field.by_reference, field.choices = by_reference, choices
            field.widget.drawn, field.widget.labels = drawn, labels
            self.fields[f"seat_{number}"] = field
            self.fields[f"reserved_{number}"] = forms.BooleanField(
                label=_("Seat %(number)s is reserved") % {"number": number}, required=False,
                initial=bool(seat and seat.reserved),
            )  # fmt: skip

    def rows(self) -> list[tuple[int, forms.BoundField, forms.BoundField]]:
        """(number, person, reserved) of each seat, for the page."""
        return [(n, self[f"seat_{n}"], self[f"reserved_{n}"]) for n in range(1, self.total() + 1)]

    def params(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "seats": [
                Chosen(number, data[f"seat_{number}"], data[f"reserved_{number}"])
                for number in range(1, self.total() + 1)
                if data.get(f"seat_{number}")
            ]
        }


class CommentForm(ListForm):
    explanation = _(
        "Only the President’s office reads it. Write nothing about anybody inside Russia and nothing about relatives."
    )

    text = forms.CharField(label=_("Comment"), widget=forms.Textarea, max_length=4000)
    language = language_field()


def chosen_in(list_: List, total: int, data: QueryDict | Mapping[str, str]) -> tuple[list[Seat], bool]:
    """The seats as a page has them, unsaved, and whether somebody stands there twice (the first place counts).

    Only who may be put on this list: whatever else is sent is no name of anybody. Two queries, whatever the pool.
    """
    said = {number: data.get(f"seat_{number}", "") for number in range(1, total + 1)}
    rows = vetting.eligible(list_.call).filter(reference__in=[name for name in said.values() if name])
    people = {row.reference: row for row in rows}
    seats: list[Seat] = []
    for number, name in said.items():
        if name in people:
            reserved = bool(data.get(f"reserved_{number}"))
            seats.append(Seat(list=list_, number=number, candidacy=people[name], reserved=reserved))
    first = list({seat.candidacy_id: seat for seat in reversed(seats)}.values())[::-1]
    return first, len(first) < len(seats)
