"""Acts on the call, and the person's own writing: each done once, refused once with nothing changed."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from hemicycle.candidacy import actions, answers, queries, safeguards
from hemicycle.candidacy.models import Call, Candidacy, Evidence
from hemicycle.candidacy.procedure import CallState, CandidacyState
from hemicycle.people import wraps
from hemicycle.people.models import Custodian, ReaderKey
from hemicycle.people.procedure import CustodianState, ReaderKeyState
from hemicycle.record import acts, clock, heartbeat
from hemicycle.record.actors import PUBLIC
from hemicycle.record.models import Entry
from hemicycle.record.sealing import keystore
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered, OutOfOrder, Publicity

from ..cast import Cast
from . import making
from .making import refused

S = CandidacyState


# --- the call


def test_no_call_opens_outside_a_demonstration_without_safeguards(cast: Cast) -> None:
    error = refused(Unmet, lambda: making.call(cast))
    said = " ".join(f.message for f in error.findings)
    for what in (
        "HEMICYCLE_MASTER_KEY_FILE",
        "HEMICYCLE_KEYSTORE and",
        "reading key",
        "has no backup of its own",
        "clock",
    ):
        assert what in said, what
    assert not Call.objects.exists()


@pytest.fixture
def production(cast: Cast, settings: Any, tmp_path: Path) -> Path:
    """A house outside a demonstration in which nothing is missing."""
    settings.HAS_OWN_MASTER = True
    settings.KEYSTORE, settings.KEYSTORE_BACKUP = tmp_path / "store", tmp_path / "backup"
    settings.KEYSTORE_BACKUP.mkdir()
    for number, key in enumerate(("clara", "david")):
        ReaderKey.objects.create(
            person=cast.persons[key], recipient=wraps.recipient_of(wraps.new_identity()), wraps=[{"kind": "x"}],
            state=ReaderKeyState.CURRENT, reference=f"RKEY-{number}", created_at=clock.now(),
        )  # fmt: skip
    heartbeat.beat()
    return tmp_path


def test_a_call_opens_outside_a_demonstration_when_every_safeguard_is_there(
    cast: Cast, production: Path
) -> None:
    assert making.call(cast).state == CallState.OPEN


@pytest.mark.parametrize(
    ("taken", "word"),
    [
        ("master", "HEMICYCLE_MASTER_KEY_FILE"), ("store", "HEMICYCLE_KEYSTORE and"), ("backup_in", "HEMICYCLE_KEYSTORE and"), ("other_master", "not the one of this master key"),
        ("backup", "has no backup of its own"), ("backup_away", "is not there"), ("reader", "reading key"),
        ("custodian", "custodian"), ("clock", "clock does not run"),
    ],
)  # fmt: skip
def test_each_safeguard_that_is_missing_is_named_alone(
    cast: Cast, production: Path, settings: Any, taken: str, word: str
) -> None:
    assert making.call(cast).state == CallState.OPEN
    keystore.key_for("HOUSE", make=True)
    if taken == "master":
        settings.HAS_OWN_MASTER = False
    elif taken == "store":
        settings.HOME = settings.KEYSTORE
    elif taken == "backup_in":
        settings.HOME = settings.KEYSTORE_BACKUP
    elif taken == "other_master":
        settings.MASTER_KEY = bytes(32)
    elif taken == "backup":
        settings.KEYSTORE_BACKUP = None
    elif taken == "backup_away":
        shutil.rmtree(settings.KEYSTORE_BACKUP)
    elif taken == "reader":
        ReaderKey.objects.filter(person=cast.clara).update(state=ReaderKeyState.REVOKED)
    elif taken == "custodian":
        Custodian.objects.update(state=CustodianState.RETIRED)
    else:
        cache.delete(heartbeat.PLACE)
    findings = safeguards.missing()
    assert len(findings) == 1 and word in findings[0].message


def test_an_opened_call_is_public_and_names_the_law_in_force(call: Call) -> None:
    entry = Entry.objects.get(matter=call.reference)
    assert (entry.act, entry.publicity) == ("open_call", Publicity.PUBLIC.value)
    assert call.charter == entry.charter == "pace-2025/1.0"


def test_a_call_shorter_than_the_charter_says_is_refused(demonstration: None, cast: Cast) -> None:
    refused(Unmet, lambda: making.call(cast, days=5))


def test_a_drafted_call_is_opened_by_a_second_act(demonstration: None, cast: Cast) -> None:
    now = clock.now()
    made = Call(
        session=making.session(),
        opens_at=now,
        closes_at=now + timedelta(days=40),
        text_en="a",
        text_fr="b",
        text_ru="",
    )
    made.text_ru = "в"
    actions.draft_call(made, cast.actor("anna"))
    assert not queries.visible_calls(PUBLIC).exists()
    actions.open_call(made, cast.actor("anna"))
    assert queries.open_calls().get() == made


def test_only_the_secretariat_opens_a_call(demonstration: None, cast: Cast) -> None:
    start = clock.now()
    made = Call(session=making.session(), opens_at=start, closes_at=start + timedelta(days=40),
                text_en="a", text_fr="b", text_ru="c")  # fmt: skip
    refused(NotEmpowered, lambda: actions.open_call(made, cast.actor("greta")))


def test_a_call_is_over_at_its_deadline_though_no_clock_has_run(call: Call) -> None:
    with clock.set_to(call.closes_at):
        assert call.state == CallState.OPEN
        assert call.standing(clock.now()) == CallState.CLOSED
        assert not queries.open_calls().exists()


def test_an_extension_is_for_everybody_and_only_forward(call: Call, cast: Cast) -> None:
    draft = making.draft(call, cast.nadia)
    until = call.closes_at + timedelta(days=7)
    refused(Unmet, lambda: actions.extend_call(call, cast.actor("anna"), closes_at=call.closes_at), call)
    actions.extend_call(call, cast.actor("anna"), closes_at=until)
    draft.refresh_from_db()
    with clock.set_to(until - timedelta(seconds=1)):
        assert draft.standing(clock.now()) == S.DRAFT


def test_a_closed_call_cannot_be_extended(call: Call, cast: Cast) -> None:
    with clock.set_to(call.closes_at):
        until = call.closes_at + timedelta(days=3)
        refused(OutOfOrder, lambda: actions.extend_call(call, cast.actor("anna"), closes_at=until), call)


def test_drafts_of_a_withdrawn_call_are_over(call: Call, cast: Cast) -> None:
    draft = making.draft(call, cast.nadia)
    actions.withdraw_call(call, cast.actor("anna"), reasons="The session was moved.", language="en")
    draft.refresh_from_db()
    assert draft.standing(clock.now()) == S.LAPSED


# --- writing and sending


def test_nobody_begins_without_the_notice_of_the_risk(call: Call, cast: Cast) -> None:
    refused(Unmet, lambda: actions.start(Candidacy(call=call, person=cast.nadia), cast.actor("nadia")))


def test_nobody_begins_for_somebody_else(call: Call, cast: Cast) -> None:
    made = Candidacy(call=call, person=cast.nadia)
    refused(Unmet, lambda: actions.start(made, cast.actor("oleg"), notice_read=True))
    refused(Unmet, lambda: actions.start(Candidacy(call=call, person=cast.nadia), PUBLIC, notice_read=True))


def test_one_person_begins_one_candidacy_per_call(call: Call, cast: Cast) -> None:
    making.draft(call, cast.nadia)
    refused(Unmet, lambda: making.draft(call, cast.nadia))


@pytest.mark.parametrize("office_holder", ["anna", "clara", "greta", "farid", "marta"])
def test_who_judges_or_decides_cannot_be_a_candidate(call: Call, cast: Cast, office_holder: str) -> None:
    refused(Unmet, lambda: making.draft(call, getattr(cast, office_holder)))


def test_a_draft_is_saved_part_by_part_and_an_unknown_part_is_refused(call: Call, cast: Cast) -> None:
    draft, by = making.draft(call, cast.nadia), cast.actor("nadia")
    actions.save(draft, by, parts={"residence": {"residence": "LT", "origin": ["journalism"]}})
    assert answers.read(draft, "residence") == {"residence": "LT", "origin": ["journalism"]}
    refused(Unmet, lambda: actions.save(draft, by, parts={"criterion:invented": {}}), draft)


def test_names_are_changed_by_acts_of_the_account(call: Call, cast: Cast) -> None:
    draft = making.draft(call, cast.oleg)
    values = {
        "name": "Олег Т.",
        "latin_name": "Oleg T.",
        "public_name": "O. T.",
        "gender": "m",
        "language": "ru",
    }
    actions.save(draft, cast.actor("oleg"), parts={"names": values})
    cast.oleg.refresh_from_db()
    assert (cast.oleg.name, cast.oleg.public_name) == ("Олег Т.", "O. T.")
    assert Entry.objects.filter(room="people", act="change_person").exists()


def test_no_personal_text_reaches_the_record(call: Call, cast: Cast) -> None:
    made = making.submitted(call, cast.nadia)
    actions.return_for_completion(made, cast.actor("anna"), reasons="The second link is dead.", language="en")
    told = str(list(Entry.objects.values_list("facts", flat=True)))
    for words in ("Надия", "Nadiya", "second link", "I said so", "example.org"):
        assert words not in told


def test_an_incomplete_candidacy_is_not_sent(call: Call, cast: Cast) -> None:
    draft = making.draft(call, cast.nadia)
    error = refused(Unmet, lambda: actions.submit(draft, cast.actor("nadia")), draft)
    assert len(error.findings) > len(queries.charter_of(call).criteria)


def test_a_complete_candidacy_is_sent_and_dated(call: Call, cast: Cast) -> None:
    made = making.submitted(call, cast.nadia)
    assert (made.state, made.submitted_at) == (S.SUBMITTED, clock.now())


def test_a_late_candidacy_is_refused(call: Call, cast: Cast) -> None:
    made = making.written(call, cast.nadia)
    with clock.set_to(call.closes_at):
        refused(OutOfOrder, lambda: actions.submit(made, cast.actor("nadia")), made)


def test_a_yes_to_a_bar_needs_its_dates_and_a_no_drops_them(call: Call, cast: Cast) -> None:
    made, by = making.written(call, cast.nadia), cast.actor("nadia")
    actions.save(made, by, parts={"bar:state_money": {"answer": "yes"}})
    refused(Unmet, lambda: actions.submit(made, by), made)
    period = {
        "kind": "grant",
        "employer": "A state fund",
        "from_day": date(2016, 1, 1),
        "until_day": date(2017, 1, 1),
    }
    actions.save(made, by, parts={"bar:state_money": {"answer": "yes", "periods": [period]}})
    assert answers.missing(made) == ()
    actions.save(made, by, parts={"bar:state_money": {"answer": "no"}})
    assert not made.periods.exists()


@pytest.mark.parametrize(
    ("part", "values"),
    [
        ("bar:state_money", {"answer": "yes"}),
        ("bar:state_money", {"answer": "yes", "periods": []}),
        ("residence", {"residence": "", "origin": ["journalism"]}),
        ("declaration", {"is_own_act": False}),
    ],
)
def test_a_correction_leaves_nothing_incomplete(
    call: Call, cast: Cast, part: str, values: dict[str, Any]
) -> None:
    made, by = making.submitted(call, cast.nadia), cast.actor("nadia")
    before = answers.read(made, part)
    refused(
        Unmet,
        lambda: actions.correct_facts(made, by, part=part, values=values, reasons="x", language="en"),
        made,
    )
    assert answers.read(made, part) == before
    assert not made.fact_corrections.exists()


@pytest.mark.parametrize(
    "change",
    [{"kind": "invented"}, {"employer": ""}, {"from_day": None}, {"until_day": date(2016, 1, 1)}],
)
def test_a_period_that_cannot_be_is_refused(call: Call, cast: Cast, change: dict[str, Any]) -> None:
    made = making.draft(call, cast.nadia)
    period = {
        "kind": "post",
        "employer": "A ministry",
        "from_day": date(2016, 1, 1),
        "until_day": None,
    } | change
    parts = {"bar:government_service": {"answer": "yes", "periods": [period]}}
    refused(Unmet, lambda: actions.save(made, cast.actor("nadia"), parts=parts), made)
    assert not made.bar_answers.exists()


def test_evidence_is_a_link_or_a_file_and_never_both_or_none(call: Call, cast: Cast) -> None:
    made = making.draft(call, cast.nadia)
    refused(Unmet, lambda: actions.add_evidence(made, cast.actor("nadia"), title="x", language="en"), made)


def test_evidence_is_removed_by_its_person_only(call: Call, cast: Cast) -> None:
    made = making.written(call, cast.nadia)
    name = made.evidence.first().name
    other = making.draft(call, cast.oleg)
    refused(Unmet, lambda: actions.remove_evidence(other, cast.actor("oleg"), evidence=name), other)
    refused(NotEmpowered, lambda: actions.remove_evidence(made, cast.actor("anna"), evidence=name), made)
    actions.remove_evidence(made, cast.actor("nadia"), evidence=name)
    assert not Evidence.objects.filter(name=name).exists()


def test_a_page_is_blacked_out_by_its_person_only_and_what_was_sent_goes_with_it(
    call: Call, cast: Cast
) -> None:
    made, other = making.written(call, cast.nadia), making.draft(call, cast.oleg)
    held = made.evidence.first()
    assert held is not None
    with pytest.raises(Unmet, match="no such page"):
        actions.black_out(made, cast.actor("nadia"), evidence=held.name, page=1, blackened="new")  # a link
    held.kind, held.link, held.digest = "image", "", "0" * 64
    held.pages, held.original = ["one", "two"], "sent"
    held.save()
    given = {"evidence": held.name, "page": 2, "blackened": "new"}
    refused(Unmet, lambda: actions.black_out(other, cast.actor("oleg"), **given), other)
    refused(NotEmpowered, lambda: actions.black_out(made, cast.actor("anna"), **given), made)
    with pytest.raises(Unmet, match="no such page"):
        actions.black_out(made, cast.actor("nadia"), **{**given, "page": 3})
    actions.black_out(made, cast.actor("nadia"), **given)
    held.refresh_from_db()
    assert (held.pages, held.original) == (["one", "new"], "")


def test_a_corrected_fact_keeps_what_stood_there_until_the_opinion(call: Call, cast: Cast) -> None:
    made, by = making.admissible(call, cast.nadia, cast), cast.actor("nadia")
    values = {"residence": "PL", "origin": ["journalism"]}
    actions.correct_facts(made, by, part="residence", values=values, reasons="I have moved.", language="en")
    assert made.residence == "PL"
    assert made.fact_corrections.get().before["residence"] == "LT"
    refused(NotEmpowered, lambda: actions.close_corrections(made, cast.actor("clara")), made)
    within = acts._within.set(1)  # as the vetting room calls it, within the act that gives the opinion
    actions.close_corrections(made, cast.actor("clara"))
    acts._within.reset(within)
    refused(
        Unmet,
        lambda: actions.correct_facts(made, by, part="residence", values=values, reasons="x", language="en"),
        made,
    )
