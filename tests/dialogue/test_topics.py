"""Topics are opened in three languages, closed and opened again; both sides are told apart."""

from __future__ import annotations

import pytest

from hemicycle.dialogue import actions, sides
from hemicycle.dialogue.models import Topic
from hemicycle.dialogue.procedure import TopicState
from hemicycle.mandates import queries as mandates
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder

from .. import seating
from ..cast import Cast

NAMES = {"en": "Visas", "fr": "Visas", "ru": "Визы"}


def topic(cast: Cast) -> Topic:
    opened = Topic()
    actions.open_topic(opened, cast.actor("anna"), names=NAMES, about={})
    return opened


def test_a_topic_is_closed_and_opened_again(cast: Cast) -> None:
    opened = topic(cast)
    with pytest.raises(OutOfOrder):
        actions.reopen_topic(opened, cast.actor("anna"))
    actions.close_topic(opened, cast.actor("anna"))
    assert opened.state == TopicState.CLOSED
    with pytest.raises(OutOfOrder):
        actions.close_topic(opened, cast.actor("anna"))
    actions.reopen_topic(opened, cast.actor("bruno"))
    assert opened.state == TopicState.OPEN


def test_a_topic_without_a_name_in_a_language_or_by_a_delegate_is_refused(cast: Cast) -> None:
    with pytest.raises(Unmet):
        actions.open_topic(Topic(), cast.actor("anna"), names={**NAMES, "ru": " "}, about={})
    with pytest.raises(NotEmpowered):
        actions.open_topic(Topic(), cast.actor("luca"), names=NAMES, about={})
    assert not Topic.objects.exists()


def test_the_sides_are_told_apart_and_a_suspended_participant_is_on_neither(cast: Cast) -> None:
    seats = seating.participants(cast)
    assert len(mandates.sitting()) == 15
    committee = seating.committee(chair=cast.luca, members=[cast.henri])
    assert sides.is_participant(cast.actor("nadia")) and not sides.is_participant(cast.actor("luca"))
    assert sides.is_delegate(cast.actor("luca")) and not sides.is_delegate(cast.actor("nadia"))
    assert sides.chaired_by(cast.actor("luca")) == [committee] and sides.committees() == [committee]
    assert not sides.chairs(cast.actor("henri"), committee)
    seating.suspend(seats[0])
    assert not sides.is_participant(cast.actor("nadia")) and len(mandates.sitting()) == 14
