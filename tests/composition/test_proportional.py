"""Lists in proportion to endorsements: only where the charter foresees it, lawful, and nobody is ordered by them."""

from __future__ import annotations

import re

import pytest

from hemicycle.candidacy.models import Endorsement
from hemicycle.composition import queries
from hemicycle.composition.queries.proportional import endorsements_of
from hemicycle.record.models import Entry

from ..charters import amended
from . import making
from .making import Round, made
from .test_composer import LANGUAGES, fields, page, part, taken_from

pytestmark = pytest.mark.django_db


@pytest.fixture
def foreseen(found: Round) -> Round:
    """A charter that foresees the choice; twelve bodies speak for four people, three for another."""
    amended("stages", proportional_choice="true")
    for number in range(12):
        for row in found.others[10:14]:
            endorse(row, f"Northern Association {number}")
    for number in range(3):
        endorse(found.declared[7], f"Rivers Council {number}")
    return found


def endorse(row, body: str, state: str = "given") -> None:
    Endorsement.objects.create(
        candidacy=row, body=body, statement="We know the work.", language="en", state=state, **made("ENDO")
    )


def test_where_the_charter_does_not_foresee_it_the_page_answers_nothing(found: Round) -> None:
    endorse(found.others[0], "Northern Association")
    list_ = making.draft(found)
    client = found.cast.client("greta")
    assert "In proportion" not in client.get(f"/matters/{list_.reference}/compose/").content.decode()
    assert "equal shares" not in page(client, list_, "proportional", **fields(found.others[:2]))
    assert "equal shares" not in part(client, list_, "proportional", **fields(found.others[:2]))


def test_each_method_seats_those_who_are_endorsed_and_leaves_the_other_seats_open(foreseen: Round) -> None:
    list_ = making.draft(foreseen)
    found = queries.proportional(queries.board(list_))
    assert [way.method.message for way in found.ways] == [
        "Method of equal shares", "Sequential Phragmén", "Proportional approval voting",
    ]  # fmt: skip
    wanted = {row.reference for row in [*foreseen.others[10:14], foreseen.declared[7]]}
    for way in found.ways:
        seats = [place for place in way.places if place.is_live]
        assert {queries.reference_of(place) for place in seats} == wanted
        said = [one.message for one in way.proofs]
        assert "holds" in said[0] and "left open" in said[2] and way.proofs[2].params == {"number": 10}
        assert way.proofs[0].params["number"] == len(foreseen.rows) - 5
        rest = queries.board(list_, [place.seat for place in seats])
        assert queries.finished(rest).ways, "a lawful list can be finished on it"


def test_the_reserve_is_kept_where_endorsements_would_fill_every_seat(found: Round) -> None:
    amended("stages", proportional_choice="true")
    for row in found.others:  # fourteen not for the reserve; one body speaks for each, another for them all
        endorse(row, f"Association {row.pk}")
        endorse(row, "Northern Association")
    list_ = making.draft(found)
    for way in queries.proportional(queries.board(list_)).ways:
        assert sum(place.is_live for place in way.places) == 10, "five are kept for the reserve"
        assert "is broken" in way.proofs[0].message


def test_a_tie_goes_by_the_file_number_and_is_told(found: Round) -> None:
    amended("stages", proportional_choice="true")
    for row in found.others:
        endorse(row, f"Association {row.pk}")
    list_ = making.draft(found)
    ways = queries.proportional(queries.board(list_)).ways
    told = [way.proofs[-1] for way in ways]
    assert all("order of the file numbers" in one.message and one.params["number"] > 0 for one in told[:2])
    assert "Another list" in told[2].message
    first = sorted(row.reference for row in found.others)[:10]
    for way in ways[:2]:
        assert sorted(queries.reference_of(p) for p in way.places if p.is_live) == first


def test_one_body_under_two_spellings_of_its_case_is_one_voter_and_a_removed_word_none(found: Round) -> None:
    amended("stages", proportional_choice="true")
    endorse(found.others[0], "Northern  Association")
    endorse(found.others[1], "northern association ")
    endorse(found.others[2], "Southern Association", "removed")
    board = queries.board(making.draft(found))
    given = endorsements_of(board, board.whole)
    assert given.voters == 1 and int(given.support.sum()) == 2


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_the_page_offers_three_lists_and_orders_nobody(foreseen: Round, prefix: str) -> None:
    list_ = making.draft(foreseen)
    before = Entry.objects.count()
    client = foreseen.cast.client("greta")
    text = page(client, list_, "proportional", prefix, **fields(foreseen.others[:2]))
    offered = taken_from(text)
    assert len(offered) == 3 and "EJR+" in text and "PJR+" in text
    for one in offered:
        assert sum(name.startswith("seat_") for name in one) == 5
    assert "Northern Association" not in text and "Rivers Council" not in text
    assert Entry.objects.count() == before
    taken = page(client, list_, "take", prefix, **fields([]), **offered[0])
    chosen = set(re.findall(r'<option value="(CAND-[A-Z0-9]+)" selected>', taken))
    assert chosen == {value for name, value in offered[0].items() if name.startswith("seat_")}


def test_where_nobody_is_endorsed_the_page_says_so(found: Round) -> None:
    amended("stages", proportional_choice="true")
    client = found.cast.client("greta")
    assert "nobody is endorsed" in page(client, making.draft(found), "proportional", **fields([]))
