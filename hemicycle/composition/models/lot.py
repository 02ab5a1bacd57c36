"""A lot over lawful lists, where the charter foresees one: what it is drawn from stands fast before the seed is known."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from hemicycle.record.sealing.fields import SealedLine, SealedRow, SealedText

from .lists import List


class Lot(SealedRow):
    """Numbered tickets over everybody who may be proposed, and a seed in two halves.

    `text` is canonical JSON: the tickets (later the draw too) under handles drawn for this lot, so it names nobody;
    `digest` of the tickets and `commitment` to the first half are in the entry that prepares it. The first half lies sealed
    and is nobody's to read until the second, from the public source named in `source`, is there on `source_on`; then it
    stands in `text`, and its key is destroyed, as is that of a lot which a later one replaces. `least` and `most`: the smallest and the greatest chance, as decimals.
    `handles`: canonical JSON of who stands under which, sealed until the draw, so that nobody changes places in between.
    `is_proved`: a checker without a solver found that no lottery over lawful lists is fairer.
    """

    BOUND = ("list_id",)

    list = models.ForeignKey(List, on_delete=models.CASCADE, related_name="lots")
    text = models.TextField()
    digest = models.CharField(max_length=64)
    commitment = models.CharField(max_length=64)
    first = SealedLine(max_length=64, blank=True)
    handles = SealedText(blank=True)
    source = models.CharField(max_length=300)
    source_on = models.DateField()
    people = models.PositiveIntegerField()
    tickets = models.PositiveIntegerField()
    least = models.CharField(max_length=20)
    most = models.CharField(max_length=20)
    is_proved = models.BooleanField()
    prepared_at = models.DateTimeField()
    second = models.CharField(max_length=200, blank=True)
    ticket = models.PositiveIntegerField(null=True, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(source=""), name="a_lot_names_its_public_source"),
            models.CheckConstraint(
                condition=Q(drawn_at__isnull=True, ticket__isnull=True, second="")
                | (Q(drawn_at__isnull=False, ticket__isnull=False, first="", handles="") & ~Q(second="")),
                name="a_drawn_lot_has_a_ticket_and_a_second_half",
            ),
        ]

    @property
    def key_owner(self) -> str:
        return f"{self.list.reference}/l{self.row}"

    @property
    def is_drawn(self) -> bool:
        return self.drawn_at is not None

    def __str__(self) -> str:
        return f"{self.list_id}/l{self.pk}"


class LotPlace(models.Model):
    """Under which handle somebody stands in a lot. It goes with the candidacy; the handle then names nobody."""

    lot = models.ForeignKey(Lot, on_delete=models.CASCADE, related_name="places")
    candidacy = models.ForeignKey("candidacy.Candidacy", on_delete=models.CASCADE, related_name="+")
    handle = models.CharField(max_length=8)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["lot", "handle"], name="a_handle_stands_once_in_a_lot"),
            models.UniqueConstraint(fields=["lot", "candidacy"], name="a_person_has_one_place_in_a_lot"),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id}/{self.handle}"
