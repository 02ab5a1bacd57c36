"""What happens at one instant happens in an order, and never twice or by half."""

from __future__ import annotations

import pytest

from hemicycle.mandates.models import Mandate
from hemicycle.record import clock
from hemicycle.record.log import keys
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import OutOfOrder
from hemicycle.statements import actions
from hemicycle.statements.models import Consent, Statement
from hemicycle.statements.procedure import StatementState
from tests import cast as casting
from tests import seating
from tests.conftest import NOON, at_once

from .making import Hall, final, group, hall

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


def test_members_who_join_at_once_are_all_in_the_group() -> None:
    there, _row = found(0)
    with clock.set_to(NOON):
        own = group(there, [0])
    people = [there.actor(seat) for seat in (1, 2, 3)]
    results = at_once(
        *(lambda by=by: actions.join_group(type(own).objects.get(pk=own.pk), by) for by in people)
    )  # type: ignore[misc]
    assert all(isinstance(r, Entry) for r in results), results
    own.refresh_from_db()
    assert own.state == "standing" and own.memberships.count() == 4
