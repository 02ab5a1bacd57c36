"""How many consents a statement needs, and which of them count."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.rules import consent

TWO_THIRDS = Fraction(2, 3)
PEOPLE = st.sets(st.integers(1, 20))


@pytest.mark.parametrize(("base", "needed"), [(15, 10), (14, 10), (13, 9), (3, 2), (1, 1)])
def test_two_thirds_are_rounded_up(base: int, needed: int) -> None:
    seats = range(base)
    got = consent.in_name_of_all(range(needed), seats, seats, TWO_THIRDS, "occupied")
    assert (got.needed, got.is_met) == (needed, True)
    assert not consent.in_name_of_all(range(needed - 1), seats, seats, TWO_THIRDS, "occupied").is_met


def test_a_suspended_consent_is_not_counted_and_the_seat_is() -> None:
    occupied, sitting = range(15), range(1, 15)
    got = consent.in_name_of_all(range(10), sitting, occupied, TWO_THIRDS, "occupied")
    assert (got.given, got.needed, got.base, got.not_counted, got.is_met) == (9, 10, 15, 1, False)
    told = [str(finding) for finding in got.findings()]
    assert told[0] == "9 of 15 have consented; 2/3 of 15 is 10: 1 more."
    assert told[1].endswith(": 1.")


def test_of_those_who_sit_the_charter_may_say() -> None:
    got = consent.in_name_of_all(range(1, 10), range(1, 13), range(15), Fraction(3, 4), "sitting")
    assert (got.needed, got.base, got.is_met) == (9, 12, True)


def test_of_nobody_nothing_is_met() -> None:
    assert not consent.in_name_of_all([], [], [], TWO_THIRDS, "occupied").is_met
    assert not consent.of_a_group([], [], []).is_met
    assert not consent.of_signatories([], []).is_met


def test_of_signatories_one_is_enough() -> None:
    told = [str(*consent.of_signatories(each, range(15)).findings()) for each in ([], [3, 4])]
    assert told == ["0 of 15 have consented: one is needed.", "2 of 15 have consented: one is enough."]


@pytest.mark.parametrize(("able", "needed"), [(2, 2), (3, 2), (4, 3), (5, 3)])
def test_a_group_needs_more_than_half(able: int, needed: int) -> None:
    members = range(able)
    assert consent.of_a_group(range(needed), members, members).is_met
    assert not consent.of_a_group(range(needed - 1), members, members).is_met
    (told,) = consent.of_a_group([0], members, members).findings()
    assert str(told).startswith(f"1 of {able} members who sit have consented; more than half is {needed}: ")


def test_who_is_no_member_does_not_count_for_a_group() -> None:
    assert consent.of_a_group([1, 7, 8], [1, 2, 3], range(10)).given == 1


@given(PEOPLE, PEOPLE, PEOPLE, st.fractions(0, 1))
def test_suspending_somebody_never_helps(
    consents: set[int], sitting: set[int], occupied: set[int], share: Fraction
) -> None:
    occupied = occupied | sitting
    before = consent.in_name_of_all(consents, sitting, occupied, share, "occupied")
    for one in sitting:
        after = consent.in_name_of_all(consents, sitting - {one}, occupied, share, "occupied")
        assert after.needed == before.needed and after.given <= before.given
        assert before.is_met or not after.is_met


@pytest.mark.parametrize(
    ("votes", "carried"), [((0, 0), False), ((1, 0), True), ((1, 1), False), ((2, 1), True), ((0, 3), False)]
)
def test_an_amendment_carries_by_more_than_half_of_the_votes_cast(
    votes: tuple[int, int], carried: bool
) -> None:
    assert consent.carries(*votes, Fraction(1, 2)) is carried
