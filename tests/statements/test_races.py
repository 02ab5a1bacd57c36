"""What happens at one instant happens in an order, and never twice or by half."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from hemicycle.mandates.models import Mandate
from hemicycle.record import clock
from hemicycle.record.log import keys
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import OutOfOrder
from hemicycle.statements import actions
from hemicycle.statements.actions import initiatives
from hemicycle.statements.models import Consent, Group, Joining, Scope, Statement
from hemicycle.statements.procedure import StatementState
from tests import cast as casting
from tests import seating
from tests.conftest import NOON, at_once

from .making import Hall, asking, consent, final, group, hall, proposed

pytestmark = pytest.mark.usefixtures("own_database")


def found(consents: int) -> tuple[Hall, Statement]:
    """Six who sit, and a final text."""
    with clock.set_to(NOON):
        there = hall(casting.found(), 6)
        return there, final(there, consents=consents)


def test_two_who_publish_at_once_publish_once() -> None:
    there, row = found(4)
    by = there.actor(0)
    results = at_once(*(lambda: actions.publish(Statement.objects.get(pk=row.pk), by) for _ in range(3)))
    assert sorted(type(r).__name__ for r in results) == ["Entry", "OutOfOrder", "OutOfOrder"], results
    assert Entry.objects.filter(act="publish").count() == 1


def test_whoever_is_suspended_at_the_instant_of_publication_is_counted_or_not_and_never_by_half() -> None:
    there, row = found(4)
    by = there.actor(0)
    publish, _done = at_once(
        lambda: actions.publish(Statement.objects.get(pk=row.pk), by),
        lambda: seating.suspend(Mandate.objects.get(pk=there.seats[3].pk)),
    )
    row.refresh_from_db()
    counted = row.consents.filter(is_counted=True).count()
    if isinstance(publish, Entry):
        assert (row.state, counted, publish.facts["consents"]) == (StatementState.PUBLISHED, 4, 4)
    else:
        assert isinstance(publish, Unmet) and (row.state, counted) == (StatementState.FINAL, 0)


def leaving(there: Hall, then: Callable[..., Any]) -> Callable[..., Any]:
    """What an act does once it has counted; somebody who would leave the group at that instant waits until it is done."""
    by = there.actor(1)

    def leave() -> None:
        with clock.set_to(NOON):
            actions.leave_group(Group.objects.get(name_en="Northern voices"), by)
        connections.close_all()

    def do(*given: Any, **params: Any) -> Any:
        thread = threading.Thread(target=leave)
        thread.start()
        thread.join(0.4)
        do.waits, do.thread = thread.is_alive(), thread  # type: ignore[attr-defined]
        return then(*given, **params)

    return do


def test_nobody_leaves_a_group_between_the_count_and_the_publication(monkeypatch: pytest.MonkeyPatch) -> None:
    there, _row = found(0)
    with clock.set_to(NOON):
        own = group(there, [0, 1])
        row = final(there, scope=Scope.GROUPS, groups=[own])
        for seat in (0, 1):
            consent(there, row, seat)
        sign: Any = leaving(there, keys.statement_signer)
        monkeypatch.setattr(keys, "statement_signer", sign)
        entry = actions.publish(row, there.actor(0))
    sign.thread.join(20)
    assert sign.waits and entry.facts["consents"] == 2 and Entry.objects.last().act == "leave_group"


def test_nobody_leaves_a_group_between_the_count_and_the_adoption(monkeypatch: pytest.MonkeyPatch) -> None:
    there, _row = found(0)
    with clock.set_to(NOON):
        own, other = group(there, [0, 1]), group(there, [2, 3], "Steppe")
        row = proposed(there, own, 0)
        for seat, each in ((1, own), (2, other), (3, other)):
            actions.back_initiative(row, there.actor(seat), group=each)
        begin: Any = leaving(there, initiatives.begin_statement)
        monkeypatch.setattr(initiatives, "begin_statement", begin)
        actions.adopt_initiative(row, there.actor(0))
    begin.thread.join(20)
    assert begin.waits and Entry.objects.last().act == "leave_group"


def test_one_who_consents_twice_at_once_consents_once_and_many_do_together() -> None:
    there, row = found(0)
    people = [there.actor(seat) for seat in (1, 1, 2, 3)]
    results = at_once(
        *(
            lambda by=by: actions.consent(Statement.objects.get(pk=row.pk), by, digest=row.digest)
            for by in people
        )  # type: ignore[misc]
    )
    assert sum(isinstance(r, Entry) for r in results) == 3, results
    assert Consent.objects.count() == 3


def test_nobody_consents_and_dissents_at_once() -> None:
    there, row = found(0)
    by = there.actor(1)
    words = {"kind": "dissent", "text": "I hold otherwise.", "language": "en"}
    results = at_once(
        lambda: actions.consent(Statement.objects.get(pk=row.pk), by, digest=row.digest),
        lambda: actions.give_opinion(Statement.objects.get(pk=row.pk), by, **words),
    )
    assert sorted(type(r).__name__ for r in results) == ["Entry", "Unmet"], results


def test_a_publication_that_dies_leaves_nothing_half(monkeypatch: pytest.MonkeyPatch) -> None:
    there, row = found(4)
    by = there.actor(0)

    def die() -> None:
        raise SystemExit("killed")

    monkeypatch.setattr(keys, "statement_signer", die)
    with clock.set_to(NOON), pytest.raises(SystemExit):
        actions.publish(Statement.objects.get(pk=row.pk), by)
    row.refresh_from_db()
    assert (
        row.state == StatementState.FINAL
        and not row.note
        and not row.consents.filter(is_counted=True).exists()
    )
    assert not Entry.objects.filter(act="publish").exists()
    monkeypatch.undo()
    with clock.set_to(NOON):
        actions.publish(row, by)
        with pytest.raises(OutOfOrder):
            actions.publish(row, by)


def test_members_who_are_accepted_at_once_are_all_in_the_group_and_each_once() -> None:
    there, _row = found(0)
    with clock.set_to(NOON):
        own = group(there, [0])
        waiting = [asking(there, own, seat) for seat in (1, 2, 3)]
    by = there.actor(0)
    results = at_once(
        *(
            lambda row=row: actions.accept_member(Joining.objects.get(pk=row.pk), by)
            for row in (*waiting, waiting[0])
        )  # type: ignore[misc]
    )
    assert sorted(type(r).__name__ for r in results) == ["Entry", "Entry", "Entry", "OutOfOrder"], results
    own.refresh_from_db()
    assert own.state == "standing" and own.memberships.count() == 4
