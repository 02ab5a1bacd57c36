"""Contacts before the platform; proposals and the stages that each goes through; texts that were corrected.

Everything here is public or becomes so by its next act, so nothing lies sealed. Who made a proposal is shown as the rules of
names say now (1.7); the person's own file is erased where it is kept, and the proposal stays.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.assembly.models import Body, Delegation, day_start
from hemicycle.dialogue.models import Topic
from hemicycle.mandates.models import Mandate
from hemicycle.people.models import Language, Person
from hemicycle.record.models import Matter
from hemicycle.rules import indicators

from .procedure import FROM_REPORT, WAITING, ContactState, ProposalState


class Kind(models.TextChoices):
    """What an earlier contact was."""

    HEARING = "hearing", _("hearing")
    MEETING = "meeting", _("committee meeting")
    VISIT = "visit", _("visit")
    LETTERS = "letters", _("exchange of letters")


class Side(models.TextChoices):
    """Which side a proposal comes from."""

    PARTICIPANTS = "participants", _("the participants")
    ASSEMBLY = "assembly", _("the Assembly")


class Origin(models.TextChoices):
    """What a proposal came out of."""

    ANSWER = "answer", _("an answer")
    STATEMENT = "statement", _("a statement")
    INITIATIVE = "initiative", _("a joint initiative")
    CONSULTATION = "consultation", _("a consultation")
    MEETING = "meeting", _("a meeting")
    NONE = "none", _("nothing before it")


class Outcome(models.TextChoices):
    """How a stage ended."""

    TAKEN_UP = indicators.TAKEN_UP, pgettext_lazy("stage", "taken up")
    DECLINED = indicators.DECLINED, pgettext_lazy("stage", "declined")
    REPORTED = indicators.REPORTED, pgettext_lazy("stage", "report or resolution")
    ASKED = indicators.ASKED, pgettext_lazy("stage", "asked")
    POSITIVE = "positive", pgettext_lazy("stage", "positive answer")
    PARTIAL = "partial", pgettext_lazy("stage", "answer in part positive")
    NEGATIVE = "negative", pgettext_lazy("stage", "negative answer")
    CLOSED = indicators.CLOSED, pgettext_lazy("stage", "closed")


class EarlierContact(Matter):
    """A hearing, a meeting, a visit or letters, as a public source has it: so the record begins before the platform (R18).

    Title and summary stand in the language of the source. `body` is the name that the committee had then.
    """

    PREFIX = "PAST"

    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="earlier_contacts"
    )
    kind = models.CharField(max_length=8, choices=Kind.choices)
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)
    body = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    summary = models.TextField(max_length=10_000)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)
    source = models.CharField(max_length=500)
    page = models.CharField(max_length=60, blank=True)
    public_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField(max_length=2000, blank=True)
    withdrawn_language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)

    class Meta:
        ordering = ["-from_day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_day__isnull=True) | Q(until_day__gt=F("from_day")),
                name="an_earlier_contact_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=~Q(state=ContactState.PUBLIC) | Q(public_at__isnull=False),
                name="a_public_earlier_contact_says_since_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=ContactState.WITHDRAWN) | ~Q(withdrawn_because=""),
                name="a_withdrawn_earlier_contact_says_why",
            ),
        ]


class Proposal(Matter):
    """What somebody proposes to a committee under a topic, and what became of it.

    `mandate` or `person` made it; neither, where the Secretariat entered what one side proposed in a meeting, with its source.
    `before_claim`: where it stood when somebody said that it was carried out; that is what the public reads meanwhile.
    """

    PREFIX = "PRPS"

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="proposals")
    committee = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="proposals")
    side = models.CharField(max_length=12, choices=Side.choices)
    mandate = models.ForeignKey(
        Mandate, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    origin = models.CharField(max_length=12, choices=Origin.choices, default=Origin.NONE)
    origin_reference = models.CharField(max_length=24, blank=True)
    title = models.CharField(max_length=200)
    text = models.TextField(max_length=10_000)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)
    source = models.CharField(max_length=500, blank=True)
    before_claim = models.CharField(max_length=12, blank=True, choices=[(s, s) for s in FROM_REPORT])
    evidence = models.TextField(max_length=5000, blank=True)
    evidence_language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)
    evidence_source = models.CharField(max_length=500, blank=True)
    carried_out_at = models.DateTimeField(null=True, blank=True)
    closed_because = models.TextField(max_length=2000, blank=True)
    closed_language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(mandate__isnull=True) | Q(person__isnull=True),
                name="a_proposal_is_made_by_one_side",
            ),
            models.CheckConstraint(
                condition=Q(mandate__isnull=False) | Q(person__isnull=False) | ~Q(source=""),
                name="a_proposal_says_who_made_it_or_its_source",
            ),
            models.CheckConstraint(
                condition=Q(state=ProposalState.CARRIED_OUT, carried_out_at__isnull=False)
                | (~Q(state=ProposalState.CARRIED_OUT) & Q(carried_out_at__isnull=True)),
                name="a_proposal_carried_out_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ProposalState.CLAIMED, ProposalState.CARRIED_OUT])
                | (~Q(evidence="") & ~Q(evidence_source="")),
                name="what_is_said_to_be_carried_out_has_a_source",
            ),
            models.CheckConstraint(
                condition=~Q(state=ProposalState.CLOSED) | ~Q(closed_because=""),
                name="a_closed_proposal_says_why",
            ),
        ]

    def standing(self, at: datetime) -> str:
        """Ignored, once what was due has had no act for the time that was told; whether or not the clock has written it."""
        if self.state in WAITING and indicators.is_ignored(self.chain(), at):
            return ProposalState.IGNORED
        return self.state

    def public_standing(self, at: datetime) -> str:
        """What everybody may know: what one person says and nobody has confirmed is not yet so."""
        if self.state != ProposalState.CLAIMED:
            return self.standing(at)
        if self.before_claim in WAITING and indicators.is_ignored(self.chain(), at):
            return ProposalState.IGNORED
        return self.before_claim

    def chain(self) -> indicators.Chain:
        """Its stages for the arithmetic. One query, or none where `stages` was fetched with it."""
        stretches = () if self.pk is None else tuple(stage.stretch() for stage in self.stages.all())
        return indicators.Chain(self.created_at, stretches, self.carried_out_at)


class Stage(models.Model):
    """One stage of a proposal: whose it was, when it was due, how it ended, with its source. Only added, and ended once.

    `due_on` and `ignored_at` are what was told when the stage began: a holiday or a charter of later days moves neither.
    The owner is the committee, with a rapporteur where one was named; for an answer the state.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="stages")
    key = models.CharField(max_length=12)
    committee = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    rapporteur = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_state = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    begun_at = models.DateTimeField()
    working_days = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    ignored_at = models.DateTimeField()
    told_level = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    took = models.PositiveSmallIntegerField(null=True, blank=True)
    outcome = models.CharField(max_length=12, blank=True, choices=Outcome.choices)
    number = models.CharField(max_length=60, blank=True)
    text = models.TextField(max_length=10_000, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, outcome="", took__isnull=True)
                | (Q(ended_at__isnull=False, took__isnull=False) & ~Q(outcome="")),
                name="a_stage_that_ended_says_how",
            ),
            models.CheckConstraint(
                condition=Q(key="answer", asked_state__isnull=False)
                | (~Q(key="answer") & Q(asked_state__isnull=True, committee__isnull=False)),
                name="a_stage_has_its_owner",
            ),
            models.UniqueConstraint(
                fields=["proposal", "key"],
                condition=Q(ended_at__isnull=True, asked_state__isnull=True),
                name="a_stage_is_open_once",
            ),
            models.UniqueConstraint(fields=["proposal", "asked_state"], name="a_state_is_asked_once"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.key}"

    @property
    def due_at(self) -> datetime:
        """The instant at which the last day is over."""
        return day_start(self.due_on + timedelta(days=1))

    def is_overdue(self, at: datetime) -> bool:
        return self.ended_at is None and self.due_at <= at

    def stretch(self) -> indicators.Stretch:
        return indicators.Stretch(
            self.key, self.begun_at, self.ignored_at, self.ended_at, self.outcome, self.took or 0
        )


class Corrected(models.Model):
    """A public text that was put right: the old one stays beside it with day and ground, or was dropped (7.4).

    `part` is the field of the matter, or `<field>-<key>` of a stage.
    """

    matter = models.CharField(max_length=24, db_index=True)
    part = models.CharField(max_length=24)
    old_text = models.TextField(blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)
    ground = models.TextField(max_length=2000)
    ground_language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)
    corrected_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.matter} {self.part}"
