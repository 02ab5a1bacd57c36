"""What members of the Bureau say of a list that is before them, and what else the President considered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from hemicycle.people.models import Language
from hemicycle.record.sealing.fields import SealedRow, SealedText


class Objection(SealedRow):
    """A member's objection to a list, or to one seat of it (`number`), with reasons. One that is withdrawn is gone.

    `candidacy`: who stood on the seat; the words lie under the key of that file, those on the whole list each under a
    key of its own.
    """

    BOUND = ("list_id",)

    list = models.ForeignKey("composition.List", on_delete=models.CASCADE, related_name="objections")
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    candidacy = models.ForeignKey(
        "candidacy.Candidacy", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    reasons = SealedText()
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)
    made_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reasons=""), name="an_objection_to_a_list_has_reasons"),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(candidacy__isnull=False),
                name="an_objection_to_a_seat_says_whose",
            ),
        ]

    @property
    def key_owner(self) -> str:
        return f"{self.list.reference}/j{self.row}" if self.candidacy is None else self.candidacy.reference

    def __str__(self) -> str:
        return f"{self.list_id}/j{self.pk}"


class MemberAmendment(SealedRow):
    """What one member of the Bureau would change on a seat. It is no amendment of the Bureau yet: that is entered with
    the minutes, confirmed by a second person, and nothing before the President makes it the proposal (7.4).

    `stood`: who has the seat on the list, if anybody. Several members may propose different changes of one seat.
    """

    BOUND = ("list_id",)

    list = models.ForeignKey("composition.List", on_delete=models.CASCADE, related_name="member_amendments")
    number = models.PositiveSmallIntegerField()
    candidacy = models.ForeignKey(
        "candidacy.Candidacy", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    stood = models.ForeignKey(
        "candidacy.Candidacy", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    reserved = models.BooleanField(default=False)
    reasons = SealedText()
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)
    proposed_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()

    class Meta:
        ordering = ["number", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reasons=""), name="an_amendment_of_a_member_has_reasons"),
            models.CheckConstraint(
                condition=Q(candidacy__isnull=False) | Q(stood__isnull=False),
                name="an_amendment_of_a_member_changes_something",
            ),
            models.UniqueConstraint(
                fields=["list", "number", "proposed_by"], name="a_member_amends_a_seat_once"
            ),
        ]

    @property
    def key_owner(self) -> str:
        """The file of whoever is put on the seat; where it is left open, of whoever stands there."""
        row = self.candidacy or self.stood
        return self.list.reference if row is None else row.reference

    def __str__(self) -> str:
        return f"{self.list_id}/m{self.pk}"


class Alternative(models.Model):
    """Another draft that the President lets the Bureau see beside the list: numbers only, as they were that day.

    `numbers`: people seated, on reserved seats, in common with the list, and how many rules it would break. Nobody's
    name: who was not proposed has not agreed that the name goes to the Bureau (5.1).
    """

    list = models.ForeignKey("composition.List", on_delete=models.CASCADE, related_name="alternatives")
    rank = models.PositiveSmallIntegerField()
    numbers: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(default=dict)

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["list", "rank"], name="an_alternative_has_a_place"),
            models.CheckConstraint(condition=Q(rank__gte=1, rank__lte=3), name="three_alternatives_at_most"),
        ]

    def __str__(self) -> str:
        return f"{self.list_id}/alt{self.rank}"


class Certificate(models.Model):
    """The full proof of the rules of a list, at its release and again at its approval, with the salt of its commitment.

    `text` is canonical JSON: who sits stands there under handles drawn for this paper, so it names nobody; its SHA-256
    is in the entry of the act and public with it. The Bureau reads the text, the public the digest (procedure 7.2).
    """

    list = models.ForeignKey("composition.List", on_delete=models.CASCADE, related_name="certificates")
    text = models.TextField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.list_id}/c{self.pk}"
