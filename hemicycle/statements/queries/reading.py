"""Who may read what of statements, in which office somebody acts, and what waits for whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet

from hemicycle.assembly import queries as assembly
from hemicycle.dialogue import sides
from hemicycle.mandates import queries as mandates
from hemicycle.mandates.models import Mandate
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.rules.procedure import Office

from ..models import (
    Amendment,
    Consent,
    Group,
    Initiative,
    Joining,
    Membership,
    Mover,
    Opinion,
    Scope,
    Statement,
)
from ..procedure import AmendmentState, GroupState, InitiativeState, JoiningState, StatementState
from .counting import groups_of, members_of

S, J, A = StatementState, InitiativeState, AmendmentState
PUBLIC_INITIATIVES = (J.OPEN, J.ADOPTED)


# --- who reads ------------------------------------------------------------------------------------------------------


def is_inside(actor: Actor) -> bool:
    """Whether the person sits and is not suspended: a suspension may be for infiltration, and what is not public stays out
    of sight until it is over. Whoever never had a seat costs no look at the seats."""
    return mandates.has_seat(actor) and sides.is_participant(actor)


def rests(actor: Actor) -> bool:
    """Whether the person's participation is in force and suspended."""
    return mandates.has_seat(actor) and not sides.is_participant(actor)


def given_consents(actor: Actor) -> QuerySet[Consent]:
    """The consents that a person gave, however the participation stands today."""
    rows = Consent.objects.filter(mandate__person_id=actor.person or 0, statement__erased_at=None)
    return rows.select_related("statement").order_by("-at", "-pk")


def given_opinions(actor: Actor) -> QuerySet[Opinion]:
    """The opinions that a person wrote, however the participation stands today."""
    rows = Opinion.objects.filter(mandate__person_id=actor.person or 0, statement__erased_at=None)
    return rows.select_related("statement").order_by("-at", "-pk")


def visible_to(actor: Actor) -> QuerySet[Statement]:
    """Drafts are read by those who sit; what is published is everybody's."""
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


def joinings_visible_to(actor: Actor) -> QuerySet[Joining]:
    """Who asks reads the request; so do the members who sit."""
    rows = Joining.objects.select_related("group", "mandate")
    mine = sides.mandate_of(actor) if mandates.has_seat(actor) else None
    own = Membership.objects.filter(mandate=mine, left_at=None).values("group_id")
    is_own = Q(mandate__person_id=actor.person or 0)
    return rows.filter(is_own | Q(group_id__in=own)) if mine is not None else rows.filter(is_own)


def published() -> QuerySet[Statement]:
    rows = Statement.objects.filter(state=S.PUBLISHED).select_related("topic")
    return rows.prefetch_related("groups", "texts").order_by("-published_at", "-pk")


def open_initiatives() -> QuerySet[Initiative]:
    """What everybody reads of initiatives: those that are open, and those that became statements."""
    rows = Initiative.objects.filter(state__in=PUBLIC_INITIATIVES).select_related("group", "topic")
    return rows.prefetch_related("backings").order_by("-opened_at", "-pk")


# --- offices --------------------------------------------------------------------------------------------------------


def _held(actor: Actor, matter: object) -> set[str]:
    held = set(assembly.offices(actor, matter))
    if sides.is_participant(actor):
        held.add(Office.PARTICIPANT)
    return held


def offices(actor: Actor, statement: Statement) -> frozenset[str]:
    """Who sits is a participant; one of the movers is an author too. Where no mover sits any more, or all are suspended, who
    consented to the final text is a signatory, so that what reached its threshold is not held back by a suspension."""
    held = _held(actor, statement)
    if statement.pk is None or Office.PARTICIPANT not in held:
        return frozenset(held)
    if _moves(actor, statement):
        held.add(Office.AUTHOR)
    elif statement.state == S.FINAL and _is_signatory(actor, statement):
        held.add(Office.SIGNATORY)
    return frozenset(held)


def _is_signatory(actor: Actor, statement: Statement) -> bool:
    if not statement.consents.filter(mandate=sides.mandate_of(actor)).exists():
        return False
    sitting = [row.pk for row in mandates.sitting()]
    return not statement.movers.filter(mandate__in=sitting).exists()


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
    """A member is an author in the own group. Also a suspended one, so that everybody can leave at any time (the other act of
    members is an inner one, and asks who sits); nobody whose participation has ended."""
    held = _held(actor, group)
    persons = {row.person_id for row in members_of(group).values()} if group.pk is not None else set()
    if actor.person is not None and actor.person in persons:
        held.add(Office.AUTHOR)
    return frozenset(held)


def joining_offices(actor: Actor, joining: Joining) -> frozenset[str]:
    """A member who sits decides on it; who asked, in force or suspended, takes it back."""
    held = _held(actor, joining)
    if joining.pk is None:
        return frozenset(held)
    if actor.person is not None and actor.person == joining.mandate.person_id:
        return frozenset({*held, Office.ASKER})
    mine = sides.mandate_of(actor)
    if mine is not None and mine.pk in members_of(joining.group):
        held.add(Office.AUTHOR)
    return frozenset(held)


def initiative_offices(actor: Actor, initiative: Initiative) -> frozenset[str]:
    """The members of the group that opened it are its authors."""
    held = _held(actor, initiative)
    mine = sides.mandate_of(actor)
    if initiative.pk is not None and mine is not None and mine.pk in members_of(initiative.group):
        held.add(Office.AUTHOR)
    return frozenset(held)


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


def to_accept(actor: Actor) -> Sequence[Joining]:
    """Requests to join a participant's own groups."""
    mine = sides.mandate_of(actor)
    if mine is None:
        return []
    rows = Joining.objects.filter(state=JoiningState.ASKED, group__in=groups_of(mine))
    return list(rows.select_related("group", "mandate"))


def lapsed_joinings() -> QuerySet[Joining]:
    """Requests of those whose participation has ended, or to a group that is no more."""
    rows = Joining.objects.filter(state=JoiningState.ASKED)
    seats = [row.pk for row in mandates.in_force()]
    gone = Q(group__state=GroupState.DISSOLVED)
    return rows.filter(gone | ~Q(mandate__in=seats)) if seats else rows.filter(gone)


def to_back(actor: Actor) -> Sequence[Initiative]:
    """Initiatives that wait for the support of a participant's own group."""
    mine = sides.mandate_of(actor)
    if mine is None:
        return []
    own = {group.pk for group in groups_of(mine)}
    rows = Initiative.objects.filter(state__in=(J.PROPOSED, J.OPEN)).exclude(backings__mandate=mine)
    return [row for row in rows if row.group_id in own or (own and row.state == J.OPEN)]
