"""The roll: who may vote, frozen when the vote is called, with capacity, replacement and the effect of
interests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hemicycle.assembly.queries import RollMember
from hemicycle.integrity import queries as integrity
from hemicycle.record import law
from hemicycle.rules.findings import N_ as _
from hemicycle.rules.findings import Finding, Unmet

from .models import OUT, Effect, Right, RollEntry, Vote

PRESIDENT = "president"


def freeze(vote: Vote, members: Sequence[RollMember]) -> None:
    """Write the roll of a vote that has none (any more). Raises `Unmet` for a roll that cannot be."""
    persons = [member.person_id for member in members if member.person_id is not None]
    if not members:
        raise Unmet(Finding(_("The roll is empty: nobody may vote."), article="voting.call_vote"))
    if len(persons) != len(set(persons)):
        raise Unmet(Finding(_("Somebody stands on the roll twice."), article="voting.call_vote"))
    effects = effects_on(vote, persons)
    right_of_president = Right(vote.rule["president_votes"])
    lines = []
    for position, member in enumerate(members, start=1):
        presides = member.presides or member.capacity == PRESIDENT
        lines.append(
            RollEntry(
                vote=vote,
                position=position,
                person_id=member.person_id,
                name=member.name,
                capacity=member.capacity,
                delegation_code=member.delegation_code,
                group_code=member.group_code,
                replaces=member.replaces,
                right=right_of_president if presides else Right.ALWAYS,
                effect=effects.get(member.person_id or 0, Effect.NONE),
            )
        )
    RollEntry.objects.bulk_create(lines)


def effects_on(vote: Vote, persons: Iterable[int]) -> Mapping[int, str]:
    """The effect of declared interests on each of these persons who has one, as it is now."""
    if not vote.subjects:
        return {}
    charter = law.by_reference(vote.charter) if vote.charter else law.in_force()
    return integrity.effects(persons, vote.subjects, vote.body, charter)


def effect_on(vote: Vote, person: int) -> str:
    """The strongest effect that this person's declared interests have on this vote, now."""
    return effects_on(vote, [person]).get(person, Effect.NONE)


def is_out_now(vote: Vote, person: int | None) -> bool:
    """Whether an interest that is declared now, before or after the call, keeps the person out of this
    vote.
    """
    return person is not None and effect_on(vote, person) in OUT


def refresh_effects(vote: Vote) -> int:
    """Freeze the effects anew as they are now; returns how many lines changed. Only while no ballot is
    cast.
    """
    lines = list(vote.roll.all())
    effects = effects_on(vote, [line.person_id for line in lines if line.person_id is not None])
    changed = []
    for line in lines:
        effect = effects.get(line.person_id or 0, Effect.NONE)
        if line.effect != effect:
            line.effect = effect
            changed.append(line)
    RollEntry.objects.bulk_update(changed, ["effect"])
    if changed:
        vote.issue += 1
        Vote.objects.filter(pk=vote.pk).update(issue=vote.issue)
    return len(changed)


def note_late_effects(vote: Vote, lines: Sequence[RollEntry]) -> list[RollEntry]:
    """Write on these lines what interests declared since the roll was frozen do; return those whom one keeps out."""
    effects = effects_on(vote, [line.person_id for line in lines if line.person_id is not None])
    order = list(Effect.values)
    late = []
    for line in lines:
        effect = effects.get(line.person_id or 0, Effect.NONE)
        if order.index(effect) > order.index(line.effect):
            line.late_effect = effect
            late.append(line)
    RollEntry.objects.bulk_update(late, ["late_effect"])
    return [line for line in late if line.late_effect in OUT]


def has_ballots(vote: Vote) -> bool:
    return vote.roll.filter(has_voted=True).exists()


def figures(vote: Vote) -> dict[str, Any]:
    """What the count needs of the roll: its size without the President, those out of the vote, those out of
    the base.
    """
    lines = list(vote.roll.all())
    voters = [line for line in lines if line.right == Right.ALWAYS]
    chairs = [line for line in lines if line.right != Right.ALWAYS]
    return {
        "roll": len(voters),
        "out_of_vote": sum(line.effect == Effect.OUT_OF_VOTE for line in voters),
        "out_of_base": sum(line.effect == Effect.OUT_OF_VOTE_AND_BASE for line in voters),
        "president": president_of(vote, chairs),
    }


def president_of(vote: Vote, chairs: Sequence[RollEntry]) -> str:
    """`absent`, `present` or `recused`, as the count asks. Whoever presides a sitting is there; in a written
    procedure nobody presides, and the President is there only when he or she breaks a tie."""
    if not chairs:
        return "absent"
    if all(line.is_out or is_out_now(vote, line.person_id) for line in chairs):
        return "recused"
    return "present" if vote.manner == "sitting" else "absent"


def size_of(vote: Vote) -> int:
    """How many sit in the body, by the charter; 0 where it does not say."""
    assembly = law.by_reference(vote.charter).assembly
    return {"assembly": assembly.representatives.value, "bureau": assembly.bureau_at_most.value}.get(
        vote.body, 0
    )


def seats_of(vote: Vote, roll: int) -> int:
    """The seats on which a quorum of seats is reckoned: all of the assembly; else the roll."""
    return max(size_of(vote), roll) if vote.body == "assembly" else roll
