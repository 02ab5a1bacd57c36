"""Contributions, spending, and the bookings of both. Amounts are whole minor units of the currency named beside."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hemicycle.record.models import Matter
from hemicycle.record.sealing.fields import SealedLine, SealedText

from .procedure import ContributionState, DonorKind, SpendingState

CAME_IN = (ContributionState.RECEIVED, ContributionState.REVERSAL_ASKED, ContributionState.REVERSED)
BOOKED_OUT = (SpendingState.PAID, SpendingState.RETURN_ASKED)


class Contribution(Matter):
    """What a state or a body gives. `purpose` is a fund: `general`, or the key of one of the charter's earmarks.

    `donor` is a public name, never a person's. The bank reference is sealed under the matter's own key, which goes
    when the charter's time for accounts is over; the amounts stay.
    """

    PREFIX = "CTRB"

    donor = models.CharField(_("Donor, by its public name"), max_length=200)
    donor_kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in DonorKind])
    purpose = models.CharField(max_length=48)
    currency = models.CharField(max_length=3)
    pledged = models.BigIntegerField()
    received = models.BigIntegerField(null=True, blank=True)
    received_on = models.DateField(null=True, blank=True)
    bank_reference = SealedLine(max_length=140, blank=True)
    reversal_reasons = SealedText(blank=True)
    reversed_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(pledged__gt=0), name="a_pledge_is_more_than_nothing"),
            models.CheckConstraint(
                condition=Q(
                    state__in=CAME_IN,
                    received__isnull=False,
                    received__gt=0,
                    received_on__isnull=False,
                )
                | (~Q(state__in=CAME_IN) & Q(received__isnull=True) & Q(received_on__isnull=True)),
                name="a_received_contribution_says_how_much_and_when",
            ),
            models.CheckConstraint(
                condition=Q(state=ContributionState.REVERSED, reversed_at__isnull=False)
                | (~Q(state=ContributionState.REVERSED) & Q(reversed_at__isnull=True)),
                name="a_contribution_booked_back_says_when",
            ),
        ]


class Spending(Matter):
    """What is to be paid, and was. `payee` and `document` are sealed: the payee may be a person. `payee_public` is the
    name that the public reads, where a company or a body has one; empty otherwise. `decided_at`: paid, or dismissed."""

    PREFIX = "SPND"

    purpose = models.CharField(max_length=48)
    currency = models.CharField(max_length=3)
    amount = models.BigIntegerField()
    payee = SealedText(blank=True)
    payee_public = models.CharField(max_length=200, blank=True)
    document = SealedText(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reversal_reasons = SealedText(blank=True)
    reversed_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_spending_is_more_than_nothing"),
            models.CheckConstraint(
                condition=Q(state=SpendingState.ASKED, decided_at__isnull=True)
                | (~Q(state=SpendingState.ASKED) & Q(decided_at__isnull=False)),
                name="a_decided_spending_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state=SpendingState.RETURNED, reversed_at__isnull=False)
                | (~Q(state=SpendingState.RETURNED) & Q(reversed_at__isnull=True)),
                name="a_spending_booked_back_says_when",
            ),
        ]


class Fund(models.Model):
    """A purpose in one currency. It holds no sum: it is what an act locks while it looks at the bookings."""

    code = models.CharField(max_length=48)
    currency = models.CharField(max_length=3)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "currency"], name="one_fund_for_a_purpose_and_a_currency")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.currency}"


class Posting(models.Model):
    """One line of a booking: an account and minor units. `matter`: its reference; of what was booked back, with `/b` behind. Triggers refuse UPDATE, DELETE and TRUNCATE (apps.py), and the
    lines of a matter add up to zero."""

    matter = models.CharField(max_length=24, db_index=True)
    account = models.CharField(max_length=64)
    currency = models.CharField(max_length=3)
    amount = models.BigIntegerField()
    booked_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="a_posting_says_something"),
            models.UniqueConstraint(
                fields=["matter", "account"], name="a_matter_is_booked_once_on_an_account"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter} {self.account} {self.amount} {self.currency}"
