"""What an interest does to a vote: properties that hold for every roll and every set of declarations."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hemicycle.integrity import queries
from hemicycle.integrity.models import Effect, Interest
from hemicycle.record import clock, law, references
from tests.cast import Cast

STATES = ["declared", "alleged", "disputed", "decided", "dismissed", "ended"]
KEYS = ["greta", "henri", "ilse", "katia", "luca"]
SUBJECTS = ["LIST-A", "CAND-B", "CAND-C"]
ROWS = st.lists(
    st.tuples(
        st.sampled_from(KEYS),
        st.sampled_from(SUBJECTS),
        st.sampled_from(STATES),
        st.sampled_from(["", *Effect.values]),
    ),
    max_size=12,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(rows=ROWS, subjects=st.sets(st.sampled_from(SUBJECTS), min_size=1))
def test_the_strongest_interest_in_effect_counts_and_no_other(
    cast: Cast, rows: list[tuple[str, str, str, str]], subjects: set[str]
) -> None:
    Interest.objects.all().delete()
    for key, subject, state, effect in rows:
        Interest.objects.create(
            person=cast.persons[key], subject=subject, kind="work", effect=effect, declared_at=clock.now(),
            created_at=clock.now(), reference=references.new("INTR"), dispute="x", decision="x", state=state,
        )  # fmt: skip
    order = ["none", *Effect.values]
    usual = law.in_force().interests.effect.of("bureau").value
    found = queries.effects([p.pk for p in cast.persons.values()], subjects, "bureau", law.in_force())
    for key in KEYS:
        counting = [
            effect or usual
            for who, subject, state, effect in rows
            if who == key and subject in subjects and state in ("declared", "disputed", "decided")
        ]
        expected = max(counting, key=order.index, default="none")
        person = cast.persons[key].pk
        assert found.get(person, "none") == expected
        assert queries.effect(person, subjects, "bureau", law.in_force()) == expected
        assert queries.has_interest(person, subjects) == (expected != "none")
        assert queries.recused(person, subjects) == (expected != "none")


def test_a_committee_takes_the_charters_rule_for_committees(cast: Cast) -> None:
    Interest.objects.create(
        person=cast.henri, subject="LIST-A", kind="work", declared_at=clock.now(), created_at=clock.now(),
        reference=references.new("INTR"), state="declared",
    )  # fmt: skip
    expected = law.in_force().interests.effect.committee.value
    assert queries.effect(cast.henri.pk, "LIST-A", "political", law.in_force()) == expected


def test_a_seat_without_a_person_has_no_interest(cast: Cast) -> None:
    assert queries.effect(None, "LIST-A", "bureau", law.in_force()) == "none"
    assert not queries.recused(None, "LIST-A")
