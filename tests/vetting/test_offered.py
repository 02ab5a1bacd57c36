"""Buttons that would be refused at once are not shown, and one file that refuses holds up no other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db.models.signals import post_save

from hemicycle.candidacy.models import Call, Candidacy
from hemicycle.integrity import actions as integrity
from hemicycle.integrity.models import Interest
from hemicycle.record import clock
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.vetting import actions, queries
from hemicycle.vetting.models import Examination, Objection

from ..cast import Cast
from . import making

pytestmark = pytest.mark.django_db


def offered(cast: Cast, examination: Examination, act: str, key: str = "anna") -> bool:
    page = cast.client(key).get(f"/matters/{examination.reference}/")
    assert page.status_code == 200
    return f"/{act}/" in page.content.decode()


def test_readers_are_assigned_by_a_button_only_where_one_is_lacking(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.assigned(candidacy, cast)
    assert not offered(cast, examination, "assign")
    with pytest.raises(Unmet, match="has its readers"):
        actions.assign(examination, cast.actor("anna"))
    for _ in range(3):
        reading = making.readings(examination)[0]
        by = making.actor_of(reading)
        actions.declare_interest(reading, by, kind="other", text="A tie.", language="en")
    assert offered(cast, examination, "assign")


def test_reviewers_are_assigned_by_a_button_only_where_one_is_lacking(
    candidacy: Candidacy, cast: Cast
) -> None:
    examination = making.concluded(candidacy, cast, "not_met", (making.KEY,))
    actions.ask_review(examination, cast.actor("nadia"), reasons="Please.", language="ru")
    assert len(making.readings(examination, review=True)) == 2
    assert not offered(cast, examination, "assign_reviewers")
    with pytest.raises(Unmet, match="has its readers"):
        actions.assign_reviewers(examination, cast.actor("anna"))
    actions.release_reading(
        making.readings(examination, review=True)[0], cast.actor("anna"), ground="absence"
    )
    assert offered(cast, examination, "assign_reviewers")


# --- all files of a call -------------------------------------------------------------------------------------------


def test_readers_are_accepted_by_a_button_only_while_there_is_time_to_object(
    candidacy: Candidacy, cast: Cast
) -> None:
    examination = making.assigned(candidacy, cast)
    assert offered(cast, examination, "accept_readers", "nadia")
    actions.accept_readers(examination, cast.actor("nadia"))
    assert not offered(cast, examination, "accept_readers", "nadia")


def test_review_is_offered_of_a_not_met_alone_so_that_a_refusal_tells_no_opinion(
    candidacy: Candidacy, cast: Cast
) -> None:
    examination = making.concluded(candidacy, cast)
    assert not offered(cast, examination, "ask_review", "nadia")
    examination = making.concluded(making.file(candidacy.call, cast, "oleg"), cast, "not_met", (making.KEY,))
    assert offered(cast, examination, "ask_review", "oleg")
    with clock.set_to(examination.review_until + timedelta(seconds=1)):  # type: ignore[operator]
        assert not offered(cast, examination, "ask_review", "oleg")


def test_nobody_is_asked_to_agree_before_an_opinion_was_put(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.read(candidacy, cast)
    first = making.readings(examination)[0]
    spoken = ("agree", "dissent", "give_opinion")
    assert not [act for act in spoken if queries.offers(examination, act)]
    actions.draft_opinion(examination, making.actor_of(first), opinion="met", text="Found.", language="en")
    assert [act for act in spoken if queries.offers(examination, act)] == [*spoken]


@contextmanager
def another_clerk_is_faster(cast: Cast, on: Candidacy) -> Iterator[None]:
    """While the first file of the plan is assigned, another clerk begins one that stands later in it."""

    def begin(instance: Examination, created: bool, **kwargs: Any) -> None:
        if created and instance.candidacy_id != on.pk:
            post_save.disconnect(begin, sender=Examination)
            actions.assign(Examination(candidacy=on), cast.actor("bruno"))

    post_save.connect(begin, sender=Examination)
    try:
        yield
    finally:
        post_save.disconnect(begin, sender=Examination)


def test_a_file_that_another_clerk_assigned_meanwhile_is_named_and_holds_up_no_other(
    call: Call, cast: Cast
) -> None:
    first, taken, last = (making.file(call, cast, key) for key in ("nadia", "oleg", "pavel"))
    with another_clerk_is_faster(cast, taken):
        answer = cast.client("anna").post("/examinations/assign/", {"call": call.reference}, follow=True)
    page = answer.content.decode()
    assert "Files assigned: 2." in page
    assert f"Not assigned: {taken.reference}. The file has its readers." in page
    for candidacy in (first, taken, last):
        assert len(making.readings(Examination.objects.get(candidacy=candidacy))) == 2
    begun = Entry.objects.filter(act="assign").values_list("actor", flat=True)
    assert sorted(begun) == sorted([cast.anna.reference] * 2 + [cast.bruno.reference])


def test_a_file_that_too_few_can_read_is_named(call: Call, cast: Cast) -> None:
    statement = {"statement": "Я так сказала.", "language": "ru", "since": clock.today(), "declared": True}
    nobody = making.file(call, cast, criterion__public_opposition=statement)
    making.file(call, cast, "oleg")
    for key in making.ASSESSORS:
        making.languages(cast.persons[key], "en")
    page = cast.client("anna").post("/examinations/assign/", {"call": call.reference}, follow=True)
    assert f"Not assigned: {nobody.reference}. Too few can read this file." in page.content.decode()
    assert [e.candidacy.person for e in Examination.objects.all()] == [cast.oleg]


def test_a_file_closed_to_the_clerk_waits_for_another_and_the_others_are_assigned(
    call: Call, cast: Cast
) -> None:
    tied, other = making.file(call, cast, "nadia"), making.file(call, cast, "oleg")
    interest = Interest(person=cast.anna, subject=tied.reference, kind="family", text="Cousins.")
    integrity.declare(interest, cast.actor("anna"))
    assert actions.assign_all(call, cast.actor("anna")) == (1, {})
    assert [e.candidacy for e in Examination.objects.all()] == [other]
    assert actions.assign_all(call, cast.actor("bruno")) == (1, {})


# --- objections ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ends", ["accepted", "over"])
def test_an_objection_is_taken_and_its_link_shown_while_there_is_time(
    candidacy: Candidacy, cast: Cast, ends: str
) -> None:
    examination = making.assigned(candidacy, cast)
    one, two = making.readings(examination)
    nadia = cast.actor("nadia")

    def links() -> int:
        page = cast.client("nadia").get(f"/matters/{examination.reference}/").content.decode()
        return page.count("/vetting/object/?reading=")

    assert links() == 2
    actions.object(Objection(reading=one), nadia, reasons="We were rivals.", language="en")
    assert links() == 1, "the decision on the other is awaited"
    days = 5
    if ends == "accepted":
        actions.accept_readers(examination, nadia)
        days = 0
    with clock.set_to(clock.now() + timedelta(days=days)):
        assert links() == 0
        entries = Entry.objects.count()
        with pytest.raises(Unmet, match="time to object is over"):
            actions.object(Objection(reading=two), nadia, reasons="Late.", language="en")
        assert (Objection.objects.count(), Entry.objects.count()) == (1, entries)


@pytest.mark.parametrize("upheld", [True, False])
def test_an_objection_against_a_reader_who_left_is_decided_either_way(
    candidacy: Candidacy, cast: Cast, upheld: bool
) -> None:
    examination = making.assigned(candidacy, cast)
    reading = making.readings(examination)[0]
    objection = Objection(reading=reading)
    actions.object(objection, cast.actor("nadia"), reasons="We were rivals.", language="en")
    actions.declare_interest(
        reading, making.actor_of(reading), kind="work", text="A colleague.", language="en"
    )
    read_now = {r.pk for r in making.readings(examination)}
    actions.decide_objection(
        objection, cast.actor("marta"), upheld=upheld, reasons="They were.", language="en"
    )
    assert (objection.state, objection.decision) == ("upheld" if upheld else "dismissed", "They were.")
    reading.refresh_from_db()
    assert (reading.state, reading.release_ground) == ("released", "interest")
    assert {r.pk for r in making.readings(examination)} == read_now
    assert queries.counts(candidacy.call)["objections_upheld"] == int(upheld)
