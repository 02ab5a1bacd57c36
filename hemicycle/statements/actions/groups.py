"""Participants form a group, join it and leave it, each by an own act (E7)."""

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
from ..models import Backing, Group, Membership
from ..procedure import GroupState, InitiativeState
from .gates import group_act, own, unmet

G = GroupState
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


@group_act
def join_group(group: Group, by: Actor) -> Facts:
    """Nobody is put into a group by another."""
    mandate = own(by, "join_group")
    if group.memberships.filter(mandate=mandate, left_at=None).exists():
        raise unmet(N_("You are in this group already."), "join_group")
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
