"""The desk of the holidays of the seat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from hemicycle.record.actors import Actor
from hemicycle.web.desk import Desk
from hemicycle.web.parts import Cell
from hemicycle.web.templatetags.house import day

from . import queries
from .forms.calendar import HolidaysForm, TakeBackForm
from .models import SeatYear
from .procedure import SEAT_YEAR


def title(seat_year: SeatYear) -> Any:
    return (
        _("Holidays of the seat in %(year)s") % {"year": seat_year.year} if seat_year.pk else SEAT_YEAR.title
    )


def _context(seat_year: SeatYear, actor: Actor) -> Mapping[str, Any]:
    """Every day that was entered; those taken back stand with them, for the deadlines that were told meanwhile."""
    rows = seat_year.holidays.all() if seat_year.pk else []
    counts = Cell(state_label=pgettext("holiday", "no work"), state_kind="open")
    back = Cell(state_label=pgettext("holiday", "taken back"), state_kind="stopped")
    return {
        "table_title": _("Days without work"),
        "table_columns": [_("Day"), pgettext("holiday", "Name"), _("Entered on"), _("State")],
        "table_rows": [
            [day(row.day), row.shown_name, day(row.entered_at), back if row.taken_back_at else counts]
            for row in rows
        ],
    }


def _offers(seat_year: SeatYear, act: str) -> bool:
    standing = seat_year.pk and seat_year.holidays.filter(taken_back_at__isnull=True).exists()
    return act != "take_back_holiday" or bool(standing)


CALENDAR = Desk(
    SEAT_YEAR, SeatYear, queries.visible_seat_years, title=title, template="assembly/matter.html",
    forms={"enter_holidays": HolidaysForm, "take_back_holiday": TakeBackForm},
    context=_context, offers=_offers, blank=lambda request, act: SeatYear(),
)  # fmt: skip
