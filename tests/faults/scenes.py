"""Scenes: the house in the middle of its work, by real acts, one matter of each kind in a state that allows something.

Each scene is a function of the cast; what it leaves in the database is what the adversary then tries to break.
"""

from __future__ import annotations

from datetime import date, timedelta

from hemicycle.assembly import actions as assembly
from hemicycle.assembly.actions.charter import form_bodies
from hemicycle.assembly.founding import DATA, load_delegations
from hemicycle.assembly.models import (
    ActingPresidency,
    Adoption,
    Body,
    BodySeat,
    ForumDecision,
    Import,
    Representation,
    SeatYear,
    Session,
)
from hemicycle.candidacy import actions as candidacies
from hemicycle.candidacy.models import Candidacy, CounterStatement, Endorsement, Slate
from hemicycle.integrity import actions as integrity
from hemicycle.integrity.models import CallerCheck, Contact, Interest
from hemicycle.notices import actions as notices
from hemicycle.notices.models import Decision, Dispatch, Kind
from hemicycle.people import actions as people
from hemicycle.people import phrases, wraps
from hemicycle.people import queries as persons
from hemicycle.people.models import Custodian, Enrolment, Holding, Person, ReaderKey, Recovery
from hemicycle.record import actions as record
from hemicycle.record import clock
from hemicycle.record.actors import FOUNDER
from hemicycle.record.models import Correction
from hemicycle.vetting import actions as vetting
from hemicycle.vetting import queries as practice
from hemicycle.vetting import training
from hemicycle.vetting.models import Objection, TrainingReading
from hemicycle.voting import actions as voting
from hemicycle.voting.models import DeskBallot, VoterFile

from ..candidacy import making as files
from ..cast import CHARTER, Cast, charter
from ..laying import laid
from ..putting import put
from ..vetting import making as readings
from ..vetting import service
from ..voting.conftest import crowd, member, new_vote, roll_of
from .scenes_of_consultations import consultations
from .scenes_of_dialogue import exchanges, questions
from .scenes_of_followup import proposals
from .scenes_of_lists import (
    additions,
    cases,
    list_approved,
    list_asked,
    list_drafted,
    list_ratified,
    list_released,
    treasury,
)
from .scenes_of_names import lists_of_names
from .scenes_of_statements import said_together
from .scenes_of_texts import texts_and_speech

MEMBERS = "body,name,capacity,person,delegation,group,precedence\nbureau,Nuala Keane,group_chair,,IE,ALDE,\n"


@laid
def offices(cast: Cast) -> None:
    """Holdings, enrolments, recoveries, mails, and a correction that waits for its second clerk."""
    anna, bruno = cast.actor("anna"), cast.actor("bruno")
    proposed = Holding(person=cast.oleg)
    people.grant(proposed, anna, office="assessor")
    resting = Holding(person=cast.quiet)
    people.grant(resting, anna, office="integrity_officer")
    people.confirm_grant(resting, bruno)
    people.rest(resting, anna)
    people.ask_enrolment(Enrolment(), anna, half=phrases.half(), name="Invented Newcomer")
    issued = Enrolment()
    people.ask_enrolment(issued, bruno, half=phrases.half(), name="Another Newcomer")
    people.issue_enrolment(issued, anna, half=phrases.half())
    asked = Recovery(person=cast.pavel)
    people.ask_recovery(asked, anna, live_check="video")
    waiting = Recovery(person=cast.luca)
    people.ask_recovery(waiting, anna, live_check="video")
    people.confirm_recovery(waiting, bruno, live_check="in_person")
    keys(cast)
    mails(cast)
    record.draft_correction(
        Correction(subject=proposed.reference, field="office", old_text="a", new_text="b", ground="A slip."),
        anna,
    )


