"""Who may read what of statements, in which office somebody acts, and how the consents stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from hemicycle.assembly import queries as assembly
from hemicycle.dialogue import sides
from hemicycle.mandates import queries as mandates
from hemicycle.mandates.models import Mandate
from hemicycle.record import clock, law, page
from hemicycle.record.actors import Actor
from hemicycle.rules import consent
from hemicycle.rules.consent import Reckoning
from hemicycle.rules.findings import N_, Finding
from hemicycle.rules.procedure import Office

from .models import Amendment, Group, Initiative, Membership, Mover, Opinion, Scope, Statement
from .procedure import AmendmentState, GroupState, InitiativeState, StatementState

S, J, A = StatementState, InitiativeState, AmendmentState
PUBLIC_INITIATIVES = (J.OPEN, J.ADOPTED)


# --- who reads ------------------------------------------------------------------------------------------------------


def is_inside(actor: Actor) -> bool:
    """Whether the person has a participation in force; a suspended one reads on, and does nothing."""
    return actor.person is not None and any(row.person_id == actor.person for row in mandates.in_force())


def visible_to(actor: Actor) -> QuerySet[Statement]:
    """Drafts are the participants'; what is published is everybody's."""
    rows = Statement.objects.select_related("topic", "initiative").prefetch_related(
        "groups", "texts", "versions"
    )
    return rows.filter(erased_at=None) if is_inside(actor) else rows.filter(state=S.PUBLISHED)


def amendments_visible_to(actor: Actor) -> QuerySet[Amendment]:
    """Amendments stay the participants', as the draft does to which they were put."""
    rows = Amendment.objects.select_related("statement", "mandate")
    return rows.filter(statement__erased_at=None) if is_inside(actor) else rows.none()


def initiatives_visible_to(actor: Actor) -> QuerySet[Initiative]:
    """Within its group until it is opened; then everybody's."""
    rows = Initiative.objects.filter(erased_at=None).select_related("group", "topic")
    is_public = Q(state__in=PUBLIC_INITIATIVES) | Q(opened_at__isnull=False)
    mine = sides.mandate_of(actor)
    if mine is None:
        return rows.filter(state__in=PUBLIC_INITIATIVES)
    own = Membership.objects.filter(mandate=mine, left_at=None).values("group_id")
    return rows.filter(is_public | Q(group_id__in=own))


def groups_visible_to(actor: Actor) -> QuerySet[Group]:
    """Groups are public."""
    return Group.objects.all()


def published() -> QuerySet[Statement]:
    rows = Statement.objects.filter(state=S.PUBLISHED).select_related("topic")
    return rows.prefetch_related("groups", "texts").order_by("-published_at", "-pk")


def open_initiatives() -> QuerySet[Initiative]:
    """What everybody reads of initiatives: those that are open, and those that became statements."""
    rows = Initiative.objects.filter(state__in=PUBLIC_INITIATIVES).select_related("group", "topic")
    return rows.prefetch_related("backings").order_by("-opened_at", "-pk")


def groups() -> QuerySet[Group]:
    return Group.objects.exclude(state=GroupState.DISSOLVED)


# --- offices --------------------------------------------------------------------------------------------------------


def _held(actor: Actor, matter: object) -> set[str]:
    held = set(assembly.offices(actor, matter))
    if sides.is_participant(actor):
        held.add(Office.PARTICIPANT)
    return held


def offices(actor: Actor, statement: Statement) -> frozenset[str]:
    """Who sits is a participant; one of the movers is an author too."""
    held = _held(actor, statement)
    if statement.pk is not None and Office.PARTICIPANT in held and _moves(actor, statement):
        held.add(Office.AUTHOR)
    return frozenset(held)


def movers(statement: Statement) -> QuerySet[Mover]:
    """Those whose participation is in force, suspended ones too: nobody else can take the statement anywhere, or end it."""
    return statement.movers.filter(mandate__in=[row.pk for row in mandates.in_force()])


def without_movers() -> QuerySet[Statement]:
    """Drafts that nobody moves any more, while there is a list in force."""
    seats = [row.pk for row in mandates.in_force()]
    rows = Statement.objects.filter(state=S.DRAFT).exclude(movers__mandate__in=seats)
    return rows if seats else rows.none()


def _moves(actor: Actor, statement: Statement) -> bool:
    mine = sides.mandate_of(actor)
    return mine is not None and statement.movers.filter(mandate=mine).exists()


