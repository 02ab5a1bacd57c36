"""Interests, contacts, caller checks, openings of files, alarms. `subject` is always a reference: of a matter, or of a person."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hemicycle.people.models import Language, Person
from hemicycle.record.models import Matter
from hemicycle.record.sealing.fields import SealedText

from .procedure import AlarmState, CheckState, InterestState


class Effect(models.TextChoices):
    """What an interest does to its holder's vote (4.1), weakest first."""

    DISCLOSED = "disclosed", _("disclosed; the vote counts")
    OUT_OF_VOTE = "out_of_vote", _("out of the vote; still counted in the base")
    OUT_OF_VOTE_AND_BASE = "out_of_vote_and_base", _("out of the vote and of the base")


class Interest(Matter):
    """What ties an office-holder to a matter or a person. `effect` overrides the charter's for this case
    only.

    An alleged interest has no effect until the named office has decided: else anybody could take a voter out.
    A declared one keeps its effect while it is disputed.
    """

    PREFIX = "INTR"

    class Kind(models.TextChoices):
        FAMILY = "family", _("family or close friendship")
        WORK = "work", _("work for, with or under the person")
        MONEY = "money", _("money given or received")
        POLITICAL = "political", _("membership of the same organisation")
        ENDORSEMENT = "endorsement", _("public support or opposition")
        OTHER = "other", _("another tie")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="interests")
    subject = models.CharField(_("Matter or person, by reference"), max_length=24, db_index=True)
    kind = models.CharField(_("Kind of tie"), max_length=12, choices=Kind.choices)
    text = SealedText(_("In your own words"), blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)
    effect = models.CharField(max_length=24, choices=Effect.choices, blank=True)
    alleged_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    disputed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    dispute = SealedText(blank=True)
    dispute_language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)
    decision = SealedText(blank=True)
    decision_language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)
    ending = SealedText(blank=True)
    ending_language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person", "subject", "state"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=InterestState.DISPUTED) | ~Q(dispute=""),
                name="a_disputed_interest_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state=InterestState.DECIDED) | ~Q(decision="") | Q(erased_at__isnull=False),
                name="a_decided_interest_has_reasons",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("declared_at")),
                name="an_interest_ends_after_it_begins",
            ),
        ]

    @property
    def key_owner(self) -> str:
        """The key of its words is destroyed while the tie counts on: what is said of it after each erasure lies under one of
        its own."""
        if self.erased_at is None:
            return self.reference
        return f"{self.reference}-{int(self.erased_at.timestamp())}"


class Contact(Matter):
    """Who met whom about a call or a list, when, where, with what hospitality (4.2).

    `participants` is for the house; `participants_public` is how the register prints them, without the
    name of anybody who was not chosen.
    """

    PREFIX = "CONT"

    class Initiative(models.TextChoices):
        HOUSE = "house", _("by the house")
        OTHERS = "others", _("by those outside")
        CHANCE = "chance", _("by chance")

    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contacts_entered")
    subject = models.CharField(_("Call or list, by reference"), max_length=24, db_index=True)
    met_on = models.DateField(_("Day"))
    participants = SealedText(_("Who took part, for the house only"), blank=True)
    participants_public = models.TextField(_("Who took part, as the register prints it"), blank=True)
    place = models.CharField(_("Where, or by what means"), max_length=200, blank=True)
    hospitality = models.CharField(
        _("Hospitality, gifts, expenses: what, and who paid"), max_length=300, blank=True
    )
    initiated_by = models.CharField(_("Begun"), max_length=8, choices=Initiative.choices)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawal = models.TextField(blank=True)
    withdrawal_language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["met_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(~Q(participants="") & ~Q(participants_public="") & ~Q(place=""))
                | Q(erased_at__isnull=False),
                name="a_contact_says_who_and_where_until_it_is_erased",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="a_published_contact_has_a_date",
            ),
        ]


class CallerCheck(Matter):
    """A one-time code both ways, before a file or a list is discussed by voice (4.2).

    Neither code is stored: both are derived from `nonce` and the house's key. The person sees the first
    when signed in and reads it out; only then does the clerk see the second and reads it out for the
    person to enter.
    """

    PREFIX = "CHEK"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="caller_checks")
    clerk = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="caller_checks_opened")
    nonce = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0)
    last_failed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def standing(self, at: datetime) -> str:
        """A check is over at its time, proved or not."""
        if (
            self.state in (CheckState.OPENED, CheckState.CALLER_PROVED, CheckState.PROVED)
            and at >= self.expires_at
        ):
            return CheckState.LAPSED
        return self.state


class FileOpening(Matter):
    """That somebody opened a sealed file in one session: `file` by reference, in which office, and why.

    `reason` is a code of the charter's list and is told to the person concerned; `text` is for the integrity officer
    and goes with the file. Until `shown_from` the person is not shown it (article 11.2).
    """

    PREFIX = "OPEN"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="files_opened")
    file = models.CharField(max_length=24, db_index=True)
    office = models.CharField(max_length=32)
    reason = models.CharField(max_length=32)
    text = SealedText(blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)
    shown_from = models.DateTimeField(null=True, blank=True)
    delay_reasons = SealedText(blank=True)
    delay_language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["person", "created_at"])]

    @property
    def key_owner(self) -> str:
        return self.file


class Alarm(Matter):
    """Somebody tried to open more files in an hour than the office may; one for a person and an hour."""

    PREFIX = "ALRM"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    hour = models.DateTimeField()
    office = models.CharField(max_length=32)
    at_most = models.PositiveSmallIntegerField()
    answer = SealedText(blank=True)
    answer_language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)
    answered_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "hour"], name="one_alarm_for_a_person_and_an_hour"),
            models.CheckConstraint(
                condition=~Q(state=AlarmState.ANSWERED)
                | (Q(answered_at__isnull=False) & (~Q(answer="") | Q(erased_at__isnull=False))),
                name="an_answered_alarm_has_its_answer",
            ),
        ]
