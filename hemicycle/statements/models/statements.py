"""Statements with their versions, consents and opinions; amendments with their votes."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.dialogue.models import Topic
from hemicycle.instruments.ledger import notes
from hemicycle.mandates.models import Mandate
from hemicycle.people.models import Language
from hemicycle.record.models import Matter
from hemicycle.record.sealing.fields import SealedRow, SealedText

from ..procedure import StatementState
from .groups import LONG, Group, Initiative

S = StatementState


class Scope(models.TextChoices):
    """In whose name a statement speaks."""

    ALL = "all", _("in the name of all participants")
    GROUPS = "groups", _("of named groups")
    SIGNATORIES = "signatories", _("of those who consent")


class Choice(models.TextChoices):
    FOR = "for", pgettext_lazy("vote", "for")
    AGAINST = "against", pgettext_lazy("vote", "against")
    ABSTAIN = "abstain", pgettext_lazy("vote", "abstention")


class OpinionKind(models.TextChoices):
    DISSENT = "dissent", _("dissent")
    SEPARATE = "separate", _("separate opinion")


class Statement(Matter):
    """One statement. `manifest` names the digest of each authentic text, `digest` is that of the manifest: it is what
    everybody consents to. `note` is the manifest as it was signed, `key` the public half of the key."""

    PREFIX = "STMT"

    scope = models.CharField(max_length=12, choices=Scope.choices)
    groups: models.ManyToManyField[Group, models.Model] = models.ManyToManyField(
        Group, blank=True, related_name="statements"
    )
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    initiative = models.ForeignKey(
        Initiative, on_delete=models.PROTECT, null=True, blank=True, related_name="statements"
    )
    origin = models.CharField(max_length=24, blank=True)  # reference of what it rests on (`evidence.py`)
    origin_digest = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices)
    charter = models.CharField(max_length=64)
    manifest = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    finalised_at = models.DateTimeField(null=True, blank=True)
    consent_until = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)
    key = models.CharField(max_length=120, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[S.FINAL, S.PUBLISHED])
                | (~Q(digest="") & Q(finalised_at__isnull=False) & Q(consent_until__isnull=False)),
                name="a_final_statement_has_its_digest",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.PUBLISHED)
                | (Q(published_at__isnull=False) & ~Q(note="") & ~Q(key="") & Q(erased_at__isnull=True)),
                name="a_published_statement_is_signed",
            ),
        ]

    def standing(self, at: datetime) -> str:
        if self.state == S.FINAL and self.consent_until is not None and at >= self.consent_until:
            return S.LAPSED
        return self.state

    @property
    def signature(self) -> str:
        """The 64 bytes below the manifest, in hex, so that any tool can check them."""
        return notes.Note.read(self.note).lines[0][1][4:].hex()


class Mover(models.Model):
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="movers")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "mandate"], name="moves_a_statement_once")
        ]

    def __str__(self) -> str:
        return f"{self.statement_id}/{self.mandate_id}"


class OfStatement(SealedRow):
    """A sealed row under the key of its statement."""

    class Meta:
        abstract = True

    @property
    def key_owner(self) -> str:
        return str(self.statement.reference)  # type: ignore[attr-defined]


class Version(OfStatement):
    """A version of the draft, never changed once it is written. The first line is the title."""

    BOUND = ("statement_id", "number")

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = SealedText(max_length=LONG)
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    amendment = models.CharField(max_length=24, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["statement", "number"], name="versions_are_counted")]

    def __str__(self) -> str:
        return f"{self.statement_id}/{self.number}"


class FinalText(OfStatement):
    """The final text in one language; each of them is authentic. Canonical, as it is digested."""

    BOUND = ("statement_id", "language")

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(max_length=2, choices=Language.choices)
    text = SealedText()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "language"], name="one_text_per_language")
        ]

    def __str__(self) -> str:
        return f"{self.statement_id}/{self.language}"


class Consent(models.Model):
    """One person's consent to the digest. `is_counted`: it was when the statement was published."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="consents")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    is_counted = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["statement", "mandate"], name="consents_once")]

    def __str__(self) -> str:
        return f"{self.statement_id}/{self.mandate_id}"


class Opinion(OfStatement):
    """A dissent or a separate opinion, of a person or of a group: the group's once more than half of it have joined."""

    BOUND = ("statement_id", "mandate_id")

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="opinions")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=OpinionKind.choices)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    text = SealedText(max_length=6_000)
    language = models.CharField(max_length=2, choices=Language.choices)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["statement", "mandate"], name="gives_one_opinion")]

    def __str__(self) -> str:
        return f"{self.statement_id}/{self.mandate_id}"


class OpinionSigner(models.Model):
    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="signers")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["opinion", "mandate"], name="joins_an_opinion_once")]

    def __str__(self) -> str:
        return f"{self.opinion_id}/{self.mandate_id}"


class Amendment(Matter):
    """A passage of a version that is to read otherwise. Its texts lie under the key of the statement."""

    PREFIX = "AMND"

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="amendments")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()  # of the version
    passage = SealedText(max_length=6_000, blank=True)  # none once erased
    replacement = SealedText(max_length=6_000, blank=True)
    reasons = SealedText(max_length=2_000, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices)
    closes_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-pk"]

    @property
    def key_owner(self) -> str:
        return self.statement.reference


class AmendmentVote(models.Model):
    """Votes are open: everybody who may read the amendment reads who voted how."""

    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="votes")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=8, choices=Choice.choices)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["amendment", "mandate"], name="one_vote_on_an_amendment")
        ]

    def __str__(self) -> str:
        return f"{self.amendment_id}/{self.mandate_id}"
