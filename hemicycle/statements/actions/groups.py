"""Participants form a group, ask to join it and are accepted by a member, and leave it, each by an own act (E7)."""

from __future__ import annotations

from collections.abc import Mapping

from hemicycle.mandates import queries as mandates
from hemicycle.mandates.models import Mandate
from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.rules.charter import LANGUAGES
from hemicycle.rules.findings import N_

from .. import queries
from ..models import Backing, Declined, Group, Joining, Membership
from ..procedure import GroupState, InitiativeState, JoiningState
from .gates import group_act, joining_act, own, unmet

G, N = GroupState, JoiningState
OPEN = (InitiativeState.PROPOSED, InitiativeState.OPEN)


def _state(group: Group) -> str:
    least = law.in_force().statements.group_members_at_least.value
    return G.STANDING if len(queries.members_of(group)) >= least else G.FORMING


def _facts(group: Group, mandate: Mandate) -> Facts:
    count = len(queries.members_of(group))
    return Facts({"mandate": mandate.reference, "members": count}, to=_state(group))


@group_act
def found_group(group: Group, by: Actor, *, names: Mapping[str, str]) -> Facts:
    """A group, named in the three languages, with its first member; `group` is unsaved. Raises `Unmet`."""
    mandate = own(by, "found_group")
    for language in LANGUAGES:
        name = " ".join(names.get(language, "").split())
        if not name:
            raise unmet(N_("Name the group in English, French and Russian."), "found_group")
        if queries.groups().filter(**{f"name_{language}": name}).exists():
            raise unmet(N_("There is a group of this name already. Choose another one."), "found_group")
        setattr(group, f"name_{language}", name)
    group.save()  # its members point at it; the gate saves it again with its state
    Membership.objects.create(group=group, mandate=mandate, joined_at=clock.now())
    return _facts(group, mandate)


@joining_act
def ask_to_join(joining: Joining, by: Actor) -> Facts:
    """Nobody is put into a group by another, and nobody comes into it alone: what it has not opened is read by its members.
    `joining` is unsaved, with its group. Raises `Unmet`."""
    mandate = own(by, "ask_to_join")
    group = joining.group
    if group.state == G.DISSOLVED:
        raise unmet(N_("This group is dissolved."), "ask_to_join")
    if group.memberships.filter(mandate=mandate, left_at=None).exists():
        raise unmet(N_("You are in this group already."), "ask_to_join")
    if group.joinings.filter(mandate=mandate, state=N.ASKED).exists():
        raise unmet(N_("You have asked already: a member answers you."), "ask_to_join")
    joining.mandate = mandate
    return Facts({"group": group.reference, "mandate": mandate.reference})


@joining_act
def accept_member(joining: Joining, by: Actor) -> Facts:
    """By one member who sits: from now on the other is a member too. Raises `Unmet`."""
    member = own(by, "accept_member")
    if not any(row.pk == joining.mandate_id for row in mandates.sitting()):
        raise unmet(
            N_("Whoever asks does not sit now, or is suspended: nobody is accepted then."), "accept_member"
        )
    join_group(joining.group, by, mandate=joining.mandate)
    return Facts(
        {"group": joining.group.reference, "mandate": joining.mandate.reference, "by": member.reference}
    )


@joining_act
def decline_member(joining: Joining, by: Actor, *, reason: str) -> Facts:
    """By one member who sits. Who asked is told the reason, and may ask again. Raises `Unmet`."""
    own(by, "decline_member")
    if reason not in Declined.values:
        raise unmet(N_("Choose the reason."), "decline_member")
    joining.reason = reason  # between the group and who asked: the record does not hold it
    return Facts({"group": joining.group.reference, "mandate": joining.mandate.reference})


@joining_act
def take_back_joining(joining: Joining, by: Actor) -> Facts:
    return Facts()


@joining_act
def lapse_joining(joining: Joining, by: Actor) -> Facts:
    """When the participation of who asked has ended, or the group is no more."""
    if not queries.lapsed_joinings().filter(pk=joining.pk).exists():
        raise unmet(N_("The group can still answer this request."), "lapse_joining")
    return Facts()


@group_act
def join_group(group: Group, by: Actor, *, mandate: Mandate) -> Facts:
    """Within the acceptance of who asked."""
    if group.memberships.filter(mandate=mandate, left_at=None).exists():
        raise unmet(N_("Whoever asks is in this group already."), "join_group")
    Membership.objects.create(group=group, mandate=mandate, joined_at=clock.now())
    return _facts(group, mandate)


@group_act
def leave_group(group: Group, by: Actor) -> Facts:
    """At any time. What the person backed as a member of the group is taken back with it."""
    mandate = next(row for row in queries.members_of(group).values() if row.person_id == by.person)
    group.memberships.filter(left_at=None, mandate=mandate).update(left_at=clock.now())
    # What is open only: a statement that groups adopted says which they were on that day.
    open_ones = Backing.objects.filter(group=group, mandate=mandate, initiative__state__in=OPEN)
    open_ones.delete()
    count = len(queries.members_of(group))
    return Facts({"mandate": mandate.reference, "members": count}, to=_state(group) if count else G.DISSOLVED)


@group_act
def dissolve_group(group: Group, by: Actor) -> Facts:
    """When the last participation in it has ended."""
    if queries.members_of(group):
        raise unmet(N_("This group still has members."), "dissolve_group")
    return Facts({"members": 0})


def empty_groups() -> list[Group]:
    """Groups whose members sit no more, while there is a list in force."""
    return [row for row in queries.groups() if not queries.members_of(row)] if mandates.in_force() else []
