"""Who of a list can come: counted from what people said, changed by them alone, and gone with the acceptance."""

from __future__ import annotations

from hemicycle.composition import actions, queries
from hemicycle.composition.models import Acceptance, List, Presence
from hemicycle.people import queries as people
from hemicycle.record.models import Entry
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder

from . import making
from .making import Round
from .refusing import refused


def counts(list_: List) -> list[tuple[int, ...]]:
    found = queries.forecast(list_, queries.places(list_))
    order = ("seats", *Presence.values, "unsaid")
    return [tuple(one.params[name] for name in order) for one in found]


def seated(found: Round) -> List:
    list_ = making.draft(found)
    rows = [*found.declared[:2], *found.others[:3]]
    actions.compose(
        list_, found.by("greta"), seats=[actions.Chosen(i, row, i <= 2) for i, row in enumerate(rows, 1)]
    )
    return list_


def test_nothing_is_forecast_where_nobody_has_said_anything(found: Round) -> None:
    list_ = seated(found)
    making.accepted(found, found.others[0])
    assert counts(list_) == []


def test_a_list_and_its_reserve_are_counted_apart(found: Round) -> None:
    list_ = seated(found)
    making.accepted(found, found.declared[0], reserved=True, presence=Presence.FROM_AFAR)
    making.accepted(found, found.others[0], presence=Presence.CAN_COME)
    making.accepted(found, found.others[1], presence=Presence.NEEDS_HELP)
    making.accepted(found, found.others[5], presence=Presence.CAN_COME)  # sits on no seat of this list
    assert counts(list_) == [(5, 1, 1, 1, 2), (2, 0, 0, 1, 1)]


def test_the_answer_can_be_changed_by_the_person_alone_and_goes_with_the_acceptance(found: Round) -> None:
    list_ = seated(found)
    row = found.others[0]
    acceptance = making.accepted(found, row, presence=Presence.CAN_COME)
    refused(NotEmpowered, actions.say_presence, acceptance, found.by("greta"), presence=Presence.FROM_AFAR)
    actions.say_presence(acceptance, people.actor(row.person), presence=Presence.FROM_AFAR)
    assert counts(list_)[0] == (5, 0, 0, 1, 4)
    actions.withdraw_acceptance(acceptance, people.actor(row.person))
    assert counts(list_) == []
    assert Acceptance.objects.get(pk=acceptance.pk).presence == ""
    refused(OutOfOrder, actions.say_presence, acceptance, people.actor(row.person), presence="")


def test_the_record_does_not_hold_the_answer(found: Round) -> None:
    row = found.others[0]
    acceptance = making.accepted(found, row, presence=Presence.NEEDS_HELP)
    actions.say_presence(acceptance, people.actor(row.person), presence=Presence.FROM_AFAR)
    for entry in Entry.objects.filter(matter=acceptance.reference):
        assert "needs_help" not in str(entry.__dict__)
        assert "from_afar" not in str(entry.__dict__)


def test_the_composer_and_the_list_say_who_can_come(found: Round) -> None:
    list_ = seated(found)
    making.accepted(found, found.others[0], presence=Presence.CAN_COME)
    client = found.cast.client("greta")
    for path in (f"/matters/{list_.reference}/", f"/matters/{list_.reference}/compose/"):
        page = client.get(path).content.decode()
        assert "Of 5 people: 1 can come, 0 need help with a visa, 0 only from afar, 4 have not said." in page
        assert "Of 2 on reserved seats: 0 can come" in page


def test_the_bureau_does_not_read_who_can_come(found: Round) -> None:
    list_ = making.released(found)
    row = list_.seats.select_related("candidacy__person")[0].candidacy
    acceptance = Acceptance.objects.get(candidacy=row)
    actions.say_presence(acceptance, people.actor(row.person), presence=Presence.CAN_COME)
    path = f"/matters/{list_.reference}/"
    assert "can come" in found.cast.client("greta").get(path).content.decode()
    assert "can come" not in found.cast.client("henri").get(path).content.decode()
