"""While a file is read again, nobody learns what a reader of the new reading thinks: not the others, the person, the Bureau."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from hemicycle.candidacy.models import Candidacy
from hemicycle.people.models import Holding
from hemicycle.record import clock
from hemicycle.rules.findings import Unmet
from hemicycle.vetting import actions, queries
from hemicycle.vetting.models import AdversePoint, Examination, OutcomeLetter, Reading
from hemicycle.vetting.queries.queue import Work, queue

from ..cast import Cast
from . import listing, making
from .test_again import LATER, WHY, agreed, given
from .test_hits import judge, name_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def anew(candidacy: Candidacy, cast: Cast) -> Examination:
    examination = making.concluded(candidacy, cast)
    actions.read_again(examination, cast.actor("anna"), **WHY)
    return examination


def put_and_answered_by_the_person(anew: Examination, reading: Reading, cast: Cast) -> AdversePoint:
    point = making.put(making.raised_by(anew, reading), cast)
    actions.reply(point, cast.actor("nadia"), text="Это не так.", language="ru")
    return point


def test_no_point_is_answered_while_its_reader_still_reads(anew: Examination, cast: Cast) -> None:
    before = [making.actor_of(row) for row in making.readings(anew)]
    with clock.set_to(clock.now() + LATER):
        one, two = making.opened(anew, review=True)
        point = put_and_answered_by_the_person(anew, one, cast)
        making.give(two)
        by = making.actor_of(two)
        assert point not in queries.visible_points(by)
        assert Work.ANSWER not in [piece.work for piece in queue(by)]
        with pytest.raises(Unmet, match="A reading is still missing"):
            actions.answer_point(point, by, upheld=False, reasons="No.", language="en")
        for other in before:
            assert point not in queries.visible_points(other), "who read before has no voice in it"
        making.give(one)
        assert point in queries.visible_points(by)
        assert Work.ANSWER in [piece.work for piece in queue(by)]
        actions.answer_point(point, by, upheld=True, reasons="It is.", language="en")
        assert list(queries.answered_points(anew.candidacy)) == [], "the Bureau reads the opinion that stands"
        for other in before:
            assert point not in queries.visible_points(other)


def test_a_letter_sent_meanwhile_tells_nothing_of_the_new_reading(anew: Examination, cast: Cast) -> None:
    with clock.set_to(clock.now() + LATER):
        one, two = making.opened(anew, review=True)
        point = put_and_answered_by_the_person(anew, one, cast)
        for row in (one, two):
            making.give(row)
        actions.answer_point(point, making.actor_of(one), upheld=True, reasons="It is.", language="en")
        actions.send_letters({anew.candidacy_id: "on_list"}, cast.actor("anna"), ["bureau"])
    letter = OutcomeLetter.objects.get()
    assert {row["reader"] for row in letter.findings} == {1, 2} and letter.points == []
    assert [row["what"] for row in letter.decided_by] == ["read", "read", "proposed", "approved"]


def test_who_was_told_no_opinion_yet_learns_a_favourable_one_before_publication(
    anew: Examination, cast: Cast
) -> None:
    with clock.set_to(clock.now() + LATER):
        agreed(anew, given(anew))
        assert not OutcomeLetter.objects.exists()
        actions.send_letters({anew.candidacy_id: "on_list"}, cast.actor("anna"), ["bureau"])
    assert {row["what"] for row in OutcomeLetter.objects.get().decided_by} >= {"read", "again"}


def test_a_letter_after_a_new_reading_does_not_put_off_the_day_that_was_named(
    candidacy: Candidacy, cast: Cast
) -> None:
    examination = making.concluded(candidacy, cast, "not_met", (making.KEY,))
    named = OutcomeLetter.objects.get(kind="not_eligible").destroyed_on
    with clock.set_to(clock.now() + timedelta(days=30)):
        actions.read_again(examination, cast.actor("anna"), **WHY)
    with clock.set_to(clock.now() + timedelta(days=40)):
        agreed(examination, given(examination))
    assert OutcomeLetter.objects.get(kind="read_again").destroyed_on == named


def test_one_alone_does_not_replace_the_opinion_of_two(anew: Examination, cast: Cast) -> None:
    with clock.set_to(clock.now() + LATER):
        one, two = making.opened(anew, review=True)
        offices = Holding.objects.filter(office__in=["assessor", "reviewer"])
        offices.exclude(person__in=[one.assessor_id, two.assessor_id]).update(held_until=clock.now())
        actions.release_reading(two, cast.actor("anna"), ground="absence")
        making.give(one)
        anew.refresh_from_db()
        by = making.actor_of(one)
        actions.draft_opinion(anew, by, opinion="met", text="Alone.", language="en")
        with pytest.raises(Unmet, match="One alone does not replace the opinion of two"):
            actions.give_again(anew, by)
        assert any("without enough readers: 1" in text for text in _waits(cast))
        with pytest.raises(Unmet, match="Too few can read"):
            actions.assign_reviewers(anew, cast.actor("anna"))


def _waits(cast: Cast) -> list[str]:
    from hemicycle.vetting import desks

    return [str(row.title) for row in desks.waiting(cast.actor("anna"))]


def test_a_new_not_met_needs_a_new_point_that_was_answered(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.concluded(candidacy, cast, "not_met", (making.KEY,))
    with clock.set_to(clock.now() + timedelta(days=30)):
        actions.read_again(examination, cast.actor("anna"), **WHY)
    with clock.set_to(clock.now() + timedelta(days=40)):
        readers = given(examination, **{making.KEY: "not_met"})
        with pytest.raises(Unmet, match="not put to the person and upheld"):
            agreed(examination, readers, "not_met", grounds=[making.KEY])


def test_the_person_reads_no_judgement_of_a_new_reader_before_the_opinion(
    candidacy: Candidacy, cast: Cast, tmp_path: Path
) -> None:
    examination, clerk = making.concluded(candidacy, cast), cast.actor("anna")
    with clock.set_to(clock.now() + timedelta(days=1)):
        listing.used(
            listing.kept(clerk), clerk, listing.write(tmp_path, listing.listed("p1", name_of(candidacy)))
        )
        listing.compare([examination], clerk)
    actions.read_again(examination, clerk, **WHY)
    with clock.set_to(clock.now() + LATER):
        readers, hit = given(examination), listing.only_hit(examination)
        judge(hit, readers[0], "another")
        assert hit not in queries.visible_hits(cast.actor("nadia"))
        agreed(examination, readers)
        assert hit in queries.visible_hits(cast.actor("nadia"))


def test_a_clerk_is_not_led_to_a_file_of_the_clerks_own(anew: Examination, cast: Cast) -> None:
    assert anew in queries.not_ones_own(cast.actor("anna"))
    assert anew not in queries.not_ones_own(cast.actor("nadia"))
    for reading in making.readings(anew):
        assert anew not in queries.not_ones_own(making.actor_of(reading))
