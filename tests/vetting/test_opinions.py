"""The opinion as advice, dissent, letters, review, withdrawal."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hemicycle.candidacy.models import Call, Candidacy
from hemicycle.integrity import actions as integrity
from hemicycle.integrity.models import Interest
from hemicycle.people import queries as people
from hemicycle.record import clock
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from hemicycle.vetting import actions, queries
from hemicycle.vetting.models import Assessorship, OutcomeLetter

from ..cast import Cast, sign_in
from . import making

pytestmark = pytest.mark.django_db


def test_an_opinion_needs_the_voice_of_every_reader(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.read(candidacy, cast)
    first, second = making.readings(examination)
    with pytest.raises(Unmet, match="No opinion"):
        actions.agree(examination, making.actor_of(second))
    actions.draft_opinion(examination, making.actor_of(first), opinion="met", text="Met.", language="en")
    with pytest.raises(Unmet, match="have not said"):
        actions.give_opinion(examination, making.actor_of(first))
    examination.refresh_from_db()
    assert (examination.state, examination.opinion, examination.concluded_at) == ("agreeing", "", None)
    actions.agree(examination, making.actor_of(second))
    actions.give_opinion(examination, making.actor_of(second))
    assert (examination.state, examination.opinion, examination.opinion_text) == ("concluded", "met", "Met.")


def test_a_dissent_is_printed_and_makes_the_opinion_divided(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.read(candidacy, cast, **{making.KEY: "not_met"})
    making.upheld(examination, cast)
    first, second = making.readings(examination)
    actions.draft_opinion(
        examination,
        making.actor_of(first),
        opinion="not_met",
        text="No.",
        language="en",
        grounds=(making.KEY,),
    )
    with pytest.raises(Unmet):
        actions.dissent(examination, making.actor_of(second), text="", language="en")
    actions.dissent(examination, making.actor_of(second), text="The column is satire.", language="en")
    actions.give_opinion(examination, making.actor_of(first))
    assert (examination.opinion, examination.grounds) == ("divided", [])
    assert [v.dissent for v in queries.dissents_of(examination)] == ["The column is satire."]
    assert not OutcomeLetter.objects.exists()


def test_two_against_one_is_divided_because_readings_are_not_counted(
    candidacy: Candidacy, cast: Cast
) -> None:
    examination = making.assigned(candidacy, cast)
    one, two = making.opened(examination)
    making.give(one)
    making.give(two, exile="not_met")
    (third,) = making.opened(examination)
    making.give(third)
    examination.refresh_from_db()
    actions.draft_opinion(examination, making.actor_of(one), opinion="met", text="Met.", language="en")
    actions.agree(examination, making.actor_of(third))
    actions.dissent(examination, making.actor_of(two), text="Exile is not shown.", language="en")
    actions.give_opinion(examination, making.actor_of(third))
    assert examination.opinion == "divided"


def test_a_new_draft_voids_what_was_said_of_the_old(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.read(candidacy, cast)
    first, second = making.readings(examination)
    actions.draft_opinion(examination, making.actor_of(first), opinion="met", text="Met.", language="en")
    actions.agree(examination, making.actor_of(second))
    actions.draft_opinion(
        examination, making.actor_of(first), opinion="divided", text="Other.", language="en"
    )
    with pytest.raises(Unmet, match="have not said"):
        actions.give_opinion(examination, making.actor_of(first))


def test_only_readers_of_the_file_have_a_voice(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.read(candidacy, cast)
    readers = {r.assessor_id for r in making.readings(examination)}
    stranger = next(cast.actor(key) for key in making.ASSESSORS if cast.persons[key].pk not in readers)
    for actor in (stranger, cast.actor("anna"), cast.actor("greta"), cast.actor("nadia")):
        with pytest.raises(NotEmpowered):
            actions.draft_opinion(examination, actor, opinion="met", text="Met.", language="en")
    assert not queries.visible_to(stranger).exists()


def test_after_the_opinion_the_candidate_corrects_no_facts(candidacy: Candidacy, cast: Cast) -> None:
    making.concluded(candidacy, cast)
    candidacy.refresh_from_db()
    assert candidacy.corrections_closed_at is not None


def test_a_review_goes_to_people_who_did_not_read_and_may_change_the_opinion(
    candidacy: Candidacy, cast: Cast
) -> None:
    examination = making.concluded(candidacy, cast, "not_met", (making.KEY,))
    with pytest.raises(NotEmpowered):
        actions.ask_review(examination, cast.actor("anna"), reasons="x", language="en")
    actions.ask_review(examination, cast.actor("nadia"), reasons="Колонка — сатира.", language="ru")
    before = {r.assessor for r in making.readings(examination)}
    review = making.readings(examination, review=True)
    assert [r.ordinal for r in review] == [4, 5]
    due = queries.review_due(examination)
    assert due is not None and {r.due_at for r in review} == {due}
    assert timedelta(days=21) < due - clock.now() <= timedelta(days=22), (
        "the days of the charter for a review"
    )
    assert (
        "The opinion on review is given before"
        in cast.client("nadia").get(f"/matters/{examination.reference}/").content.decode()
    )
    assert (
        "21 days from the request"
        in sign_in(review[0].assessor).get(f"/matters/{review[0].reference}/").content.decode()
    )
    assert not before & {r.assessor for r in review}
    assert candidacy in queries.eligible(candidacy.call)
    assert list(queries.still_open(candidacy.call)) == [candidacy]
    with clock.set_to(clock.now() + timedelta(days=6)):
        one, two = making.opened(examination, review=True)
        making.give(one)
        assert {f.reading_id for f in queries.findings_of(examination, making.actor_of(two))} >= {
            r.pk for r in making.readings(examination)
        }
        assert one.pk not in {f.reading_id for f in queries.findings_of(examination, making.actor_of(two))}
        with pytest.raises(Unmet, match="still missing"):
            actions.draft_opinion(
                examination, making.actor_of(one), opinion="met", text="Satire.", language="en"
            )
        making.give(two)
        with pytest.raises(NotEmpowered):
            actions.draft_opinion(
                examination, people.actor(next(iter(before))), opinion="not_met", text="x", language="en"
            )
        actions.draft_opinion(examination, making.actor_of(one), opinion="met", text="Satire.", language="en")
        actions.agree(examination, making.actor_of(two))
        actions.give_review(examination, making.actor_of(two))
    assert (examination.state, examination.opinion, examination.first_opinion) == (
        "reviewed",
        "met",
        "not_met",
    )
    assert (examination.first_text, examination.opinion_text) == ("What we found.", "Satire.")
    assert not queries.is_not_met(candidacy)
    assert sorted(OutcomeLetter.objects.values_list("kind", flat=True)) == ["not_eligible", "reviewed"]
    with pytest.raises(OutOfOrder):
        actions.ask_review(examination, cast.actor("nadia"), reasons="Again.", language="ru")


def test_a_review_is_asked_in_time_and_of_a_not_met_only(
    call: Call, candidacy: Candidacy, cast: Cast
) -> None:
    examination = making.concluded(candidacy, cast)
    with pytest.raises(Unmet, match="not met"):
        actions.ask_review(examination, cast.actor("nadia"), reasons="x", language="en")
    other = making.concluded(making.file(call, cast, "oleg"), cast, "not_met", (making.KEY,))
    with clock.set_to(clock.now() + timedelta(days=20)), pytest.raises(Unmet, match="over"):
        actions.ask_review(other, cast.actor("oleg"), reasons="x", language="en")
    other.refresh_from_db()
    assert other.state == "concluded"


def test_a_list_waits_for_opinions_only_until_the_latest_reply_date(call: Call, cast: Cast) -> None:
    making.concluded(making.file(call, cast, "nadia"), cast)
    making.file(call, cast, "oleg")
    (finding,) = queries.before_proposal(call)
    assert finding.params["count"] == 1
    latest = queries.latest_reply_date(call)
    assert queries.before_proposal(call, latest - timedelta(days=1))
    assert queries.before_proposal(call, latest) == ()


def test_a_review_without_anybody_to_read_waits_and_is_assigned_when_somebody_is_appointed(
    candidacy: Candidacy, cast: Cast
) -> None:
    examination = making.concluded(candidacy, cast, "not_met", ("public_opposition",))
    read = {r.assessor_id for r in making.readings(examination)}
    others = [cast.persons[key] for key in making.ASSESSORS if cast.persons[key].pk not in read]
    for person in others:  # everybody who did not read declares an interest
        integrity.declare(
            Interest(
                person=person,
                subject=candidacy.reference,
                kind="other",
                text="Worked together.",
                language="en",
            ),
            people.actor(person),
        )
    actions.ask_review(examination, making.candidate(examination), reasons="Please.", language="ru")
    assert making.readings(examination, review=True) == []
    with pytest.raises(Unmet):
        actions.assign_reviewers(examination, cast.actor("anna"))
    integrity.end_interest(
        Interest.objects.get(person=others[0]), cast.actor("marta"), reasons="It ended long ago."
    )
    actions.assign_reviewers(examination, cast.actor("anna"))
    (review,) = making.readings(examination, review=True)
    assert review.assessor == others[0]


def test_a_clerk_restates_the_capacity_that_candidates_are_told(candidacy: Candidacy, cast: Cast) -> None:
    row = Assessorship.objects.get(person=cast.clara)
    actions.restate(row, cast.actor("bruno"), capacity="Former judge", organisation="None", language="en")
    row.refresh_from_db()
    assert (row.capacity, row.state) == ("Former judge", "current")
    with pytest.raises(NotEmpowered):
        actions.restate(row, cast.actor("clara"), capacity="x", organisation="y", language="en")
