"""Casting and changing a ballot (article 7.7). Each locks the own line of the roll; whoever changes the vote waits for them."""

from __future__ import annotations

from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.rules.findings import N_ as _
from hemicycle.rules.findings import Finding, Unmet
from hemicycle.rules.procedure import Publicity
from hemicycle.voting import offered, urn
from hemicycle.voting import roll as rolls
from hemicycle.voting.models import Ballot, Choice, RollEntry, Vote

from .calling import act


@act
def cast(vote: Vote, by: Actor, *, choice: str, issue: int | None = None) -> Facts:
    """Cast the actor's ballot: `for`, `against` or `abstention`. `issue`: of the roll that the page showed.

    Raises `Unmet`: voted before, roll issued again since, or an interest declared.
    """
    check_choice(choice)
    if issue is not None and issue != vote.issue:
        raise Unmet(
            Finding(
                _("The roll was issued again after your page was made. Look at the vote again."),
                article="voting.reissue_roll",
            )
        )
    freeze_before_the_first(vote)
    line = _own_line(vote, by)
    put(vote, line, choice)
    if vote.is_secret:
        # Only "has voted" is an entry: no choice, no commitment to one (procedure 5.5).
        return Facts({"position": line.position}, publicity=Publicity.HOUSE)
    return open_facts(vote, line, choice)


@act
def change(vote: Vote, by: Actor, *, choice: str, issue: int | None = None) -> Facts:
    """Change the actor's ballot while an open vote runs. Raises `Unmet`: secret vote, nothing cast, same
    choice.
    """
    line = _own_line(vote, by)
    check_choice(choice)
    if vote.is_secret:
        raise Unmet(Finding(_("A ballot in a secret vote cannot be changed."), article="voting.change"))
    ballot = Ballot.objects.filter(vote=vote, roll_entry=line).first()
    if ballot is None:
        raise Unmet(
            Finding(_("You have not voted yet, so there is nothing to change."), article="voting.change")
        )
    if ballot.choice == choice:
        raise Unmet(Finding(_("This is your vote already."), article="voting.change"))
    refuse_if_out(vote, line)
    ballot.choice = choice
    ballot.save()
    return open_facts(vote, line, choice)


@act
def ask_quorum(vote: Vote, by: Actor) -> Facts:
    """Ask that the quorum be verified at the close, where the charter verifies it only on request."""
    offered.refuse(offered.against_asking(vote))
    vote.is_quorum_asked = True
    return Facts()


def put(vote: Vote, line: RollEntry, choice: str) -> None:
    """Put one ballot of a line of the roll in; the line is locked. Raises `Unmet`; then nothing has
    changed.
    """
    if line.has_voted:
        raise Unmet(Finding(_("A ballot of this voter is recorded already."), article="voting.cast"))
    refuse_if_out(vote, line)
    line.has_voted = True
    if vote.is_secret:
        line.ciphertext = urn.seal(vote, line, choice)
    else:
        Ballot.objects.create(vote=vote, roll_entry=line, choice=choice)
    line.save(update_fields=["has_voted", "ciphertext"])


def freeze_before_the_first(vote: Vote) -> None:
    """Until a ballot is in, interests that were declared meanwhile count (article 3.5). Of ballots that come first together
    one freezes them, and the others wait for it: before any line is locked."""
    if not vote.subjects or rolls.has_ballots(vote):
        return
    vote.issue = Vote.objects.select_for_update(no_key=True).get(pk=vote.pk).issue
    if not rolls.has_ballots(vote):
        rolls.refresh_effects(vote)


def refuse_if_out(vote: Vote, line: RollEntry) -> None:
    """An interest declared after the call: the ballot is refused and the base stays (article 3.5)."""
    if line.is_out or rolls.is_out_now(vote, line.person_id):
        raise Unmet(
            Finding(
                _("An interest is declared in this matter: the ballot is refused; the base stays."),
                article="integrity.declare",
            )
        )


def check_choice(choice: str) -> None:
    if choice not in Choice.values:
        raise Unmet(Finding(_("Choose for, against or abstention."), article="voting.cast"))


def open_facts(vote: Vote, line: RollEntry, choice: str) -> Facts:
    """The entry of an open ballot commits to the choice; who may read it, and when, is the charter's."""
    return Facts(
        {"position": line.position},
        {"choice": choice},
        publicity=None if vote.is_individual_public else Publicity.HOUSE,
    )


def _own_line(vote: Vote, by: Actor) -> RollEntry:
    return RollEntry.objects.select_for_update().get(vote=vote, person_id=by.person or 0)
