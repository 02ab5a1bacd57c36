"""The days on which nobody works at the seat of the assembly, besides Saturdays and Sundays."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from hemicycle.record.models import Matter

from .house import Named


class SeatYear(Matter):
    """One year of the seat, to which its holidays belong."""

    PREFIX = "YEAR"

    year = models.PositiveSmallIntegerField(unique=True)

    class Meta:
        ordering = ["year"]


class Holiday(Named):
    """A day without work. One taken back stays: a deadline told meanwhile is explained by the calendar of its own day."""

    seat_year = models.ForeignKey(SeatYear, on_delete=models.PROTECT, related_name="holidays")
    day = models.DateField()
    entered_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["day"], condition=Q(taken_back_at__isnull=True), name="a_day_is_one_holiday"
            )
        ]

    def __str__(self) -> str:
        return self.day.isoformat()
