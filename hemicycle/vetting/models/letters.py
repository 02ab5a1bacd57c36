"""Assessors as candidates see them, outcome letters, and the note that a withdrawal leaves."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hemicycle.candidacy.models import Candidacy
from hemicycle.people.models import Language, Person
from hemicycle.record.models import Matter
from hemicycle.record.sealing.fields import SealedJSON, SealedText

from ..procedure import LetterState
from .readings import OpinionIs


class LetterKind(models.TextChoices):
    INADMISSIBLE = "inadmissible", _("not admissible")
    FORM_CONFIRMED = "form_confirmed", _("not admissible, confirmed on review")
    FORM_REVERSED = "form_reversed", _("not refused any more, on review")
    NOT_ELIGIBLE = "not_eligible", _("not found eligible")
    REVIEWED = "reviewed", _("opinion on review")
    READ_AGAIN = "read_again", _("opinion after a new reading")
    ON_LIST = "on_list", _("on the list")
    SUCCESSION = "succession", _("on the succession list")
    NOT_CHOSEN = "not_chosen", _("not chosen")


#: The one letter on a review of a refusal for reasons of form.
ON_FORM_REVIEW = (LetterKind.FORM_CONFIRMED, LetterKind.FORM_REVERSED)
#: A file that a review admitted late may be refused anew: every decision on the form has a letter of its own.
ON_FORM = (LetterKind.INADMISSIBLE, *ON_FORM_REVIEW)
BEFORE_PUBLICATION = (LetterKind.ON_LIST, LetterKind.SUCCESSION, LetterKind.NOT_CHOSEN)


class Assessorship(Matter):
    """What candidates are told of an assessor: capacity and organisation (3.1)."""

    PREFIX = "ASSR"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assessorships")
    capacity = models.CharField(_("Capacity"), max_length=200)
    organisation = models.CharField(_("Organisation"), max_length=200)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="current"), name="one_current_assessorship_per_person"
            )
        ]


class OutcomeLetter(Matter):
    """What a candidate is told: findings, who decided, how to ask for review, when the file is destroyed (3.7).

    `findings`: rows of {key, reader, verdict, reasons, language}; `decided_by` of {what} with {capacity, organisation,
    language} of a reader, an {office} with the {count} of its people, or a {body}; `points` of {key, state, answer,
    language}. All frozen when the letter is sent.
    """

    PREFIX = "LETT"

    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=16, choices=LetterKind.choices)
    opinion = models.CharField(max_length=8, choices=OpinionIs.choices, blank=True)
    text = SealedText(blank=True)
    text_language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    findings = SealedJSON(empty=list)
    points = SealedJSON(empty=list)
    decided_by = SealedJSON(empty=list)
    charter = models.CharField(max_length=64)
    review_until = models.DateTimeField(null=True, blank=True)
    destroyed_on = models.DateField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidacy", "kind"],
                condition=~Q(
                    kind__in=["inadmissible", "form_confirmed", "form_reversed", "reviewed", "read_again"]
                ),
                name="one_letter_of_a_kind_per_candidacy",
            ),
            models.CheckConstraint(
                condition=~Q(state=LetterState.SENT) | Q(sent_at__isnull=False),
                name="a_letter_sent_has_its_date",
            ),
        ]

    @property
    def key_owner(self) -> str:
        return self.candidacy.reference


class WithdrawalNote(Matter):
    """That somebody withdrew with a point open: a keyed reference, until the next round closes (1.6)."""

    PREFIX = "WDRN"

    session = models.ForeignKey("assembly.Session", on_delete=models.PROTECT, related_name="+")
    keyed_reference = models.CharField(max_length=64, db_index=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="kept") | ~Q(keyed_reference=""), name="a_kept_note_has_its_reference"
            )
        ]
