"""Answers: many small writes that are no acts. An entry for each would flood the record and tell for ever who took part, and
when (ADR 0010). They pass the same questions as an act does, here: is it open at this instant, may this person answer.

A voter's token is a keyed digest of the person, or of a code. The key is destroyed when the consultation closes.
"""

from __future__ import annotations

import hashlib
import hmac
import random
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count

from hemicycle.dialogue import sides
from hemicycle.people import keeping
from hemicycle.record.actors import Actor
from hemicycle.record.acts import hold_beside
from hemicycle.rules.findings import N_, Finding, Unmet

from .models import Answer, Code, Consultation, Proposition, Secret, Side, Vote, Voter
from .procedure import PropositionState

#: As many answers apart, propositions count as answered equally often: chance decides which is asked first.
ALIKE = 5
HALF = 8  # letters and digits of each clerk's half of a code
HEADER = "voter-id,comment-id,vote\n"


@dataclass(frozen=True)
class Answerer:
    """Who answers: on which side, and what the token is made from (a person's reference, or a code)."""

    side: str
    of: str


@dataclass(frozen=True)
class Sheet:
    """What one voter has answered, by the key of the proposition, and what is still to be asked, the next one first."""

    given: Mapping[int, int]
    left: Sequence[Proposition]
    done: Sequence[Proposition]


def answerer(consultation: Consultation, actor: Actor, code: str = "") -> Answerer | None:
    """In what capacity somebody may answer now, or None. A code is for whoever has no account."""
    if actor.person is not None:
        if sides.is_participant(actor):
            return Answerer(Side.PARTICIPANT, f"person:{actor.reference}")
        return Answerer(Side.DELEGATE, f"person:{actor.reference}") if sides.is_delegate(actor) else None
    if code and consultation.civil_society and is_code(consultation, code):
        return Answerer(Side.CIVIL_SOCIETY, f"code:{plain(code)}")
    return None


def new_half() -> str:
    """One clerk's half of a code: forty bits, in letters and digits that are not taken for one another."""
    drawn = "".join(secrets.choice("23456789ABCDEFGHJKMNPQRSTUVWXYZ") for _ in range(HALF))
    return f"{drawn[: HALF // 2]}-{drawn[HALF // 2 :]}"


def plain(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter.isalnum())


def half_digest(consultation: Consultation, half: str) -> str:
    return keeping.digest("consultation half", f"{consultation.reference}/{plain(half)}")


def joined(first: str, half: str) -> str:
    """The digest of a whole code. That of the first half goes into it and is kept no longer: nothing tells whether a single
    half is right."""
    return keeping.digest("consultation code", f"{first}/{plain(half)}")


def digest_of(consultation: Consultation, code: str) -> str:
    typed = plain(code)
    return joined(half_digest(consultation, typed[:HALF]), typed[HALF:])


def is_code(consultation: Consultation, code: str) -> bool:
    return Code.objects.filter(consultation=consultation, digest=digest_of(consultation, code)).exists()


def token(consultation: Consultation, who: Answerer) -> str:
    """The voter's token. Raises `Secret.DoesNotExist` before the opening and after the closing."""
    secret = Secret.objects.select_related("consultation").get(consultation=consultation)
    return hmac.new(bytes.fromhex(secret.text), who.of.encode(), hashlib.sha256).hexdigest()


def give(consultation: Consultation, who: Answerer, answers: Mapping[int, int | None]) -> None:
    """Write down somebody's answers, by the key of the proposition; None takes one back. Raises `Unmet` once it is over.

    Given twice, or from two devices at once, there is one answer: the last.
    """
    if not set(answers.values()) <= {None, *Answer.values}:
        raise ValueError("an answer is agree, disagree or pass")
    with transaction.atomic():
        hold_beside(consultation)  # nobody closes it meanwhile
        if not consultation.is_open:
            raise Unmet(
                Finding(N_("The consultation is not open: no answer is taken."), {}, "consultations.close")
            )
        asked = consultation.propositions.filter(state=PropositionState.ADMITTED, pk__in=list(answers))
        known = set(asked.values_list("pk", flat=True))
        if known != set(answers):
            raise Unmet(Finding(N_("This proposition is not put to anybody."), {}, "consultations.admit"))
        voter, _ = Voter.objects.get_or_create(
            token=token(consultation, who), defaults={"consultation": consultation, "side": who.side}
        )
        Vote.objects.bulk_create(
            [
                Vote(voter=voter, proposition_id=key, value=value)
                for key, value in answers.items()
                if value is not None
            ],
            update_conflicts=True, unique_fields=["voter", "proposition"], update_fields=["value"],
        )  # fmt: skip
        voter.votes.filter(proposition__in=[key for key, value in answers.items() if value is None]).delete()


def sheet(consultation: Consultation, who: Answerer) -> Sheet:
    """What somebody has answered and what is left: the less answered first, else in an order of each voter's own."""
    mine = token(consultation, who)
    given = dict(
        Vote.objects.filter(voter__token=mine, voter__consultation=consultation).values_list(
            "proposition", "value"
        )
    )
    rows = list(
        consultation.propositions.filter(state=PropositionState.ADMITTED).annotate(answered=Count("votes"))
    )

    def place(row: Proposition) -> tuple[int, str]:
        return row.answered // ALIKE, hashlib.sha256(f"{mine}/{row.number}".encode()).hexdigest()  # type: ignore[attr-defined]

    left = sorted((row for row in rows if row.pk not in given), key=place)
    return Sheet(given, left, [row for row in rows if row.pk in given])


def gathered(consultation: Consultation) -> tuple[str, list[str]]:
    """(matrix, sides): all answers as the instrument reads them, voters under numbers from 1 drawn by lot and in that order,
    and the side of each number. Nothing in it says whose a number is."""
    # Who took every answer back has none, and is no voter.
    heard = consultation.voters.filter(votes__isnull=False).distinct().order_by("pk")
    voters = list(heard.values_list("pk", "side"))
    random.SystemRandom().shuffle(voters)
    number = {pk: place for place, (pk, _side) in enumerate(voters, 1)}
    rows = Vote.objects.filter(voter__consultation=consultation).values_list(
        "voter", "proposition__number", "value"
    )
    told = sorted((number[voter], proposition, value) for voter, proposition, value in rows)
    lines = "".join(f"{voter},{proposition},{value}\n" for voter, proposition, value in told)
    return HEADER + lines, [side for _pk, side in voters]


def forget(consultation: Consultation) -> list[str]:
    """Delete the answers with what links them to people: the voters, the codes, the secret of their tokens. Returns whose
    keys it lay under, which the act destroys."""
    consultation.voters.all().delete()
    consultation.codes.all().delete()
    rows = Secret.objects.filter(consultation=consultation).select_related("consultation")
    owners = [secret.key_owner for secret in rows]
    rows.delete()
    return owners
