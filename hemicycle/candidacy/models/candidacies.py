"""One person's request to sit."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from hemicycle.people.models import Language, Person
from hemicycle.record.models import Matter
from hemicycle.record.sealing.fields import SealedJSON, SealedLine, SealedText

from ..procedure import CallState, CandidacyState
from .calls import Call, Slate
from .vocabulary import Ground, country


class Candidacy(Matter):
    """One person's request to sit, for one call. `submitted_at` keeps the first date, whatever is completed
    later.
    """

    PREFIX = "CAND"

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="candidacies")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="candidacies")
    slate = models.ForeignKey(
        Slate, on_delete=models.SET_NULL, null=True, blank=True, related_name="candidacies"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)

    # The person's own words (procedure 1.7); never a list, nothing inferred.
    people = SealedLine(max_length=200, blank=True)
    spoken_language = SealedLine(max_length=200, blank=True)
    region = SealedLine(max_length=200, blank=True)
    for_reserve = models.BooleanField(default=False)
    reserve_confirmed = models.BooleanField(default=False)
    residence = SealedLine(max_length=2, blank=True, validators=[country])
    origin = SealedJSON(empty=list)
    notice_read_at = models.DateTimeField(null=True, blank=True)
    saved: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    is_own_act = models.BooleanField(default=False)

    returned_at = models.DateTimeField(null=True, blank=True)
    return_due = models.DateTimeField(null=True, blank=True)
    return_reasons = SealedText(blank=True)
    times_returned = models.PositiveSmallIntegerField(default=0)

    # Why a second clerk did not confirm what a first one proposed; gone when the form is decided.
    not_confirmed_reasons = SealedText(blank=True)
    inadmissible_ground = models.CharField(max_length=16, choices=Ground.choices, blank=True)
    inadmissible_reasons = SealedText(blank=True)
    inadmissible_at = models.DateTimeField(null=True, blank=True)
    review_reasons = SealedText(blank=True)
    review_decision = SealedText(blank=True)
    review_decided_at = models.DateTimeField(null=True, blank=True)

    is_late_admission = models.BooleanField(default=False)
    late_plea = SealedText(blank=True)
    late_ground = SealedText(blank=True)
    late_ground_language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    late_until = models.DateTimeField(null=True, blank=True)

    counter_statements_agreed_at = models.DateTimeField(null=True, blank=True)
    corrections_closed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    hold_ground = SealedText(blank=True)
    hold_until = models.DateTimeField(null=True, blank=True)
    # In which language each of the texts above is written, by the name of its column (procedure 1.8).
    languages: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name_plural = "candidacies"
        constraints = [
            models.UniqueConstraint(fields=["call", "person"], name="one_candidacy_per_person_and_call"),
            models.CheckConstraint(
                condition=Q(
                    state__in=[CandidacyState.DRAFT, CandidacyState.LAPSED, CandidacyState.LATE_ASKED]
                )
                | Q(state__in=[CandidacyState.WITHDRAWN, CandidacyState.ERASED])
                | Q(inadmissible_ground=Ground.LATE)
                | Q(submitted_at__isnull=False),
                name="what_was_received_has_its_date",
            ),
            models.CheckConstraint(
                condition=~Q(state=CandidacyState.INADMISSIBLE)
                | (
                    ~Q(inadmissible_ground="")
                    & ~Q(inadmissible_reasons="")
                    & Q(inadmissible_at__isnull=False)
                ),
                name="inadmissible_has_ground_and_reasons",
            ),
            models.CheckConstraint(
                condition=~Q(state=CandidacyState.RETURNED)
                | (Q(return_due__isnull=False) & ~Q(return_reasons="")),
                name="a_return_says_what_and_until_when",
            ),
            models.CheckConstraint(
                condition=Q(is_late_admission=False)
                | (~Q(late_ground="") & ~Q(late_ground_language="") & Q(late_until__isnull=False)),
                name="a_late_admission_has_its_ground",
            ),
            models.CheckConstraint(
                condition=~Q(state=CandidacyState.WITHDRAWN) | Q(withdrawn_at__isnull=False),
                name="a_withdrawal_has_its_date",
            ),
            models.CheckConstraint(
                condition=(Q(hold_ground="") & Q(hold_until__isnull=True))
                | (~Q(hold_ground="") & Q(hold_until__isnull=False)),
                name="a_hold_has_ground_and_end",
            ),
        ]
        indexes = [models.Index(fields=["call", "state"])]

    def language_of(self, column: str) -> str:
        """The language of one of its texts; empty where there is none."""
        return self.languages.get(column, "")

    @property
    def deadline(self) -> datetime:
        """Until when it may be submitted: the call's end, or the end of a late admission."""
        return self.late_until if self.is_late_admission and self.late_until else self.call.closes_at

    def standing(self, at: datetime) -> str:
        if self.state == CandidacyState.DRAFT and (
            at >= self.deadline or (self.call.state == CallState.WITHDRAWN and not self.is_late_admission)
        ):
            return CandidacyState.LAPSED
        if self.state == CandidacyState.RETURNED and self.return_due and at >= self.return_due:
            return CandidacyState.SUBMITTED
        return self.state