@laid
def mails(cast: Cast) -> None:
    """Mails to candidates: one waits, one is held back, of one nobody knows whether it left."""
    for key in ("nadia", "oleg", "pavel"):
        put(Person.objects.filter(pk=cast.persons[key].pk), email=f"{key}@example.org")
        notices.write(cast.persons[key].pk, Kind.OUTCOME, "VOTE-22222222", 1)
    _waits, held, lost = Dispatch.objects.order_by("pk")
    notices.hold_back(Decision(dispatch=held), cast.actor("anna"), reason="danger")
    lost.claimed_at, lost.is_doubtful = clock.now(), True
    lost.save()


@laid
def keys(cast: Cast) -> None:
    """A reading key, and custodians: one waits for its second holder, one for who agrees that it retires."""
    words = {"check_one": "0" * 16, "check_two": "1" * 16}
    made = [wraps.identity_of(bytes([number]) * 32) for number in (1, 2, 3)]
    people.add_reader_key(
        ReaderKey(person=cast.clara), cast.actor("clara"), recipient=wraps.recipient_of(made[0]),
        wraps=[wraps.with_output(made[0], "Y3JlZA", b"o" * 32, b"s" * 32)],
    )  # fmt: skip
    for identity in made[1:]:
        custodian = Custodian()
        people.ask_custodian(
            custodian,
            cast.actor("anna"),
            recipient=wraps.recipient_of(identity),
            holder_two=cast.marta,
            **words,
        )
    people.confirm_custodian(custodian, cast.actor("marta"), check=words["check_two"])
    people.ask_retirement(custodian, cast.actor("anna"))


@laid
def host(cast: Cast) -> None:
    """Sessions, bodies, imports, the charter's next version, an acting presidency, interests, checks."""
    anna = cast.actor("anna")
    load_delegations(DATA)
    form_bodies(charter(), FOUNDER)
    session = Session(name="2027", opens_on=date(2027, 1, 25), closes_on=date(2028, 1, 23))
    assembly.open_session(session, anna)
    assembly.add_part_session(
        session, anna, number=1, from_day=date(2027, 1, 25), until_day=date(2027, 1, 29)
    )
    assembly.enter_holidays(
        SeatYear(), anna, year=2027,
        days=[{"day": date(2027, 5, 17), "name_en": "Monday", "name_fr": "Lundi", "name_ru": "Понедельник"}],
    )  # fmt: skip
    bureau = Body.objects.get(code="bureau")
    for key, capacity in (("greta", "president"), ("ilse", "vice_president"), ("henri", "vice_president")):
        who = cast.persons[key]
        BodySeat.objects.create(
            body=bureau, person=who, name=who.shown_name, capacity=capacity, held_from=clock.now(),
            precedence=1 if key == "ilse" else None,
        )  # fmt: skip
    assembly.appoint_acting_president(ActingPresidency(person=cast.ilse, ground="absence"), anna)
    chair = BodySeat.objects.create(
        body=bureau, person=cast.katia, name=cast.katia.shown_name, capacity="group_chair", held_from=clock.now()
    )  # fmt: skip
    assembly.ask_replacement(
        Representation(), anna, seat=chair, person=cast.luca, from_at=clock.now(),
        until_at=clock.now() + timedelta(days=1),
    )  # fmt: skip
    assembly.preview_import(
        Import(kind="members", extent="lines"), anna, data=MEMBERS.encode(), file_name="b.csv"
    )
    assembly.record_forum_decision(
        ForumDecision(forum="indigenous-forum", decided_on=date(2027, 2, 1), source="Resolution 9999 (2027)"),
        anna,
    )
    text = CHARTER.read_text().replace('version = "1.0"', 'version = "1.1"', 1)
    assembly.draft_charter(Adoption(), anna, text=text, prose=dict(charter().proses))
    about = cast.nadia.reference
    integrity.declare(Interest(subject=about, kind="family", text="Cousins."), cast.actor("henri"))
    disputed = Interest(subject=about, kind="work", text="A former employer.")
    integrity.declare(disputed, cast.actor("ilse"))
    integrity.dispute(disputed, cast.actor("henri"), reasons="Long ago.")
    integrity.open_check(CallerCheck(person=cast.nadia), anna)


