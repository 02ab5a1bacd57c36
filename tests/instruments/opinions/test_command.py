from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from hemicycle.instruments.names.files import Unreadable
from hemicycle.instruments.opinions import command, readers
from hemicycle.instruments.opinions.command import opinions
from hemicycle.instruments.opinions.opinion_map import opinion_map
from hemicycle.instruments.opinions.outcome import Found
from hemicycle.instruments.opinions.pictures import map_picture
from hemicycle.instruments.opinions.readers import read_statements, read_votes
from hemicycle.instruments.opinions.report import plain

from .made import Triples, conversation, table, votes_of

FILES = ("map.json", "statements.csv", "map.svg", "statements.svg", "bridging.svg", "report.md")
KEYS = [
    "statement_ids",
    "mean",
    "pc1",
    "pc2",
    "participant_ids",
    "x",
    "y",
    "group",
    "k",
    "gac_agree",
    "gac_disagree",
    "consensus",
    "representative",
    "stability",
]
ODD = "<b>*Roads*</b> | [x](javascript:1), дороги"


def long_file(triples: Triples) -> str:
    rows = [
        f"{1400000000000 + n},Wed Jun 18 08:16:54 2014,{what},{who},{vote}"
        for n, (who, what, vote) in enumerate(zip(*triples, strict=True))
    ]
    return "\n".join(["timestamp,datetime,comment-id,voter-id,vote", *rows, ""])


