from __future__ import annotations

import csv
from pathlib import Path
from xml.etree import ElementTree

import pytest

from hemicycle.instruments.links.command import links
from hemicycle.instruments.links.readers import COLUMNS

ROWS = """\
f1,candidacy,Vera Ozerova,,worked at,o1,organisation,A | ministry,no,2013,2016-02,"the file, part 3",declared
o1,organisation,A | ministry,,same as,e1,list entry,Ministry of Sand,yes,,,hit confirmed on 3 May,confirmed by a person
f1,candidacy,Vera Ozerova,,gave as referee,r1,referee,Алиса <b>,,,,the file,declared
f2,candidacy,Another file,,gave as referee,r1,referee,Алиса <b>,,,,the file,declared
"""


@pytest.fixture
def edges(tmp_path: Path) -> Path:
    path = tmp_path / "edges.csv"
    path.write_text(f"{','.join(COLUMNS)}\n{ROWS}", encoding="utf-8")
    return path


def run(path: Path, of: str = "f1") -> int:
    return links([str(path), "--of", of, "--out", str(path.parent / "out")])


def test_drawing_paths_and_report_are_written(edges: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(edges) == 0
    assert "the lack of one clears nobody" in capsys.readouterr().out
    out = edges.parent / "out"
    for name in ("links.svg", "links-narrow.svg"):
        ElementTree.parse(out / name)
    rows = list(csv.DictReader((out / "paths.csv").read_text().splitlines()))
    told = [(row["step"], row["from"], row["to"], row["relation"], row["source"]) for row in rows]
    assert told == [
        ("1", "f1", "o1", "worked at", "the file, part 3"),
        ("2", "o1", "e1", "same as", "hit confirmed on 3 May"),
    ]
    report = (out / "report.md").read_text()
    assert "*worked at* A \\| ministry (o1), 2013–2016-02 (declared: the file, part 3)" in report
    assert "| Another file (f2) | Алиса \\<b\\> (r1) | 2 of 2 |" in report
    assert "Kinship is no link" in report


def test_a_file_without_paths_says_so_and_clears_nobody(edges: Path) -> None:
    assert run(edges, "f2") == 0
    report = (edges.parent / "out" / "report.md").read_text()
    assert "None of at most two steps." in report and "clears nobody" in report


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("worked at", "brother of", "line 2, column “relation”: “brother of” is no relation; kinship is none"),
        ("confirmed by a person", "inferred by name", "line 3, column “confidence”"),
        (",yes,", ",perhaps,", "line 3, column “b_listed”: “perhaps” is neither yes nor no"),
        ("r1,referee", "r1,uncle", "line 4, column “b_kind”: “uncle” is no kind"),
        ("Another file,,", "Another file,yes,", "line 5, column “a_listed”: f2: a candidacy is tied to a list"),
        ("2016-02", "1999", "line 2, column “until”"),
        (",the file,declared\nf2", ",,declared\nf2", "line 4, column “source”"),
        ("o1,organisation,A | ministry,,same", "o1,person,A | ministry,,same", "line 3, column “a_kind”: o1 stands otherwise in line 2"),
        ("f2,", ",", "line 5, column “a”: a node needs an id"),
        ("a_kind", "kind", "line 1: no column “a_kind”"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_line_and_column(
    edges: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, told: str
) -> None:
    text = edges.read_text()
    assert old in text
    edges.write_text(text.replace(old, new, 1))
    assert run(edges) == 2
    assert told in capsys.readouterr().err
    assert not (edges.parent / "out").exists()


def test_only_a_candidacy_of_the_file_is_asked_about(edges: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for key in ("nobody", "o1"):
        assert run(edges, key) == 2
        assert f"there is no candidacy {key}" in capsys.readouterr().err
    assert run(edges.with_name("missing.csv")) == 2
    with pytest.raises(SystemExit):
        links([str(edges), "--of", "f1", "--out", "x", "--nodes", "0"])
