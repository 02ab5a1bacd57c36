"""Every step x state x office of every room, cell by cell, as pure decisions without a database."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.forms import FileField

from config import command
from config.rooms import ROOMS
from hemicycle.gallery.book.tables import CHAPTERS
from hemicycle.record import acts
from hemicycle.rules import charter as charters
from hemicycle.rules.procedure import NEW, SAME, NotEmpowered, Office, OutOfOrder, Step, Table
from hemicycle.web.desk import desks
from hemicycle.web.forms import ActForm

CHARTERS = sorted((Path(__file__).parents[2] / "charters").glob("*/*.toml"))


def tables() -> list[Table]:
    found: list[Table] = []
    for room in ROOMS:
        if find_spec(f"hemicycle.{room}.procedure"):
            found += import_module(f"hemicycle.{room}.procedure").TABLES
        if find_spec(f"hemicycle.{room}.actions"):
            import_module(f"hemicycle.{room}.actions")
    return found


ALL = tables()
STEPS = [pytest.param(table, step, id=f"{table.room}.{step.act}") for table in ALL for step in table.steps]


def cell(table: Table, act: str, state: str, office: str) -> str:
    """What the table answers for one cell, as a word."""
    try:
        return table.decide(act, state, {office})
    except NotEmpowered:
        return "not empowered"
    except OutOfOrder:
        return "out of order"


@pytest.mark.parametrize(("table", "step"), STEPS)
def test_each_cell_answers_what_its_row_says(table: Table, step: Step) -> None:
    for state in [NEW, *table.states]:
        for office in Office:
            answer = cell(table, step.act, state, office)
            if office not in step.offices:
                assert answer == "not empowered", (state, office)
            elif state not in step.sources:
                assert answer == "out of order", (state, office)
            else:
                assert answer == office, (state, office)


@pytest.mark.parametrize(("table", "step"), STEPS)
def test_each_row_is_bound_named_and_founded_on_an_article_of_every_charter(table: Table, step: Step) -> None:
    assert (table.room, step.act) in acts.registry, "no function is bound to this row"
    assert str(step.title), "no title for its button"
    assert step.offices, "nobody may take it"
    for path in CHARTERS:
        assert charters.load(path).article(table.article_key(step.act))


@pytest.mark.parametrize("table", ALL, ids=lambda t: f"{t.room}.{t.matter}")
def test_every_state_can_be_reached_and_has_a_name(table: Table) -> None:
    """A state that only time brings (`standing`) is named in the table but no row leads to it; it must be a source
    of something or plainly final."""
    reached = {target for step in table.steps for target in step.targets} - {SAME}
    for state, name in table.states.items():
        assert str(name), state
        by_time_only = state not in reached
        if by_time_only:
            room = Path(__file__).parents[2] / "hemicycle" / table.room
            sources = [*room.glob("models.py"), *room.glob("models/*.py")]
            assert any("def standing" in path.read_text() for path in sources), f"nothing leads to {state}"


def test_every_room_with_acts_has_a_chapter_in_the_book_of_procedure() -> None:
    assert {table.room for table in ALL} <= set(CHAPTERS)


def test_every_act_name_is_unique_in_its_room() -> None:
    names = [(table.room, step.act) for table in ALL for step in table.steps]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("path", CHARTERS, ids=lambda path: path.parent.name)
def test_each_article_key_of_a_charter_is_an_act_and_each_act_has_one(path: Path) -> None:
    """Both ways, as `hemicycle charter check` says it by line."""
    assert charters.format_problems(path, charters.check(path, command.acts())) == ""


def test_each_article_key_in_the_code_is_one_of_a_charter() -> None:
    """A finding with a wrong key would send its reader nowhere."""
    keys = command.acts()
    rooms = "|".join(ROOMS)
    for path in sorted((Path(__file__).parents[2] / "hemicycle").rglob("*.py")):
        for call in (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)):
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            given = (
                [*call.args, *(word.value for word in call.keywords)]
                if name in ("Finding", "article")
                else []
            )
            words = [
                node.value for node in given if isinstance(node, ast.Constant) and isinstance(node.value, str)
            ]
            strange = [word for word in words if re.fullmatch(rf"({rooms})\.\w+", word) and word not in keys]
            assert not strange, f"{path.name}:{call.lineno}: {strange}"


def test_every_bound_act_of_the_house_stands_in_a_table() -> None:
    rows = {(table.room, step.act) for table in ALL for step in table.steps}
    assert {key for key in acts.registry if key[0] in ROOMS} <= rows


# Second halves that are not signed: they refuse or dismiss (nothing begins by them), say that a form is in order or
# not (a review is open, 1.3), or publish a correction of a text, or its translation beside it; or the second holder shows the second sheet by its check; or
# the second half of a code opens nothing by itself.
UNSIGNED_SECONDS = {
    "candidacy.declare_admissible", "candidacy.dismiss_admissibility", "candidacy.confirm_inadmissible",
    "candidacy.dismiss_inadmissibility", "candidacy.confirm_late_admission", "candidacy.dismiss_late_admission",
    "suspension.refuse_urgent", "record.publish_correction", "people.confirm_custodian",
    "texts.review_translation",
    "followup.confirm_transcription", "followup.confirm_carried_out",
    "consultations.make_codes",
}  # fmt: skip
SIGNED = {
    "candidacy.ask_erasure", "candidacy.confirm_erasure",
    "record.confirm_new_key",
    "people.issue_enrolment", "people.confirm_grant", "people.confirm_recovery", "people.complete_recovery",
    "people.confirm_retirement",
    "assembly.adopt_charter", "assembly.commit_import", "assembly.confirm_forum_decision",
    "assembly.confirm_acting_president", "assembly.confirm_replacement",
    "voting.cast", "voting.change", "voting.break_tie", "voting.confirm_elsewhere", "voting.confirm_desk_ballot",
    "voting.hand_out_voter_file", "voting.save_voter_file",
    "composition.ask_release", "composition.confirm_release", "composition.approve", "composition.refuse",
    "composition.refer_back", "composition.ratify", "composition.refuse_ratification", "composition.announce",
    "composition.propose_addition", "composition.release_addition", "composition.add_successor",
    "composition.refuse_addition",
    "mandates.confirm_end", "mandates.confirm_reveal",
    "contributions.receive", "contributions.confirm_spending", "contributions.confirm_reversal",
    "contributions.confirm_return",
    "suspension.suspend_urgently", "suspension.confirm_urgent", "suspension.suspend", "suspension.uphold",
    "statements.consent",
    "consultations.confirm_withdrawal",
}  # fmt: skip


def test_the_dangerous_acts_and_the_ballots_are_signed_and_no_other() -> None:
    rows = {f"{table.room}.{step.act}": step for table in ALL for step in table.steps}
    assert {name for name, step in rows.items() if step.signed} == SIGNED
    seconds = {name for name, step in rows.items() if step.two_person_of}
    assert seconds - SIGNED == UNSIGNED_SECONDS


def test_a_signed_act_is_sent_by_a_form_without_a_file_to_somebody_of_the_house() -> None:
    """A file would have to be sent twice; and a candidate may have no passkey."""
    import_module("config.urls")
    for desk in desks.values():
        for step in desk.table.steps:
            if step.signed:
                form = desk.forms.get(step.act, ActForm)
                assert not any(isinstance(f, FileField) for f in form.base_fields.values()), step.act
                assert Office.CANDIDATE not in step.offices and not step.inner, step.act
