"""Lists, their seats, and what each person answered before the name went anywhere."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone

from hemicycle.candidacy.procedure import CandidacyState
from hemicycle.people.models import Language
from hemicycle.record.models import Matter
from hemicycle.record.sealing.fields import SealedRow, SealedText

from ..procedure import ListState

S = ListState
RELEASED = (S.BEFORE_BUREAU, S.REFERRAL_ENTERED, S.REFERRED_BACK, S.REFUSED, S.APPROVED, S.BEFORE_RATIFICATION,
            S.RATIFIED, S.RATIFICATION_REFUSED, S.ANNOUNCED)  # fmt: skip
# On its way or in effect: a session has one such list at a time.
ALIVE = (
    S.RELEASE_ASKED,
    S.BEFORE_BUREAU,
    S.REFERRAL_ENTERED,
    S.APPROVED,
    S.BEFORE_RATIFICATION,
    S.RATIFIED,
    S.ANNOUNCED,
)
# The name has gone to the Bureau and stays there: no acceptance of a seat can be withdrawn (7.2).
BINDING = (S.BEFORE_BUREAU, S.REFERRAL_ENTERED, S.APPROVED, S.BEFORE_RATIFICATION, S.RATIFIED, S.ANNOUNCED)
# Candidacies that are closed to everybody: their names are never shown (1.6).
GONE = (CandidacyState.WITHDRAWN, CandidacyState.ERASED)
# The Bureau has approved it and it has not come back: its succession list may still grow by an addition (3.7).
STANDING = (S.APPROVED, S.BEFORE_RATIFICATION, S.RATIFIED, S.ANNOUNCED)
APPROVED = (S.APPROVED, S.BEFORE_RATIFICATION, S.RATIFIED, S.RATIFICATION_REFUSED, S.ANNOUNCED)


class List(Matter):
    """A list of participants, proposed by the President for one session.

    `charter` is the law of the session, frozen when the list begins. `proposer` is the President (or acting one)
    whose proposal it is; a new President adopts it or withdraws it (7.10). `name` is a working title and never
    public. `proposed_at` decides whether the reserve still binds (4.5). `effective_at` is the approval or the
    ratification, as the charter has it; `returned_at` is set when ratification was refused.
    """

    PREFIX = "LIST"

    session = models.ForeignKey("assembly.Session", on_delete=models.PROTECT, related_name="lists")
    call = models.ForeignKey("candidacy.Call", on_delete=models.PROTECT, related_name="lists")
    name = models.CharField(max_length=120)
    charter = models.CharField(max_length=64)
    copied_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="copies"
    )
    proposer = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="lists_proposed")
    proposed_at = models.DateTimeField(null=True, blank=True)
    reasons_en = models.TextField(blank=True)
    reasons_fr = models.TextField(blank=True)
    reasons_ru = models.TextField(blank=True)
    reasons_translator = models.CharField(max_length=200, blank=True)
    decision_reasons = models.TextField(blank=True)
    decision_language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)
    decision_source = models.CharField(max_length=300, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    ratified_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)
    effective_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session"], condition=Q(state__in=ALIVE), name="one_list_of_a_session_is_on_its_way"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=RELEASED) | Q(released_at__isnull=False, proposed_at__isnull=False),
                name="a_list_before_the_bureau_was_proposed_and_released",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=APPROVED) | Q(approved_at__isnull=False),
                name="an_approved_list_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.RATIFIED) | Q(ratified_at__isnull=False),
                name="a_ratified_list_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.ANNOUNCED) | Q(announced_at__isnull=False, effective_at__isnull=False),
                name="an_announced_list_is_in_effect",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.RATIFICATION_REFUSED) | Q(returned_at__isnull=False),
                name="a_list_that_returned_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(S.REFUSED, S.REFERRED_BACK)) | ~Q(decision_reasons=""),
                name="a_refusal_of_a_list_has_reasons",
            ),
            models.CheckConstraint(
                condition=~Q(state=S.REFERRED_BACK) | ~Q(decision_source=""),
                name="a_referral_back_names_its_source",
            ),
        ]

    @property
    def proposed_on(self) -> date | None:
        return None if self.proposed_at is None else timezone.localtime(self.proposed_at).date()


class Seat(models.Model):
    """An occupied seat of a list; a number without a row is an empty seat. `reserved`: counts for the reserve."""

    list = models.ForeignKey(List, on_delete=models.CASCADE, related_name="seats")
    number = models.PositiveSmallIntegerField()
    candidacy = models.ForeignKey("candidacy.Candidacy", on_delete=models.CASCADE, related_name="seats")
    reserved = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["list", "number"], name="a_seat_is_taken_once"),
            models.UniqueConstraint(fields=["list", "candidacy"], name="a_person_has_one_seat_on_a_list"),
            models.CheckConstraint(condition=Q(number__gte=1), name="seats_are_numbered_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.list_id}/{self.number}"


class Successor(models.Model):
    """A place in the succession list: two orders, one for the reserve and one for the other seats (8.5)."""

    list = models.ForeignKey(List, on_delete=models.CASCADE, related_name="successors")
    rank = models.PositiveSmallIntegerField()
    candidacy = models.ForeignKey("candidacy.Candidacy", on_delete=models.CASCADE, related_name="successions")
    for_reserve = models.BooleanField(default=False)

    class Meta:
        ordering = ["-for_reserve", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["list", "for_reserve", "rank"], name="a_rank_is_given_once"),
            models.UniqueConstraint(fields=["list", "candidacy"], name="a_person_succeeds_once_on_a_list"),
        ]

    def __str__(self) -> str:
        return f"{self.list_id}/s{self.rank}"


class Override(SealedRow):
    """The President's reasons for proposing a person against an opinion of “not met” (3.5); counted in public."""

    BOUND = ("list_id", "candidacy_id")

    list = models.ForeignKey(List, on_delete=models.CASCADE, related_name="overrides")
    candidacy = models.ForeignKey("candidacy.Candidacy", on_delete=models.CASCADE, related_name="overrides")
    reasons = SealedText()
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "candidacy"], name="one_override_per_person_and_list"),
            models.CheckConstraint(condition=~Q(reasons=""), name="an_override_has_reasons"),
        ]

    @property
    def key_owner(self) -> str:
        return self.candidacy.reference

    def __str__(self) -> str:
        return f"{self.list_id}/o{self.pk}"


class Amendment(SealedRow):
    """What the Bureau would change: another person on a seat, or the seat left open. Nothing until adopted (7.4)."""

    BOUND = ("list_id",)

    list = models.ForeignKey(List, on_delete=models.CASCADE, related_name="amendments")
    number = models.PositiveSmallIntegerField()
    candidacy = models.ForeignKey(
        "candidacy.Candidacy", on_delete=models.CASCADE, null=True, blank=True, related_name="amendments"
    )
    reserved = models.BooleanField(default=False)
    reasons = SealedText()
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)
    source = models.CharField(max_length=300)
    entered_by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    proposal = models.ForeignKey(
        "composition.MemberAmendment",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="entered",
    )

    class Meta:
        ordering = ["number", "pk"]
        constraints = [models.UniqueConstraint(fields=["list", "number"], name="one_amendment_per_seat")]

    @property
    def key_owner(self) -> str:
        """The file of whoever is put on the seat; where it is left open, of whoever stood there."""
        if self.candidacy is not None:
            return self.candidacy.reference
        stood = self.list.seats.filter(number=self.number).select_related("candidacy").first()
        return self.list.reference if stood is None else stood.candidacy.reference

    def __str__(self) -> str:
        return f"{self.list_id}/a{self.number}"
