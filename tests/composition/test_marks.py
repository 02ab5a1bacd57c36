"""The marks of a list agree with arithmetic done by hand, whoever sits where and whoever leaves."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hemicycle.candidacy.models import Candidacy
from hemicycle.composition import queries
from hemicycle.composition.models import Seat

from . import making
from .making import DECLARED, Round

SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SLOW
@given(data=st.data())
def test_the_reserve_mark_counts_who_sits_on_reserved_seats_and_has_not_withdrawn(
    found: Round, data: st.DataObject
) -> None:
    list_ = queries.visible_to(found.by("greta")).first() or making.draft(found)
    list_.seats.all().delete()
    Candidacy.objects.update(state="admissible", withdrawn_at=None)
    seated = data.draw(st.lists(st.sampled_from(range(len(found.rows))), unique=True, max_size=15))
    flags = [index < DECLARED and data.draw(st.booleans()) for index in seated]
    Seat.objects.bulk_create(
        Seat(list=list_, number=number, candidacy=found.rows[index], reserved=flag)
        for number, (index, flag) in enumerate(zip(seated, flags, strict=True), 1)
    )
    gone = set(data.draw(st.lists(st.sampled_from(seated), unique=True)) if seated else [])
    Candidacy.objects.filter(pk__in=[found.rows[index].pk for index in gone]).update(
        state="withdrawn", withdrawn_at=found.call.closes_at
    )
    present = sum(flag for index, flag in zip(seated, flags, strict=True) if index not in gone)
    places = queries.places(list_)
    result = queries.judge(list_, places)
    assert (result.required, result.present, result.met) == (5, present, present >= 5)
    mark = next(mark for mark in queries.marks(list_, places) if mark.key == "reserve")
    assert mark.met is (present >= 5)
    if present < 5:
        assert str(mark.finding).endswith(f"short by {5 - present}, article 4.2")
    shown = {place.name for place in places}
    assert not shown & {found.rows[index].person.shown_name for index in gone}, (
        "a withdrawn name is never shown"
    )
