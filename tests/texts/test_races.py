"""Two at one instant: a text is set aside once, a language has one draft, an appeal one decision."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from hemicycle.record import clock
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import OutOfOrder
from hemicycle.texts import actions
from hemicycle.texts.models import Moderation, Translation
from hemicycle.texts.procedure import RUNS
from tests import cast as casting
from tests.conftest import NOON, at_once

from .making import Shelf, aside, text, translated

pytestmark = pytest.mark.usefixtures("own_database")


def test_at_one_instant_a_text_is_set_aside_translated_and_its_appeal_decided_once(shelf: Shelf) -> None:
    with clock.set_to(NOON):
        cast = casting.found()
        first, second = shelf.put(text(cast)), shelf.put(text(cast, "EXMP-2"))
        appealed = aside(cast, second)
        actions.appeal(appealed, cast.actor("nadia"), words="It is about a deed.", language="en")
        judges = [cast.actor(key) for key in ("marta", "jonas")]
    clerks = ("anna", "bruno", "anna", "bruno")

    results = at_once(*(lambda by=by: aside(cast, first, by=by) for by in clerks))  # type: ignore[misc]
    assert sum(isinstance(r, Moderation) for r in results) == 1, results
    assert all(isinstance(r, Moderation | Unmet | ValidationError) for r in results), results
    assert Moderation.objects.filter(subject=first.reference, state__in=RUNS).count() == 1

    results = at_once(*(lambda by=by: translated(cast, second, by=by) for by in clerks))  # type: ignore[misc]
    assert all(isinstance(r, Translation | OutOfOrder | ValidationError) for r in results), results
    assert Translation.objects.filter(subject=second.reference, state="draft").count() == 1

    def decide(number: int) -> Entry:
        row = Moderation.objects.get(pk=appealed.pk)
        return actions.decide_appeal(
            row, judges[number], restored=number == 0, reasons="Read.", language="en"
        )

    results = at_once(lambda: decide(0), lambda: decide(1))
    assert sum(isinstance(r, Entry) for r in results) == 1, results
    assert sum(isinstance(r, OutOfOrder) for r in results) == 1, results
