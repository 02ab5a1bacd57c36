from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import command as house
from hemicycle.instruments.names.command import screen
from hemicycle.instruments.names.files import Unreadable
from hemicycle.instruments.names.sources.command import WIDTH, preview_command, shown
from hemicycle.instruments.names.sources.entry import KIN, NO_DATE, NO_NAME
from hemicycle.instruments.names.sources.lists import FORMATS, read
from hemicycle.instruments.names.sources.preview import Difference, difference, digests, preview

from .samples import ALIASES, OFAC, PLAIN, SAMPLES, UK_OFSI, UN, written

NEWER = (
    PLAIN.replace("Bailiff", "Judge").replace("b,Blue", "c,Blue")
    + "d,\u202etfel\u0007 ot thgir,,,,,,,\ne,...,,,,,,,\n"
)


def columns(text: str) -> int:
    return sum(
        0
        if unicodedata.category(letter) in ("Mn", "Me")
        else 1 + (unicodedata.east_asian_width(letter) in "WF")
        for letter in text
    )


def test_a_preview_counts_what_a_list_holds(tmp_path: Path) -> None:
    path = written(tmp_path, OFAC)
    seen = preview(path)
    assert (seen.format, seen.published_on) == ("ofac", "")
    assert seen.sha256 == hashlib.sha256(OFAC.encode()).hexdigest()
    assert (seen.entries, seen.names, seen.with_birth_dates) == (4, 5, 2)
    assert seen.by_schema == {"Person": 2, "Organization": 1, "Vessel": 1}
    assert seen.by_kind == {"primary": 4, "weak": 1}
    assert seen.passed_over == ((KIN, 2, (1,)), (NO_DATE, 1, (4,)))
    assert list(seen.first) == list(read(path)) and seen.difference is None


def test_a_preview_names_the_files_beside(tmp_path: Path) -> None:
    path, beside = written(tmp_path, OFAC), written(tmp_path, ALIASES, "alt.csv")
    seen = preview(path, beside=(beside,))
    assert seen.beside == (("alt.csv", hashlib.sha256(ALIASES.encode()).hexdigest()),)
    assert seen.by_kind == {"primary": 4, "weak": 2, "alias": 1, "previous": 1}
    with pytest.raises(Unreadable, match="only OFAC's list has files beside it"):
        preview(written(tmp_path, PLAIN), beside=(beside,))
    with pytest.raises(
        Unreadable, match=r"line 1, column 1: a row neither of alt\.csv nor of sdn_comments\.csv"
    ):
        preview(
            written(tmp_path, OFAC), beside=(written(tmp_path, "11,7,Street,City,Country,-0-\n", "add.csv"),)
        )


def test_the_difference_from_an_earlier_version(tmp_path: Path) -> None:
    before = digests(read(written(tmp_path, PLAIN)))
    newer = written(tmp_path, NEWER)
    assert difference(before, read(newer)) == Difference(("c", "d"), ("a",), ("b",), 0)
    assert preview(newer, before=before).difference == Difference(("c", "d"), ("a",), ("b",), 0)
    assert preview(newer, before=digests(read(newer))).difference == Difference((), (), (), 3)
    assert preview(newer).passed_over == ((NO_NAME, 1, (6,)),)


def test_what_is_broken_half_way_is_no_preview(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        preview(written(tmp_path, UN[: UN.index("<ENTITIES>") + 30]))


@pytest.mark.parametrize("name", FORMATS)
def test_the_command_prints_a_preview_in_eighty_columns(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    path = written(tmp_path, SAMPLES[name], f"{'a long name ' * 9}.csv")
    assert preview_command([str(path)]) == 0
    told = capsys.readouterr()
    assert told.err == "" and name in told.out
    assert all(columns(line) <= WIDTH for line in told.out.splitlines())
    assert preview_command([str(path), "--format", name]) == 0
    assert capsys.readouterr().out == told.out


def test_the_command_compares_and_shows_marks_that_are_not_seen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = written(tmp_path, PLAIN, "old.csv"), written(tmp_path, NEWER, "new.csv")
    assert preview_command([str(new), "--before", str(old)]) == 0
    told = capsys.readouterr().out
    for line in (
        "Published  the file does not say",
        "3 entries, 1 of them with a date of birth",
        "           1  entries without a usable name",
        "              first in lines 6",
        "  d  <U+202E>tfel ot thgir ()",
        "Compared with old.csv",
        "           2  added: c, d",
        "           1  changed: a",
        "           1  removed: b",
        "           0  unchanged",
    ):
        assert line in told.splitlines()


def test_a_file_that_cannot_be_read_prints_nothing_of_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = written(tmp_path, PLAIN, "good.csv"), written(tmp_path, PLAIN + "x\n", "bad.csv")
    for arguments in (
        [str(bad)],
        [str(good), "--before", str(bad)],
        [str(tmp_path / "nowhere")],
        [str(tmp_path)],
    ):
        assert preview_command(arguments) == 2
        told = capsys.readouterr()
        assert told.out == "" and told.err.startswith(f"hemicycle screening preview: {tmp_path}")
    with pytest.raises(SystemExit):
        preview_command([str(good), "--format", "unheard-of"])


def test_the_house_command_runs_it_without_settings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house.sys, "argv", ["hemicycle", "screening", "preview", str(written(tmp_path, UN))])
    assert house.main() == 0
    assert "2026-02-27" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "query"), [(UN, "Ainur Chulpanbaev"), (UK_OFSI, "Milenty Savvich Trubnishchev")]
)
def test_names_are_screened_against_a_published_list(tmp_path: Path, text: str, query: str) -> None:
    written(tmp_path, f"qid,query,schema\n1,{query},Person\n", "queries.csv")
    files = [
        ("--list", written(tmp_path, text)),
        ("--queries", tmp_path / "queries.csv"),
        ("--out", tmp_path / "hits.csv"),
    ]
    assert screen([str(part) for pair in files for part in pair]) == 0
    assert len((tmp_path / "hits.csv").read_text(encoding="utf-8").splitlines()) == 2


@given(st.text(), st.integers(1, 100))
def test_what_is_shown_fits_and_turns_nothing(text: str, width: int) -> None:
    told = shown(text, width)
    assert columns(told) <= width
    assert not any(unicodedata.category(letter) in ("Cc", "Cf") for letter in told)
