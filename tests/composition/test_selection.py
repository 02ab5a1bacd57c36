"""The list as the instrument reads it: nothing inferred, the charter's numbers, one truth for the reserve."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hemicycle.candidacy.models import Candidacy, Slate
from hemicycle.composition import actions, queries
from hemicycle.composition.actions import Chosen
from hemicycle.people import queries as people
from hemicycle.record import clock, references
from hemicycle.rules.findings import Unmet
from hemicycle.web import findings

from .making import Round, ask, composed, draft, released
from .refusing import refused

pytestmark = pytest.mark.django_db


def on_slate(found: Round, *names: str) -> Slate:
    """A joint slate that these people joined."""
    slate = Slate.objects.create(
        call=found.call,
        presenter=found.of(names[0]).person,
        organisation="Open Steppe",
        language="en",
        reference=references.new("SLAT"),
        created_at=clock.now(),
        state="presented",
    )
    for name in names:
        row = found.of(name)
        row.slate = slate
        row.save()
    return slate


def first_names(rows: Sequence[Candidacy]) -> list[str]:
    return [row.person.name.split()[0] for row in rows]


def test_the_pool_says_what_each_person_said(found: Round) -> None:
    slate = on_slate(found, "Kirill", "Larisa")
    pool, by_id = queries.pool_for(draft(found))
    said = {
        by_id[name].person.name.split()[0]: row for name, row in zip(pool.ids, pool.declared, strict=True)
    }
    assert said["Aina"] == {"reserve": "yes", "organisation": found.of("Aina").reference}
    assert said["Kirill"] == {"reserve": "no", "organisation": slate.reference}
    assert len(said) == len(found.rows)


def test_where_a_person_lives_is_opened_only_where_somebody_asks(found: Round) -> None:
    list_ = draft(found)
    assert all("residence" not in row for row in queries.pool_for(list_)[0].declared)
    row = found.of("Vera")
    row.residence = "PL"
    row.save()
    pool, _ = queries.pool_for(list_, features=["residence"])
    assert pool.declared[pool.position[row.reference]]["residence"] == "PL"


def test_a_seat_that_is_not_marked_does_not_count_for_the_reserve(found: Round) -> None:
    list_ = draft(found)
    row = found.of("Aina")
    actions.seat(list_, found.by("greta"), number=1, candidacy=row, reserved=False)
    pool, _ = queries.pool_for(list_)
    assert pool.declared[pool.position[row.reference]]["reserve"] == "no"
    actions.seat(list_, found.by("greta"), number=1, candidacy=row, reserved=True)
    pool, _ = queries.pool_for(list_)
    assert pool.declared[pool.position[row.reference]]["reserve"] == "yes"


def test_who_declined_a_reserved_seat_is_not_in_the_reserve(found: Round) -> None:
    row = found.of("Borislav")
    actions.decline(ask(found, row, reserved=True), people.actor(row.person))
    pool, _ = queries.pool_for(draft(found))
    assert pool.declared[pool.position[row.reference]]["reserve"] == "no"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_the_reserve_has_one_truth(found: Round, data: st.DataObject) -> None:
    """Whatever stands on the list: the instrument and the reserve's own judgement say the same, in number too."""
    list_ = draft(found)
    taken = data.draw(st.lists(st.sampled_from(found.rows), unique_by=lambda row: row.pk, max_size=15))
    numbers = data.draw(st.permutations(range(1, 16)))
    seats = []
    for number, row in zip(numbers, taken, strict=False):
        seats.append(Chosen(number, row, row.for_reserve and data.draw(st.booleans())))
    actions.compose(list_, found.by("greta"), seats=seats)
    judged = queries.judge(list_)
    verdict = queries.verdicts(list_)[0]
    assert verdict.code == "reserve"
    assert (verdict.short, verdict.least) == (judged.short_by, judged.required)
    assert verdict.rows[0].count == judged.present
    assert verdict.is_broken == (not judged.met)


def test_a_list_over_the_cap_says_by_how_many_and_under_which_article(found: Round) -> None:
    list_ = composed(found)
    on_slate(found, *[row.person.name.split()[0] for row in found.others[:4]])
    verdict = queries.verdicts(list_)[1]
    assert (verdict.code, verdict.over, verdict.most, verdict.is_broken) == ("one_organisation", 1, 3, True)
    assert findings.text(verdict.finding) == "From one organisation, at most 3: over by 1, article 4.6"


def test_a_list_within_the_cap_keeps_it(found: Round) -> None:
    list_ = composed(found)
    on_slate(found, *[row.person.name.split()[0] for row in found.others[:3]])
    assert not queries.verdicts(list_)[1].is_broken


def test_the_charter_foresees_neither_lot_nor_proportional_choice(found: Round) -> None:
    methods = queries.methods_of(draft(found))
    assert not methods.fair_lot and not methods.proportional_choice


def test_a_list_over_the_cap_is_not_proposed_nor_released(found: Round) -> None:
    list_ = composed(found)
    slate = on_slate(found, *[row.person.name.split()[0] for row in found.others[:4]])
    assert "over by 1, article 4.6" in refused(Unmet, actions.ask_release, list_, found.by("greta"))
    slate.candidacies.filter(pk=found.others[0].pk).update(slate=None)
    actions.ask_release(list_, found.by("greta"))
    slate.candidacies.add(found.others[0])
    assert "over by 1, article 4.6" in refused(Unmet, actions.confirm_release, list_, found.by("anna"))


def test_the_rules_are_asked_again_before_the_vote(found: Round) -> None:
    list_ = released(found)
    Candidacy.objects.filter(pk=found.declared[0].pk).update(state="withdrawn", withdrawn_at=clock.now())
    for act in (actions.call_bureau_vote, actions.call_separate_votes):
        assert "short by 1, article 4.2" in refused(Unmet, act, list_, found.by("anna"))
    assert not queries.votes(list_).exists()
