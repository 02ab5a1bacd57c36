"""Asking each person first (7.2): the commitments, the public name, that the name goes to the Bureau."""

from __future__ import annotations

from datetime import date

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from hemicycle.assembly import queries as assembly
from hemicycle.record import clock, law
from hemicycle.record.actors import CLOCK, Actor
from hemicycle.record.acts import Facts
from hemicycle.record.due import take_each
from hemicycle.record.forgetting import forget_salts
from hemicycle.record.models import KeyDestruction, Opening
from hemicycle.record.sealing import boxes
from hemicycle.rules import terms

from .. import queries
from ..models import Acceptance, Amendment
from ..procedure import AcceptanceState
from .gates import act_on_acceptance, check_person, unmet

A = AcceptanceState


@act_on_acceptance
def ask_acceptance(acceptance: Acceptance, by: Actor) -> Facts:
    """Ask a person whether he or she accepts a seat of a kind. `acceptance` is unsaved. Raises `Unmet`."""
    candidacy, session = acceptance.candidacy, acceptance.session
    if candidacy.call.session_id != session.pk:
        raise unmet(N_("The candidacy belongs to another session."), "ask_acceptance")
    check_person(candidacy, candidacy.call_id, reserved=acceptance.reserved, act_name="ask_acceptance")
    before = Acceptance.objects.filter(candidacy=candidacy, session=session, reserved=acceptance.reserved)
    for old in before.filter(state=A.ASKED):
        if old.standing(clock.now()) == A.LAPSED:
            lapse_acceptance(old, CLOCK)
    if before.filter(state__in=(A.ASKED, A.ACCEPTED)).exists():
        raise unmet(N_("The person has been asked already."), "ask_acceptance")
    days = assembly.charter_of(session).periods.acceptance_days.value
    acceptance.due_at = terms.deadline(timezone.localtime(clock.now()), days=days)
    return Facts({"due_at": acceptance.due_at})


@act_on_acceptance
def accept(
    acceptance: Acceptance,
    by: Actor,
    *,
    commitments: bool,
    name_to_bureau: bool,
    public_name: str,
    reserve_is_public: bool = False,
    withhold_name: bool = False,
    withheld_until: date | None = None,
    presence: str = "",
) -> Facts:
    """Accept the seat. Each part is said separately, and none may be missing. Raises `Unmet`."""
    charter = assembly.charter_of(acceptance.session)
    if not commitments:
        raise unmet(N_("Nobody can be proposed who does not accept the commitments."), "accept")
    if not name_to_bureau:
        raise unmet(
            N_("The name goes to the Bureau; without your agreement you cannot be proposed."), "accept"
        )
    if acceptance.reserved and not reserve_is_public:
        raise unmet(N_("That a seat is reserved is public; say that you know."), "accept")
    if not public_name.strip():
        raise unmet(N_("Give the name by which the public will know you."), "accept")
    if withhold_name and not charter.publication.names_may_be_withheld.value:
        raise unmet(N_("The charter does not let names be withheld."), "accept")
    acceptance.answered_at = clock.now()
    acceptance.commitments = charter.reference
    acceptance.public_name = public_name.strip()
    acceptance.withhold_name = withhold_name
    acceptance.withheld_until = withheld_until if withhold_name else None
    acceptance.presence = presence
    return Facts(
        {"commitments": charter.reference, "law": law.in_force().reference}, {"public_name": public_name}
    )


@act_on_acceptance
def say_presence(acceptance: Acceptance, by: Actor, *, presence: str) -> Facts:
    """Say anew whether you can come; visas change. The entry does not hold the answer."""
    acceptance.presence = presence
    return Facts()


@act_on_acceptance
def decline(acceptance: Acceptance, by: Actor) -> Facts:
    """Decline; no reasons are asked."""
    acceptance.answered_at = clock.now()
    return Facts()


@act_on_acceptance
def withdraw_acceptance(acceptance: Acceptance, by: Actor) -> Facts:
    """Take the acceptance back, until the list is released. From then on the name is shown nowhere (7.2)."""
    if queries.binding_on(acceptance.candidacy):
        raise unmet(
            N_("The list with your name is before the Bureau. You may still withdraw your candidacy."),
            "withdraw_acceptance",
        )
    acceptance.answered_at = clock.now()
    acceptance.public_name = acceptance.presence = ""
    return Facts()


@act_on_acceptance
def lapse_acceptance(acceptance: Acceptance, by: Actor) -> Facts:
    """Write down that the time to answer is over."""
    return Facts({"due_at": acceptance.due_at})


def forget_erased() -> None:
    """Whoever was erased took the answers with the file; the salts of their entries go here (1.6)."""
    salts = Opening.objects.filter(
        entry__room="composition", entry__matter__startswith=f"{Acceptance.PREFIX}-"
    )
    gone = set(salts.values_list("entry__matter", flat=True).distinct())
    gone -= set(Acceptance.objects.values_list("reference", flat=True))
    if gone:
        forget_salts(gone, room="composition")


def forget_amendments() -> None:
    """What was said on a seat left open goes with the file of whoever stood there: its key is gone."""
    open_ = Amendment.objects.filter(candidacy=None).annotate(text=Cast("reasons", TextField()))
    owners = {key: boxes.owner_of(text) for key, text in open_.values_list("pk", "text")}
    gone = set(KeyDestruction.objects.filter(owner__in=owners.values()).values_list("owner", flat=True))
    Amendment.objects.filter(pk__in=[key for key, owner in owners.items() if owner in gone]).delete()


def lapse_unanswered() -> int:
    """Close the questions that were not answered in time. Returns how many."""
    return take_each(lapse_acceptance, Acceptance.objects.filter(state=A.ASKED, due_at__lte=clock.now()))
