"""A group opens an initiative to others; each group supports it by its members' own acts; together they adopt it."""

from __future__ import annotations

from hemicycle.mandates.models import Mandate
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.rules.findings import N_
from hemicycle.rules.procedure import Publicity

from .. import queries
from ..models import Backing, Group, Initiative, Scope, Statement
from ..procedure import GroupState, InitiativeState
from .drafting import begin_statement
from .gates import in_language, initiative_act, own, unmet, written

J = InitiativeState


def _in_group(by: Actor, group: Group, act_name: str) -> Mandate:
    mandate = own(by, act_name, alone=True)
    if group.state == GroupState.DISSOLVED or mandate.pk not in queries.members_of(group):
        raise unmet(N_("You are not in this group."), act_name)
    return mandate


@initiative_act
def propose_initiative(initiative: Initiative, by: Actor, *, group: Group, text: str, language: str) -> Facts:
    """Put to one's own group first; `initiative` is unsaved, with its topic. Raises `Unmet`."""
    mandate = _in_group(by, group, "propose_initiative")
    initiative.group = group
    initiative.text = written(text, "propose_initiative")
    initiative.language = in_language(language, "propose_initiative")
    initiative.save()  # the backing points at it; the gate saves it again with its state
    Backing.objects.create(initiative=initiative, group=group, mandate=mandate, at=clock.now())
    return Facts({"group": group.reference, "language": language}, {"text": initiative.text})


@initiative_act
def back_initiative(initiative: Initiative, by: Actor, *, group: Group) -> Facts:
    """A member's support in the own group. With more than half of the first group it is open, and public; with more than
    half of another one, that group supports it. Raises `Unmet`."""
    mandate = _in_group(by, group, "back_initiative")
    if initiative.state == J.PROPOSED and group.pk != initiative.group_id:
        raise unmet(N_("It is not open to other groups yet."), "back_initiative")
    if initiative.backings.filter(group=group, mandate=mandate).exists():
        raise unmet(N_("You support it in this group already."), "back_initiative")
    Backing.objects.create(initiative=initiative, group=group, mandate=mandate, at=clock.now())
    reckoned = dict(queries.supporters(initiative))[group]
    told = {"group": group.reference, "given": reckoned.given, "needed": reckoned.needed}
    opens = initiative.state == J.PROPOSED and queries.supports(group, reckoned)
    if opens:
        initiative.opened_at = clock.now()
    is_public = opens or initiative.state == J.OPEN
    state = J.OPEN if is_public else J.PROPOSED
    return Facts(told, to=state, publicity=Publicity.PUBLIC if is_public else None)


@initiative_act
def withdraw_backing(initiative: Initiative, by: Actor) -> Facts:
    """Take one's own support back, in every group."""
    mandate = own(by, "withdraw_backing", alone=True)
    done, _each = initiative.backings.filter(mandate=mandate).delete()
    if not done:
        raise unmet(N_("You do not support this initiative."), "withdraw_backing")
    return Facts()


@initiative_act
def adopt_initiative(initiative: Initiative, by: Actor) -> Facts:
    """The groups that support it now begin a statement that says which they are. Raises `Unmet`."""
    queries.lock(Group.objects.filter(pk__in=initiative.backings.values("group")))
    groups = [
        group for group, reckoned in queries.supporters(initiative) if queries.supports(group, reckoned)
    ]
    if len(groups) < 2 or initiative.group not in groups:
        raise unmet(
            N_(
                "A joint initiative is adopted by the group that opened it and at least one other that supports it."
            ),
            "adopt_initiative",
        )
    statement = Statement(scope=Scope.GROUPS, topic=initiative.topic, initiative=initiative)
    begin_statement(statement, by, text=initiative.text, language=initiative.language, groups=groups)
    initiative.ended_at = clock.now()
    return Facts({"statement": statement.reference, "groups": [group.reference for group in groups]})


@initiative_act
def withdraw_initiative(initiative: Initiative, by: Actor) -> Facts:
    """By the group that opened it: when fewer than half of its members support it still, and by a member who supports it as
    long as anybody does: whoever joins a group does not end what others began there. By time, once the group is dissolved.
    Raises `Unmet`."""
    if not by.is_clock:
        _refuse_against_others(initiative, by)
    elif initiative.group.state != GroupState.DISSOLVED:
        raise unmet(N_("This group still has members."), "withdraw_initiative")
    initiative.ended_at = clock.now()
    return Facts()


def _refuse_against_others(initiative: Initiative, by: Actor) -> None:
    own_group = dict(queries.supporters(initiative)).get(initiative.group)
    others = initiative.backings.exclude(mandate__person_id=by.person or 0).filter(group=initiative.group)
    if own_group is not None and own_group.is_met and others.exists():
        raise unmet(
            N_(
                "More than half of the group support it: it is withdrawn when they have taken their support back."
            ),
            "withdraw_initiative",
        )
    is_mine = initiative.backings.filter(mandate__person_id=by.person or 0, group=initiative.group).exists()
    if others.exists() and not is_mine:
        raise unmet(
            N_("Only who supports the initiative withdraws it, while anybody does."), "withdraw_initiative"
        )
