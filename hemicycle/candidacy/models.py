"""Calls, candidacies and what stands in a file. Everything but the call is sealed.

What a person wrote stands in columns of this room and is erased with the file; the record keeps references
only.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hemicycle.assembly.models import Session
from hemicycle.people.models import Language, Person
from hemicycle.record.models import Matter

from .procedure import CallState, CandidacyState, CounterStatementState


class Origin(models.TextChoices):
    """Where participants come from (mission R3a); a person may come from several."""

    POLITICAL_OPPOSITION = "political_opposition", _("Political opposition")
    JOURNALISM = "journalism", _("Independent journalism")
    CIVIL_SOCIETY = "civil_society", _("Civil society")


class Ground(models.TextChoices):
    """Why a candidacy may be inadmissible: form only (procedure 2.4)."""

    LATE = "late", _("It came late, and no late admission was granted")
    INCOMPLETE = "incomplete", _("It is incomplete after the chance to complete it")
    NOT_OWN_ACT = "not_own_act", _("It is not the person's own act")


class Kind(models.TextChoices):
    """Kinds of a service or payment that no charter sets aside; the charter's excluded kinds stand beside
    them.
    """

    POST = "post", _("Employment or post")
    ELECTED = "elected", _("Elected or appointed office")
    CONTRACT = "contract", _("Contract or commission")
    PAYMENT = "payment", _("Payment or other money")
    OTHER = "other", _("Something else")


country = RegexValidator(r"^[A-Z]{2}$", _("Give the two letters of the country."))


def secret_name() -> str:
    """A name that cannot be guessed: 128 bits, in hexadecimal."""
    return secrets.token_hex(16)


class Call(Matter):
    """A call for candidates (procedure 2.1). `charter` is the version whose criteria and bars make the form."""

    PREFIX = "CALL"

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="calls")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    text_en = models.TextField()
    text_fr = models.TextField()
    text_ru = models.TextField()
    charter = models.CharField(max_length=64)
    # What was erased, by the state it was in: the public counts of a round outlive the files (1.6).
    erased: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="a_call_closes_after_it_opens"
            ),
        ]

    def text(self, language: str) -> str:
        return {"fr": self.text_fr, "ru": self.text_ru}.get(language, self.text_en)

    def standing(self, at: datetime) -> str:
        if self.state == CallState.OPEN and at >= self.closes_at:
            return CallState.CLOSED
        if self.state == CallState.OPEN and at < self.opens_at:
            return CallState.ANNOUNCED
        return self.state


class Slate(Matter):
    """A joint slate of an organisation: it gives no right, and each person joins by an own act (procedure
    2.2).
    """

    PREFIX = "SLAT"

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="slates")
    presenter = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="slates")
    organisation = models.CharField(max_length=200)
    statement = models.TextField(blank=True)
    language = models.CharField(max_length=2, choices=Language.choices)


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
    people = models.CharField(max_length=200, blank=True)
    spoken_language = models.CharField(max_length=200, blank=True)
    region = models.CharField(max_length=200, blank=True)
    for_reserve = models.BooleanField(default=False)
    reserve_confirmed = models.BooleanField(default=False)
    residence = models.CharField(max_length=2, blank=True, validators=[country])
    origin: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    notice_read_at = models.DateTimeField(null=True, blank=True)
    saved: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    is_own_act = models.BooleanField(default=False)

    returned_at = models.DateTimeField(null=True, blank=True)
    return_due = models.DateTimeField(null=True, blank=True)
    return_reasons = models.TextField(blank=True)
    times_returned = models.PositiveSmallIntegerField(default=0)

    inadmissible_ground = models.CharField(max_length=16, choices=Ground.choices, blank=True)
    inadmissible_reasons = models.TextField(blank=True)
    inadmissible_at = models.DateTimeField(null=True, blank=True)
    review_reasons = models.TextField(blank=True)
    review_decision = models.TextField(blank=True)
    review_decided_at = models.DateTimeField(null=True, blank=True)

    is_late_admission = models.BooleanField(default=False)
    late_plea = models.TextField(blank=True)
    late_ground = models.TextField(blank=True)
    late_until = models.DateTimeField(null=True, blank=True)

    counter_statements_agreed_at = models.DateTimeField(null=True, blank=True)
    corrections_closed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    hold_ground = models.TextField(blank=True)
    hold_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "candidacies"
        constraints = [
            models.UniqueConstraint(fields=["call", "person"], name="one_candidacy_per_person_and_call"),
            models.CheckConstraint(
                condition=Q(
                    state__in=[CandidacyState.DRAFT, CandidacyState.LAPSED, CandidacyState.LATE_ASKED]
                )
                | Q(state__in=[CandidacyState.WITHDRAWN, CandidacyState.ERASED])
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
                condition=Q(is_late_admission=False) | (~Q(late_ground="") & Q(late_until__isnull=False)),
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


class CriterionAnswer(models.Model):
    """What the candidate says on one criterion of the charter."""

    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="answers")
    criterion = models.CharField(max_length=48)
    statement = models.TextField(blank=True)
    language = models.CharField(max_length=2, choices=Language.choices)
    since = models.DateField(null=True, blank=True)
    declared = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidacy", "criterion"], name="one_answer_per_criterion")
        ]

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


class ServicePeriod(models.Model):
    """A dated fact under a bar: [from_day, until_day). `kind`: one of `Kind`, or an excluded kind of the
    charter.
    """

    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="periods")
    bar = models.CharField(max_length=48)
    kind = models.CharField(max_length=48)
    employer = models.CharField(max_length=200)
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["from_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_day__isnull=True) | Q(until_day__gt=F("from_day")),
                name="a_period_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.bar} {self.kind}"


class Evidence(models.Model):
    """A link, or a file of which only a clean copy is kept: pixels without metadata, or plain text.

    `name` is random and is all that an address shows. `pages` are the random names of the page images below
    `folder`. `digest` is the SHA-256 of the file as it was sent; it is never published (procedure 1.3).
    """

    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="evidence")
    name = models.CharField(max_length=32, unique=True, default=secret_name, editable=False)
    criterion = models.CharField(max_length=48, blank=True)
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=2, choices=[*Language.choices, ("xx", _("another language"))])
    link = models.URLField(max_length=500, blank=True)
    kind = models.CharField(max_length=8, choices=[(k, k) for k in ("link", "pdf", "image", "text")])
    pages: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    digest = models.CharField(max_length=64, blank=True)
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
        return self.title

    @property
    def file_names(self) -> list[str]:
        return list(self.pages)


class FactCorrection(models.Model):
    """A fact that the candidate corrected after sending: what stood there before stays beside it (2.5)."""

    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="fact_corrections")
    part = models.CharField(max_length=64)
    before: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    reasons = models.TextField()
    corrected_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.part


class Endorsement(Matter):
    """A body speaks for a candidate; it comes in through the candidate (procedure 2.3)."""

    PREFIX = "ENDO"

    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="endorsements")
    body = models.CharField(max_length=200)
    statement = models.TextField()
    language = models.CharField(max_length=2, choices=Language.choices)
    link = models.URLField(max_length=500, blank=True)
    is_of_own_people = models.BooleanField(default=False)


class CounterStatement(Matter):
    """A body that was invited, after the candidate agreed, says what it knows (procedure 2.3).

    `invited` is the person who speaks for the body; it sees this matter and nothing of the file.
    """

    PREFIX: ClassVar[str] = "CSTM"

    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="counter_statements")
    invited = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="counter_statements")
    body = models.CharField(max_length=200)
    due_at = models.DateTimeField()
    statement = models.TextField(blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    is_controlled = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=CounterStatementState.GIVEN)
                | (~Q(statement="") & Q(given_at__isnull=False)),
                name="a_counter_statement_says_something",
            )
        ]

    def standing(self, at: datetime) -> str:
        if self.state == CounterStatementState.INVITED and at >= self.due_at:
            return CounterStatementState.LAPSED
        return self.state
