"""Imports: a file that somebody else made is read, shown, and put in force by a second clerk."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hemicycle.assembly import actions, queries, sheets
from hemicycle.assembly.models import BodySeat, Delegation, Import, PoliticalGroup
from hemicycle.record import clock
from hemicycle.record.acts import SamePerson
from hemicycle.record.models import Entry
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import NotEmpowered
from tests.cast import Cast

HEADER = "body,name,capacity,person,delegation,group,precedence\n"
GOOD = HEADER + (
    "bureau,Greta Aurland,president,,NO,,\n"
    "bureau,Ilse Brandtner,vice_president,,AT,EPP-CD,1\n"
    "bureau,Théo Marchand,vice_president,,FR,SOC,2\n"
    "bureau,Nuala Keane,group_chair,,IE,ALDE,\n"
)


def preview(cast: Cast, text: str | bytes, kind: str = "members", extent: str = "lines") -> Import:
    data = text if isinstance(text, bytes) else text.encode()
    made = Import(kind=kind, extent=extent)
    actions.preview_import(made, cast.actor("anna"), data=data, file_name="bureau.csv")
    return made


def bring(cast: Cast, text: str | bytes, kind: str = "members", extent: str = "lines") -> Import:
    made = preview(cast, text, kind, extent)
    actions.commit_import(made, cast.actor("bruno"))
    return made


def said(error: pytest.ExceptionInfo[Unmet]) -> list[str]:
    return [str(finding) for finding in error.value.findings]


def test_a_preview_writes_nothing_but_itself(host: Cast) -> None:
    made = preview(host, GOOD)
    assert made.state == "previewed"
    assert made.plan["counts"] == {"add": 4}
    assert not BodySeat.objects.exists()


def test_a_second_clerk_puts_the_preview_in_force(host: Cast) -> None:
    bring(host, GOOD)
    assert [m.name for m in queries.roll_of("bureau")] == [
        "Greta Aurland", "Ilse Brandtner", "Théo Marchand", "Nuala Keane",
    ]  # fmt: skip
    entry = Entry.objects.get(act="commit_import")
    assert "Aurland" not in str(entry.facts), "an entry holds no name"


def test_the_clerk_who_previewed_does_not_commit(host: Cast) -> None:
    made = preview(host, GOOD)
    with pytest.raises(SamePerson):
        actions.commit_import(made, host.actor("anna"))
    assert not BodySeat.objects.exists()


def test_nobody_but_the_secretariat_imports(host: Cast) -> None:
    with pytest.raises(NotEmpowered):
        actions.preview_import(Import(kind="members"), host.actor("henri"), data=GOOD.encode())
    assert not Import.objects.exists()


def test_a_stale_preview_is_refused(host: Cast) -> None:
    first = preview(host, GOOD)
    bring(host, HEADER + "bureau,Nuala Keane,group_chair,,IE,ALDE,\n")
    with pytest.raises(Unmet, match="stale"):
        actions.commit_import(first, host.actor("bruno"))
    assert BodySeat.objects.count() == 1
    first.refresh_from_db()
    assert first.state == "previewed"


def test_a_withdrawn_import_keeps_no_names(host: Cast) -> None:
    made = preview(host, GOOD)
    actions.withdraw_import(made, host.actor("anna"))
    made.refresh_from_db()
    assert made.state == "withdrawn" and "Greta" not in str(made.plan)


def test_every_problem_is_named_by_its_line_and_nothing_is_written(host: Cast) -> None:
    bad = HEADER + (
        "bureau,Greta Aurland,president,,NO,,\n"
        "bureu,Ilse Brandtner,vice_president,,AT,EPP-CD,1\n"
        "bureau,,vice_president,,ZZ,SOC,two\n"
        "bureau,Nuala Keane,treasurer,P-NOBODY,IE,XXX,\n"
    )
    with pytest.raises(Unmet) as error:
        preview(host, bad)
    lines = said(error)
    assert any(line.startswith("Line 4: “name” is empty") for line in lines)
    # The cells are judged once the shape of every line is right.
    with pytest.raises(Unmet) as error:
        preview(host, bad.replace("bureau,,", "bureau,Théo Marchand,"))
    lines = said(error)
    assert [line.split(":")[0] for line in lines] == [
        "Line 3",
        "Line 4",
        "Line 4",
        "Line 5",
        "Line 5",
        "Line 5",
    ]
    assert not Import.objects.exists() and not BodySeat.objects.exists()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_files_of_every_spreadsheet_are_read(host: Cast, separator: str, encoding: str, newline: str) -> None:
    text = GOOD.replace(",", separator).replace("\n", newline)
    assert preview(host, text.encode(encoding)).plan["counts"] == {"add": 4}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (HEADER.encode(), "no lines below"),
        (b"body,name\nbureau,X\n", "“capacity” is missing"),
        (b"body,name,capacity,salary\nbureau,X,president,1\n", "Unknown column “salary”"),
        (b"body,name,capacity,name\nbureau,X,president,Y\n", "“name” stands twice"),
        (b"body,name,capacity\nbureau,X\n", "Line 2: 2 cells, where the header has 3"),
        (GOOD.encode("latin-1"), "Line 4 is not UTF-8"),
        (b'body,name,capacity\nbureau,"X,president\n', "not a CSV file"),
        (b"body,name,capacity\nbureau,=HYPERLINK(1),president\n", "Line 2: “name” begins like a formula"),
        (b"body,name,capacity\nbureau,+1-cmd,president\n", "begins like a formula"),
        (b"body,name,capacity\nbureau,@SUM(A1),president\n", "begins like a formula"),
        (b"body,name,capacity\nbureau,A\x00B,president\n", "cannot be printed"),
        ("body,name,capacity\nbureau,A\u202eB,president\n".encode(), "cannot be printed"),
        (b"body,name,capacity\nbureau," + b"x" * 201 + b",president\n", "longer than 200"),
        (b"x" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
        (b"\xff\xfe\x00", "is not UTF-8"),
        (b"\x89PNG\r\n\x1a\n", "is not UTF-8"),
    ],
    ids=range(18),
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_why(host: Cast, data: bytes, message: str) -> None:
    with pytest.raises(Unmet) as error:
        preview(host, data)
    assert any(message in line for line in said(error)), said(error)
    assert not Import.objects.exists()


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_no_bytes_whatever_bring_the_reader_down(data: bytes) -> None:
    try:
        for line in sheets.read(data, "groups"):
            assert set(line.cells) == {"code", "name_en", "name_fr", "name_ru"}
    except Unmet as error:
        assert error.findings


def test_ten_thousand_lines_cost_a_handful_of_queries(host: Cast) -> None:
    names = "".join(f"political,Member {number},member,,,,\n" for number in range(10_000))
    began = time.monotonic()
    with CaptureQueriesContext(
        connection,
    ) as context:
        made = preview(host, HEADER + names)
    assert made.plan["counts"] == {"add": 10_000}
    assert len(context) < 30
    assert time.monotonic() - began < 10
    actions.commit_import(made, host.actor("bruno"))
    assert BodySeat.objects.count() == 10_000


def test_ten_thousand_bad_lines_show_the_first_and_count_the_others(host: Cast) -> None:
    with pytest.raises(Unmet) as error:
        preview(host, HEADER + "nowhere,X,member,,,,\n" * 10_000)
    assert len(said(error)) == sheets.FINDINGS_AT_MOST + 1
    assert "more lines with a problem" in said(error)[-1]


def test_a_whole_membership_ends_the_seats_of_those_who_left(host: Cast) -> None:
    bring(host, GOOD)
    later = clock.now()
    made = bring(host, GOOD.replace("bureau,Théo Marchand,vice_president,,FR,SOC,2\n", ""), extent="whole")
    assert made.plan["counts"] == {"keep": 3, "end": 1}
    assert "Théo Marchand" not in [m.name for m in queries.roll_of("bureau", later)]
    gone = BodySeat.objects.get(name="Théo Marchand")
    assert gone.held_until is not None, "the seat is kept with its end"


def test_lines_alone_end_nobodys_seat(host: Cast) -> None:
    bring(host, GOOD)
    made = bring(host, HEADER + "bureau,Piet Zandstra,committee_chair,,NL,,\n")
    assert made.plan["counts"] == {"add": 1}
    assert len(queries.roll_of("bureau")) == 5


def test_a_changed_line_begins_a_new_seat_and_keeps_the_old(host: Cast) -> None:
    bring(host, GOOD)
    made = bring(host, HEADER + "bureau,Nuala Keane,group_chair,,IE,SOC,\n")
    assert made.plan["counts"] == {"change": 1}
    assert [m.group_code for m in queries.roll_of("bureau") if m.name == "Nuala Keane"] == ["SOC"]
    assert BodySeat.objects.filter(name="Nuala Keane").count() == 2


def test_an_enrolled_person_is_linked_by_reference(host: Cast) -> None:
    bring(host, HEADER + f"bureau,Henri Delacombe,head_of_delegation,{host.henri.reference},FR,,\n")
    assert queries.roll_of("bureau")[0].person_id == host.henri.pk


def test_a_file_that_changes_nothing_is_refused(host: Cast) -> None:
    bring(host, GOOD)
    with pytest.raises(Unmet, match="changes nothing"):
        preview(host, GOOD)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("".join(f"bureau,V{n},vice_president,,,,{n}\n" for n in range(1, 22)), "21 Vice-Presidents"),
        ("".join(f"bureau,H{n},head_of_delegation,,,,\n" for n in range(40)), "40 members of the Bureau"),
        ("bureau,A,president,,,,\nbureau,B,president,,,,\n", "2 President"),
        ("bureau,A,vice_president,,,,1\nbureau,B,vice_president,,,,1\n", "Precedence 1 is given to 2"),
        ("bureau,A,vice_president,,,,1\nbureau,a,vice_president,,,,2\n", "stands twice"),
    ],
)
def test_the_charter_limits_who_sits(host: Cast, lines: str, message: str) -> None:
    with pytest.raises(Unmet) as error:
        preview(host, HEADER + lines)
    assert any(message in line for line in said(error)), said(error)


def test_one_person_does_not_sit_under_two_names(host: Cast) -> None:
    reference = host.henri.reference
    with pytest.raises(Unmet, match="two names"):
        preview(
            host,
            HEADER + f"bureau,A,group_chair,{reference},,,\nbureau,B,head_of_delegation,{reference},,,\n",
        )


def test_days_are_checked(host: Cast) -> None:
    header = "body,name,capacity,from,until\n"
    with pytest.raises(Unmet) as error:
        preview(
            host, header + "bureau,A,group_chair,2027-13-01,\nbureau,B,group_chair,2027-05-02,2027-05-01\n"
        )
    assert "not a day" in said(error)[0] and "ends before it begins" in said(error)[1]
    bring(host, header + "bureau,A,group_chair,2027-03-01,2027-04-01\n")
    assert queries.roll_of("bureau") == []


def test_delegations_and_groups_are_imported_too(host: Cast) -> None:
    bring(host, "code,name_en,name_fr,name_ru,members\nFR,France,France,Франция,17\n", kind="delegations")
    assert Delegation.objects.get(code="FR").members == 17
    bring(host, "code;name_en;name_fr;name_ru\nNEW;New;Nouveau;Новая\n", kind="groups")
    assert PoliticalGroup.objects.filter(code="NEW").exists()
    with pytest.raises(Unmet, match="two-letter"):
        preview(
            host, "code,name_en,name_fr,name_ru,members\nFRA,France,France,Франция,x\n", kind="delegations"
        )


def test_the_shipped_files_are_files_that_the_import_reads(host: Cast) -> None:
    data = Path(sheets.__file__).parent / "data"
    assert len(sheets.read((data / "delegations.csv").read_bytes(), "delegations")) == 46
    assert len(sheets.read((data / "groups.csv").read_bytes(), "groups")) == 6
