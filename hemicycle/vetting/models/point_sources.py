"""What an adverse point rests on: sources, graded one by one (article on adverse points, procedure 3.3).

Reliability of the source and credibility of what it says are judged apart, in the words of the Admiralty code (NATO
AJP-2.1): a source that is usually reliable may say something improbable. A grade belongs to a source, never to a person;
nothing is made of grades, no sum, no mean, no order.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hemicycle.people.models import Language
from hemicycle.record.sealing.fields import SealedLine, SealedRow, SealedText

from .points import AdversePoint
from .readings import Reading


class Reliability(models.TextChoices):
    A = "A", _("completely reliable")
    B = "B", _("usually reliable")
    C = "C", _("fairly reliable")
    D = "D", _("not usually reliable")
    E = "E", _("unreliable")
    F = "F", _("reliability cannot be judged")


class Credibility(models.TextChoices):
    ONE = "1", _("confirmed by other sources")
    TWO = "2", _("probably true")
    THREE = "3", _("possibly true")
    FOUR = "4", _("doubtful")
    FIVE = "5", _("improbable")
    SIX = "6", _("truth cannot be judged")


class Obtained(models.TextChoices):
    READER = "reader", _("the reader who enters it")
    SECRETARIAT = "secretariat", _("the Secretariat")
    CANDIDATE = "candidate", _("the candidate, with the file")


class PointSource(SealedRow):
    """One source of a point. `reading` entered it; without one, the Secretariat did.

    `origin` is the label by which sources count as independent (`rules.sources`). The copy is a piece of the file or the
    statement of an invited body (`exhibit`: its random name or its reference), or it lies elsewhere: `digest` is its
    SHA-256 in 64 small hexadecimal digits, `archived_at` says where. A file that was sent with the source is kept as its
    clean `pages`, sealed; `digest` is then of the file as it was sent. `obtained_by` is an office, never a name.
    """

    BOUND = ("point_id",)

    point = models.ForeignKey(AdversePoint, on_delete=models.CASCADE, related_name="sources")
    reading = models.ForeignKey(
        Reading, on_delete=models.CASCADE, null=True, blank=True, related_name="sources_entered"
    )
    title = SealedText(max_length=2000)
    origin = SealedLine(max_length=100)
    link = SealedLine(max_length=500, blank=True)
    exhibit = models.CharField(max_length=32, blank=True)
    digest = SealedLine(max_length=64, blank=True)
    archived_at = SealedLine(max_length=300, blank=True)
    pages_kept = models.PositiveSmallIntegerField(default=0)
    obtained_by = models.CharField(max_length=12, choices=Obtained.choices)
    obtained_on = models.DateField()
    how = SealedText(max_length=2000)
    reliability = models.CharField(max_length=1, choices=Reliability.choices)
    credibility = models.CharField(max_length=1, choices=Credibility.choices)
    is_disclosable = models.BooleanField(default=True)
    language = models.CharField(max_length=2, choices=Language.choices)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(exhibit="") | (~Q(digest="") & (~Q(archived_at="") | Q(pages_kept__gt=0))),
                name="a_source_has_a_copy",
            ),
            models.CheckConstraint(
                condition=Q(reliability__in=Reliability.values) & Q(credibility__in=Credibility.values),
                name="a_source_is_graded",
            ),
        ]

    @property
    def key_owner(self) -> str:
        return self.point.examination.candidacy.reference

    def __str__(self) -> str:
        return f"{self.point_id} {self.row}"


class SourcePage(SealedRow):
    """A page of the archived copy: a picture without metadata in base 64, or the text itself."""

    BOUND = ("source_id", "number")

    source = models.ForeignKey(PointSource, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveSmallIntegerField()
    is_text = models.BooleanField(default=False)
    content = SealedText()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["source", "number"], name="one_page_of_a_number_per_source")
        ]

    @property
    def key_owner(self) -> str:
        return self.source.key_owner

    def __str__(self) -> str:
        return f"{self.source_id} {self.number}"
