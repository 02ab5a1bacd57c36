"""Who is told of statements, amendments and joint initiatives (14.6, 14.7)."""

from __future__ import annotations

from collections.abc import Iterable

from hemicycle.record.models import Entry
from hemicycle.statements import queries
from hemicycle.statements.models import Amendment, Group, Initiative, Joining, OpinionSigner, Scope, Statement
from hemicycle.statements.procedure import InitiativeState

from ..models import Kind
from ._told import Row, those_who_sit

Keys = Iterable[int | None]


def everybody_who_sits(entry: Entry) -> Keys:
    return those_who_sit()


def _members(group: Group) -> set[int | None]:
    """Those in a group who sit, or are suspended."""
    return {row.person_id for row in queries.members_of(group).values()}


def who_may_consent(entry: Entry) -> Keys:
    """Everybody who sits; of a statement of groups their members."""
    statement = Statement.objects.get(reference=entry.matter)
    sitting = set(those_who_sit())
    if statement.scope != Scope.GROUPS:
        return sitting
    return sitting & {person for group in statement.groups.all() for person in _members(group)}


def movers(entry: Entry) -> Keys:
    statement = Statement.objects.get(reference=entry.matter)
    return statement.movers.values_list("mandate__person_id", flat=True)


def who_took_part(entry: Entry) -> Keys:
    """Whoever moves it, consented, or gave or joined an opinion, suspended meanwhile or not."""
    statement = Statement.objects.get(reference=entry.matter)
    consented = statement.consents.values_list("mandate__person_id", flat=True)
    signers = OpinionSigner.objects.filter(opinion__statement=statement)
    return {*movers(entry), *consented, *signers.values_list("mandate__person_id", flat=True)}


def movers_who_sit(entry: Entry) -> Keys:
    """What is not public yet is told to those who may read it."""
    return set(movers(entry)) & set(those_who_sit())


def movers_and_proposer(entry: Entry) -> Keys:
    """As far as they sit."""
    amendment = Amendment.objects.select_related("mandate", "statement").get(reference=entry.matter)
    rows = amendment.statement.movers.values_list("mandate__person_id", flat=True)
    return {amendment.mandate.person_id, *rows} & set(those_who_sit())


def members_who_sit(entry: Entry) -> Keys:
    """Of the group that somebody asks to join: they accept or decline."""
    joining = Joining.objects.select_related("group").get(reference=entry.matter)
    return _members(joining.group) & set(those_who_sit())


def who_asked(entry: Entry) -> Keys:
    return Joining.objects.filter(reference=entry.matter).values_list("mandate__person_id", flat=True)


def own_group(entry: Entry) -> Keys:
    """The members of the group to which an initiative is put, as far as they sit."""
    initiative = Initiative.objects.select_related("group").get(reference=entry.matter)
    return _members(initiative.group) & set(those_who_sit())


def other_groups(entry: Entry) -> Keys:
    """When an initiative opens: the members of the other groups, as far as they sit."""
    if (entry.before, entry.after) != (InitiativeState.PROPOSED, InitiativeState.OPEN):
        return ()
    initiative = Initiative.objects.select_related("group").get(reference=entry.matter)
    others = queries.groups().exclude(pk=initiative.group_id)
    found = {person for group in others for person in _members(group)} - _members(initiative.group)
    return found & set(those_who_sit())


def supporting_groups(entry: Entry) -> Keys:
    """The members of the groups that adopted it, as the entry names them."""
    rows = Group.objects.filter(reference__in=entry.facts["groups"])
    return {person for group in rows for person in _members(group)}


R = "statements"

#        act                      kind                    who
STATEMENTS = (
    Row(R, "propose_amendment", Kind.AMENDMENT_OPEN, everybody_who_sits),
    Row(R, "close_amendment", Kind.OUTCOME, movers_and_proposer),
    Row(R, "finalise", Kind.CONSENT_ASKED, who_may_consent),
    Row(R, "give_opinion", Kind.OPINION, movers_who_sit),
    Row(R, "withdraw_consent", Kind.CONSENT_BACK, movers_who_sit),
    Row(R, "publish", Kind.OUTCOME, who_took_part),
    Row(R, "lapse_statement", Kind.OUTCOME, who_took_part),
    Row(R, "withdraw_statement", Kind.OUTCOME, who_took_part),
    Row(R, "ask_to_join", Kind.DECISION_WANTED, members_who_sit),
    Row(R, "accept_member", Kind.OUTCOME, who_asked),
    Row(R, "decline_member", Kind.OUTCOME, who_asked),
    Row(R, "propose_initiative", Kind.INITIATIVE, own_group),
    Row(R, "back_initiative", Kind.INITIATIVE, other_groups),
    Row(R, "adopt_initiative", Kind.OUTCOME, supporting_groups),
)
