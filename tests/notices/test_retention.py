"""What the dry run names for a day is what the clock erases when that day has come: no more, no less."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from hemicycle.assembly.models import Session
from hemicycle.candidacy import actions as candidacies
from hemicycle.candidacy import queries as calls
from hemicycle.candidacy.models import Call, Candidacy, Erasure, Slate
from hemicycle.composition import actions as compositions
from hemicycle.composition.models import Addition, List
from hemicycle.integrity import actions as integrity
from hemicycle.integrity.models import Alarm, Contact, Interest
from hemicycle.mandates.models import Mandate
from hemicycle.notices import actions as notices
from hemicycle.notices import retention, showing
from hemicycle.notices.management.commands.tick import ticks
from hemicycle.notices.models import Letter
from hemicycle.people import actions as people
from hemicycle.people.models import Holding, Recovery
from hemicycle.record import clock
from hemicycle.record.actors import CLOCK
from hemicycle.record.models import Entry, KeyDestruction
from hemicycle.rules.findings import Unmet
from hemicycle.suspension import actions as suspension
from hemicycle.suspension import sealing
from hemicycle.suspension.models import Case, Translation
from hemicycle.vetting.models import OutcomeLetter

from ..candidacy import making
from ..candidacy.conftest import call, demonstration, media  # noqa: F401
from ..cast import Cast, charter
from ..composition import making as lists
from ..composition.making import Round
from ..composition.refusing import refused
from ..mandates.making import at_seat, renounce, seated
from ..vetting import making as readings
from ..voting.conftest import crowd

RULES = charter().retention


def run(rounds: int = 2) -> None:
    for _ in range(rounds):  # a file that goes lets others go: a slate, the name on a seat
        for _room, tick in ticks():
            tick()


def there() -> set[tuple[str, str]]:
    """Everything that some rule will erase once, by kind and reference, however far ahead."""
    return {(due.kind, due.reference) for due in retention.plan(clock.now() + timedelta(days=36500))}


def named(until: datetime) -> set[tuple[str, str]]:
    return {(due.kind, due.reference) for due in retention.plan(until)}


def house(call: Call, cast: Cast, held: frozenset[str] = frozenset()) -> None:  # noqa: F811
    """Something of many kinds; `held`: whose files are under a hold of a hundred days."""
    anna, until = cast.actor("anna"), clock.now() + timedelta(days=100)
    slate = Slate(call=call, presenter=cast.katia, organisation="An association", language="en")
    candidacies.present_slate(slate, cast.actor("katia"))
    readings.describe(cast)
    made = {
        "nadia": making.submitted(call, cast.nadia),
        "oleg": making.inadmissible(call, cast, cast.oleg),
        "quiet": readings.concluded(
            making.admissible(call, cast.quiet, cast), cast, "not_met", ("public_opposition",)
        ).candidacy,
        "pavel": making.submitted(call, cast.pavel),
    }
    writer, newcomer = crowd(2)
    making.written(call, writer)
    for key in held & set(made):
        made[key].refresh_from_db()
        candidacies.hold(made[key], anna, ground="A court asked.", until=until, language="en")
    made["nadia"].refresh_from_db()
    candidacies.withdraw(made["nadia"], cast.actor("nadia"))
    erasure = Erasure(candidacy=made["pavel"])
    candidacies.ask_erasure(erasure, anna, by_request=True, ground="Asked for.", language="en")
    candidacies.confirm_erasure(erasure, cast.actor("marta"))
    integrity.declare(
        Interest(subject=cast.quiet.reference, kind="work", text="A former employer."), cast.actor("ilse")
    )
    integrity.enter_contact(
        Contact(), cast.actor("henri"), subject=call.reference, met_on=date(2027, 2, 1), participants="A lobbyist",
        participants_public="An association", place="Strasbourg", hospitality="Coffee", initiated_by="house",
    )  # fmt: skip
    alarm = Alarm(person=cast.clara, hour=clock.now(), office="assessor", at_most=20)
    integrity.raise_alarm(alarm, CLOCK)
    integrity.answer_alarm(alarm, cast.actor("marta"), reasons="It was her round.", language="en")
    holding = Holding(person=newcomer)
    people.grant(holding, anna, office="integrity_officer", ground="Chosen.")
    people.refuse_grant(holding, cast.actor("bruno"))
    recovery = Recovery(person=cast.katia)
    people.ask_recovery(recovery, anna, live_check="video")
    people.refuse_recovery(recovery, cast.actor("bruno"), ground="Not the person.")
    notices.tick()


@pytest.mark.parametrize("days", [6, 7, 29, 31, 61, 89, 91, 101, 181, 365, 547, 800, 1826])
@pytest.mark.parametrize("held", [(), ("nadia", "quiet"), ("pavel", "oleg")], ids=str)
def test_the_clock_erases_what_the_dry_run_named_for_that_day(
    call: Call,  # noqa: F811
    cast: Cast,
    days: int,
    held: tuple[str, ...],
) -> None:
    house(call, cast, frozenset(held))
    before, at = there(), clock.now() + timedelta(days=days)
    promised, entries = named(at), Entry.objects.count()
    assert Entry.objects.count() == entries and there() == before, "to look changes nothing"
    with clock.set_to(at):
        run()
        assert named(clock.now()) == set(), "the clock leaves nothing behind that is due"
        gone = {each for each in before if each not in there()}
    # New letters are written meanwhile, and a letter goes with the file that it is about: both are told apart.
    assert {each for each in gone if each[0] != "letter"} == {
        each for each in promised if each[0] != "letter"
    }
    assert {each for each in promised if each[0] == "letter"} <= gone


def test_every_kind_is_named_and_the_plan_knows_no_other(call: Call, cast: Cast) -> None:  # noqa: F811
    house(call, cast)
    kinds = {kind for kind, _ in there()}
    assert kinds <= set(showing.KINDS)
    assert {"draft", "withdrawn", "inadmissible", "not_chosen", "requested", "slate", "interest", "contact", "alarm",
            "office", "recovery", "letter"} <= kinds  # fmt: skip


def test_a_file_not_chosen_goes_on_the_day_that_its_letter_names_and_still_counts(
    call: Call,  # noqa: F811
    cast: Cast,
) -> None:
    readings.describe(cast)
    made = making.admissible(call, cast.nadia, cast)
    readings.concluded(made, cast, "not_met", ("public_opposition",))
    day = OutcomeLetter.objects.get().destroyed_on
    assert day is not None
    counted = calls.counts(call)
    goes = retention.retention.day_start(day)
    with clock.set_to(goes - timedelta(seconds=1)):
        run()
        assert Candidacy.objects.exists()
    with clock.set_to(goes):
        run()
    assert not Candidacy.objects.exists()
    call.refresh_from_db()
    assert calls.counts(call) == counted
    assert KeyDestruction.objects.filter(owner=made.reference).exists()
    assert Entry.objects.filter(act="erase_person").exists()


def test_a_file_whose_review_runs_does_not_go(call: Call, cast: Cast) -> None:  # noqa: F811
    from hemicycle.people import queries as persons
    from hemicycle.vetting import actions as vetting

    readings.describe(cast)
    examination = readings.concluded(
        making.admissible(call, cast.nadia, cast), cast, "not_met", ("public_opposition",)
    )
    vetting.ask_review(examination, persons.actor(cast.nadia), reasons="Read again.", language="en")
    day = OutcomeLetter.objects.get().destroyed_on
    assert day is not None
    with clock.set_to(retention.retention.day_start(day) + timedelta(days=1)):
        run()
    assert Candidacy.objects.exists()


# --- who sat ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def sitting(cast: Cast, demonstration: None) -> Round:  # noqa: F811
    found = lists.make_round(cast)
    seated(found)
    return found


def test_the_files_of_participants_and_of_their_cases_go_after_the_term(sitting: Round) -> None:
    mandate = at_seat(List.objects.get(), 1)
    case = Case(mandate=mandate, criterion=charter().criteria[0].key, allegation="Said it.", language="en")
    suspension.allege(case, sitting.by("katia"))
    suspension.notify(case, sitting.by("anna"), substance="Said it on 3 May.", language="en")
    suspension.find_no_case(
        case, sitting.by("jonas"), reasons="Nothing in it.", language="en", translation="", translator=""
    )
    refused(Unmet, suspension.erase_case, case, CLOCK)
    session = Session.objects.get(pk=mandate.list.session_id)
    goes = retention.retention.day_start(session.closes_on) + timedelta(days=RULES.after_term_days.value)
    files = set(Mandate.objects.values_list("candidacy__reference", flat=True))
    with clock.set_to(goes - timedelta(seconds=1)):
        run()
        assert Candidacy.objects.filter(reference__in=files).count() == len(files)
        assert files <= {name for kind, name in named(goes) if kind == "participant"}
    with clock.set_to(goes):
        run()
    assert not Candidacy.objects.filter(reference__in=files).exists()
    mandate.refresh_from_db()
    assert (mandate.candidacy, mandate.shown_name, mandate.state) == (None, "", "ended")
    case.refresh_from_db()
    assert case.erased_at is None
    ends = case.decided_at
    assert ends is not None
    with clock.set_to(ends + timedelta(days=RULES.suspension_days.value)):
        run()
    case.refresh_from_db()
    assert case.erased_at and not any(getattr(case, text) for text in Case.TEXTS)
    assert case.state == "no_case" and not Translation.objects.exists()
    assert sealing.file_of(case, sitting.by("jonas")) is None
    refused(Unmet, suspension.open_file, case, sitting.by("jonas"), reason="suspension")
    assert KeyDestruction.objects.filter(owner=case.reference).exists()


def decided(candidacy: Candidacy, found: Round) -> Erasure:
    """Two people decide that this file goes before its time."""
    erasure = Erasure(candidacy=candidacy)
    candidacies.ask_erasure(erasure, found.by("anna"), by_request=True, ground="Asked for.", language="en")
    candidacies.confirm_erasure(erasure, found.by("marta"))
    return erasure


def test_nobody_is_erased_off_a_seat_before_the_mandate_ends(sitting: Round) -> None:
    mandate = at_seat(List.objects.get(), 1)
    assert mandate.candidacy is not None
    erasure = decided(mandate.candidacy, sitting)
    case = Case(mandate=mandate, criterion=charter().criteria[0].key, allegation="Said it.", language="en")
    suspension.allege(case, sitting.by("katia"))
    assert erasure.due_at is not None
    with clock.set_to(erasure.due_at):
        run()
        assert Candidacy.objects.filter(reference=erasure.file).exists(), "the person sits"
        assert ("requested", erasure.file) not in named(clock.now())
        mandate.refresh_from_db()
        renounce(mandate)
        run()
        assert Candidacy.objects.filter(reference=erasure.file).exists(), "a case is heard on it"
        suspension.withdraw(case, sitting.by("katia"))
        run()
    assert not Candidacy.objects.filter(reference=erasure.file).exists()
    erasure.refresh_from_db()
    assert erasure.state == "done"


def test_nobody_is_erased_out_of_an_addition_that_waits_for_the_bureau(sitting: Round) -> None:
    list_ = List.objects.get()
    free = Candidacy.objects.exclude(seats__list=list_).exclude(successions__list=list_).latest("pk")
    erasure = decided(free, sitting)
    addition = Addition.objects.create(
        list=list_, candidacy=free, proposer=sitting.cast.greta, state="before_bureau",
        reference="ADDN-TEST", created_at=clock.now(), released_at=clock.now(),
    )  # fmt: skip
    assert erasure.due_at is not None
    with clock.set_to(erasure.due_at):
        run()
        assert Candidacy.objects.filter(reference=erasure.file).exists()
        Addition.objects.filter(pk=addition.pk).update(state="refused", decided_at=clock.now())
        run()
    assert not Candidacy.objects.filter(reference=erasure.file).exists()


def test_nobody_is_erased_off_a_list_that_is_on_its_way(cast: Cast, demonstration: None) -> None:  # noqa: F811
    found = lists.make_round(cast)
    list_ = lists.released(found, lists.composed(found))
    seat = list_.seats.order_by("number").first()
    assert seat is not None and seat.candidacy is not None
    erasure = decided(seat.candidacy, found)
    free = decided(Candidacy.objects.exclude(seats__list=list_).latest("pk"), found)
    assert erasure.due_at is not None
    with clock.set_to(erasure.due_at):
        run()
        assert Candidacy.objects.filter(reference=erasure.file).exists()
        assert not Candidacy.objects.filter(reference=free.file).exists()
        compositions.withdraw(list_, found.by("greta"))
        run()
    assert not Candidacy.objects.filter(reference=erasure.file).exists()


def test_a_hold_on_a_participants_file_holds_the_case_too(sitting: Round) -> None:
    mandate = at_seat(List.objects.get(), 1)
    case = Case(mandate=mandate, criterion=charter().criteria[0].key, allegation="Said it.", language="en")
    suspension.allege(case, sitting.by("katia"))
    suspension.withdraw(case, sitting.by("katia"))
    far = clock.now() + timedelta(days=4000)
    candidacies.hold(mandate.candidacy, sitting.by("anna"), ground="A court asked.", until=far, language="en")  # type: ignore[arg-type]
    with clock.set_to(far - timedelta(days=1)):
        run()
        case.refresh_from_db()
        assert case.erased_at is None and Candidacy.objects.filter(pk=mandate.candidacy_id).exists()
    with clock.set_to(far):
        run()
    case.refresh_from_db()
    assert case.erased_at and not Candidacy.objects.filter(pk=mandate.candidacy_id).exists()


# --- words of the house -----------------------------------------------------------------------------------------------


def test_nothing_of_the_house_goes_before_its_day(call: Call, cast: Cast) -> None:  # noqa: F811
    house(call, cast)
    for act, matter in (
        (integrity.erase_interest, Interest.objects.get()), (integrity.erase_contact, Contact.objects.get()),
        (integrity.erase_alarm, Alarm.objects.get()), (people.forget_recovery_ground, Recovery.objects.get()),
        (people.forget_holding_ground, Holding.objects.get(state="refused")),
    ):  # fmt: skip
        refused(Unmet, act, matter, CLOCK)


def test_words_go_and_ties_and_dates_stay(call: Call, cast: Cast) -> None:  # noqa: F811
    house(call, cast)
    with clock.set_to(clock.now() + timedelta(days=2000)):
        run()
    interest, contact = Interest.objects.get(), Contact.objects.get()
    assert (interest.text, interest.kind, interest.state) == ("", "work", "declared")
    assert (contact.participants, contact.participants_public, contact.place) == ("", "", "")
    assert Alarm.objects.get().answer == "" and Recovery.objects.get().ground == ""
    owners = {interest.reference, contact.reference, Recovery.objects.get().reference}
    assert owners <= set(KeyDestruction.objects.values_list("owner", flat=True))
    assert not Letter.objects.filter(created_at__lt=clock.now() + timedelta(days=365)).exists()


def test_what_is_said_of_a_tie_after_its_words_have_gone_is_kept_for_as_long_again(
    call: Call,  # noqa: F811
    cast: Cast,
) -> None:
    house(call, cast)
    with clock.set_to(clock.now() + timedelta(days=2000)):
        run()
    with clock.set_to(clock.now() + timedelta(days=2001)):
        interest = Interest.objects.get()
        integrity.end_interest(interest, cast.actor("marta"), reasons="They no longer work together.")
        interest.refresh_from_db()
        assert interest.ending == "They no longer work together."
        assert KeyDestruction.objects.filter(owner=interest.reference).exists(), "the first key is gone"
    with clock.set_to(clock.now() + timedelta(days=4000)):
        run()
        assert named(clock.now()) == set()
    interest.refresh_from_db()
    assert interest.ending == "" and interest.state == "ended"
    assert KeyDestruction.objects.filter(owner=f"{interest.reference}-later").exists()


def test_reasons_given_on_a_tie_after_its_words_have_gone_are_not_kept_for_ever(
    call: Call,  # noqa: F811
    cast: Cast,
) -> None:
    house(call, cast)
    with clock.set_to(clock.now() + timedelta(days=2000)):
        run()
    with clock.set_to(clock.now() + timedelta(days=2001)):
        interest = Interest.objects.get()
        integrity.dispute(interest, cast.actor("henri"), reasons="They never worked there.")
        run()
        interest.refresh_from_db()
        assert interest.dispute, "it is still to be decided"
        integrity.decide(interest, cast.actor("marta"), stands=True, reasons="A contract shows it.")
        run()
        interest.refresh_from_db()
        assert interest.decision == "A contract shows it.", "the days begin when it is said"
    with clock.set_to(clock.now() + timedelta(days=4001)):
        run()
        assert named(clock.now()) == set()
    interest.refresh_from_db()
    assert (interest.dispute, interest.decision, interest.state) == ("", "", "decided")


def test_a_letter_about_an_erasure_goes_with_the_file(call: Call, cast: Cast) -> None:  # noqa: F811
    house(call, cast)
    erasure = Erasure.objects.get()
    assert erasure.due_at is not None and Letter.objects.filter(about=erasure.reference).exists()
    with clock.set_to(erasure.due_at):
        run()
        assert not Candidacy.objects.filter(reference=erasure.file).exists()
        assert not Letter.objects.filter(about=erasure.reference).exists()


def test_the_last_day_of_the_calendar_has_an_end() -> None:
    assert showing.end_of(date(9999, 12, 31)).year == 9999
    assert showing.end_of(date(2027, 5, 1)) < retention.retention.day_start(date(2027, 5, 2))


# --- the page and the command -----------------------------------------------------------------------------------------


def command(*given: str) -> str:
    out = StringIO()
    call_command("retention", *given, stdout=out)
    return out.getvalue()


def test_the_command_and_the_page_say_the_same_and_change_nothing(call: Call, cast: Cast) -> None:  # noqa: F811
    house(call, cast, frozenset({"nadia"}))
    entries, day = Entry.objects.count(), date(2027, 9, 1)
    said, page = (
        command("--on", day.isoformat()),
        cast.client("anna").get("/retention/?on=2027-09-01").content.decode(),
    )
    lines = showing.lines(retention.plan(showing.end_of(day)))
    assert lines
    for line in lines:
        for reference in line.references:
            assert reference in said and (reference in page or len(line.references) > 12)
        assert f"{line.month:%Y-%m}" in page and str(line.title) in page
    assert max(map(len, said.splitlines())) <= 80
    assert "put off by a hold" in said
    assert Entry.objects.count() == entries
    assert "Nothing." in command("--on", "2027-02-09")
    with pytest.raises(CommandError, match="2027-05-01"):
        command("--on", "1 May")


def test_the_page_is_for_the_two_offices_and_tells_of_keys_that_are_not_gone_yet(
    call: Call,  # noqa: F811
    cast: Cast,
) -> None:
    KeyDestruction.objects.create(owner="CAND-OLD", asked_at=clock.now())
    for key in ("anna", "marta"):
        assert "1 key should be gone" in cast.client(key).get("/retention/").content.decode()
    for key in ("nadia", "greta", "clara"):
        assert cast.client(key).get("/retention/").status_code == 404
    assert "1" in command().splitlines()[-1]
