"""Who is in which group, and how the consents stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from hemicycle.mandates import queries as mandates
from hemicycle.mandates.models import Mandate
from hemicycle.record import law, page
from hemicycle.rules import consent
from hemicycle.rules.consent import Reckoning
from hemicycle.rules.findings import N_, Finding

from ..models import Amendment, Group, Initiative, Membership, Opinion, Scope, Statement
from ..procedure import GroupState

# --- groups ---------------------------------------------------------------------------------------------------------


def groups() -> QuerySet[Group]:
    return Group.objects.exclude(state=GroupState.DISSOLVED)


def members_of(group: Group, at: datetime | None = None) -> dict[int, Mandate]:
    """The participations in a group that are in force at an instant, suspended ones too, by key."""
    inside = {row.pk: row for row in mandates.in_force(at)}
    if at is None:
        keys = page.once("members", _members_now).get(group.pk, [])
    else:
        then = (Q(left_at=None) | Q(left_at__gt=at)) & Q(joined_at__lte=at)
        keys = list(group.memberships.filter(then).values_list("mandate_id", flat=True))
    return {key: inside[key] for key in keys if key in inside}


def _members_now() -> dict[int, list[int]]:
    """Who has joined and not left, by group: one question for a page of many groups."""
    found: dict[int, list[int]] = {}
    for group, mandate in Membership.objects.filter(left_at=None).values_list("group_id", "mandate_id"):
        found.setdefault(group, []).append(mandate)
    return found


def _groups_by_key() -> dict[int, Group]:
    return Group.objects.in_bulk()


def groups_of(mandate: Mandate) -> list[Group]:
    """The groups in which somebody is now."""
    return list(groups().filter(memberships__mandate=mandate, memberships__left_at=None))


def supporters(initiative: Initiative) -> list[tuple[Group, Reckoning]]:
    """Each group of which a member backs the initiative, and how many of its members do: its own first."""
    sitting = [row.pk for row in mandates.sitting()]
    backing: dict[int, list[int]] = {}
    for each in initiative.backings.all():
        backing.setdefault(each.group_id, []).append(each.mandate_id)
    known = page.once("groups", _groups_by_key)
    rows = sorted((known[key] for key in backing), key=lambda row: (row.pk != initiative.group_id, row.pk))
    return [(row, consent.of_a_group(backing[row.pk], members_of(row), sitting)) for row in rows]


def supports(group: Group, reckoned: Reckoning) -> bool:
    """A group supports when more than half of its members do, and it stands."""
    return reckoned.is_met and stands(group)


def lock(rows: QuerySet[Group]) -> None:
    """Nobody joins or leaves these groups until the act is done. Before any participation is locked, as who joins does; those
    who only point at a group (support, opinions) need not wait."""
    list(rows.order_by("pk").select_for_update(no_key=True))


def stands(group: Group) -> bool:
    """Whether a group has its members at this instant: a participation that ended took one away without an act of the group."""
    least = law.in_force().statements.group_members_at_least.value
    return group.state == GroupState.STANDING and len(members_of(group)) >= least


# --- consents -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tally:
    """How the consents stand: for everybody together, or for one group."""

    group: Group | None
    reckoned: Reckoning

    @property
    def is_met(self) -> bool:
        return self.reckoned.is_met and not self._is_short

    @property
    def _is_short(self) -> bool:
        return self.group is not None and not stands(self.group)

    def findings(self) -> tuple[Finding, ...]:
        """The arithmetic; of a group that does not stand, that first, and never that its consents are enough."""
        if not self._is_short:
            return self.reckoned.findings()
        short = Finding(N_("The group does not stand: it has too few members."), {}, consent.ARTICLE)
        return (short, *(() if self.reckoned.is_met else self.reckoned.findings()))


def tallies(statement: Statement, *, locked: bool = False) -> list[Tally]:
    """The consents reckoned at this instant. `locked`: within the act that publishes, so that nobody is suspended, or leaves
    a group that speaks, between the count and the publication."""
    if locked:
        lock(Group.objects.filter(pk__in=statement.groups.values("pk")))
        seats = [row.pk for row in mandates.in_force()]
        list(Mandate.objects.select_for_update().filter(pk__in=seats).order_by("pk"))
    occupied = mandates.in_force()
    sitting = [row.pk for row in mandates.sitting()]
    given = list(statement.consents.values_list("mandate_id", flat=True))
    charter = law.by_reference(statement.charter)
    if statement.scope == Scope.ALL:
        share, base = charter.participation.in_name_of_all.value, charter.statements.base.value
        seats = [row.pk for row in occupied]
        return [Tally(None, consent.in_name_of_all(given, sitting, seats, share, base))]
    if statement.scope == Scope.GROUPS:
        rows = statement.groups.order_by("pk")
        return [Tally(row, consent.of_a_group(given, members_of(row), sitting)) for row in rows]
    return [Tally(None, consent.of_signatories(given, sitting))]


def is_of_group(opinion: Opinion) -> bool:
    """Whether an opinion is its group's: more than half of the members who sit have joined it. Once published, those who sat
    then: what a group said stays its word when a session is over."""
    if opinion.group is None:
        return False
    at = opinion.statement.published_at
    joined = list(opinion.signers.values_list("mandate_id", flat=True))
    sitting = [row.pk for row in mandates.sitting(at)]
    return consent.of_a_group(joined, members_of(opinion.group, at), sitting).is_met


def speaking(statement: Statement) -> list[int]:
    """The participations whose consents count at this instant: who sits; of a statement of groups, who sits in one of them."""
    inside = {key for group in statement.groups.all() for key in members_of(group)}
    return [row.pk for row in mandates.sitting() if statement.scope != Scope.GROUPS or row.pk in inside]


def holds(amendment: Amendment, text: str) -> bool:
    """Whether a text holds what an amendment that was taken in put there: its words, and no passage that it struck out. Line
    breaks and spaces do not count."""
    taken = amendment.statement.versions.filter(amendment=amendment.reference).first()
    if taken is None:
        return False
    passage, replacement, now, then = (
        " ".join(each.split()) for each in (amendment.passage, amendment.replacement, text, str(taken.text))
    )
    return now.count(passage) <= then.count(passage) and replacement in now


def votes_of(amendment: Amendment) -> dict[str, int]:
    """How many of those who sit voted for, against, and abstained."""
    sitting = {row.pk for row in mandates.sitting()}
    found = {"for": 0, "against": 0, "abstain": 0}
    for mandate, choice in amendment.votes.values_list("mandate_id", "choice"):
        if mandate in sitting:
            found[choice] += 1
    return found
