"""Whatever is cast, changed, refused and closed in whatever order: one ballot per line, and the outcome is the recount."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import OutOfOrder
from hemicycle.voting import actions, queries
from hemicycle.voting.actions.closing import recount
from hemicycle.voting.models import Ballot, Vote
from tests.cast import Cast

from .conftest import ballot, close

pytestmark = pytest.mark.django_db
Votes = Callable[..., Vote]
VOTERS = ("henri", "ilse", "katia", "luca", "anna")
CHOICES = ("for", "against", "abstention")
MOVES = st.lists(
    st.tuples(
        st.sampled_from(["cast", "change", "close", "hasten"]),
        st.sampled_from(VOTERS),
        st.sampled_from(CHOICES),
    ),
    max_size=14,
)
relaxed = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def expected(
    model: dict[str, str], is_secret: bool, move: tuple[str, str, str], closed: bool
) -> type[Exception] | None:
    """What the law says of a move, told again in the plainest words."""
    verb, voter, choice = move
    if closed:
        return OutOfOrder
    if verb == "cast":
        return Unmet if voter in model else None
    if verb == "change":
        return Unmet if is_secret or voter not in model or model[voter] == choice else None
    if verb == "hasten":
        return None if len(model) == len(VOTERS) else Unmet
    return None


def take(cast: Cast, vote: Vote, move: tuple[str, str, str]) -> None:
    verb, voter, choice = move
    if verb == "cast":
        ballot(cast, vote, voter, choice)
    elif verb == "change":
        actions.change(vote, cast.actor(voter), choice=choice)
    elif verb == "hasten":
        actions.close(vote, cast.actor("bruno"))
    else:
        close(cast, vote, "bruno")


@pytest.mark.parametrize("is_secret", [False, True])
@relaxed
@given(moves=MOVES)
def test_any_sequence_keeps_one_ballot_a_line_and_the_outcome_is_the_recount(
    cast: Cast, opened: Votes, secret: Votes, is_secret: bool, moves: list[tuple[str, str, str]]
) -> None:
    with transaction.atomic():
        vote = (secret if is_secret else opened)(*VOTERS)
        model: dict[str, str] = {}
        closed = False
        for move in moves:
            verb, voter, choice = move
            error = expected(model, is_secret, move, closed)
            if error is not None:
                with pytest.raises(error):
                    take(cast, vote, move)
            else:
                take(cast, vote, move)
                if verb in ("close", "hasten"):
                    closed = True
                else:
                    model[voter] = choice
            turnout = queries.turnout(vote)
            assert turnout.voted == len(model) <= turnout.roll == len(VOTERS)
            if not is_secret:
                assert dict(
                    Ballot.objects.filter(vote=vote).values_list("roll_entry__person_id", "choice")
                ) == {cast.persons[key].pk: value for key, value in model.items()}
        if not closed:
            close(cast, vote, "bruno")
        outcome = queries.outcome_of(vote)
        counted = Counter(model.values())
        figures = (counted["for"], counted["against"], counted["abstention"])
        assert outcome is not None
        assert (outcome.votes_for, outcome.votes_against, outcome.abstentions) == figures == recount(vote)
        assert queries.carried(vote) == (figures[0] > figures[1] and outcome.quorum != "not_met")
        transaction.set_rollback(True)
