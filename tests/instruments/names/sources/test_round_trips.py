from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.instruments.names.ftm import entity_of
from hemicycle.instruments.names.sources import days
from hemicycle.instruments.names.sources.entry import KINDS, Draft, Entry, PassedOver
from hemicycle.instruments.names.sources.followthemoney import as_ftm_line, as_ftm_lines
from hemicycle.instruments.names.sources.lists import read

COLUMNS = "entity_id,name,kind,schema,birth_dates,programme,position,listed_on,link"
PIECES = st.text(max_size=30)
DATES = st.one_of(
    st.dates(date(1000, 1, 1)).map(str),
    st.dates(date(1000, 1, 1)).map(lambda day: str(day)[:7]),
    st.just("1975"),
)


@st.composite
def an_entry(draw: st.DrawFn, number: str) -> Entry:
    """An entry as a reader makes it, with whatever text a file may hold."""
    draft = Draft(number, 1, draw(st.sampled_from(("Person", "Organization", "Vessel"))))
    draft.name(draw(PIECES) + "x", draw(st.sampled_from(KINDS)))
    for name, kind in draw(st.lists(st.tuples(PIECES, st.sampled_from(KINDS)), max_size=4)):
        draft.name(name, kind)
    draft.birth_dates = draw(st.lists(DATES, max_size=3))
    draft.programmes, draft.positions = draw(st.lists(PIECES, max_size=2)), draw(st.lists(PIECES, max_size=2))
    draft.listed_on = draw(st.one_of(st.just(""), st.dates(date(1000, 1, 1)).map(str)))
    draft.link = draw(st.sampled_from(("", "https://example.org/a?b=c&d=%20")))
    entry = draft.entry(PassedOver())
    assert entry is not None
    return entry


ENTRIES = st.tuples(an_entry("a"), an_entry("b"), an_entry("-1"))


def as_table(entries: tuple[Entry, ...]) -> str:
    file = io.StringIO()
    table = csv.writer(file)
    table.writerow(COLUMNS.split(","))
    for entry in entries:
        more = (";".join(entry.birth_dates), entry.programme, entry.position, entry.listed_on, entry.link)
        for name, kind in entry.names:
            table.writerow((entry.entity_id, name, kind, entry.schema, *more))
    return file.getvalue()


def as_json_lines(entries: tuple[Entry, ...]) -> str:
    return "\n".join(line for entry in entries for line in as_ftm_lines(entry))


@pytest.mark.parametrize("write", [as_table, as_json_lines])
def test_entries_survive_writing_and_reading(
    tmp_path_factory: pytest.TempPathFactory, write: Callable[[tuple[Entry, ...]], str]
) -> None:
    path = tmp_path_factory.mktemp("lists") / "list"

    @given(ENTRIES)
    def survive(entries: tuple[Entry, ...]) -> None:
        path.write_bytes(write(entries).encode())
        found = list(read(path))
        assert found == list(entries)
        assert [entry.digest() for entry in found] == [entry.digest() for entry in entries]

    survive()


@given(an_entry("a"))
def test_an_entity_is_one_line_that_follow_the_money_reads(entry: Entry) -> None:
    line = as_ftm_line(entry)
    assert line.splitlines() == [line] or "\n" not in line
    assert entity_of(line)["schema"] == entry.schema


@given(an_entry("a"), an_entry("a"))
def test_digests_tell_entries_apart(one: Entry, other: Entry) -> None:
    assert (one.digest() == other.digest()) == (one == other)


@given(st.text(max_size=20))
def test_a_date_is_whole_or_nothing(text: str) -> None:
    for found in (days.iso(text), days.slashed(text), *days.worded(text)):
        assert found == "" or days.iso(found) == found


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("22 Nov 1979", ["1979-11-22"]),
        ("Nov 1979", ["1979-11"]),
        ("circa 1960", ["1960"]),
        ("circa 1962-1964", ["1962", "1963", "1964"]),
        ("05 May 1963 to 07 Jul 1964", ["1963", "1964"]),
        ("1950 to 1959", [str(year) for year in range(1950, 1960)]),
        ("1950 to 1960", []),
        ("1960 to 1950", []),
        ("31 Feb 1979", []),
        ("22 Foo 1979", []),
        ("late 1979", []),
    ],
)
def test_dates_in_words(text: str, dates: list[str]) -> None:
    assert days.worded(text) == dates


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("31/03/1975", "1975-03-31"),
        ("1/3/1975", "1975-03-01"),
        ("dd/mm/1975", "1975"),
        ("00/03/1975", "1975-03"),
        ("--/--/1975", "1975"),
        ("1975-03-31", "1975-03-31"),
        ("31/02/1975", ""),
        ("15/08/19yy", ""),
        ("03/31/1975", ""),
    ],
)
def test_dates_with_slashes(text: str, date: str) -> None:
    assert days.slashed(text) == date


def test_a_file_out_of_order_gives_the_same_entries(tmp_path: Path) -> None:
    rows = [f"{number},name {number} {turn}\n" for turn in range(3) for number in range(50)]
    apart, together = tmp_path / "apart", tmp_path / "together"
    apart.write_text("entity_id,name\n" + "".join(rows), encoding="utf-8")
    together.write_text(
        "entity_id,name\n" + "".join(sorted(rows, key=lambda row: int(row.split(",")[0]))), encoding="utf-8"
    )
    assert list(read(apart)) == list(read(together))
