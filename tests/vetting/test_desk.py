"""The desk of an assessor: one queue by due date, save and next, and a large file that opens with few queries."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hemicycle.assembly import actions as assembly
from hemicycle.assembly.models import SeatYear
from hemicycle.candidacy.models import Call, Candidacy
from hemicycle.people import queries as people
from hemicycle.record import clock
from hemicycle.vetting import actions, queries
from hemicycle.vetting.models import AdversePoint, Examination, Reading
from hemicycle.vetting.queries.queue import Work, queue

from ..candidacy.making import later
from ..cast import Cast, sign_in
from . import large, listing, making
from .test_pages import form_of

pytestmark = pytest.mark.django_db


def works(reading: Reading) -> list[Work]:
    return [piece.work for piece in queue(making.actor_of(reading))]


def first_of(candidacy: Candidacy, cast: Cast) -> Reading:
    return making.opened(making.assigned(candidacy, cast))[0]


def keys_of(reading: Reading) -> list[str]:
    return [row.key for row in queries.asked(queries.charter_of(reading.examination))]


def save(reading: Reading, next_: str, *keys: str) -> Any:
    """Press "Save and next" in a part, with verdict and reasons on these keys."""
    client, at = sign_in(reading.assessor), f"/matters/{reading.reference}"
    said = {f"verdict_{key}": "met" for key in keys} | {f"reasons_{key}": "A permit." for key in keys}
    sent = {**form_of(client, f"{at}/give_reading/"), **said, "language": "en", "next": next_}
    return client.post(f"{at}/save_reading/", sent)


def test_a_reading_is_declared_then_waits_then_is_opened_written_and_given(
    candidacy: Candidacy, cast: Cast
) -> None:
    examination = making.assigned(candidacy, cast)
    reading = making.readings(examination)[0]
    assert works(reading) == [Work.DECLARE]
    actions.declare_no_interest(reading, making.actor_of(reading))
    assert works(reading) == [Work.WAIT]
    actions.accept_readers(examination, people.actor(cast.nadia))
    assert works(reading) == [Work.OPEN]
    making.opened(examination)
    (piece,) = queue(making.actor_of(reading))
    assert (piece.work, piece.missing, piece.of) == (Work.READ, len(keys_of(reading)), len(keys_of(reading)))
    reading.refresh_from_db()
    actions.save_reading(
        reading, making.actor_of(reading), findings=making.finding(examination), language="en"
    )
    assert works(reading) == [Work.GIVE]
    reading.refresh_from_db()
    making.give(reading)
    assert works(reading) == [], "the other reading is not given: nothing waits for this reader"


def test_a_finding_without_reasons_is_missing(candidacy: Candidacy, cast: Cast) -> None:
    reading = first_of(candidacy, cast)
    first, *rest = keys_of(reading)
    findings = {first: {"verdict": "met", "reasons": "  ", "evidence": []}}
    actions.save_reading(reading, making.actor_of(reading), findings=findings, language="en")
    assert queries.queue.incomplete(reading) == [first, *rest]


def test_an_opinion_is_put_agreed_and_given_in_turn(examination: Examination) -> None:
    one, two = making.readings(examination)
    assert works(one) == works(two) == [Work.DRAFT]
    actions.draft_opinion(
        examination, making.actor_of(one), opinion="met", text="What we found.", language="en"
    )
    assert (works(one), works(two)) == ([], [Work.AGREE])
    actions.agree(examination, making.actor_of(two))
    assert works(one) == works(two) == [Work.CONCLUDE]


def test_a_point_waits_for_an_answer_once_the_person_replied_or_the_time_is_over(
    examination: Examination, cast: Cast
) -> None:
    one = making.readings(examination)[0]
    point = making.put(making.raised(examination), cast)
    assert Work.ANSWER not in works(one)
    due = AdversePoint.objects.get(pk=point.pk).reply_due
    assert due is not None
    with clock.set_to(due):
        assert Work.ANSWER in works(one)
    actions.ask_extension(point, people.actor(cast.nadia), reasons="I am ill.", language="en")
    with clock.set_to(due):
        assert Work.ANSWER not in works(one), "the decision on more time comes first"
    point.refresh_from_db()
    actions.reply(point, people.actor(cast.nadia), text="Это не так.", language="ru")
    assert Work.ANSWER in works(one)


def test_names_on_lists_are_one_line_a_file_and_go_once_judged(
    candidacy: Candidacy, cast: Cast, tmp_path: Path
) -> None:
    reading, clerk = first_of(candidacy, cast), cast.actor("anna")
    path = listing.write(tmp_path, listing.listed("n1", cast.nadia.name))
    listing.used(listing.kept(clerk), clerk, path)
    listing.compare([reading.examination], clerk)
    assert works(reading) == [Work.READ, Work.JUDGE]
    hit = listing.only_hit(reading.examination)
    actions.judge_hit(hit, making.actor_of(reading), who="same", reasons="Born the same day.", language="en")
    assert works(reading) == [Work.READ], "the second reader judges next"


def test_what_is_due_first_stands_first_and_overdue_is_said(call: Call, cast: Cast) -> None:
    early = making.assigned(making.file(call, cast), cast)
    with later(3):
        late = making.assigned(making.file(call, cast, "oleg"), cast)
    shared = {r.assessor_id for r in making.readings(early)} & {
        r.assessor_id for r in making.readings(late)
    } or {making.readings(early)[0].assessor_id}
    reading = next(r for r in making.readings(early) if r.assessor_id in shared)
    dues = [piece.due for piece in queue(making.actor_of(reading))]
    assert dues == sorted(dues, key=str)
    client = sign_in(reading.assessor)
    assert "overdue" not in client.get("/files/").content.decode()
    with clock.set_to(reading.due_at):
        assert "overdue" in sign_in(reading.assessor).get("/files/").content.decode()


def test_whoever_reads_nothing_has_no_queue(candidacy: Candidacy, cast: Cast) -> None:
    making.assigned(candidacy, cast)
    assert [key for key in ("anna", "nadia", "greta") if queue(cast.actor(key))] == []
    assert cast.client("anna").get("/files/").status_code == 404


def test_save_and_next_leads_to_the_next_part_that_is_incomplete(candidacy: Candidacy, cast: Cast) -> None:
    reading = first_of(candidacy, cast)
    one, two, three, *rest = keys_of(reading)
    form = f"/matters/{reading.reference}/give_reading/"
    assert save(reading, one, one).headers["Location"] == f"{form}#part-{two}"
    assert save(reading, two, one, three).headers["Location"] == f"{form}#part-{rest[0]}"
    assert save(reading, rest[-1], one, three, rest[-1]).headers["Location"] == f"{form}#part-{two}"
    assert save(reading, "no part", one).headers["Location"] == f"{form}#part-{two}"


def test_a_complete_draft_leads_to_the_next_piece_of_the_queue_and_is_not_given(
    call: Call, cast: Cast
) -> None:
    reading = first_of(making.file(call, cast), cast)
    form = f"/matters/{reading.reference}/give_reading/"
    assert save(reading, "", *keys_of(reading)).headers["Location"] == f"{form}#give"
    other = making.assigned(making.file(call, cast, "oleg"), cast)
    mine = Reading.objects.filter(examination=other, assessor=reading.assessor).first()
    if mine is None:
        mine = making.readings(other)[0]
        Reading.objects.filter(pk=mine.pk).update(assessor=reading.assessor)
    assert save(reading, "", *keys_of(reading)).headers["Location"] == f"/matters/{mine.reference}/"
    reading.refresh_from_db()
    assert reading.given_at is None


def test_the_queue_leads_to_the_first_part_that_is_incomplete(candidacy: Candidacy, cast: Cast) -> None:
    reading = first_of(candidacy, cast)
    at = f"/files/{reading.reference}/next/"
    led = sign_in(reading.assessor).get(at).headers["Location"]
    assert led.endswith(f"#part-{keys_of(reading)[0]}")
    other = making.readings(reading.examination)[1]
    assert sign_in(other.assessor).get(at).status_code == 404


def at_most_25_queries(client: Any, url: str) -> str:
    client.get(url)  # the reason is said, and what is read once a process is read
    with CaptureQueriesContext(connection) as asked:
        page = client.get(url)
    assert page.status_code == 200
    assert len(asked) <= 25, (url, len(asked))
    return page.content.decode()


@pytest.mark.parametrize("language", ["", "/fr", "/ru"])
def test_a_file_of_300_items_opens_with_at_most_25_queries(
    call: Call, cast: Cast, tmp_path: Path, language: str
) -> None:
    reading = large.opened(call, cast, tmp_path)
    client = sign_in(reading.assessor)
    again = at_most_25_queries(client, f"{language}/files/{reading.reference}/")
    form = at_most_25_queries(client, f"{language}/matters/{reading.reference}/give_reading/")
    at_most_25_queries(client, f"{language}/files/{reading.reference}/evidence/")
    assert large.ITEMS == 300
    assert f"Article {large.EXHIBITS - 1}" in form
    assert f"Invented body {large.ENDORSEMENTS - 1}" in again
    assert f"Invented payer {large.ENTRIES - 1}" in again
    assert f"Article {large.EXHIBITS - 1}" in again


@pytest.mark.parametrize(("day", "last"), [(9, 23), (13, 1), (14, 1)])
def test_a_reading_is_never_due_on_a_day_without_work(
    candidacy: Candidacy, cast: Cast, day: int, last: int
) -> None:
    """Assigned on Tuesday the 9th, Saturday the 13th or Sunday the 14th of February 2027, with fourteen days."""
    with clock.set_to(clock.now().replace(day=day)):
        reading = making.readings(making.assigned(candidacy, cast))[0]
    ends = timezone.localtime(reading.due_at - timedelta(microseconds=1))
    assert (ends.day, ends.weekday() < 5) == (last, True)


def test_a_holiday_moves_what_is_due_later_and_nothing_that_was_told(
    candidacy: Candidacy, cast: Cast
) -> None:
    """Assigned on Saturday the 13th with fourteen days: the last day would be a Saturday, and the Monday after it is off."""
    day = {"day": date(2027, 3, 1), "name_en": "Seat closed", "name_fr": "Fermeture", "name_ru": "Закрыто"}
    assigned_at = clock.now().replace(day=13)
    with clock.set_to(assigned_at):
        assembly.enter_holidays(SeatYear(), cast.actor("anna"), year=2027, days=[day])
        reading = making.readings(making.assigned(candidacy, cast))[0]
        due = reading.due_at
        assert timezone.localtime(due).date() == date(2027, 3, 3), "over at midnight after Tuesday the 2nd"
    with clock.set_to(assigned_at + timedelta(days=1)):
        year = SeatYear.objects.get()
        assembly.take_back_holiday(year, cast.actor("anna"), day=day["day"])
        assembly.enter_holidays(year, cast.actor("anna"), days=[{**day, "day": date(2027, 3, 2)}])
        reading.refresh_from_db()
        assert reading.due_at == due
        page = sign_in(reading.assessor).get(f"/matters/{reading.reference}/").content.decode()
    assert "Saturdays and Sundays: 2; 1\u00a0March\u00a02027 (Seat closed)." in page
