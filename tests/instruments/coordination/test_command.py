from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import pytest

from hemicycle.instruments.coordination import command
from hemicycle.instruments.coordination.command import resemble

from .made import DECLARATION, altered, sentence_text
from .test_languages import ENGLISH, RUSSIAN

HEADER = "id,owner,language,text\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(command, "installed", lambda: None)
    first = sentence_text(90, 1)
    rows = [
        ("t1", "a", "en", first),
        ("t2", "b", "en", f"<b>*{altered(first, 0.1, 2)}"),
        ("t3", "c", "en", ENGLISH),
        ("t4", "d", "ru", RUSSIAN),
        ("t5", "e", "en", sentence_text(90, 3)),
    ]
    with (tmp_path / "texts.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER.strip().split(","))
        writer.writerows((*row[:3], f"{row[3]} {DECLARATION}") for row in rows)
    return tmp_path


def run(folder: Path, *more: str, texts: str = "texts.csv", out: str = "out") -> int:
    return resemble([str(folder / texts), "--out", str(folder / out), *more])


def test_pairs_and_a_report_with_their_passages_are_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder) == 0
    with (folder / "out" / "pairs.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["kind"], row["first"], row["second_owner"]) for row in rows] == [
        ("near_copy", "t1", "b"),
        ("shared_marks", "t3", "d"),
    ]
    assert json.loads(rows[0]["evidence"])["texts"] == ["t1", "t2"]
    report = (folder / "out" / "report.md").read_text(encoding="utf-8")
    assert "What would explain it: People who work together" in report
    assert "by names, numbers and dates only" in report
    assert "What stands in many files" in report and "I declare that all of this is true" in report
    assert "Трубнищевым" in report
    printed = capsys.readouterr()
    assert printed.err == "" and "none of them is a mark" in printed.out


def test_nothing_that_somebody_typed_is_markup_in_the_report(folder: Path) -> None:
    first = sentence_text(30, 1)
    typed = f"<img src=x> | **{first}** [x](javascript:1)\n# {first}".replace('"', "")
    (folder / "odd.csv").write_text(f'{HEADER}1,"a|b",en,"{typed}"\n2,<i>,en,"{typed}"\n', encoding="utf-8")
    assert run(folder, texts="odd.csv") == 0
    report = (folder / "out" / "report.md").read_text(encoding="utf-8")
    assert "<" not in report.replace("\\<", "") and "](" not in report
    assert all(
        line.startswith(("| ", "|---")) for line in report.splitlines() if line.count("|") > line.count("\\|")
    )


def test_packed_files_give_the_same_bytes_and_the_form_does_not_count(folder: Path) -> None:
    (folder / "texts.csv.gz").write_bytes(gzip.compress((folder / "texts.csv").read_bytes()))
    assert run(folder) == 0 and run(folder, texts="texts.csv.gz", out="again") == 0
    for name in ("pairs.csv", "report.md"):
        assert (folder / "out" / name).read_bytes() == (folder / "again" / name).read_bytes()
    (folder / "form.txt").write_text(DECLARATION, encoding="utf-8")
    assert run(folder, "--form", str(folder / "form.txt")) == 0
    assert "What stands in many files" not in (folder / "out" / "report.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"id,owner,text\n", "line 1: no column “language”"),
        (b"id,owner,language,text\n1,a,en,x\n1,b,en,y\n", "line 3, column “id”: 1 stands twice"),
        (b"id,owner,language,text\n1,,en,x\n", "line 2, column “owner”: empty"),
        (b"id,owner,language,text\n1,a,en\n", "line 2, column 4: 3 cells where the header has 4"),
        (b"id,owner,language,text\n1,a,en,\xff\n", "line 2, column 8: not UTF-8"),
    ],
)
def test_a_broken_file_is_told_with_line_and_column_and_nothing_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str], content: bytes, told: str
) -> None:
    (folder / "broken.csv").write_bytes(content)
    assert run(folder, texts="broken.csv") == 2
    message = capsys.readouterr().err
    assert str(folder / "broken.csv") in message and told in message
    assert not (folder / "out").exists()


def test_missing_files_and_folders_are_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, texts="nowhere.csv") == 2
    assert run(folder, out="no/where") == 2
    assert run(folder, "--form", str(folder / "nowhere.txt")) == 2
    assert run(folder, out="texts.csv") == 2
    assert capsys.readouterr().err.count("hemicycle resemble: ") == 4


def test_stopping_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "across_languages", stopped)
    assert run(folder) == 130
    assert not (folder / "out").exists()


def test_an_empty_list_asks_nothing(folder: Path) -> None:
    (folder / "empty.csv").write_text(HEADER, encoding="utf-8")
    assert run(folder, texts="empty.csv") == 0
    assert "No two texts" in (folder / "out" / "report.md").read_text(encoding="utf-8")
