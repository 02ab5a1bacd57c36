"""Dated posts, employers, incomes and funds of a candidate, and who disputes them (article 2.3, procedure 3.6)."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hemicycle.candidacy.models import Candidacy
from hemicycle.people.models import Language
from hemicycle.record.models import Matter
from hemicycle.record.sealing.fields import SealedJSON, SealedLine, SealedRow, SealedText
from hemicycle.rules.service import Known, Span, known

from ..procedure.service import ServiceState
from .points import AdversePoint
from .readings import GONE, Reading

NOW = "now"  # the end of what still goes on


class ServiceEntry(Matter):
    """One post, employer, income or fund with its dates: declared by the candidate, or found by a reader (`reading`).

    `kind`: a key of the charter's service kinds or excluded kinds. `began`: a year, a month or a day, as
    `rules.service.known` reads it; `ended` too, or `NOW`, or empty where nobody knows. `source` is a text, `exhibit` the
    random name of a piece of the file. `before` keeps what a correction replaced: rows of {kind, what, payer, began,
    ended, source, exhibit, language, until}, `until` an instant.

    `changed_at`: when it was declared or last corrected, so that its payer is compared with lists again. `point` is the
    adverse point that rests on it: what a reader found is told to the person with that point.
    """

    PREFIX = "SRVC"

    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="service")
    reading = models.ForeignKey(
        Reading, on_delete=models.CASCADE, null=True, blank=True, related_name="service_found"
    )
    kind = models.CharField(max_length=48)
    what = SealedText(_("What it was"), max_length=2000)
    payer = SealedLine(_("Employer or payer"), max_length=200)
    began = SealedLine(max_length=10)
    ended = SealedLine(max_length=10, blank=True)
    source = SealedText(max_length=2000, blank=True)
    exhibit = models.CharField(max_length=32, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices)
    before = SealedJSON(empty=list)
    changed_at = models.DateTimeField(null=True)
    point = models.ForeignKey(
        AdversePoint, on_delete=models.SET_NULL, null=True, blank=True, related_name="service_found"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reading__isnull=True) | ~Q(source="") | ~Q(exhibit=""),
                name="what_a_reader_found_has_a_source",
            ),
            models.CheckConstraint(
                condition=~Q(state="found") | Q(reading__isnull=False), name="what_is_found_has_its_reading"
            ),
            models.CheckConstraint(
                condition=Q(reading__isnull=False) | Q(point__isnull=True),
                name="a_point_rests_on_what_is_found",
            ),
        ]
        indexes = [models.Index(fields=["candidacy", "state"])]

    @property
    def key_owner(self) -> str:
        return self.candidacy.reference

    @property
    def is_found(self) -> bool:
        return self.reading_id is not None

    @property
    def span(self) -> Span:
        return span_of(self.kind, self.began, self.ended)

    def standing(self, at: datetime) -> str:
        return ServiceState.CLOSED if self.candidacy.state in GONE else self.state


class ServiceDispute(SealedRow):
    """That one side disputes an entry of the other, and why: the candidate (`reading` is null) or a reader.

    `point` is the adverse point in which a reader puts the dispute to the person.
    """

    BOUND = ("entry_id", "reading_id")

    entry = models.ForeignKey(ServiceEntry, on_delete=models.CASCADE, related_name="disputes")
    reading = models.ForeignKey(
        Reading, on_delete=models.CASCADE, null=True, blank=True, related_name="service_disputed"
    )
    text = SealedText(max_length=2000)
    language = models.CharField(max_length=2, choices=Language.choices)
    disputed_at = models.DateTimeField()
    point = models.ForeignKey(
        AdversePoint, on_delete=models.SET_NULL, null=True, blank=True, related_name="service_disputed"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "reading"], name="a_reader_disputes_an_entry_once"),
            models.UniqueConstraint(
                fields=["entry"], condition=Q(reading__isnull=True), name="a_candidate_disputes_an_entry_once"
            ),
        ]

    @property
    def key_owner(self) -> str:
        return self.entry.candidacy.reference

    def __str__(self) -> str:
        return f"{self.entry_id} {self.reading_id}"


def span_of(kind: str, began: str, ended: str) -> Span:
    """The dates as the law reads them. Raises `ValueError` where they are none, or the wrong way round."""
    end: Known | None = known(ended) if ended not in ("", NOW) else None
    return Span(kind, known(began), end, goes_on=ended == NOW)
