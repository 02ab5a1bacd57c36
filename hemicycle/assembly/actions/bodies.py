"""Bodies, and who stands in for a member where the charter lets that capacity be represented."""

from __future__ import annotations

from datetime import datetime

from hemicycle.people.models import Person
from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts, gate
from hemicycle.rules.findings import N_, Finding, Unmet

from .. import queries
from ..models import Body, BodySeat, Replacement, Representation
from ..procedure import BODY, REPRESENTATION

act = gate(BODY, queries.offices)
asked = gate(REPRESENTATION, queries.offices)


@act
def form_body(
    body: Body,
    by: Actor,
    *,
    code: str | None = None,
    name_en: str | None = None,
    name_fr: str | None = None,
    name_ru: str | None = None,
) -> Facts:
    """Form a body of the charter, or a committee beside its list. Values given replace those of the
    matter.
    """
    body.code = code or body.code
    body.kind = body.kind or "committee"
    body.name_en, body.name_fr, body.name_ru = (
        name_en or body.name_en,
        name_fr or body.name_fr,
        name_ru or body.name_ru,
    )
    return Facts({"code": body.code, "kind": body.kind})


@act
def rename_body(body: Body, by: Actor, *, name_en: str, name_fr: str, name_ru: str) -> Facts:
    body.name_en, body.name_fr, body.name_ru = name_en, name_fr, name_ru
    return Facts({"code": body.code})


@act
def dissolve_body(body: Body, by: Actor) -> Facts:
    """Dissolve a committee: its seats end with it. The bodies that the charter names stay."""
    if body.kind != "committee" or body.code in {each.key for each in law.in_force().committees}:
        raise Unmet(Finding(N_("The charter in force names this body."), article="assembly.dissolve_body"))
    now = clock.now()
    ended = queries.seats_at(now).filter(body=body).update(held_until=now)
    return Facts({"code": body.code, "seats": ended})


@act
def replace_member(
    body: Body, by: Actor, *, seat: BodySeat, person: Person, from_at: datetime, until_at: datetime
) -> Facts:
    """Record who stands in for a member, within `confirm_replacement` only."""
    _check_replacement(body, seat, person, from_at, until_at)
    Replacement.objects.create(
        seat=seat, person=person, name=person.shown_name, from_at=from_at, until_at=until_at
    )
    return Facts({"seat": seat.pk, "person": person.reference, "from": from_at, "until": until_at})


@asked
def ask_replacement(
    asked: Representation,
    by: Actor,
    *,
    seat: BodySeat,
    person: Person,
    from_at: datetime,
    until_at: datetime,
) -> Facts:
    """The first clerk says who is to stand in for a member; `asked` is unsaved. The roll stays as it is."""
    _check_replacement(seat.body, seat, person, from_at, until_at)
    asked.seat, asked.person, asked.from_at, asked.until_at = seat, person, from_at, until_at
    return Facts({"seat": seat.pk, "person": person.reference, "from": from_at, "until": until_at})


@asked
def confirm_replacement(asked: Representation, by: Actor) -> Facts:
    """The second clerk has made sure too: from now on the roll shows who stands in, for that time."""
    replace_member(
        asked.seat.body, by, seat=asked.seat, person=asked.person, from_at=asked.from_at, until_at=asked.until_at
    )  # fmt: skip
    return Facts({"seat": asked.seat_id, "person": asked.person.reference})


@asked
def dismiss_replacement(asked: Representation, by: Actor) -> Facts:
    return Facts({"seat": asked.seat_id})


def _check_replacement(
    body: Body, seat: BodySeat, person: Person, from_at: datetime, until_at: datetime
) -> None:
    """Raise `Unmet`. Heads of delegation who sit ex officio cannot be represented (5.4)."""
    article = "assembly.replace_member"
    replaced = law.in_force().votes.of(queries.body_kind(body.code)).replaced_capacities.value
    problems = []
    if seat.body_id != body.pk or not queries.seats_at(clock.now()).filter(pk=seat.pk).exists():
        problems.append(Finding(N_("That seat is not one of this body."), article=article))
    if seat.capacity not in replaced:
        problems.append(
            Finding(N_("Whoever sits in this capacity cannot be represented."), article="voting.call_vote")
        )
    if person.pk == seat.person_id:
        problems.append(Finding(N_("Nobody stands in for himself or herself."), article=article))
    if queries.seats_at(clock.now()).filter(body=body, person=person).exclude(capacity="substitute").exists():
        problems.append(
            Finding(N_("That person has a seat and a vote in this body already."), article=article)
        )
    if until_at <= max(from_at, clock.now()):
        problems.append(
            Finding(N_("A replacement ends later than it begins, and not in the past."), article=article)
        )
    if Replacement.objects.filter(seat=seat, from_at__lt=until_at, until_at__gt=from_at).exists():
        problems.append(
            Finding(N_("Somebody stands in for that seat at that time already."), article=article)
        )
    if problems:
        raise Unmet(*problems)


@act
def end_replacement(body: Body, by: Actor, *, seat: BodySeat) -> Facts:
    """The member is back: the replacement in force ends now."""
    now = clock.now()
    current = (
        Replacement.objects.filter(seat=seat, seat__body=body, until_at__gt=now).order_by("from_at").first()
    )
    if current is None:
        raise Unmet(Finding(N_("Nobody stands in for that seat."), article="assembly.end_replacement"))
    current.until_at = max(now, current.from_at)
    current.save(update_fields=["until_at"])
    return Facts({"seat": seat.pk, "until": current.until_at})
