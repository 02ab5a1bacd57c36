"""What stands in a file: answers, dated facts, evidence, corrections. Erased with it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hemicycle.people.models import Language
from hemicycle.record.sealing.fields import SealedJSON, SealedLine, SealedRow, SealedText

from .candidacies import Candidacy
from .vocabulary import MetadataKind, secret_name


class CriterionAnswer(SealedRow):
    """What the candidate says on one criterion of the charter."""

    BOUND = ("candidacy_id", "criterion")

    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="answers")
    criterion = models.CharField(max_length=48)
    statement = SealedText(blank=True)
    language = models.CharField(max_length=2, choices=Language.choices)
    since = models.DateField(null=True, blank=True)
    declared = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidacy", "criterion"], name="one_answer_per_criterion")
        ]

    @property
    def key_owner(self) -> str:
        return self.candidacy.reference

    def __str__(self) -> str:
        return self.criterion


class BarAnswer(models.Model):
    """Yes or no to one bar of the charter. Silence is not a no."""

    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="bar_answers")
    bar = models.CharField(max_length=48)
    answer = models.CharField(max_length=3, choices=[("yes", _("Yes")), ("no", _("No"))])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["candidacy", "bar"], name="one_answer_per_bar")]

    def __str__(self) -> str:
        return self.bar


class ServicePeriod(SealedRow):
    """A dated fact under a bar: [from_day, until_day). `kind`: one of `Kind`, or an excluded kind of the
    charter.
    """

    BOUND = ("candidacy_id", "bar")

    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="periods")
    bar = models.CharField(max_length=48)
    kind = models.CharField(max_length=48)
    employer = SealedLine(max_length=200)
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)
    note = SealedText(blank=True)

    class Meta:
        ordering = ["from_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_day__isnull=True) | Q(until_day__gt=F("from_day")),
                name="a_period_ends_after_it_begins",
            )
        ]

    @property
    def key_owner(self) -> str:
        return self.candidacy.reference

    def __str__(self) -> str:
        return f"{self.bar} {self.kind}"


COPY, ORIGINAL = "copy", "original"


class Evidence(models.Model):
    """A link, or a file: its clean copy (pixels without metadata, or plain text) and what was sent, both sealed to
    people (envelopes.py).

    `name` is random and is all that an address shows. `pages` are the random names of the sealed pages of the copy,
    `original` that of what was sent; empty once a page was blacked out. `digest` is the SHA-256 of the file as it was sent;
    it is never published (procedure 1.3). `metadata` are rows [kind, keyed digest] of what the file said of its making; what
    it said is kept nowhere but in the sealed original (files.keyed).
    """

    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="evidence")
    name = models.CharField(max_length=32, unique=True, default=secret_name, editable=False)
    criterion = models.CharField(max_length=48, blank=True)
    title = SealedLine(max_length=200)
    language = models.CharField(max_length=2, choices=[*Language.choices, ("xx", _("another language"))])
    link = SealedLine(max_length=500, blank=True)
    kind = models.CharField(max_length=8, choices=[(k, k) for k in ("link", "pdf", "image", "text")])
    pages: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    original = models.CharField(max_length=40, blank=True)
    digest = SealedLine(max_length=64, blank=True)
    metadata = SealedJSON(empty=list)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="link") & ~Q(link="") & Q(digest=""))
                | (~Q(kind="link") & Q(link="") & ~Q(digest="")),
                name="evidence_is_a_link_or_a_file",
            )
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def key_owner(self) -> str:
        return self.candidacy.reference

    @property
    def sealed_row(self) -> str:
        return f"{self.name}.{self.candidacy_id}"

    @property
    def shown_language(self) -> str:
        """For the `lang` attribute: empty where the language is none that the platform knows."""
        return "" if self.language == "xx" else self.language

    @property
    def metadata_kinds(self) -> list[str]:
        """What digests are kept of, in words: for its candidate."""
        return [str(kind.label) for kind in MetadataKind if kind in {row[0] for row in self.metadata}]

    @property
    def file_names(self) -> list[str]:
        """Every file that goes with it."""
        return [*self.pages, *([self.original] if self.original else [])]


class EvidenceKey(SealedRow):
    """What opens one part of a file (`copy` or `original`), sealed to one holder: an armored age file, sealed again at rest.

    `holder` is `candidate`, `custodian`, or the reference of a reader; `recipient` the key that it was sealed to.
    """

    BOUND = ("evidence_id", "part", "holder")

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="keys")
    part = models.CharField(max_length=8, choices=[(k, k) for k in (COPY, ORIGINAL)])
    holder = models.CharField(max_length=24)
    recipient = models.CharField(max_length=80)
    box = SealedText()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evidence", "part", "holder"], name="one_box_per_holder_and_part")
        ]

    def __str__(self) -> str:
        return f"{self.evidence_id} {self.part} {self.holder}"

    @property
    def key_owner(self) -> str:
        return self.evidence.candidacy.reference


class FactCorrection(SealedRow):
    """A fact that the candidate corrected after sending: what stood there before stays beside it (2.5)."""

    BOUND = ("candidacy_id", "part")

    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="fact_corrections")
    part = models.CharField(max_length=64)
    before = SealedJSON(empty=dict)
    reasons = SealedText()
    language = models.CharField(max_length=2, choices=Language.choices)
    corrected_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    @property
    def key_owner(self) -> str:
        return self.candidacy.reference

    def __str__(self) -> str:
        return self.part