@laid
def votes(cast: Cast) -> None:
    """A vote called, one open, one tied, one entered from elsewhere, and a ballot at the desk."""
    anna = cast.actor("anna")
    keys = ("greta", "henri", "ilse", "katia", "luca")
    for name in ("called", "open", "tied"):
        vote = new_vote(question_en=f"Vote {name}?")
        body = keys if name != "tied" else ("greta", "henri", "ilse")
        voting.call_vote(vote, anna, roll=[member(cast, key) for key in body])
        if name == "called":
            continue
        voting.open_vote(vote, anna)
        if name == "open":
            line = vote.roll.get(person=cast.luca)
            voting.cast_at_desk(DeskBallot(vote=vote, roll_entry=line, choice="for"), anna)
            voting.cast(vote, cast.actor("katia"), choice="for")
        else:
            voting.cast(vote, cast.actor("henri"), choice="for")
            voting.cast(vote, cast.actor("ilse"), choice="against")
            voting.close(vote, anna)
    secret = new_vote(body="political_affairs", question_en="Secret?")
    voting.call_vote(secret, anna, roll=roll_of([cast.henri, cast.ilse, *crowd(2)]))
    voting.open_vote(secret, anna)
    cast.henri.email = "henri@example.org"
    cast.henri.save()
    for number, end in enumerate((None, voting.refuse_voter_file, voting.hand_out_voter_file)):
        called = new_vote(body="political_affairs", question_en=f"Secret {number}?")
        voting.call_vote(called, anna, roll=roll_of([cast.henri, cast.ilse]))
        file = VoterFile(vote=called)
        voting.ask_voter_file(file, anna)
        if end is not None:
            end(file, cast.actor("bruno"))
    elsewhere = new_vote(subject="founding", body="assembly", held_on=date(2025, 10, 1))
    voting.record_elsewhere(
        elsewhere, anna, form="show_of_hands", source="Resolution 2621 (2025)", for_=80, against=0, abstentions=4
    )  # fmt: skip


@laid
def candidates(cast: Cast) -> None:
    """A call and candidacies in every state from the draft to the review of a refusal."""
    anna = cast.actor("anna")
    call = files.call(cast)
    integrity.enter_contact(
        Contact(), cast.actor("henri"), subject=call.reference, met_on=date(2027, 2, 1),
        participants="A lobbyist", participants_public="An association", place="Strasbourg", hospitality="Coffee",
        initiated_by=Contact._meta.get_field("initiated_by").choices[0][0],
    )  # fmt: skip
    files.written(call, cast.nadia)
    slate = Slate(call=call, presenter=cast.quiet, organisation="An association", language="en")
    candidacies.present_slate(slate, cast.actor("quiet"))
    submitted = files.submitted(call, cast.oleg)
    candidacies.agree_to_counter_statements(submitted, cast.actor("oleg"))
    candidacies.invite_body(
        CounterStatement(
            candidacy=submitted, invited=cast.quiet, body="A council", due_at=clock.now() + timedelta(days=14)
        ),
        anna,
    )
    people = crowd(6)
    returned = files.written(call, cast.pavel)
    candidacies.add_endorsement(
        Endorsement(candidacy=returned, body="A congress", statement="She speaks for us.", language="en"),
        cast.actor("pavel"),
    )
    candidacies.submit(returned, cast.actor("pavel"))
    candidacies.return_for_completion(returned, anna, reasons="A link is dead.", language="en")
    proposed = files.submitted(call, people[0])
    candidacies.propose_inadmissible(
        proposed, anna, ground="not_own_act", reasons="Sent by an employer.", language="en"
    )
    candidacies.propose_admissible(files.submitted(call, people[3]), anna)
    refused = files.inadmissible(call, cast, people[1])
    reviewed = files.inadmissible(call, cast, people[2])
    candidacies.ask_review(reviewed, persons.actor(people[2]), reasons="I sent it myself.", language="en")
    assert refused.state == "inadmissible"