def wide_file(triples: Triples) -> str:
    said = {(who, what): vote for who, what, vote in zip(*map(list, triples), strict=True)}
    people, statements = (sorted(set(map(int, kind))) for kind in triples[:2])
    head = ["participant", "group-id", "n-comments", "n-votes", *map(str, statements)]
    rows = [
        ",".join([str(who), "", "0", "5", *(str(said.get((who, what), "")) for what in statements)])
        for who in people
    ]
    return "\n".join([",".join(head), *rows, ""])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    triples = conversation()
    (tmp_path / "votes.csv").write_text(long_file(triples), encoding="utf-8")
    (tmp_path / "wide.csv").write_text(wide_file(triples), encoding="utf-8")
    with (tmp_path / "comments.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("timestamp", "comment-id", "moderated", "comment-body"))
        writer.writerows(
            (1, what, -1 if what == 16 else what % 4 // 2, f'{ODD}\n"{what}"') for what in range(10, 34, 2)
        )
    return tmp_path


def run(folder: Path, *more: str, votes: str = "votes.csv", out: str = "out") -> int:
    return opinions([str(folder / votes), "--out", str(folder / out), "--resamples", "10", *more])


def written(folder: Path, out: str = "out") -> Any:
    return json.loads((folder / out / "map.json").read_text(encoding="utf-8"))


def test_a_map_is_written_with_all_that_stands_beside_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "--statements", str(folder / "comments.csv")) == 0
    found = written(folder)
    assert set(KEYS) <= set(found)
    assert found["statement_ids"] == list(range(10, 34, 2)) and found["participant_ids"] == list(
        range(7, 187, 3)
    )
    assert all(
        len(found[name]) == 12 for name in ("mean", "pc1", "pc2", "gac_agree", "gac_disagree", "bridging")
    )
    assert all(len(found[name]) == 60 for name in ("x", "y", "group"))
    place = found["statement_ids"].index(16)
    assert (found["mean"][place], found["pc1"][place], found["pc2"][place]) == (0, 0, 0)  # moderated out
    assert found["k"] == 2 and {0, 1} <= set(found["group"]) <= {0, 1, None}
    assert found["stability"] > 0.9 and found["resamples"]["count"] == 10
    assert {10, 12} <= set(found["common_ground"]["agree"]) and 14 in found["common_ground"]["disagree"]
    assert "16" not in str(found["consensus"]) and "16" not in str(found["representative"])
    for name in ("map.svg", "statements.svg", "bridging.svg"):
        assert ElementTree.parse(folder / "out" / name).getroot().tag.endswith("svg")
    assert sorted(path.name for path in (folder / "out").iterdir()) == sorted(FILES)
    told = capsys.readouterr()
    assert told.err == "" and "Groups: 2, stability" in told.out and "for nobody else's eyes" in told.out


def test_what_may_be_shown_names_nobody_and_no_small_count(folder: Path) -> None:
    assert run(folder, "--statements", str(folder / "comments.csv")) == 0
    with (folder / "out" / "statements.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["statement_id"] for row in rows] == [str(one) for one in range(10, 34, 2)]
    cells = [int(row[name]) for row in rows for name in row if name.startswith("group_A_") and row[name]]
    assert cells and min(cells) >= 5
    assert rows[0]["common_ground"] == "supported" and rows[2]["common_ground"] == "rejected"
    assert rows[3]["moderated_out"] == "yes" and rows[3]["rank_bridging"] == ""
    for name in FILES[2:]:
        text = (folder / "out" / name).read_text(encoding="utf-8")
        assert not any(f">{who}<" in text or f"participant {who}" in text for who in range(7, 187, 3))


def test_the_map_draws_squares_of_five_or_more_and_nobodys_place() -> None:
    found = opinion_map(votes_of(conversation(400)))
    assert found is not None
    root = ElementTree.fromstring(map_picture(Found(found, found.stability(1), found.bridging())))
    squares = [each for each in root.iter() if each.get("class") == "square"]
    told = [int((each[0].text or "").split()[0]) for each in squares]
    assert told and min(told) >= 5 and len(told) < 80
    assert len([each for each in root.iter() if each.tag.endswith("circle")]) == 1  # the mark of group A


def test_the_report_says_how_sure_it_is_and_takes_no_markup_of_others(folder: Path) -> None:
    assert run(folder, "--statements", str(folder / "comments.csv")) == 0
    report = (folder / "out" / "report.md").read_text(encoding="utf-8")
    assert "**Stability**: 10 resamples" in report and "Two measures beside one another" in report
    assert (
        "<" not in report.replace("\\<", "")
        and "](" not in report.replace("\\]", "")
        and plain(ODD) in report
    )


def test_long_wide_packed_and_shuffled_files_give_the_same_map(folder: Path) -> None:
    head, *rows = (folder / "votes.csv").read_text(encoding="utf-8").splitlines()
    shuffled = [rows[place] for place in np.random.default_rng(2).permutation(len(rows))]
    (folder / "shuffled.csv").write_text("\r\n".join([head, *shuffled]), encoding="utf-8")
    (folder / "votes.csv.gz").write_bytes(gzip.compress((folder / "votes.csv").read_bytes()))
    assert run(folder) == 0
    for number, votes in enumerate(("wide.csv", "votes.csv.gz", "shuffled.csv")):
        assert run(folder, votes=votes, out=str(number)) == 0
        for name in FILES:
            assert (folder / str(number) / name).read_bytes() == (folder / "out" / name).read_bytes()
    assert run(folder, "--workers", "2", out="two") == 0
    assert written(folder, "two") == written(folder)


def test_below_the_least_number_of_voters_positions_are_shown_and_no_groups(folder: Path) -> None:
    assert run(folder, "--min-voters", "61") == 0
    found = written(folder)
    assert set(KEYS) <= set(found) and found["k"] == 0 and found["stability"] is None
    assert found["participant_ids"] == found["x"] == found["group"] == [] and found["gac_agree"] == {}
    cells = [cell for row in found["positions"].values() for cell in row if cell is not None]
    assert len(found["positions"]) == 12 and cells and min(cells) >= 5
    report = (folder / "out" / "report.md").read_text(encoding="utf-8")
    assert "No groups are shown" in report and "## Groups" not in report
    assert "No groups are shown" in (folder / "out" / "map.svg").read_text(encoding="utf-8")
    _, counts = np.unique(conversation()[0], return_counts=True)
    voters = int((counts >= 7).sum())
    assert run(folder, "--min-voters", str(voters)) == 0 and written(folder)["k"] == 2
    assert run(folder, "--min-voters", str(voters + 1)) == 0 and written(folder)["k"] == 0


def test_no_votes_at_all_give_an_empty_table(folder: Path) -> None:
    (folder / "none.csv").write_text("comment-id,voter-id,vote\n", encoding="utf-8")
    assert run(folder, votes="none.csv") == 0
    assert written(folder)["statement_ids"] == []


def test_the_last_vote_on_a_statement_counts(folder: Path) -> None:
    (folder / "twice.csv").write_text("voter-id,comment-id,vote\n1,5,1\n2,5,0\n1,5,-1\n", encoding="utf-8")
    assert table(read_votes(folder / "twice.csv").rows).tolist() == [[-1], [0]]


@pytest.mark.parametrize("block", [40, 100, 1 << 24])
def test_both_ways_of_reading_find_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(readers, "_BLOCK", max(block, 120))
    for name in ("votes.csv", "wide.csv"):
        fast, slow = readers._by_arrays(folder / name), readers._by_rows(folder / name)
        assert sorted(zip(*fast, strict=True)) == sorted(zip(*slow, strict=True))


def test_quotes_blanks_and_other_columns_are_understood(folder: Path) -> None:
    text = '\ufeffvote,"comment-id",name,voter-id\n1," 5 ","a, b\nc",1\n"-1",6,"""",2\n'
    (folder / "odd.csv").write_text(text, encoding="utf-8")
    votes = read_votes(folder / "odd.csv", {6, 77})
    assert votes.statements.tolist() == [5, 6] and votes.is_out.tolist() == [False, True]
    assert np.array_equal(table(votes.rows), [[1, np.nan], [np.nan, -1]], equal_nan=True)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "line 1: neither the columns voter-id, comment-id, vote nor participant"),
        (b"voter,statement,vote\n1,2,1\n", "line 1: neither the columns"),
        (b"participant,group-id\n1,2\n", "line 1: neither the columns"),
        (b"voter-id,comment-id,vote\n1,2,1\n1,2,2\n", "line 3, column “vote”: 2 is no vote"),
        (b"voter-id,comment-id,vote\n1,2,yes\n", "line 2, column “vote”: “yes” is no whole number"),
        (b"voter-id,comment-id,vote\n1,,1\n", "line 2, column “comment-id”: “” is no whole number"),
        (b"voter-id,comment-id,vote\n1.5,2,1\n", "line 2, column “voter-id”: “1.5” is no whole number"),
        (b"voter-id,comment-id,vote\n1,2\n", "line 2, column 3: 2 cells where the header has 3"),
        (b"voter-id,comment-id,vote\n1,2,1,1\n3,2\n", "line 2, column 4: 4 cells where the header has 3"),
        (b"voter-id,comment-id,vote\n1,2,\xff\n", "line 2, column 5: not UTF-8"),
        (b"voter-id,comment-id,vote,vote\n1,2,1,1\n", "the column “vote” stands twice"),
        (b"participant,0,1\n1,1,0\n1,1,1\n", "line 3, column “participant”: 1 stands twice"),
        (b"participant,0,1\n1,1,5\n", "line 2, column “1”: 5 is no vote"),
        (b"participant,0,1\n,1,1\n", "line 2, column “participant”: “” is no whole number"),
        (b"\x1f\x8b\x08\x00broken", "damaged"),
    ],
)
def test_a_broken_file_is_told_with_line_and_column_and_nothing_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str], content: bytes, told: str
) -> None:
    (folder / "broken.csv").write_bytes(content)
    assert run(folder, votes="broken.csv") == 2
    message = capsys.readouterr().err
    assert str(folder / "broken.csv") in message and told in message
    assert not (folder / "out").exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("comment-id\n1\n", "line 1: no column “moderated”"),
        ("comment-id,moderated\n1,0\n1,0\n", "line 3, column “comment-id”: 1 stands twice"),
        ("comment-id,moderated\n1,out\n", "line 2, column “moderated”: “out” is no whole number"),
        ("comment-id,moderated\n1,7\n", "line 2, column “moderated”: “7” is none of -1, 0, 1"),
    ],
)
def test_broken_statements_are_told(folder: Path, content: str, told: str) -> None:
    (folder / "comments.csv").write_text(content, encoding="utf-8")
    with pytest.raises(Unreadable) as refused:
        read_statements(folder / "comments.csv")
    assert told in str(refused.value)
    assert run(folder, "--statements", str(folder / "comments.csv")) == 2 and not (folder / "out").exists()


def test_missing_files_and_wrong_numbers_are_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, votes="nowhere.csv") == 2
    assert run(folder, out="votes.csv") == 2
    assert capsys.readouterr().err.count("hemicycle opinions: ") == 2
    for option in ("--min-voters", "--workers", "--resamples"):
        with pytest.raises(SystemExit):
            run(folder, option, "0")


def test_stopping_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "map_json", stopped)
    assert run(folder) == 130
    assert not (folder / "out").exists()
