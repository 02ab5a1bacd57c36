"""What the story leads to: every number is asked of the rooms, as a visitor's pages ask it."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta

from hemicycle.assembly import queries as assembly
from hemicycle.candidacy import queries as candidacies
from hemicycle.candidacy.models import Candidacy, Evidence
from hemicycle.composition import queries as lists
from hemicycle.consultations.models import Consultation, Proposition
from hemicycle.contributions import queries as money
from hemicycle.contributions.models import Contribution
from hemicycle.demonstration.replay.stage import Stage, data
from hemicycle.dialogue.models import Answer, Exchange, Question, Topic
from hemicycle.followup.models import EarlierContact, Proposal
from hemicycle.integrity import queries as integrity
from hemicycle.integrity.models import Interest
from hemicycle.mandates import queries as mandates
from hemicycle.notices.models import Letter
from hemicycle.people.models import Person
from hemicycle.record import clock, law, queries
from hemicycle.record.models import Correction, Entry, Matter
from hemicycle.statements.models import Amendment, Group, Initiative, Statement
from hemicycle.suspension import queries as suspensions
from hemicycle.texts.models import Moderation, Term, Translation
from hemicycle.vetting import queries as vetting
from hemicycle.vetting.models import AdversePoint, Examination, OutcomeLetter
from hemicycle.voting import queries as votes
from hemicycle.voting.actions.closing import recount
from hemicycle.voting.models import DeskBallot, RollEntry, Vote


def test_the_first_entry_marks_a_demonstration(told: Stage) -> None:
    first = Entry.objects.order_by("number")[0]
    assert (first.room, first.act, first.facts["demonstration"]) == ("assembly", "found", True)
    assert queries.is_demonstration()


def test_52_candidacies_came_three_were_inadmissible_one_was_withdrawn_one_was_late(told: Stage) -> None:
    found = candidacies.counts(told.call)
    assert {name: found[name] for name in ("received", "inadmissible", "withdrawn", "late", "returned")} == {
        "received": 52, "inadmissible": 3, "withdrawn": 1, "late": 1, "returned": 3,
    }  # fmt: skip
    assert found["admissible"] == 48
    assert found["slates"] == found["slates_represented"] == 1
    assert found["from_slates"] == 4
    grounds = told.call.candidacies.filter(state="inadmissible").values_list("inadmissible_ground", flat=True)
    assert sorted(grounds) == ["incomplete", "incomplete", "not_own_act"]


def test_drafts_and_pleas_that_came_to_nothing_were_erased_by_the_clock(told: Stage) -> None:
    assert Candidacy.objects.filter(call=told.call).count() == 52
    erased = Entry.objects.filter(room="candidacy", act="erase", actor="CLOCK")
    assert erased.count() == 2


def test_people_write_their_names_in_their_own_scripts(told: Stage) -> None:
    names = [row.person.name for row in Candidacy.objects.filter(call=told.call).select_related("person")]
    cyrillic = [name for name in names if any("\u0400" <= char <= "\u04ff" for char in name)]
    assert cyrillic and len(cyrillic) < len(names)
    peoples = set(told.call.candidacies.filter(reserve_confirmed=True).values_list("people", flat=True))
    assert len(peoples) == 20
    assert not {p for p in peoples if "крымск" in p.casefold() or "crimean" in p.casefold()}


def test_one_candidate_came_without_an_address_and_has_a_receipt_phrase(told: Stage) -> None:
    without = Person.objects.filter(candidacies__call=told.call, email__isnull=True)
    assert without.count() == 1
    assert without.get().account.phrase_digest


def test_evidence_is_real_files_and_links(told: Stage) -> None:
    kinds = set(Evidence.objects.filter(candidacy__call=told.call).values_list("kind", flat=True))
    assert kinds == {"link", "image", "pdf", "text"}


def test_every_file_was_read_and_some_readers_differed(told: Stage) -> None:
    found = vetting.counts(told.call)
    assert found["assessed"] == found["examined"] == 48
    assert found["third_readings"] >= 3
    assert (found["not_met"], found["divided"]) == (1, 3)
    assert found["interests"] == 1


def test_an_adverse_point_was_answered_and_dropped(told: Stage) -> None:
    dropped = AdversePoint.objects.get(
        examination__candidacy__call=told.call, state="dropped", counter_statement=""
    )
    assert dropped.reply_text and dropped.answer and dropped.translator
    assert dropped.examination.opinion == "met"


def test_everybody_got_an_outcome_letter(told: Stage) -> None:
    """Whoever is admissible has one; so have the three whose form was not; a review brings a second,
    of the form too."""
    sent = OutcomeLetter.objects.filter(candidacy__call=told.call).values_list("candidacy_id", "kind")
    assert len({candidacy for candidacy, _kind in sent}) == 52
    assert Counter(kind for _candidacy, kind in sent) == {
        "inadmissible": 3, "not_chosen": 28, "not_eligible": 1, "reviewed": 1, "form_confirmed": 1, "on_list": 15, "succession": 5,
    }  # fmt: skip


def test_the_first_list_was_refused_and_said_by_how_many_and_why(told: Stage) -> None:
    said = [str(finding) for finding in told.refusal.findings]
    assert said == ["4 of 15 reserved, 5 required: short by 1, article 4.2"]
    assert told.failed.state == "draft"
    assert not Entry.objects.filter(matter=told.failed.reference, act="ask_release").exists()


def test_a_list_of_15_with_5_reserved_is_in_force(told: Stage) -> None:
    assert lists.in_force() == told.list
    numbers = lists.sheet(told.list)
    assert (numbers["proposed"], numbers["reserved"], numbers["accepted"]) == (15, 5, 15)
    asked, confirmed = (
        Entry.objects.get(matter=told.list.reference, act=act) for act in ("ask_release", "confirm_release")
    )
    assert asked.actor != confirmed.actor


def test_the_bureau_approved_with_abstentions_and_its_arithmetic_holds(told: Stage) -> None:
    vote = Vote.objects.get(pk=told.votes["list"].pk)
    outcome = votes.outcome_of(vote)
    assert outcome is not None and outcome.carried and not outcome.unanimous
    assert outcome.abstentions == 5
    assert recount(vote) == (outcome.votes_for, outcome.votes_against, outcome.abstentions)
    assert outcome.votes_cast == outcome.votes_for + outcome.votes_against == 27
    assert outcome.present == outcome.votes_cast + outcome.abstentions == 32


def test_a_member_without_a_device_voted_at_the_desk(told: Stage) -> None:
    ballot = DeskBallot.objects.get(vote=told.votes["list"])
    assert (ballot.state, ballot.confirmation, ballot.roll_entry.has_voted) == ("recorded", "in_person", True)


def test_a_secret_vote_of_a_committee_left_no_link_between_voter_and_choice(told: Stage) -> None:
    vote = Vote.objects.get(pk=told.votes["committee"].pk)
    outcome = votes.outcome_of(vote)
    assert vote.is_secret and outcome is not None and outcome.carried
    assert (outcome.votes_for, outcome.votes_against, outcome.abstentions) == (13, 3, 2)
    assert not vote.roll.filter(ciphertext__isnull=False).exists()


def test_a_refusal_was_reviewed_by_people_who_had_not_read_before(told: Stage) -> None:
    examination = Examination.objects.get(candidacy__call=told.call, state="reviewed")
    assert (examination.first_opinion, examination.opinion) == ("not_met", "not_met")
    first, again = (
        set(examination.readings.filter(is_review=review).values_list("assessor", flat=True))
        for review in (False, True)
    )
    assert len(first) == 2 and again and not first & again


def test_a_member_of_the_bureau_with_an_interest_was_out_of_that_vote(told: Stage) -> None:
    line = RollEntry.objects.get(vote=told.votes["list"], person=told.people["bureau2"])
    assert (line.effect, line.has_voted) == ("out_of_vote", False)
    assert Interest.objects.filter(person=told.people["bureau2"], state="declared").count() == 1


def test_the_founding_vote_is_both_unanimous_and_80_0_4(told: Stage) -> None:
    vote = votes.votes_on("founding").get()
    outcome = votes.outcome_of(vote)
    assert outcome is not None and outcome.unanimous and outcome.carried
    assert (outcome.votes_for, outcome.votes_against, outcome.abstentions) == (80, 0, 4)
    assert votes.abstentions_by_delegation(vote) == {"UA": 1, "TR": 1, "GB": 1, "ES": 1}
    assert votes.individual_votes(vote) == []
    assert vote.held_on == date(2025, 10, 1)


def test_the_assembly_ratified_in_a_part_session(told: Stage) -> None:
    vote = Vote.objects.get(pk=told.votes["ratification"].pk)
    assert vote.state == "carried" and vote.body == "assembly"
    part = told.session.part_sessions.get(number=1)
    assert vote.held_on is not None and part.from_day <= vote.held_on <= part.until_day


def test_a_reserved_seat_was_given_up_and_filled_from_the_succession_list(told: Stage) -> None:
    (ended,) = (m for m in mandates.of_list(told.list) if m.ended_ground == "renounced")
    filled = ended.replaced_by.get()
    assert ended.reserved and filled.reserved
    seats = mandates.seats_at()
    assert len(seats) == 15 and all(seat.state == "sitting" for seat in seats)
    assert mandates.reserve_state(told.list, seats).active == 5


def test_one_suspension_was_dismissed_and_the_participant_sits(told: Stage) -> None:
    (measure,) = suspensions.public_measures()
    assert measure.state == "dismissed"
    assert measure.mandate.person == told.people["olkhovatskaya"]
    assert measure.mandate in mandates.sitting()
    during = measure.since + timedelta(days=1)
    assert {s.number for s in mandates.seats_at(during) if s.state == "suspended"} == {
        measure.mandate.seat_number
    }


def test_a_published_fact_was_corrected_and_the_old_text_stands_beside(told: Stage) -> None:
    (correction,) = Correction.objects.filter(state="published")
    published = integrity.published_contacts([told.call.reference, told.list.reference])
    assert len(published) == 3
    assert correction.new_text in [row["place"] for row in published]
    assert correction.old_text and correction.ground and correction.corrected_at


def test_the_charter_was_amended_after_both_were_consulted_and_the_session_keeps_its_law(told: Stage) -> None:
    assert law.version_in_force().reference == "pace-2025/1.1"
    assert assembly.charter_of(told.session).reference == "pace-2025/1.0"
    assert told.next_call.charter == "pace-2025/1.1"
    adopted = Entry.objects.get(room="assembly", act="adopt_charter")
    acts = set(
        Entry.objects.filter(matter=adopted.matter, number__lt=adopted.number).values_list("act", flat=True)
    )
    assert {"consult_secretary_general", "consult_general_rapporteur"} <= acts


def states(model: type[Matter]) -> Counter[str]:
    return Counter(model._default_manager.values_list("state", flat=True))


def test_what_was_asked_said_and_proposed_stands_at_each_of_its_steps(told: Stage) -> None:
    assert {model.__name__: states(model) for model in (Topic, Exchange, Translation, Term, Moderation, Group)} == {
        "Topic": {"open": 2}, "Exchange": {"invited": 1}, "Translation": {"reviewed": 3}, "Term": {"entered": 5},
        "Moderation": {"restored": 1}, "Group": {"standing": 3},
    }  # fmt: skip
    assert states(Question) == {
        "drafted": 1, "tabled": 1, "returned": 1, "withdrawn": 1, "admitted": 4, "holding": 1, "answered": 3, "reviewed": 1,
        "followed_up": 1,
    }  # fmt: skip
    assert Answer.objects.filter(released_at__isnull=False).count() == Answer.objects.count() == 6
    assert states(Statement) == {"draft": 1, "published": 1}
    assert (states(Initiative), states(Amendment)) == ({"open": 1}, {"open": 1})
    assert states(Consultation) == {"open": 1, "published": 1}
    assert states(Proposition) == {"admitted": 20, "waiting": 1}
    assert states(Proposal) == {
        "made": 2, "taken_up": 1, "asked": 1, "answered": 1, "claimed": 1, "carried_out": 1, "declined": 1, "ignored": 1,
    }  # fmt: skip
    assert states(EarlierContact) == {"transcribed": 1, "public": 3}


def test_the_session_runs_now_and_everything_lies_in_the_past(told: Stage) -> None:
    assert assembly.current_session() == told.session
    assert told.session.closes_on > clock.today() + timedelta(days=200)
    latest = Entry.objects.order_by("-at")[0]
    assert latest.at < clock.now()


def test_the_record_runs_forward_in_time(told: Stage) -> None:
    instants = list(Entry.objects.order_by("number").values_list("at", flat=True))
    assert instants == sorted(instants)


def test_no_entry_holds_a_name_an_address_or_a_text(told: Stage) -> None:
    facts = json.dumps(list(Entry.objects.values_list("facts", flat=True)), ensure_ascii=False)
    story = data("candidates")
    words = [
        word
        for row in [*story["candidate"], *story["next"]]
        for word in (row["name"], row["latin"], row["told"])
    ]
    words += [row["name"] for row in data("house")["cast"]]
    words += [row["told"][:40] for row in story["candidate"]]
    words += [str(email) for email in Person.objects.exclude(email=None).values_list("email", flat=True)]
    texts = data("texts")
    words += [value for part in ("case", "forms") for value in texts[part].values() if " " in value]
    assert len(words) > 200
    assert [word for word in words if word in facts] == []


def test_letters_were_written_and_nobody_is_told_what_they_say_outside(told: Stage) -> None:
    assert Letter.objects.filter(person=told.people["olkhovatskaya"]).count() >= 5
    assert set(Letter.objects.values_list("created_at__date", flat=True)) <= {
        told.day(offset) for offset in range(-126, 1)
    }


def test_progress_runs_from_nothing_to_everything(told: Stage, shown: list[tuple[int, int, str]]) -> None:
    done = [row[0] for row in shown]
    assert done[0] == 0 and done[-1] == 100
    assert done == sorted(set(done))
    assert len(done) > 50


def test_a_state_gave_two_people_spent_and_one_spending_waits(told: Stage) -> None:
    (given,), (spent,) = money.received(), money.paid()
    assert (given.received, given.purpose, spent.amount) == (6_000_000, "interpretation", 184_050)
    acts = Entry.objects.filter(matter=spent.reference).order_by("number")
    assert [(e.act, e.office) for e in acts] == [
        ("ask_spending", "secretariat"), ("confirm_spending", "secretary_general"),
    ]  # fmt: skip
    assert len({e.actor for e in acts}) == 2
    assert sum(money.trial_balance("EUR").values()) == 0
    (waits,) = money.waiting_for(told.actor("treasurer"))
    assert waits.amount == 96_000 and Contribution.objects.filter(state="pledged").count() == 1
