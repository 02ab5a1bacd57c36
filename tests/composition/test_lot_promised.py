"""What a lot is drawn from stands fast: nobody reads the first half, changes the slips, or tries until it pleases."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection

from hemicycle.composition import actions, queries
from hemicycle.composition.models import List, LotPlace
from hemicycle.instruments.selection.draw import commitment, tickets_of
from hemicycle.integrity import actions as integrity
from hemicycle.integrity.models import Interest
from hemicycle.record import clock
from hemicycle.record.models import Entry, KeyDestruction
from hemicycle.rules.findings import Unmet

from .lots import SECOND, SOURCE, drawn, page, prepared, tomorrow
from .making import Round
from .refusing import refused
from .test_composer import slate

pytestmark = pytest.mark.django_db


def test_the_first_half_is_promised_sealed_and_shown_only_by_the_draw(foreseen: Round, draft: List) -> None:
    lot = prepared(foreseen, draft)
    half, key = lot.first, lot.key_owner
    entry = Entry.objects.get(act="prepare_lot")
    assert entry.facts["commitment"] == commitment(half) and entry.facts["digest"] == lot.digest
    assert half not in str(list(Entry.objects.values())) and SOURCE not in str(list(Entry.objects.values()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM composition_lot")
        assert half not in str(cursor.fetchall())
    for address in (
        "lists/{}/lots/1/lot.json",
        "matters/{}/",
        "matters/{}/compose/",
        "matters/{}/prepare_lot/",
    ):
        assert half not in page(foreseen, "greta", "/" + address.format(draft.reference)), address
    with clock.set_to(clock.now() + timedelta(days=1)):
        assert half not in page(foreseen, "greta", f"/matters/{draft.reference}/draw_lot/")
    lot = drawn(foreseen, draft)
    assert json.loads(lot.text)["seeds"] == [half, SECOND] and lot.first == ""
    assert Entry.objects.get(act="draw_lot").facts["first"] == half
    assert KeyDestruction.objects.filter(owner=key).exists()


def test_who_declared_an_interest_in_anybody_neither_prepares_nor_draws_whoever_would_be_drawn(
    foreseen: Round, draft: List
) -> None:
    """A refusal after the draw could be tried with another second half until it pleases."""
    lot = prepared(foreseen, draft)
    from_ = json.loads(queries.text_drawn(lot, SECOND))
    for row in foreseen.rows:
        handle = lot.places.get(candidacy=row).handle
        if handle not in from_["list"]:
            break
    interest = Interest(subject=row.person.reference, kind="family", text="A cousin.")
    integrity.declare(interest, foreseen.by("greta"))
    with clock.set_to(clock.now() + timedelta(days=1)):
        for second in (SECOND, "another"):
            said = refused(Unmet, actions.draw_lot, draft, foreseen.by("greta"), second=second)
            assert "You declared an interest" in said
    lot.refresh_from_db()
    assert not lot.is_drawn and not draft.seats.exists()
    refused(Unmet, actions.prepare_lot, draft, foreseen.by("greta"), source=SOURCE, source_on=tomorrow())


@pytest.mark.parametrize("field", ["text", "first", "places", "none", "handles"])
def test_what_was_changed_in_the_database_is_not_drawn_from(foreseen: Round, draft: List, field: str) -> None:
    lot = prepared(foreseen, draft)
    if field == "text":
        said = json.loads(lot.text)
        said["tickets"] = [{**said["tickets"][0], "number": 1000}]
        changed = tickets_of(said)
        lot.text, lot.digest = json.dumps({**said, "digest": changed.digest}), changed.digest
    elif field == "first":
        lot.first = queries.half_of_seed()
        lot.commitment = commitment(lot.first)
    elif field == "none":
        lot.text = "{}"
    else:
        one, two = lot.places.all()[:2]
        one.handle, two.handle, lot.handles = (
            two.handle,
            one.handle,
            lot.handles if field == "places" else "{}",
        )
        LotPlace.objects.filter(pk=one.pk).update(handle="X")
        two.save()
        one.save()
    lot.save()
    with clock.set_to(clock.now() + timedelta(days=1)):
        said = refused(Unmet, actions.draw_lot, draft, foreseen.by("greta"), second=SECOND)
    assert "not those of the record" in said and not draft.seats.exists()


def test_the_source_is_shown_as_it_was_typed_and_runs_nowhere(foreseen: Round, draft: List) -> None:
    actions.prepare_lot(draft, foreseen.by("greta"), source="<b>six</b> & one", source_on=tomorrow())
    with clock.set_to(clock.now() + timedelta(days=1)):
        for address in ("draw_lot", "compose"):
            text = page(foreseen, "greta", f"/matters/{draft.reference}/{address}/")
            assert "<b>six" not in text and "&lt;b&gt;six&lt;/b&gt; &amp; one" in text


def test_the_file_shows_no_order_of_names(foreseen: Round, draft: List) -> None:
    """Groups stand by the lot's own handles: small groups by name would tell who is in which."""
    for number in range(5):
        slate(foreseen, foreseen.others[number * 3 : number * 3 + 3][:4])
    orders = set()
    for _ in range(4):
        lot = prepared(foreseen, draft)
        said = json.loads(lot.text)
        firsts = [min(int(name[1:]) for name in group) for group in said["groups"]]
        assert firsts == sorted(firsts)
        of = {
            place.handle: place.candidacy.person.name
            for place in lot.places.select_related("candidacy__person")
        }
        orders.add(tuple(of[group[0]] for group in said["groups"]))
    assert len(orders) > 1