@laid
def latecomers(cast: Cast) -> None:
    """After the deadline: one who pleads, and one for whom a clerk has asked."""
    anna = cast.actor("anna")
    with clock.set_to(clock.now() - timedelta(days=29)):
        call = files.call(cast, days=28)
    for key in ("nadia", "oleg"):
        late = Candidacy(call=call, person=cast.persons[key])
        candidacies.plead_late(
            late, cast.actor(key), plea="I was detained at a border.", notice_read=True, language="en"
        )
        if key == "oleg":
            candidacies.ask_late_admission(late, anna, ground="Detention at a border.", language="en")


@laid
def examinations(cast: Cast) -> None:
    """Examinations at each stage: readers named, files open, points, replies, an opinion, a review."""
    call = files.call(cast)
    readings.describe(cast)
    first = readings.assigned(readings.file(call, cast, "nadia"), cast)
    one = readings.readings(first)[0]
    vetting.object(Objection(reading=one), cast.actor("nadia"), reasons="We were rivals.", language="en")
    second = readings.assigned(readings.file(call, cast, "oleg"), cast)
    readings.opened(second)
    service.both_sides(second)
    third = readings.read(readings.file(call, cast, "pavel"), cast)
    readings.raised(third)
    readings.put(
        readings.raised(third, "civil_society_link")
        if _asked(third, "civil_society_link")
        else _other(third),
        cast,
    )
    crowded = crowd(3)
    fourth = readings.read(files.admissible(call, crowded[0], cast), cast)
    point = readings.put(readings.raised(fourth), cast)
    vetting.reply(point, persons.actor(crowded[0]), text="It is not so.", language="en")
    files.admissible(call, crowded[1], cast)
    anew = readings.concluded(files.admissible(call, crowded[2], cast), cast)
    vetting.read_again(anew, cast.actor("anna"), cause="incident", reasons="At the door.", language="en")
    last = readings.concluded(
        files.admissible(call, cast.quiet, cast), cast, "not_met", ("public_opposition",)
    )
    assert last.state == "concluded"
    practised(cast)


@laid
def practised(cast: Cast) -> None:
    """A reading of an invented file."""
    asked = practice.asked_of(training.files()["02"], charter())
    findings = {row.key: {"verdict": "unclear", "reasons": "Mine."} for row in asked}
    vetting.give_training(TrainingReading(file="02"), cast.actor("clara"), findings=findings, language="en")


def _asked(examination: object, key: str) -> bool:
    from hemicycle.vetting import queries

    return key in {row.key for row in queries.asked(queries.charter_of(examination))}  # type: ignore[arg-type]


def _other(examination: object) -> object:
    from hemicycle.vetting import queries

    keys = [row.key for row in queries.asked(queries.charter_of(examination))]  # type: ignore[arg-type]
    return readings.raised(examination, next(k for k in keys if k != "public_opposition"))  # type: ignore[arg-type]


# Each scene with the rooms whose acts are tried in it.
SCENES = {
    offices: frozenset({"people", "record", "notices"}),
    said_together: frozenset({"statements"}),
    host: frozenset({"assembly", "integrity"}),
    votes: frozenset({"voting"}),
    candidates: frozenset({"candidacy"}),
    latecomers: frozenset({"candidacy"}),
    examinations: frozenset({"vetting"}),
    lists_of_names: frozenset({"vetting"}),
    list_drafted: frozenset({"composition"}),
    list_asked: frozenset({"composition"}),
    list_released: frozenset({"composition"}),
    list_approved: frozenset({"composition"}),
    list_ratified: frozenset({"composition"}),
    additions: frozenset({"composition"}),
    cases: frozenset({"mandates", "suspension"}),
    texts_and_speech: frozenset({"texts"}),
    consultations: frozenset({"consultations"}),
    treasury: frozenset({"contributions"}),
    proposals: frozenset({"followup"}),
    questions: frozenset({"dialogue"}),
    exchanges: frozenset({"dialogue"}),
}