def amendment_offices(actor: Actor, amendment: Amendment) -> frozenset[str]:
    """The movers are authors of the text; whoever proposed the amendment asks for it."""
    if amendment.pk is None:
        return frozenset(_held(actor, amendment))
    held = set(offices(actor, amendment.statement))
    mine = sides.mandate_of(actor)
    if mine is not None and amendment.mandate_id == mine.pk:
        held.add(Office.ASKER)
    return frozenset(held)


def group_offices(actor: Actor, group: Group) -> frozenset[str]:
    """A member is an author in the own group. Also a suspended one, so that everybody can leave at any time; nobody whose
    participation has ended."""
    held = _held(actor, group)
    persons = {row.person_id for row in members_of(group).values()} if group.pk is not None else set()
    if actor.person is not None and actor.person in persons:
        held.add(Office.AUTHOR)
    return frozenset(held)


def initiative_offices(actor: Actor, initiative: Initiative) -> frozenset[str]:
    """The members of the group that opened it are its authors."""
    held = _held(actor, initiative)
    mine = sides.mandate_of(actor)
    if initiative.pk is not None and mine is not None and mine.pk in members_of(initiative.group):
        held.add(Office.AUTHOR)
    return frozenset(held)


# --- groups ---------------------------------------------------------------------------------------------------------


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


def votes_of(amendment: Amendment) -> dict[str, int]:
    """How many of those who sit voted for, against, and abstained."""
    sitting = {row.pk for row in mandates.sitting()}
    found = {"for": 0, "against": 0, "abstain": 0}
    for mandate, choice in amendment.votes.values_list("mandate_id", "choice"):
        if mandate in sitting:
            found[choice] += 1
    return found


# --- texts ----------------------------------------------------------------------------------------------------------


def title_of(text: str) -> str:
    """The first line of a text."""
    return text.strip().partition("\n")[0].strip()


def latest_text(statement: Statement) -> str:
    """The text as it stands: final in the original language, else the latest version; empty once erased."""
    if statement.erased_at is not None:
        return ""
    final = next((row for row in statement.texts.all() if row.language == statement.language), None)
    if final is not None:
        return str(final.text)
    versions = list(statement.versions.all())  # in their order
    return str(versions[-1].text) if versions else ""


def texts_by_language(statement: Statement) -> dict[str, str]:
    """The final texts, the original first."""
    rows = {row.language: str(row.text) for row in statement.texts.all()}
    return dict(sorted(rows.items(), key=lambda item: (item[0] != statement.language, item[0])))


def names(rows: Iterable[Mandate]) -> tuple[list[str], int]:
    """The names that may be read, and how many are withheld."""
    shown = [mandates.public_name(row) for row in rows]
    return [name for name in shown if name is not None], sum(name is None for name in shown)


# --- what waits -----------------------------------------------------------------------------------------------------


def to_consent(actor: Actor) -> Sequence[Statement]:
    """Final texts on which a participant has said nothing yet."""
    mine = sides.mandate_of(actor)
    if mine is None:
        return []
    rows = Statement.objects.filter(state=S.FINAL, consent_until__gt=clock.now())
    rows = rows.exclude(consents__mandate=mine).exclude(opinions__mandate=mine)
    found = rows.exclude(opinions__signers__mandate=mine).prefetch_related("groups", "texts", "versions")
    own = {group.pk for group in groups_of(mine)}
    return [
        row
        for row in found
        if row.scope != Scope.GROUPS or own.intersection(group.pk for group in row.groups.all())
    ]


def to_vote(actor: Actor) -> Sequence[Amendment]:
    """Open amendments on which a participant has not voted yet."""
    mine = sides.mandate_of(actor)
    if mine is None:
        return []
    rows = Amendment.objects.filter(state=A.OPEN, closes_at__gt=clock.now()).exclude(votes__mandate=mine)
    return list(rows.select_related("statement"))


def to_back(actor: Actor) -> Sequence[Initiative]:
    """Initiatives that wait for the support of a participant's own group."""
    mine = sides.mandate_of(actor)
    if mine is None:
        return []
    own = {group.pk for group in groups_of(mine)}
    rows = Initiative.objects.filter(state__in=(J.PROPOSED, J.OPEN)).exclude(backings__mandate=mine)
    return [row for row in rows if row.group_id in own or (own and row.state == J.OPEN)]
