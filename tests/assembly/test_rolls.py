"""Rolls: who may vote, in what capacity, for whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hemicycle.assembly import actions, queries
from hemicycle.assembly.models import (
    ActingPresidency,
    Body,
    BodySeat,
    Capacity,
    Delegation,
    Replacement,
    Representation,
)
from hemicycle.record import clock
from hemicycle.record.acts import SamePerson
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from tests.assembly.conftest import Seat
from tests.cast import Cast

DAY = timedelta(days=1)


def names(body: str = "bureau") -> list[str]:
    return [member.name for member in queries.roll_of(body)]


def replace(cast: Cast, seat: BodySeat, person: str, days: int = 3) -> None:
    now = clock.now()
    asked = Representation()
    actions.ask_replacement(
        asked,
        cast.actor("anna"),
        seat=seat,
        person=cast.persons[person],
        from_at=now,
        until_at=now + days * DAY,
    )
    actions.confirm_replacement(asked, cast.actor("bruno"))


def test_a_roll_stands_in_the_order_of_capacities_and_precedence(host: Cast, seat: Seat) -> None:
    seat("bureau", "head_of_delegation", name="Head")
    seat("bureau", "vice_president", name="Second", precedence=2)
    seat("bureau", "vice_president", name="First", precedence=1)
    seat("bureau", "president", host.greta)
    assert names() == ["Greta Aurland", "First", "Second", "Head"]


def test_the_president_presides_and_an_acting_president_in_his_or_her_place(host: Cast, seat: Seat) -> None:
    seat("bureau", "president", host.greta)
    seat("bureau", "vice_president", host.ilse, precedence=1)
    assert [m.name for m in queries.roll_of("bureau") if m.presides] == ["Greta Aurland"]
    acting = ActingPresidency(person=host.ilse, ground="interest")
    actions.appoint_acting_president(acting, host.actor("anna"))
    actions.confirm_acting_president(acting, host.actor("bruno"))
    assert [m.name for m in queries.roll_of("bureau") if m.presides] == ["Ilse Brandtner"]


def test_a_group_chair_may_be_represented(host: Cast, seat: Seat) -> None:
    chair = seat("bureau", "group_chair", host.henri, delegation=Delegation.objects.get(code="FR"))
    replace(host, chair, "luca")
    (member,) = queries.roll_of("bureau")
    assert (member.name, member.replaces, member.person_id) == (
        "Luca Ferrandi",
        "Henri Delacombe",
        host.luca.pk,
    )
    assert (member.capacity, member.delegation_code) == ("group_chair", "FR")
    actions.end_replacement(chair.body, host.actor("anna"), seat=chair)
    assert names() == ["Henri Delacombe"]


def test_nobody_seats_a_voter_alone(host: Cast, seat: Seat) -> None:
    chair, now = seat("bureau", "group_chair", host.henri), clock.now()
    asked = Representation()
    wanted: dict[str, Any] = {"seat": chair, "person": host.luca, "from_at": now, "until_at": now + DAY}
    actions.ask_replacement(asked, host.actor("anna"), **wanted)
    with pytest.raises(SamePerson):
        actions.confirm_replacement(asked, host.actor("anna"))
    with pytest.raises(NotEmpowered):
        actions.replace_member(chair.body, host.actor("bruno"), **wanted)
    assert names() == ["Henri Delacombe"]
    actions.dismiss_replacement(asked, host.actor("anna"))
    with pytest.raises(OutOfOrder):
        actions.confirm_replacement(asked, host.actor("bruno"))
    assert not Replacement.objects.exists() and names() == ["Henri Delacombe"]


def test_a_replacement_that_does_not_hold_any_more_is_not_confirmed(host: Cast, seat: Seat) -> None:
    chair, now = seat("bureau", "group_chair", host.henri), clock.now()
    asked = Representation()
    actions.ask_replacement(
        asked, host.actor("anna"), seat=chair, person=host.luca, from_at=now, until_at=now + DAY
    )
    with clock.set_to(now + 2 * DAY), pytest.raises(Unmet):
        actions.confirm_replacement(asked, host.actor("bruno"))
    assert not Replacement.objects.exists()


def test_a_replacement_ends_by_its_date(host: Cast, seat: Seat) -> None:
    replace(host, seat("bureau", "group_chair", host.henri), "luca", days=3)
    assert [m.name for m in queries.roll_of("bureau", clock.now() + 3 * DAY)] == ["Henri Delacombe"]


@pytest.mark.parametrize("capacity", ["head_of_delegation", "vice_president", "president", "committee_chair"])
def test_others_in_the_bureau_may_not_be_represented(host: Cast, seat: Seat, capacity: str) -> None:
    with pytest.raises(Unmet, match="cannot be represented"):
        replace(host, seat("bureau", capacity, host.henri), "luca")
    assert not Replacement.objects.exists() and names() == ["Henri Delacombe"]


def test_a_replacement_that_should_not_be_has_no_effect_on_the_roll(host: Cast, seat: Seat) -> None:
    """The roll asks the charter itself: a row that was written under another law does not count."""
    head = seat("bureau", "head_of_delegation", host.henri)
    now = clock.now()
    Replacement.objects.create(seat=head, name="Stand-in", from_at=now - DAY, until_at=now + DAY)
    assert names() == ["Henri Delacombe"]


def test_nobody_gets_two_votes_by_standing_in(host: Cast, seat: Seat) -> None:
    chair = seat("bureau", "group_chair", host.henri)
    seat("bureau", "committee_chair", host.luca)
    with pytest.raises(Unmet, match="has a seat and a vote"):
        replace(host, chair, "luca")
    with pytest.raises(Unmet, match="himself or herself"):
        replace(host, chair, "henri")
    replace(host, chair, "ilse")
    with pytest.raises(Unmet, match="at that time already"):
        replace(host, chair, "katia")
    assert Replacement.objects.count() == 1


def test_two_capacities_of_one_person_are_one_line(host: Cast, seat: Seat) -> None:
    seat("bureau", "head_of_delegation", host.henri)
    seat("bureau", "vice_president", host.henri, precedence=1)
    (member,) = queries.roll_of("bureau")
    assert member.capacity == "vice_president"


def test_substitutes_stand_on_a_roll_only_in_the_place_of_somebody(host: Cast, seat: Seat) -> None:
    representative = seat("assembly", "representative", host.henri)
    seat("assembly", "substitute", host.luca)
    assert names("assembly") == ["Henri Delacombe"]
    replace(host, representative, "luca")
    assert names("assembly") == ["Luca Ferrandi"]


def test_a_dissolved_or_unknown_body_has_an_empty_roll(host: Cast) -> None:
    assert queries.roll_of("nowhere") == []


PEOPLE = ["greta", "henri", "ilse", "katia", "luca", None]
SEATS = st.lists(
    st.tuples(
        st.sampled_from([c.value for c in Capacity]),
        st.sampled_from(PEOPLE),
        st.integers(-3, 3),
        st.none() | st.integers(-2, 3),
        st.none() | st.sampled_from(PEOPLE),
    ),
    max_size=14,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(seats=SEATS)
def test_a_roll_never_counts_a_human_twice_nor_anybody_whose_seat_is_over(
    host: Cast, seat: Seat, seats: list[tuple[str, str | None, int, int | None, str | None]]
) -> None:
    Replacement.objects.all().delete()
    BodySeat.objects.all().delete()
    now = clock.now()
    held: set[str] = set()
    for number, (capacity, key, start, length, stand_in) in enumerate(seats):
        until = None if length is None else now + (start + abs(length)) * DAY
        person = host.persons[key] if key else None
        made = seat("bureau", capacity, person, f"Unlinked {number}" if key is None else "",
                    held_from=now + start * DAY, held_until=until)  # fmt: skip
        if stand_in:
            Replacement.objects.create(
                seat=made, person=host.persons[stand_in], name=stand_in, from_at=now - DAY, until_at=now + DAY
            )
        if start <= 0 and (until is None or until > now):
            held.add(made.name)
    roll = queries.roll_of("bureau", now)
    linked = [member.person_id for member in roll if member.person_id]
    assert len(linked) == len(set(linked)), "one human, one vote"
    assert all((member.replaces or member.name) in held for member in roll), "only seats that are held now"
    assert all(member.capacity != "substitute" for member in roll)
    assert all(member.capacity == "group_chair" for member in roll if member.replaces)
    assert sum(member.presides for member in roll) <= 1
    assert len(roll) <= len(seats)


def test_asking_for_a_roll_costs_the_same_for_one_as_for_three_hundred(
    host: Cast, seat: Seat, django_assert_max_num_queries: object
) -> None:
    body = Body.objects.get(code="assembly")
    france = Delegation.objects.get(code="FR")
    BodySeat.objects.bulk_create(
        BodySeat(body=body, name=f"M{n}", capacity="representative", delegation=france, held_from=clock.now())
        for n in range(306)
    )
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        assert len(queries.roll_of("assembly")) == 306
