"""A list by lot: only where the charter foresees it, fixed before the seed is known, and drawn again by anybody."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from hemicycle.candidacy import actions as candidacies
from hemicycle.composition import actions, queries
from hemicycle.composition.models import List, Lot
from hemicycle.instruments.selection.command import compose
from hemicycle.instruments.selection.draw import commitment, redrawn
from hemicycle.people import queries as people
from hemicycle.record import clock
from hemicycle.record.models import Entry, KeyDestruction
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from hemicycle.vetting.models import Examination

from . import making
from .lots import SECOND, SOURCE, drawn, page, prepared, tomorrow
from .making import Round
from .refusing import refused

pytestmark = pytest.mark.django_db


def test_both_charters_foresee_no_lot_so_that_none_is_prepared_and_none_offered(found: Round) -> None:
    list_ = making.draft(found)
    said = refused(Unmet, actions.prepare_lot, list_, found.by("greta"), source=SOURCE, source_on=tomorrow())
    assert "foresees no lot" in said
    assert "Prepare a lot" not in page(found, "greta", f"/matters/{list_.reference}/")
    assert 'id="lot"' not in page(found, "greta", f"/matters/{list_.reference}/compose/")


def test_a_lot_is_drawn_into_a_lawful_list_that_its_file_draws_again(
    foreseen: Round, draft: List, tmp_path, capsys: pytest.CaptureFixture[str]
) -> None:
    lot = prepared(foreseen, draft)
    assert lot.people == len(foreseen.rows) and lot.is_proved and lot.commitment == commitment(lot.first)
    lot = drawn(foreseen, draft)
    assert (
        draft.seats.count() == 15
        and queries.judge(draft).met
        and not queries.broken(draft, queries.places(draft))
    )
    assert not draft.seats.filter(number__lte=5, reserved=False).exists()
    assert queries.sitting_as_drawn(lot, draft) == (15, 15)
    file = tmp_path / "lot.json"
    file.write_text(lot.text)
    assert compose(["--recheck", str(file)]) == 0 and "holds" in capsys.readouterr().out
    other = json.loads(lot.text)
    other["seeds"][0] = queries.half_of_seed()
    assert not redrawn(other), "another first half is not the one that was promised"
    other = json.loads(lot.text)
    other["list"][0] = next(name for group in other["groups"] for name in group if name not in other["list"])
    file.write_text(json.dumps(other))
    assert compose(["--recheck", str(file)]) == 1


def test_a_copy_says_what_was_drawn_and_how_much_of_it_stands(foreseen: Round, draft: List) -> None:
    prepared(foreseen, draft)
    drawn(foreseen, draft)
    with clock.set_to(clock.now() + timedelta(days=1)):
        copy = making.draft(foreseen, "A copy", copy_of=draft)
        actions.unseat(copy, foreseen.by("greta"), number=15)
        assert "of these on the list as it stands: 14" in page(
            foreseen, "greta", f"/matters/{copy.reference}/compose/"
        )
        assert queries.lot_facts(copy) == {"prepared": 1, "drawn": 1, "people": 15, "sitting": 14}
        assert (
            foreseen.cast.client("greta").get(f"/lists/{copy.reference}/lots/1/lot.json").status_code == 200
        )
        refused(Unmet, actions.draw_lot, copy, foreseen.by("greta"), second="another")
    other = making.draft(foreseen, "Not a copy")
    assert queries.lot_facts(other) == {"prepared": 1, "drawn": 1}


def test_a_lot_waits_for_its_day_and_is_drawn_once(foreseen: Round, draft: List) -> None:
    by = foreseen.by("greta")
    refused(Unmet, actions.draw_lot, draft, by, second=SECOND)
    for source, on in ((" ", tomorrow()), (SOURCE, clock.today())):
        refused(Unmet, actions.prepare_lot, draft, by, source=source, source_on=on)
    prepared(foreseen, draft)
    assert "is there on" in refused(Unmet, actions.draw_lot, draft, by, second=SECOND)
    assert not draft.seats.exists()
    with clock.set_to(clock.now() + timedelta(days=1)):
        refused(Unmet, actions.draw_lot, draft, by, second="  ")
    drawn(foreseen, draft)
    with clock.set_to(clock.now() + timedelta(days=1)):
        assert "drawn already" in refused(Unmet, actions.draw_lot, draft, by, second="another")


@pytest.mark.parametrize("key", ["anna", "henri", "oleg"])
def test_nobody_but_the_presidents_office_prepares_or_draws(foreseen: Round, draft: List, key: str) -> None:
    by = foreseen.by(key)
    refused(NotEmpowered, actions.prepare_lot, draft, by, source=SOURCE, source_on=tomorrow())
    prepared(foreseen, draft)
    refused(NotEmpowered, actions.draw_lot, draft, by, second=SECOND)
    assert foreseen.cast.client(key).get(f"/lists/{draft.reference}/lots/1/lot.json").status_code == 404


def test_no_lot_over_a_list_that_is_released(foreseen: Round) -> None:
    list_ = making.released(foreseen)
    refused(OutOfOrder, actions.prepare_lot, list_, foreseen.by("greta"), source=SOURCE, source_on=tomorrow())


def test_where_no_list_is_lawful_nothing_is_prepared(foreseen: Round, draft: List) -> None:
    for row in foreseen.declared:
        row.for_reserve = False
        row.save()
    said = refused(
        Unmet, actions.prepare_lot, draft, foreseen.by("greta"), source=SOURCE, source_on=tomorrow()
    )
    assert "Why is no list possible" in said and not Lot.objects.exists()


def test_who_cannot_be_proposed_any_more_leaves_a_seat_open(foreseen: Round, draft: List) -> None:
    lot = prepared(foreseen, draft)
    found = json.loads(queries.text_drawn(lot, SECOND))["list"]
    rows = [
        place.candidacy for place in lot.places.filter(handle__in=found).select_related("candidacy__person")
    ]
    rows.sort(key=lambda row: not row.for_reserve)
    withdrawn, taken_back, declined, not_met, locked = rows[:5]
    candidacies.withdraw(withdrawn, people.actor(withdrawn.person))
    acceptance = making.accepted(foreseen, taken_back, reserved=taken_back.for_reserve)
    actions.withdraw_acceptance(acceptance, people.actor(taken_back.person))
    actions.decline(making.ask(foreseen, declined), people.actor(declined.person))
    Examination.objects.filter(candidacy=not_met).update(opinion="not_met")
    locked.person.is_active = False
    locked.person.save()
    lot = drawn(foreseen, draft)
    number, sitting = queries.sitting_as_drawn(lot, draft)
    seated = set(draft.seats.values_list("candidacy", flat=True))
    assert not {row.pk for row in rows[:5]} & seated and number == 15 and sitting == len(seated) == 10
    wrong = [
        seat
        for seat in draft.seats.select_related("candidacy")
        if seat.reserved and not seat.candidacy.for_reserve
    ]
    assert not wrong


def test_a_later_lot_replaces_one_that_was_not_drawn_and_both_are_counted(
    foreseen: Round, draft: List
) -> None:
    first = prepared(foreseen, draft)
    second = prepared(foreseen, draft)
    assert (first.commitment, first.text) != (second.commitment, second.text)
    assert drawn(foreseen, draft) == second
    first.refresh_from_db()
    assert not first.is_drawn and KeyDestruction.objects.filter(owner=first.key_owner).exists()
    other = making.draft(foreseen, "Second draft")
    prepared(foreseen, other)
    assert queries.lots_of_round(draft) == {"prepared": 3, "drawn": 1}
    text = page(foreseen, "greta", f"/matters/{draft.reference}/compose/")
    assert "Not drawn: a later one took its place." in text and "3 prepared, 1 drawn" in text


def test_the_bureau_reads_what_the_lot_drew_and_how_much_of_it_stands(foreseen: Round, draft: List) -> None:
    prepared(foreseen, draft)
    drawn(foreseen, draft)
    swapped = draft.seats.get(number=15)
    free = next(row for row in foreseen.others if not draft.seats.filter(candidacy=row).exists())
    with clock.set_to(clock.now() + timedelta(days=1)):
        actions.seat(draft, foreseen.by("greta"), number=15, candidacy=free)
        assert swapped.candidacy != free
        for seat in draft.seats.select_related("candidacy"):
            making.accepted(foreseen, seat.candidacy, reserved=seat.reserved)
        actions.state_reasons(draft, foreseen.by("greta"), reasons_en="By lot.", reasons_fr="Tirage au sort.")
        making.released(foreseen, draft)
        for prefix, words in (
            ("", "People drawn: 15; of these on the list as it stands: 14."),
            ("/fr", "Personnes tirées au sort\u00a0: 15"),
            ("/ru", "Выбрано по жребию: 15"),
        ):
            text = page(foreseen, "henri", f"{prefix}/lists/{draft.reference}/paper/")
            assert words in text and SECOND in text
        file = foreseen.cast.client("henri").get(f"/lists/{draft.reference}/lots/1/lot.json")
        assert file.status_code == 200 and redrawn(file.json())
        for row in foreseen.rows:
            assert row.person.shown_name not in file.content.decode()
            assert row.reference not in file.content.decode()
        making.announced(foreseen, making.approved(foreseen, draft))
        figures = foreseen.cast.client("quiet").get("/rounds/2027/sheet.json").json()["figures"]
    told = {"prepared": 1, "drawn": 1, "people": 15, "sitting": 14}
    assert Entry.objects.get(act="confirm_release").facts["lots"] == told
    assert {
        name.removeprefix("lot_"): one for name, one in figures.items() if name.startswith("lot_")
    } == told


def test_by_the_page_a_lot_is_prepared_and_what_was_typed_is_kept(foreseen: Round, draft: List) -> None:
    client = foreseen.cast.client("greta")
    address = f"/matters/{draft.reference}/prepare_lot/"
    form = client.get(address).context["form"]
    hidden = {"once": form["once"].value(), "seen": form["seen"].value()}
    late = client.post(address, {**hidden, "source": SOURCE, "source_on": clock.today().isoformat()})
    assert late.status_code == 422 and SOURCE in late.content.decode() and not Lot.objects.exists()
    done = client.post(address, {**hidden, "source": SOURCE, "source_on": tomorrow().isoformat()})
    assert done.status_code == 302 and done["Location"].endswith("/compose/#lot")
    assert (
        client.post(address, {**hidden, "source": SOURCE, "source_on": tomorrow().isoformat()}).status_code
        == 302
    )
    assert Lot.objects.count() == 1, "the same form, sent twice, acts once"
    assert "Draw the lot" not in page(foreseen, "greta", f"/matters/{draft.reference}/")
