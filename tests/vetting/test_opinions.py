"""The opinion as advice, dissent, letters, review, withdrawal."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from hemicycle.candidacy import actions as candidacies
from hemicycle.candidacy.models import Call, Candidacy
from hemicycle.integrity import actions as integrity
from hemicycle.integrity.models import Interest
from hemicycle.people import queries as people
from hemicycle.record import clock
from hemicycle.record.models import Entry, Opening
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder
from hemicycle.vetting import actions, queries
from hemicycle.vetting.models import Assessorship, Examination, OutcomeLetter, WithdrawalNote

from ..candidacy import making as files
from ..cast import Cast, sign_in
from . import making

pytestmark = pytest.mark.django_db
KEY = "public_opposition"


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
    examination = making.read(candidacy, cast, **{KEY: "not_met"})
    making.upheld(examination, cast)
    first, second = making.readings(examination)
    actions.draft_opinion(
        examination, making.actor_of(first), opinion="not_met", text="No.", language="en", grounds=(KEY,)
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


def test_not_found_eligible_is_told_at_the_opinion_with_findings_and_the_way_to_a_review(
    candidacy: Candidacy, cast: Cast
) -> None:
    examination = making.concluded(candidacy, cast, "not_met", (KEY,))
    letter = OutcomeLetter.objects.get()
    assert (letter.kind, letter.opinion, letter.text) == ("not_eligible", "not_met", "What we found.")
    asked = queries.asked(queries.charter_of(examination))
    assert len(letter.findings) == 2 * len(asked)
    assert {row["reader"] for row in letter.findings} == {1, 2}
    assert [row["state"] for row in letter.points] == ["upheld"]
    assert letter.decided_by[0]["organisation"].startswith("Institute of")
    names = [cast.persons[key].name for key in making.ASSESSORS]
    assert not any(name in str((letter.findings, letter.decided_by, letter.points)) for name in names)
    assert letter.review_until == examination.review_until
    assert letter.destroyed_on == clock.today() + timedelta(days=180)
    assert queries.visible_letters(cast.actor("nadia")).get() == letter
    assert not queries.visible_letters(cast.actor("oleg")).exists()
    assert queries.is_not_met(candidacy)
    assert candidacy in queries.eligible(candidacy.call)


def test_found_eligible_waits_for_the_letter_before_publication(candidacy: Candidacy, cast: Cast) -> None:
    making.concluded(candidacy, cast)
    assert not OutcomeLetter.objects.exists()
    clerk = cast.actor("anna")
    with pytest.raises(Unmet, match="does not say"):
        actions.send_letter(OutcomeLetter(candidacy=candidacy, kind="not_eligible"), clerk)
    actions.send_letters({candidacy.pk: "on_list"}, clerk, ["bureau"])
    decided = OutcomeLetter.objects.get().decided_by
    assert [row["what"] for row in decided] == ["read", "read", "proposed", "approved"]
    assert (decided[2]["office"], decided[3]["body"]) == ("president", "bureau")
    with pytest.raises(Unmet, match="before"):
        actions.send_letter(OutcomeLetter(candidacy=candidacy, kind="on_list"), clerk)
    assert OutcomeLetter.objects.get().destroyed_on == candidacy.call.session.closes_on + timedelta(days=730)


def test_the_inadmissible_are_told_by_the_clock(call: Call, cast: Cast) -> None:
    candidacy = files.submitted(call, cast.oleg)
    candidacies.propose_inadmissible(
        candidacy, cast.actor("anna"), ground="not_own_act", reasons="A relative sent it.", language="en"
    )
    candidacies.confirm_inadmissible(candidacy, cast.actor("bruno"))
    assert actions.tick() == 1
    assert actions.tick() == 0
    letter = OutcomeLetter.objects.get()
    assert (letter.kind, letter.text, letter.findings) == ("inadmissible", "A relative sent it.", [])
    assert letter.decided_by == [{"what": "form", "office": "secretariat", "count": 2}]
    candidacy.refresh_from_db()
    assert letter.destroyed_on == timezone.localtime(candidacies.erasure_due(candidacy)).date()
    assert letter.review_until is not None
    with clock.set_to(
        letter.review_until - timedelta(seconds=1)
    ):  # what the letter says is what the act asks
        candidacies.ask_review(candidacy, cast.actor("oleg"), **asked_by(cast))


def asked_by(cast: Cast) -> dict[str, str]:
    return {"reasons": "I sent it.", "language": "en"}


@pytest.mark.parametrize("admitted", [False, True])
def test_who_asked_for_review_of_a_refusal_is_told_what_was_decided(
    call: Call, cast: Cast, admitted: bool
) -> None:
    candidacy = files.inadmissible(call, cast, cast.oleg)
    actions.tick()
    first = OutcomeLetter.objects.get()
    kind = "form_reversed" if admitted else "form_confirmed"
    with pytest.raises(Unmet, match="does not say"):
        actions.send_letter(OutcomeLetter(candidacy=candidacy, kind=kind), cast.actor("anna"))
    candidacies.ask_review(candidacy, cast.actor("oleg"), **asked_by(cast))
    assert actions.tick() == 0
    with clock.set_to(clock.now() + timedelta(days=9)):
        candidacies.decide_review(
            candidacy, cast.actor("farid"), is_admissible=admitted, reasons="We looked.", language="en"
        )
        assert actions.tick() == 1
        assert actions.tick() == 0
        letter = OutcomeLetter.objects.exclude(pk=first.pk).get()
        assert (letter.kind, letter.text, letter.review_until) == (kind, "We looked.", None)
        assert letter.decided_by == [{"what": "form_review", "office": "reviewer", "count": 1}]
        if admitted:
            assert letter.destroyed_on is None
        else:
            assert letter.destroyed_on == first.destroyed_on + timedelta(days=9)
        client = cast.client("oleg")
        for prefix in ("", "/fr", "/ru"):
            assert client.get(f"{prefix}/matters/{letter.reference}/").status_code == 200
        page = client.get(f"/matters/{first.reference}/").content.decode()
        assert f"/matters/{letter.reference}/" in page and "no longer count" in page


def test_a_review_goes_to_people_who_did_not_read_and_may_change_the_opinion(
    candidacy: Candidacy, cast: Cast
) -> None:
    examination = making.concluded(candidacy, cast, "not_met", (KEY,))
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
    other = making.concluded(making.file(call, cast, "oleg"), cast, "not_met", (KEY,))
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


def test_a_withdrawal_closes_the_file_to_everybody_at_once(candidacy: Candidacy, cast: Cast) -> None:
    examination = making.read(candidacy, cast)
    point = making.put(making.raised(examination), cast)
    first = making.readings(examination)[0]
    candidacies.withdraw(candidacy, cast.actor("nadia"))
    examination = Examination.objects.get()
    assert examination.standing(clock.now()) == "closed"
    for key in ("anna", "nadia", "marta", *making.ASSESSORS):
        actor = cast.actor(key)
        assert not queries.visible_to(actor).exists()
        assert not queries.visible_readings(actor).exists()
        assert not queries.visible_points(actor).exists()
        assert not queries.findings_of(examination, actor)
    point.refresh_from_db()
    with pytest.raises(OutOfOrder):
        actions.reply(point, cast.actor("nadia"), text="x", language="ru")
    with pytest.raises(OutOfOrder):
        actions.draft_opinion(examination, making.actor_of(first), opinion="met", text="x", language="en")
    assert queries.opinion_of(candidacy) is None


def test_withdrawing_with_a_point_open_leaves_a_keyed_note_until_the_next_round_closes(
    candidacy: Candidacy, cast: Cast
) -> None:
    examination = making.read(candidacy, cast)
    making.put(making.raised(examination), cast)
    candidacies.withdraw(candidacy, cast.actor("nadia"))
    assert actions.tick() == 1
    note = WithdrawalNote.objects.get()
    assert cast.nadia.reference not in note.keyed_reference
    assert queries.withdrew_with_point_open(cast.nadia)
    assert not queries.withdrew_with_point_open(cast.oleg)
    later = type(candidacy.call.session).objects.create(
        name="2028", opens_on=candidacy.call.session.closes_on + timedelta(days=1),
        closes_on=candidacy.call.session.closes_on + timedelta(days=360), state="planned", reference="SESS-LATER001",
        created_at=clock.now(), version=1,
    )  # fmt: skip
    next_call = files.call(cast)
    Call.objects.filter(pk=next_call.pk).update(session=later)
    with clock.set_to(clock.now() + timedelta(days=10)):
        assert actions.tick() == 0
    with clock.set_to(clock.now() + timedelta(days=40)):
        assert actions.tick() == 1
    assert not queries.withdrew_with_point_open(cast.nadia)
    note.refresh_from_db()
    assert note.keyed_reference == ""


def test_a_clock_that_was_off_for_long_keeps_the_note_before_it_erases_the_file(
    candidacy: Candidacy, cast: Cast
) -> None:
    making.put(making.raised(making.read(candidacy, cast)), cast)
    candidacies.withdraw(candidacy, cast.actor("nadia"))
    with clock.set_to(clock.now() + timedelta(days=400)):
        assert candidacies.tick() >= 0
        assert Examination.objects.exists(), "the file waits for the note"
        actions.tick()
        assert queries.withdrew_with_point_open(cast.nadia)
        candidacies.tick()
        actions.tick()
    assert not Examination.objects.exists()
    assert not Candidacy.objects.filter(pk=candidacy.pk).exists()
    assert queries.withdrew_with_point_open(cast.nadia)


def test_a_point_of_which_nobody_was_told_leaves_no_note(candidacy: Candidacy, cast: Cast) -> None:
    making.raised(making.read(candidacy, cast))
    candidacies.withdraw(candidacy, cast.actor("nadia"))
    assert actions.tick() == 1
    assert not WithdrawalNote.objects.exists()


def test_when_a_file_is_erased_nothing_of_it_is_left_but_entries_without_salts(
    candidacy: Candidacy, cast: Cast
) -> None:
    examination = making.concluded(candidacy, cast, "not_met", (KEY,))
    mine = Opening.objects.filter(entry__matter=examination.reference)
    assert mine.exists()
    candidacies.withdraw(candidacy, cast.actor("nadia"))
    actions.tick()
    entries = Entry.objects.filter(room="vetting").count()
    with clock.set_to(clock.now() + timedelta(days=60)):
        candidacies.tick()
        actions.tick()
    assert not Examination.objects.exists()
    assert not mine.exists()
    assert (
        not Opening.objects.filter(entry__room="vetting").exclude(entry__matter__startswith="ASSR").exists()
    )
    assert Opening.objects.filter(entry__matter__startswith="ASSR").exists()
    assert Entry.objects.filter(room="vetting").count() >= entries


def test_every_entry_on_a_file_is_sealed_and_says_nothing_of_a_person(
    candidacy: Candidacy, cast: Cast
) -> None:
    making.concluded(candidacy, cast, "not_met", (KEY,))
    entries = Entry.objects.filter(room="vetting").exclude(act="appoint")
    assert set(entries.values_list("publicity", flat=True)) == {"sealed"}
    written = str(list(entries.values_list("facts", flat=True)))
    assert not any(text in written for text in ("column", "annex", "What we found", "Reasons on", "Не так"))
    assert not any(p.reference in written for p in cast.persons.values())


def test_service_and_money_are_dated_overlaps_without_a_verdict(call: Call, cast: Cast) -> None:
    candidacy = making.file(call, cast, **making.SERVICE)
    charter = queries.charter_of(making.assigned(candidacy, cast))
    lines = {bar.key: dated for bar, dated in queries.timeline(candidacy, charter)}
    found = [(d.period.kind, d.from_.year, d.set_aside) for d in lines["government_service"]]
    assert found == [("post", 2015, False), ("teaching", 2015, True)]
    assert lines["state_money"] == []


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
