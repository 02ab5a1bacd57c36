"""A new reading after the opinion: by others, told to the person, with the right of reply; the earlier opinion is kept."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from hemicycle.candidacy.models import Candidacy
from hemicycle.notices.actions import read_on
from hemicycle.notices.models import Kind, Letter
from hemicycle.people.models import Holding
from hemicycle.record import clock
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from hemicycle.vetting import actions, queries
from hemicycle.vetting.models import Examination, NewReading, OutcomeLetter, Reading
from hemicycle.vetting.procedure import ExaminationState
from hemicycle.vetting.queries.queue import Work, queue

from ..cast import Cast, sign_in
from . import listing, making
from .test_hits import judge, name_of
from .test_pages import form_of

pytestmark = pytest.mark.django_db
WHY = {"cause": "incident", "reasons": "An incident at the door.", "language": "en"}
LATER = timedelta(days=6)  # the days to object are over


@pytest.fixture
def concluded(candidacy: Candidacy, cast: Cast) -> Examination:
    return making.concluded(candidacy, cast)


@pytest.fixture
def anew(concluded: Examination, cast: Cast) -> Examination:
    actions.read_again(concluded, cast.actor("anna"), **WHY)
    return concluded


def given(examination: Examination, verdict: str = "met", **other: str) -> list[Reading]:
    rows = making.opened(examination, review=True)
    for reading in rows:
        making.give(reading, verdict, **other)
    examination.refresh_from_db()
    return rows


def agreed(examination: Examination, readers: list[Reading], opinion: str = "met", **more: object) -> None:
    first, second = (making.actor_of(row) for row in readers)
    actions.draft_opinion(examination, first, opinion=opinion, text="Read anew.", language="en", **more)
    actions.agree(examination, second)
    actions.give_again(examination, second)


def test_others_read_and_the_earlier_opinion_stands_until_theirs(anew: Examination, cast: Cast) -> None:
    before = {row.assessor_id for row in making.readings(anew)}
    actions.send_letters({anew.candidacy_id: "on_list"}, cast.actor("anna"), ["bureau"])
    told = OutcomeLetter.objects.get()
    readers = making.readings(anew, review=True)
    assert anew.state == "read_again" and queries.opinion_of(anew.candidacy) == anew
    assert len(readers) == 2 and not before & {row.assessor_id for row in readers}
    with clock.set_to(clock.now() + LATER):
        readers = given(anew)
        with pytest.raises(NotEmpowered):
            old = making.actor_of(making.readings(anew)[0])
            actions.draft_opinion(anew, old, opinion="met", text="x", language="en")
        assert Work.DRAFT in [piece.work for piece in queue(making.actor_of(readers[0]))]
        agreed(anew, readers)
    assert (anew.state, anew.opinion, anew.opinion_text) == ("concluded", "met", "Read anew.")
    kept = NewReading.objects.get()
    assert (kept.stood["opinion"], kept.stood["opinion_text"]) == ("met", "What we found.")
    letter = OutcomeLetter.objects.get(kind="read_again")
    assert {row["what"] for row in letter.decided_by} == {"read", "again"}
    assert letter.destroyed_on == told.destroyed_on


def test_each_reads_without_knowing_what_the_other_finds_or_raises(anew: Examination) -> None:
    with clock.set_to(clock.now() + LATER):
        one, two = making.opened(anew, review=True)
        point = making.raised_by(anew, one)
        making.give(one)
        assert point not in queries.visible_points(making.actor_of(two))
        assert one.pk not in {row.pk for row in queries.readable_readings(anew, making.actor_of(two))}
        making.give(two)
        assert point in queries.visible_points(making.actor_of(two))


def test_the_person_is_told_at_once_with_cause_and_reasons(anew: Examination, cast: Cast) -> None:
    read_on()
    letter = Letter.objects.get(kind=Kind.READ_AGAIN)
    assert (letter.person, letter.about) == (cast.nadia, anew.reference)
    page = cast.client("nadia").get(f"/matters/{anew.reference}/").content.decode()
    assert "An incident at the door." in page and "decided elsewhere, in a procedure of its own" in page
    entry = Entry.objects.get(act="read_again")
    assert entry.publicity == "sealed" and "An incident" not in str(entry.facts)


def test_a_point_of_a_new_reading_is_put_replied_to_and_answered(anew: Examination, cast: Cast) -> None:
    with clock.set_to(clock.now() + LATER):
        readers = making.opened(anew, review=True)
        point = making.raised_by(anew, readers[0])
        for row in readers:
            making.give(row, **{making.KEY: "not_met"})
        anew.refresh_from_db()
        first, second = (making.actor_of(row) for row in readers)
        actions.draft_opinion(
            anew, first, opinion="not_met", text="Read anew.", language="en", grounds=[making.KEY]
        )
        actions.agree(anew, second)
        with pytest.raises(Unmet, match="A point is not answered yet"):
            actions.give_again(anew, first)
        making.put(point, cast)
        with pytest.raises(Unmet, match="time to reply to a point still runs"):
            actions.give_again(anew, first)
        actions.reply(point, cast.actor("nadia"), text="Это не так.", language="ru")
        assert Work.ANSWER in [piece.work for piece in queue(first)]
        actions.answer_point(point, first, upheld=True, reasons="It is by the person.", language="en")
        actions.give_again(anew, first)
        assert anew.review_until is not None and anew.review_until > clock.now()
        with pytest.raises(Unmet, match="may still ask for a review"):
            actions.read_again(anew, cast.actor("anna"), **WHY)
        actions.ask_review(anew, cast.actor("nadia"), reasons="Сатира.", language="ru")
        assert anew.round == 2


def test_who_found_nothing_anew_cannot_say_not_met(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.concluded(candidacy, cast, "not_met", (making.KEY,))
    with clock.set_to(clock.now() + timedelta(days=30)):
        actions.read_again(examination, cast.actor("anna"), **WHY)
    with clock.set_to(clock.now() + timedelta(days=40)):
        readers = given(examination)
        with pytest.raises(Unmet, match="excludes nobody"):
            agreed(examination, readers, "not_met", grounds=[making.KEY])


def test_without_readers_the_file_waits_and_a_clerk_assigns_later(concluded: Examination, cast: Cast) -> None:
    ended = Holding.objects.filter(office__in=["assessor", "reviewer"])
    ended.update(held_until=clock.now())
    actions.read_again(concluded, cast.actor("anna"), **WHY)
    assert making.readings(concluded, review=True) == []
    with pytest.raises(Unmet, match="Too few can read"):
        actions.assign_reviewers(concluded, cast.actor("anna"))
    ended.update(held_until=None)
    actions.assign_reviewers(concluded, cast.actor("anna"))
    assert len(making.readings(concluded, review=True)) == 2


def test_only_a_clerk_and_only_after_the_opinion(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.read(candidacy, cast)
    with pytest.raises(OutOfOrder):
        actions.read_again(examination, cast.actor("anna"), **WHY)
    first, *others = making.readings(examination)
    actions.draft_opinion(
        examination, making.actor_of(first), opinion="met", text="What we found.", language="en"
    )
    for other in others:
        actions.agree(examination, making.actor_of(other))
    actions.give_opinion(examination, making.actor_of(first))
    for by in (cast.actor("nadia"), cast.actor("greta"), making.actor_of(first)):
        with pytest.raises(NotEmpowered):
            actions.read_again(examination, by, **WHY)
    with pytest.raises(Unmet, match="Reasons are missing"):
        actions.read_again(examination, cast.actor("anna"), **{**WHY, "reasons": " "})
    with (
        clock.set_to(clock.now() + timedelta(days=800)),
        pytest.raises(Unmet, match="Nothing is to be decided"),
    ):
        actions.read_again(examination, cast.actor("anna"), **WHY)
    assert not NewReading.objects.exists() and examination.state == ExaminationState.CONCLUDED


@pytest.fixture
def waiting(concluded: Examination, cast: Cast, tmp_path: Path) -> Examination:
    """A file whose name came on a list after the opinion."""
    clerk, row = cast.actor("anna"), listing.listed("p1", name_of(concluded.candidacy))
    with clock.set_to(clock.now() + timedelta(days=1)):
        listing.used(listing.kept(clerk), clerk, listing.write(tmp_path, row))
        listing.compare([concluded], clerk)
    return concluded


def test_a_name_confirmed_after_the_opinion_is_a_cause_and_the_clerk_is_led_to_it(
    waiting: Examination, cast: Cast
) -> None:
    clerk = cast.actor("anna")
    with pytest.raises(Unmet, match="does not show this cause"):
        actions.read_again(waiting, clerk, **{**WHY, "cause": "hit"})
    with clock.set_to(clock.now() + timedelta(days=2)):
        for reading in making.readings(waiting):
            assert list(queries.to_read_again(queries.visible_to(clerk))) == []
            judge(listing.only_hit(waiting), reading, "same")
        assert list(queries.to_read_again(queries.visible_to(clerk))) == [waiting]
        assert (
            f"/matters/{waiting.reference}/read_again/" in cast.client("anna").get("/desk/").content.decode()
        )
        actions.read_again(waiting, clerk, **{**WHY, "cause": "hit"})
    assert not queries.to_read_again(queries.visible_to(clerk)).exists()


def test_where_nobody_who_read_is_left_those_who_read_anew_judge_the_name(
    waiting: Examination, cast: Cast
) -> None:
    clerk, before = cast.actor("anna"), [row.assessor_id for row in making.readings(waiting)]
    assert "no_judge" not in queries.causes(waiting)
    Holding.objects.filter(person__in=before).update(held_until=clock.now())
    assert queries.files_without_judge() == 1
    assert list(queries.to_read_again(queries.visible_to(clerk))) == [waiting]
    actions.read_again(waiting, clerk, **{**WHY, "cause": "no_judge"})
    assert queries.files_without_judge() == 0
    with clock.set_to(clock.now() + LATER):
        readers, hit = given(waiting), listing.only_hit(waiting)
        first, second = (making.actor_of(row) for row in readers)
        actions.draft_opinion(waiting, first, opinion="met", text="Read anew.", language="en")
        actions.agree(waiting, second)
        with pytest.raises(Unmet, match="still to be judged: 1"):
            actions.give_again(waiting, first)
        judge(hit, readers[0], "another")
        actions.give_again(waiting, first)
    assert waiting.state == "concluded"


def test_the_clerks_page_offers_the_causes_that_hold_and_keeps_what_was_typed(
    concluded: Examination, cast: Cast
) -> None:
    client, url = cast.client("anna"), f"/matters/{concluded.reference}/read_again/"
    page = client.get(url).content.decode()
    assert 'value="incident"' in page and 'value="hit"' not in page and 'value="no_judge"' not in page
    wrong = {**form_of(client, url), "cause": "hit", "reasons": "Typed at length.", "language": "en"}
    refused = client.post(url, wrong)
    assert refused.status_code == 422 and "Typed at length." in refused.content.decode()
    assert client.post(url, {**form_of(client, url), **WHY}).status_code == 302
    concluded.refresh_from_db()
    assert concluded.state == "read_again"
    shown = client.get(f"/matters/{concluded.reference}/").content.decode()
    assert "What we found." in shown and "Opinion until then" not in shown, "it still stands"
    with clock.set_to(clock.now() + LATER):
        agreed(concluded, given(concluded))
    after = cast.client("anna").get(f"/matters/{concluded.reference}/").content.decode()
    assert "Opinion until then" in after and "What we found." in after and "Read anew." in after
    assert sign_in(making.readings(concluded, review=True)[0].assessor).get("/desk/").status_code == 200
