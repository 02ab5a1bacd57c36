"""Votes, the frozen roll, ballots. Secret ballots stand in a table of their own and point at nobody."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from hemicycle.people.models import Language, Person
from hemicycle.record.models import Matter

from ..procedure import VoteState

DECIDED = (VoteState.CARRIED, VoteState.REJECTED, VoteState.VOID)


class Method(models.TextChoices):
    OPEN = "open", pgettext_lazy("ballot", "open")
    SECRET = "secret", pgettext_lazy("ballot", "secret")
    ELSEWHERE = "elsewhere", pgettext_lazy("ballot", "held elsewhere")


class Manner(models.TextChoices):
    SITTING = "sitting", _("at a sitting")
    WRITTEN = "written", _("by written procedure")


class Form(models.TextChoices):
    """How a vote that was held elsewhere was taken (procedure 5.7)."""

    NOT_ELSEWHERE = "", _("held here")
    NO_OBJECTION = "no_objection", _("no objection")
    SHOW_OF_HANDS = "show_of_hands", _("show of hands, with figures")
    RECORDED = "recorded_vote", _("recorded vote, of which the figures are known")
    INDIVIDUAL = "individual_votes", _("individual votes, imported")


class Choice(models.TextChoices):
    FOR = "for", _("For")
    AGAINST = "against", _("Against")
    ABSTENTION = "abstention", _("Abstention")


class Effect(models.TextChoices):
    """What a declared interest does to a voter in this vote (procedure 4.1)."""

    NONE = "none", pgettext_lazy("interest", "none")
    DISCLOSED = "disclosed", _("disclosed, votes")
    OUT_OF_VOTE = "out_of_vote", _("does not vote, stays in the base of the quorum")
    OUT_OF_VOTE_AND_BASE = "out_of_vote_and_base", _("does not vote, leaves the base of the quorum")


OUT = (Effect.OUT_OF_VOTE, Effect.OUT_OF_VOTE_AND_BASE)


class Right(models.TextChoices):
    """When an entry of the roll may vote: the charter says it of the President."""

    ALWAYS = "always", pgettext_lazy("voter", "votes")
    TIE = "tie", _("votes only in a tie")
    NEVER = "never", _("presides, does not vote")


class Vote(Matter):
    """One question put to one body. Rule, charter and roll are frozen when it is called (article 7.5).

    `subject` is the reference of a matter, a code (`founding`), or blank for a free question; `concerns` are
    further references on which an interest counts. `decision` is the key of the act that waits for the vote,
    where the charter asks a special majority for it. `rule` is `rules.majority.VoteRule` as JSON. `outcome`
    holds the figures from which `queries.outcome_of` computes the outcome again. `issue` counts how often the
    roll was issued.
    """

    PREFIX = "VOTE"

    subject = models.CharField(max_length=48, blank=True, db_index=True)
    concerns: models.JSONField[list[str], list[str]] = models.JSONField(default=list, blank=True)
    question_en = models.TextField(_("Question in English"))
    question_fr = models.TextField(_("Question in French"))
    question_ru = models.TextField(_("Question in Russian"))
    pages: models.JSONField[list[dict[str, str]], list[dict[str, str]]] = models.JSONField(
        default=list, blank=True
    )
    body = models.CharField(max_length=48)
    method = models.CharField(max_length=12, choices=Method.choices)
    manner = models.CharField(max_length=12, choices=Manner.choices, default=Manner.SITTING)
    decision = models.CharField(max_length=64, blank=True)
    charter = models.CharField(max_length=64, editable=False)
    rule: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict, editable=False)
    is_individual_public = models.BooleanField(default=False, editable=False)
    issue = models.PositiveIntegerField(default=1, editable=False)
    is_quorum_asked = models.BooleanField(default=False, editable=False)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    annulled_because = models.TextField(blank=True, editable=False)
    annulled_language = models.CharField(
        max_length=2, choices=Language.choices, default=Language.ENGLISH, editable=False
    )
    outcome: models.JSONField[dict[str, Any] | None, dict[str, Any] | None] = models.JSONField(
        null=True, blank=True, editable=False
    )
    form = models.CharField(max_length=20, choices=Form.choices, blank=True, default="")
    held_on = models.DateField(null=True, blank=True)
    source = models.TextField(blank=True)
    abstentions_by_delegation: models.JSONField[dict[str, int], dict[str, int]] = models.JSONField(
        default=dict, blank=True
    )

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=DECIDED) | Q(closed_at__isnull=False, outcome__isnull=False),
                name="a_decided_vote_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(state=VoteState.OPEN) | Q(opened_at__isnull=False, closes_at__isnull=False),
                name="an_open_vote_has_a_closing_time",
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(closes_at__gt=F("opens_at")),
                name="a_vote_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=(
                    Q(method=Method.ELSEWHERE) & ~Q(form="") & ~Q(source="") & Q(held_on__isnull=False)
                )
                | (~Q(method=Method.ELSEWHERE) & Q(form="")),
                name="a_vote_held_elsewhere_names_its_source",
            ),
            models.CheckConstraint(
                condition=~Q(state=VoteState.ENTERED) | Q(method=Method.ELSEWHERE),
                name="only_votes_held_elsewhere_are_entered",
            ),
        ]

    def standing(self, at: datetime) -> str:
        if self.state == VoteState.OPEN and self.closes_at is not None and at >= self.closes_at:
            return VoteState.COUNTING
        return self.state

    @property
    def question(self) -> str:
        """The question in the language of the page."""
        return self.question_in(get_language() or "en")

    def question_in(self, language: str) -> str:
        return {"fr": self.question_fr, "ru": self.question_ru}.get(language[:2], self.question_en)

    @property
    def is_secret(self) -> bool:
        return self.method == Method.SECRET

    @property
    def is_elsewhere(self) -> bool:
        return self.method == Method.ELSEWHERE

    @property
    def subjects(self) -> list[str]:
        """Every reference on which a declared interest counts in this vote."""
        return [reference for reference in (self.subject, *self.concerns) if reference]


class RollEntry(models.Model):
    """One line of the frozen roll. `ciphertext` holds a secret ballot until the close, and never afterwards.

    `person` is null for somebody without an account: such a ballot comes in at the desk, or was imported.
    `replaces` names the member whom this voter represents. `late_effect` is that of an interest declared when the
    roll could not be issued again: it keeps the voter out, and never changes the base (article 3.5).
    """

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="roll")
    position = models.PositiveIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    capacity = models.CharField(max_length=32)
    delegation_code = models.CharField(max_length=8, blank=True)
    group_code = models.CharField(max_length=16, blank=True)
    replaces = models.CharField(max_length=200, blank=True)
    right = models.CharField(max_length=8, choices=Right.choices, default=Right.ALWAYS)
    effect = models.CharField(max_length=24, choices=Effect.choices, default=Effect.NONE)
    late_effect = models.CharField(max_length=24, choices=Effect.choices, default=Effect.NONE)
    has_voted = models.BooleanField(default=False)
    ciphertext = models.BinaryField(null=True, editable=False)

    class Meta:
        ordering = ["vote", "position"]
        constraints = [
            models.UniqueConstraint(fields=["vote", "position"], name="one_line_per_place_of_the_roll"),
            models.UniqueConstraint(
                fields=["vote", "person"],
                condition=Q(person__isnull=False),
                name="nobody_stands_twice_on_a_roll",
            ),
            models.CheckConstraint(
                condition=Q(ciphertext__isnull=True) | Q(has_voted=True), name="a_sealed_ballot_was_cast"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vote_id} {self.position}"

    @property
    def is_out(self) -> bool:
        """Whether a declared interest keeps this voter out of the vote."""
        return self.effect in OUT

    @property
    def has_interest(self) -> bool:
        return self.effect != Effect.NONE or self.late_effect != Effect.NONE

    @property
    def interest(self) -> str:
        """What the declared interest did to this voter, in words."""
        if self.late_effect in OUT:
            return gettext("declared after voting had begun: no ballot counts, the base stays")
        return str(Effect(self.effect if self.late_effect == Effect.NONE else self.late_effect).label)


class Ballot(models.Model):
    """The choice of one voter in an open vote. `is_refused`: an interest declared after it was cast (article
    3.5).
    """

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="ballots")
    roll_entry = models.OneToOneField(RollEntry, on_delete=models.PROTECT, related_name="ballot")
    choice = models.CharField(max_length=12, choices=Choice.choices)
    is_refused = models.BooleanField(default=False)

    class Meta:
        ordering = ["roll_entry__position"]
        constraints = [
            models.CheckConstraint(condition=Q(choice__in=Choice.values), name="a_ballot_is_one_of_three"),
        ]

    def __str__(self) -> str:
        return f"{self.vote_id} {self.roll_entry_id}"


class SecretBallot(models.Model):
    """A choice out of the urn. Written only at the close, sorted, all in one transaction; nothing points to a
    voter.
    """

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="secret_ballots")
    number = models.PositiveIntegerField()
    choice = models.CharField(max_length=12, choices=Choice.choices)

    class Meta:
        ordering = ["vote", "number"]
        constraints = [
            models.UniqueConstraint(fields=["vote", "number"], name="one_place_per_ballot_out_of_the_urn"),
            models.CheckConstraint(
                condition=Q(choice__in=Choice.values), name="a_secret_ballot_is_one_of_three"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vote_id} {self.number}"


class VoteKey(models.Model):
    """The key of one secret vote, 32 bytes, from opening to close; destroyed with the ciphertexts."""

    vote = models.OneToOneField(Vote, on_delete=models.PROTECT, related_name="key")
    key = models.BinaryField(max_length=32, editable=False)

    def __str__(self) -> str:
        return str(self.vote_id)
