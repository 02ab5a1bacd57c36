"""Translations, the names of the glossary, texts set aside, and where texts lie among others in meaning."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from hemicycle.assembly.models import Named
from hemicycle.people.models import Language, Person
from hemicycle.record.models import Matter
from hemicycle.record.sealing.fields import SealedLine, SealedText

from .procedure import BEGUN, FOR_EVERYBODY, RUNS, ModerationState, TermState, TranslationState

LONG = 20_000
S = TranslationState
M = ModerationState


class Origin(models.TextChoices):
    """By whom a translation was made, where no name is given: a person in exile need not sign."""

    SECRETARIAT = "secretariat"
    AUTHOR = "author"
    MACHINE = "machine"


class Translation(Matter):
    """A text of a matter in another language. `subject`, `part`: as in `sources.Written`; `digest` is that of the original
    that was translated, so that a later correction of it is noticed. `author` wrote the original.

    `translator` is a name that is shown; without one the translation says from whom it is by `made_by`. The text is sealed
    under the matter's own key, which goes with the original, and a while after the translation is replaced or withdrawn.
    """

    PREFIX = "TRSL"

    subject = models.CharField(max_length=24)
    part = models.CharField(max_length=24)
    language = models.CharField(max_length=2, choices=Language.choices)
    written_in = models.CharField(max_length=2, choices=Language.choices)
    digest = models.CharField(max_length=64, blank=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    text = SealedText(max_length=LONG, blank=True)
    made_by = models.CharField(max_length=12, choices=Origin.choices)
    was_machine = models.BooleanField(default=False)
    translator = SealedLine(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["subject", "part"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[S.ASKED, S.WITHDRAWN]) | ~Q(text="") | Q(erased_at__isnull=False),
                name="a_translation_has_its_text",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[S.REPLACED, S.WITHDRAWN], ended_at__isnull=False)
                | (~Q(state__in=[S.REPLACED, S.WITHDRAWN]) & Q(ended_at__isnull=True)),
                name="a_translation_that_ended_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(language=models.F("written_in")), name="a_translation_is_in_another_language"
            ),
            models.UniqueConstraint(
                fields=["subject", "part", "language"],
                condition=Q(state__in=BEGUN, erased_at__isnull=True),
                name="one_draft_of_a_translation_into_a_language",
            ),
            models.UniqueConstraint(
                fields=["subject", "part", "language"],
                condition=Q(state__in=FOR_EVERYBODY, erased_at__isnull=True),
                name="one_translation_for_everybody_into_a_language",
            ),
        ]


class Kind(models.TextChoices):
    PEOPLE = "people"
    INSTITUTION = "institution"
    PLACE = "place"
    OTHER = "other"


class Term(Matter, Named):
    """A name as the platform writes it in its three languages; public. `own_name`: in the people's own language.

    `note_*`: what it is, `never_*`: what is not written instead.
    """

    PREFIX = "TERM"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    own_name = models.CharField(max_length=200, blank=True)
    note_en = models.CharField(max_length=600, blank=True)
    note_fr = models.CharField(max_length=600, blank=True)
    note_ru = models.CharField(max_length=600, blank=True)
    never_en = models.CharField(max_length=300, blank=True)
    never_fr = models.CharField(max_length=300, blank=True)
    never_ru = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["name_en", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name_en"],
                condition=Q(state=TermState.ENTERED),
                name="a_name_stands_once_in_the_glossary",
            )
        ]

    def noted(self, language: str | None) -> str:
        return str(getattr(self, f"note_{_code(language)}"))

    def never(self, language: str | None) -> str:
        return str(getattr(self, f"never_{_code(language)}"))


def _code(language: str | None) -> str:
    code = (language or "en")[:2]
    return code if code in Language.values else "en"


class Moderation(Matter):
    """One setting aside of one text, for a ground of the charter, until a day. What is written to the author, the appeal and
    the decision are sealed under the matter's own key. `digest`: of the wording that was set aside.

    The public never reads who did it; the author does.
    """

    PREFIX = "SPCH"

    subject = models.CharField(max_length=24)
    part = models.CharField(max_length=24)
    digest = models.CharField(max_length=64, blank=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    moderator = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    charter = models.CharField(max_length=64)
    reason = models.CharField(max_length=48)
    words = SealedText(max_length=LONG, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices)
    set_at = models.DateTimeField()
    until = models.DateTimeField()
    appeal_until = models.DateTimeField()
    appeal_text = SealedText(max_length=LONG, blank=True)
    appeal_language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)
    decision = SealedText(max_length=LONG, blank=True)
    decision_language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    won = models.BooleanField(default=False)  # on appeal
    ended_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["subject", "part"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RUNS, ended_at__isnull=True)
                | (~Q(state__in=RUNS) & Q(ended_at__isnull=False)),
                name="a_text_set_aside_says_when_that_ended",
            ),
            models.CheckConstraint(
                condition=~Q(words="") | Q(erased_at__isnull=False),
                name="a_text_is_set_aside_with_words_to_its_author",
            ),
            models.UniqueConstraint(
                fields=["subject", "part"],
                condition=Q(state__in=RUNS),
                name="a_text_is_set_aside_once_at_a_time",
            ),
        ]

    def standing(self, at: datetime) -> str:
        """Its time ends by itself, whether or not a clock has run, and whether or not an appeal is running."""
        return M.LAPSED if self.state in RUNS and at >= self.until else self.state


class Vector(models.Model):
    """Where a public text lies among others in meaning: `data` are float32 of the encoder. It goes with the text."""

    reference = models.CharField(max_length=24)
    part = models.CharField(max_length=24)
    digest = models.CharField(max_length=64)
    data = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reference", "part"], name="one_vector_of_a_text")]

    def __str__(self) -> str:
        return f"{self.reference}/{self.part}"


class Suggestion(models.Model):
    """Which public texts a draft is near to, as the worker found it. No vector of a draft is kept; this goes when the draft is
    tabled or withdrawn. `found`: references and parts with the product of the vectors, null while the worker is at it.
    """

    reference = models.CharField(max_length=24)
    part = models.CharField(max_length=24)
    prefix = models.CharField(max_length=4)
    digest = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    found: models.JSONField[list[list[object]] | None, list[list[object]] | None] = models.JSONField(
        null=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reference", "part"], name="one_suggestion_for_a_text")
        ]

    def __str__(self) -> str:
        return f"{self.reference}/{self.part}"
