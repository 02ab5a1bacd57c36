"""Majorities, quorums and ties: an outcome that prints its own arithmetic. Abstentions are not votes cast."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from .charter.sections import BodyVotes
from .findings import N_, Finding

ARTICLE = "voting.close"
FOR, AGAINST, ABSTAIN = "for", "against", "abstain"
CHOICES = (FOR, AGAINST, ABSTAIN)

Quorum = Literal["none", "met", "not_met", "not_verified"]
#: What the President did: not there, there without voting, a casting vote, or out of the vote by an interest.
President = Literal["absent", "present", "for", "against", "recused"]


@dataclass(frozen=True)
class VoteRule:
    """The rule that a vote freezes when it is called; the keys of a charter's ``votes.<body>``.

    ``base_floor``: the share of the roll (or seats) under which recusals bring no base (procedure 4.1).
    """

    threshold: Fraction = Fraction(1, 2)
    threshold_is: str = "more_than"
    basis: str = "cast"
    quorum: Fraction = Fraction(0)
    quorum_base: str = "roll"
    quorum_verified: str = "always"
    president_counts_for_quorum: bool = True
    president_votes: str = "never"
    tie: str = "rejects"
    base_floor: Fraction = Fraction(1, 2)
    article: str = ARTICLE

    @classmethod
    def of(cls, votes: BodyVotes, *, base_floor: Fraction, decision: str = "") -> VoteRule:
        """The rule of a body; a ``decision`` (key of an act) of its special ones needs the special share."""
        special = votes.special_decisions is not None and decision in votes.special_decisions.value
        rule = cls(
            threshold=votes.threshold.value,
            threshold_is=votes.threshold_is.value,
            basis=votes.basis.value,
            quorum=votes.quorum.value,
            quorum_base=votes.quorum_base.value,
            quorum_verified=votes.quorum_verified.value,
            president_counts_for_quorum=votes.president_counts_for_quorum.value,
            president_votes=votes.president_votes.value,
            tie=votes.tie.value,
            base_floor=base_floor,
        )
        if special and votes.special_threshold is not None:
            return replace(rule, threshold=votes.special_threshold.value, threshold_is="at_least")
        return rule

    def needed(self, base: int) -> int:
        """The least number of votes in favour that carries, on a base of so many; never 0."""
        exact = self.threshold * base
        return max(1, floor(exact) + 1 if self.threshold_is == "more_than" else ceil(exact))


@dataclass(frozen=True)
class Outcome:
    """The result of one vote. ``votes_cast`` = for + against (a casting vote included); ``base`` is what the
    majority is reckoned on; ``needed`` the least votes for that carry; ``arithmetic`` says it in lines."""

    votes_for: int
    votes_against: int
    abstentions: int
    votes_cast: int
    present: int
    roll: int
    base: int
    needed: int
    quorum: Quorum
    quorum_required: int
    tie: bool
    broken_by: str | None
    unanimous: bool
    carried: bool
    arithmetic: tuple[Finding, ...]


def tally(choices: Iterable[str]) -> tuple[int, int, int]:
    """(for, against, abstentions) of single choices; ``ValueError`` names a choice that does not exist."""
    found = Counter(choices)
    unknown = set(found) - set(CHOICES)
    if unknown:
        raise ValueError(f"unknown choice: {', '.join(sorted(unknown))}")
    return found[FOR], found[AGAINST], found[ABSTAIN]


def base_after_interests(base: int, out_of_base: int, floor_share: Fraction) -> int:
    """``base`` less those whose interest takes them out of it, but never under the floor (rounded up)."""
    if not 0 <= out_of_base <= base:
        raise ValueError(f"{out_of_base} of {base} cannot be out of the base")
    return max(base - out_of_base, ceil(base * floor_share))


def count(
    rule: VoteRule,
    *,
    votes_for: int,
    votes_against: int,
    abstentions: int,
    roll: int,
    seats: int | None = None,
    present: int | None = None,
    president: President = "absent",
    out_of_vote: int = 0,
    out_of_base: int = 0,
    quorum_asked: bool = False,
) -> Outcome:
    """Count one vote.

    ``roll``: persons who may vote, without a President who votes only in a tie or never. ``seats``: those of
    the body, when the quorum is reckoned on seats. ``present``: persons of the roll who are there (default:
    all who gave a ballot). ``out_of_vote``, ``out_of_base``: persons of the roll whom an interest takes out
    of the vote, or out of the vote and the base. ``ValueError`` for figures that cannot be.
    """
    given = votes_for + votes_against + abstentions
    there = given if present is None else present
    _possible(rule, (votes_for, votes_against, abstentions), there, roll, out_of_vote, out_of_base, president)
    quorum, required, lines = _quorum(rule, there, roll, seats, president, out_of_base, quorum_asked)
    on_roll = base_after_interests(roll, out_of_base, rule.base_floor)
    base = {"cast": votes_for + votes_against, "present": there, "roll": on_roll}[rule.basis]
    votes_for, votes_against, base, tie, broken = _tie(rule, votes_for, votes_against, base, president)
    outcome = Outcome(
        votes_for=votes_for,
        votes_against=votes_against,
        abstentions=abstentions,
        votes_cast=votes_for + votes_against,
        present=there,
        roll=roll,
        base=base,
        needed=rule.needed(base),
        quorum=quorum,
        quorum_required=required,
        tie=tie,
        broken_by="president" if broken else None,
        unanimous=votes_against == 0 and votes_for > 0,
        carried=votes_for >= rule.needed(base) and quorum != "not_met",
        arithmetic=(),
    )
    return replace(outcome, arithmetic=(*lines, *_lines(rule, outcome, president)))


def _tie(
    rule: VoteRule, votes_for: int, votes_against: int, base: int, president: President
) -> tuple[int, int, int, bool, bool]:
    """(for, against, base, tie, broken) with the casting vote, if there was one, counted in."""
    # Nobody breaks a tie of no votes at all.
    tie = votes_for < rule.needed(base) and votes_for == votes_against > 0
    if not (tie and rule.tie == "president" and president in (FOR, AGAINST)):
        return votes_for, votes_against, base, tie, False
    return votes_for + (president == FOR), votes_against + (president == AGAINST), base + 1, tie, True


def _possible(
    rule: VoteRule,
    votes: tuple[int, int, int],
    there: int,
    roll: int,
    out_of_vote: int,
    out_of_base: int,
    president: President,
) -> None:
    """``ValueError`` for figures that cannot be."""
    given, voters = sum(votes), roll - out_of_vote - out_of_base
    if min(*votes, out_of_vote, out_of_base) < 0 or not given <= there <= roll:
        raise ValueError("figures of a vote cannot be less than 0 or more than those present on the roll")
    if given > voters:
        raise ValueError(f"{given} ballots of {voters} voters cannot be")
    if president in (FOR, AGAINST) and rule.president_votes != "tie":
        raise ValueError("this President has no casting vote")


def _quorum(
    rule: VoteRule,
    there: int,
    roll: int,
    seats: int | None,
    president: President,
    out_of_base: int,
    asked: bool,
) -> tuple[Quorum, int, list[Finding]]:
    if not rule.quorum:
        return "none", 0, [Finding(N_("No quorum is required."), article=rule.article)]
    whole = roll if rule.quorum_base == "roll" else seats
    if whole is None:
        raise ValueError("the quorum is reckoned on seats: their number is missing")
    base = base_after_interests(whole, out_of_base, rule.base_floor)
    # A President outside the roll is one more to count; when recused, he or she is not there.
    apart = rule.president_votes != "always" and rule.president_counts_for_quorum
    base += apart and rule.quorum_base == "roll"
    there += apart and president in ("present", FOR, AGAINST)
    required = max(1, ceil(rule.quorum * base))
    params = {"share": str(rule.quorum), "base": base, "required": required, "present": there}
    if rule.quorum_verified == "never" or (rule.quorum_verified == "on_request" and not asked):
        line = N_("Quorum: %(required)s (%(share)s of %(base)s); not verified, as nobody asked for it.")
        return "not_verified", required, [Finding(line, params, rule.article)]
    if there >= required:
        line = N_("Quorum: %(present)s present, %(required)s required (%(share)s of %(base)s): met.")
        return "met", required, [Finding(line, params, rule.article)]
    line = N_("Quorum: %(present)s present, %(required)s required (%(share)s of %(base)s): not met.")
    return "not_met", required, [Finding(line, params, rule.article)]


def _lines(rule: VoteRule, outcome: Outcome, president: President) -> list[Finding]:
    casting = 1 if outcome.broken_by else 0
    figures: dict[str, object] = {
        "votes_for": outcome.votes_for - (casting if president == FOR else 0),
        "votes_against": outcome.votes_against - (casting if president == AGAINST else 0),
        "abstentions": outcome.abstentions,
        "cast": outcome.votes_cast - casting,
        "base": outcome.base,
        "needed": outcome.needed,
        "share": str(rule.threshold),
    }
    messages = [
        N_(
            "For: %(votes_for)s. Against: %(votes_against)s. Abstentions: %(abstentions)s. Votes cast: %(cast)s."
        )
    ]
    if outcome.tie:
        messages.append(_tie_message(rule, outcome, president))
    messages.append(_needed_message(rule))
    if outcome.unanimous:
        messages.append(N_("Unanimous: nobody among those who cast a vote voted against."))
    if outcome.quorum == "not_met":
        messages.append(N_("No decision: the quorum is not met."))
    else:
        messages.append(N_("Carried.") if outcome.carried else N_("Rejected."))
    return [Finding(message, figures, rule.article) for message in messages]


def _tie_message(rule: VoteRule, outcome: Outcome, president: President) -> str:
    if outcome.broken_by:
        if president == FOR:
            return N_("A tie: the President broke it and voted for.")
        return N_("A tie: the President broke it and voted against.")
    if rule.tie == "president" and president == "recused":
        return N_("A tie: the President may not vote because of a declared interest, so it rejects.")
    if rule.tie == "president":
        return N_("A tie: the President did not vote, so it rejects.")
    return N_("A tie rejects.")


def _needed_message(rule: VoteRule) -> str:
    more = rule.threshold_is == "more_than"
    if rule.basis == "cast":
        if more:
            return N_("More than %(share)s of %(base)s votes cast: %(needed)s needed.")
        return N_("At least %(share)s of %(base)s votes cast: %(needed)s needed.")
    if rule.basis == "present":
        if more:
            return N_("More than %(share)s of %(base)s present: %(needed)s needed.")
        return N_("At least %(share)s of %(base)s present: %(needed)s needed.")
    if more:
        return N_("More than %(share)s of %(base)s on the roll: %(needed)s needed.")
    return N_("At least %(share)s of %(base)s on the roll: %(needed)s needed.")
