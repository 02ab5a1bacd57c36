"""Lists of names with their versions, the comparison of candidates with them, and what it raises."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.people.models import Language
from hemicycle.record.models import Matter
from hemicycle.record.sealing.fields import SealedJSON, SealedRow, SealedText

from ..procedure.screening import HitState
from .readings import GONE, Examination, Reading


class Source(Matter):
    """A list of names that candidates are compared with. `is_persecuting`: kept by the persecuting state; what it says is
    shown as such and never counts against a person."""

    PREFIX = "SRCE"

    name = models.CharField(_("Name of the list"), max_length=120)
    publisher = models.CharField(_("Publisher"), max_length=120)
    link = models.URLField(_("Page of the publisher"), max_length=300, blank=True)
    is_persecuting = models.BooleanField(_("Kept by the persecuting state"), default=False)
    renewed_every = models.PositiveSmallIntegerField(_("Renewed every so many days"), default=30)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["name"], condition=Q(state="kept"), name="one_list_of_a_name")
        ]


class ListFile(models.Model):
    """A file as it was read, entry by entry, before anybody says what it is for. Without `read_at` it was not read to its end
    and is no list. `sha256` is of the bytes as given; `counts` are numbers, `passed_over` rows of [reason, count, lines]."""

    sha256 = models.CharField(max_length=64)
    format = models.CharField(max_length=16)
    published_on = models.CharField(max_length=40, blank=True)
    counts: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(default=dict)
    passed_over: models.JSONField[list[Any], list[Any]] = models.JSONField(default=list)
    begun_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sha256", "format"], condition=Q(read_at__isnull=False), name="a_file_is_read_once"
            )
        ]

    def __str__(self) -> str:
        return self.sha256[:12]


class ListedEntry(models.Model):
    """One entry of a file: `said` holds the fields of `instruments.names.sources.entry.Entry` as JSON. Kept while a version
    of the file is read in or in use."""

    file = models.ForeignKey(ListFile, on_delete=models.CASCADE, related_name="entries")
    entity_id = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    said: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "entity_id"], name="one_entry_of_a_number_per_file")
        ]

    def __str__(self) -> str:
        return self.entity_id


class Version(Matter):
    """One version of a list: a file that was read in for it. `difference` counts entries beside the version before."""

    PREFIX = "VERS"

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    file = models.ForeignKey(ListFile, on_delete=models.PROTECT, related_name="versions")
    difference: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(default=dict, blank=True)
    used_from = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["source", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["source", "number"], name="one_version_of_a_number"),
            models.UniqueConstraint(
                fields=["source"], condition=Q(state="in_force"), name="one_version_in_use_per_list"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["in_force", "replaced"]) | Q(used_from__isnull=False),
                name="a_version_in_use_says_since_when",
            ),
        ]

    @property
    def title(self) -> str:
        """`OFAC SDN, 3 (2024-05-03)`; what every result names."""
        day = f" ({self.file.published_on})" if self.file.published_on else ""
        return f"{self.source.name}, {self.number}{day}"


class Occasion(models.TextChoices):
    UNDER_WAY = "under_way", pgettext_lazy("comparison", "in a call, and not compared with these lists yet")
    IN_OFFICE = "in_office", pgettext_lazy("comparison", "takes part, and not compared with these lists yet")
    NEW_FACT = "new_fact", pgettext_lazy("comparison", "a new fact in the file")
    INCIDENT = "incident", pgettext_lazy("comparison", "an incident")
    BUREAU = "bureau", pgettext_lazy("comparison", "the Bureau asked for it")


class Run(Matter):
    """Files compared with all lists in use. `versions` are the references of the versions compared with (`lists` is a digest of
    them, `titles` what they were called), `software` names program and threshold. Each file has a row in `results`; what is written there is never done again."""

    PREFIX = "SCRN"

    occasion = models.CharField(max_length=12, choices=Occasion.choices)
    versions: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    lists = models.CharField(max_length=64)
    titles: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    software = models.CharField(max_length=80)
    beat_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    files: Sequence[Examination] = ()  # what a run is asked for, before it is written down

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state"])]


class Result(models.Model):
    """One file in one run. No `done_at`: still to do. That nothing was raised is written down too, and clears nobody."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="results")
    examination = models.ForeignKey(Examination, on_delete=models.CASCADE, related_name="results")
    done_at = models.DateTimeField(null=True, blank=True)
    is_left_out = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["run", "examination"], name="a_file_once_per_run")]
        indexes = [models.Index(fields=["run", "done_at"])]

    def __str__(self) -> str:
        return f"{self.run_id} {self.examination_id}"


class Subject(models.TextChoices):
    """Whose name was compared."""

    PERSON = "person", pgettext_lazy("name on a list", "the candidate")
    ENDORSER = "endorser", pgettext_lazy("name on a list", "a body that endorses the candidate")
    SLATE = "slate", pgettext_lazy("name on a list", "the organisation of the joint slate")
    EMPLOYER = "employer", pgettext_lazy("name on a list", "an employer or payer that the file names")


class Hit(Matter):
    """A name of a file beside an entry of a list: a question, never a finding.

    `key` is keyed and names file, list, entry and subject without saying which; `entry` (the fields of the entry),
    `explanation` (of the comparison) and `compared` (the names compared) are sealed. `seen_in` is the last version in which
    it was found. `turn` counts how often it was raised.
    """

    PREFIX = "NAME"

    examination = models.ForeignKey(Examination, on_delete=models.CASCADE, related_name="hits")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    seen_in = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    subject = models.CharField(max_length=8, choices=Subject.choices)
    entry = SealedJSON(empty=dict)
    explanation = SealedJSON(empty=dict)
    turn = models.PositiveSmallIntegerField(default=1)
    raised_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["examination", "key"], name="a_name_beside_an_entry_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["same", "another", "unclear"]) | Q(decided_at__isnull=False),
                name="a_judged_hit_says_when",
            ),
        ]
        indexes = [models.Index(fields=["examination", "state"])]

    @property
    def key_owner(self) -> str:
        return self.examination.candidacy.reference

    def standing(self, at: datetime) -> str:
        return HitState.CLOSED if self.examination.candidacy.state in GONE else self.state


class Who(models.TextChoices):
    SAME = "same", pgettext_lazy("name on a list", "the same person or body")
    ANOTHER = "another", pgettext_lazy("name on a list", "another person or body")
    UNCLEAR = "unclear", pgettext_lazy("name on a list", "unclear")


class Judgement(SealedRow):
    """What one reader says of a hit in one turn. Without `who` the reader asks that it be judged again."""

    BOUND = ("hit_id", "reading_id", "turn")

    hit = models.ForeignKey(Hit, on_delete=models.CASCADE, related_name="judgements")
    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="judgements")
    turn = models.PositiveSmallIntegerField()
    who = models.CharField(max_length=8, choices=Who.choices, blank=True)
    reasons = SealedText()
    language = models.CharField(max_length=2, choices=Language.choices)
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["hit", "reading", "turn", "who"], name="a_reader_judges_once_a_turn"
            ),
            models.CheckConstraint(condition=~Q(reasons=""), name="a_judgement_has_reasons"),
        ]

    @property
    def key_owner(self) -> str:
        return self.hit.examination.candidacy.reference

    def __str__(self) -> str:
        return f"{self.hit_id} {self.who}"
