from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import pytest

from hemicycle.instruments.names import command
from hemicycle.instruments.names.command import screen
from hemicycle.instruments.names.explain import recomputed
from hemicycle.instruments.names.ftm import lines_of
from hemicycle.instruments.names.screener import Screener

from .people import LISTED

LIST = (
    "entity_id,name,kind,schema,birth_dates\n"
    "zh,Евгений Юрьевич Щавлинцев,primary,Person,1961-04-05\n"
    "zh,Щавелёк Кислокваскин,weak,Person,1961-04-05\n"
    "or,ООО «Синий Дельфинарий»,primary,Company,\n"
)
QUERIES = "qid,query,schema,birth_date\n1,Evgeny Shchavlintsev,Person,1961\n2,Щавелёк Кислокваскин,,\n3,Siniy Delfinariy LLC,,\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    (tmp_path / "queries.csv").write_text(QUERIES, encoding="utf-8")
    return tmp_path


def run(folder: Path, *more: str, the_list: str = "list.csv", out: str = "hits.csv") -> int:
    named = (
        "--list",
        str(folder / the_list),
        "--queries",
        str(folder / "queries.csv"),
        "--out",
        str(folder / out),
    )
    return screen([*named, *more])


def read(path: Path) -> list[dict[str, str]]:
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_hits_are_written_best_first_with_their_explanations(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(files) == 0
    rows = read(files / "hits.csv")
    assert list(rows[0]) == ["qid", "entity_id", "score", "matched_name", "explanation"]
    assert [(row["qid"], row["entity_id"]) for row in rows] == [("1", "zh"), ("3", "or")]
    for row in rows:
        told = json.loads(row["explanation"])
        assert f"{recomputed(told):.6f}" == row["score"]
    printed = capsys.readouterr()
    assert printed.err == "" and "the lack of one clears nobody" in printed.out


def test_weak_aliases_on_request(files: Path) -> None:
    assert run(files, "--with-weak") == 0
    assert [row["qid"] for row in read(files / "hits.csv")] == ["1", "2", "3"]


def test_packed_files_are_read_and_written_as_they_are(files: Path) -> None:
    (files / "list.csv.gz").write_bytes(gzip.compress(LIST.encode()))
    assert run(files, the_list="list.csv.gz", out="hits.csv.gz") == 0
    assert run(files) == 0
    assert read(files / "hits.csv.gz") == read(files / "hits.csv")


def test_follow_the_money_lines_give_the_same_hits(files: Path) -> None:
    (files / "list.ftm.json").write_text("\n".join(lines_of(LISTED)) + "\n\n", encoding="utf-8")
    assert run(files, the_list="list.ftm.json") == 0
    assert [row["entity_id"] for row in read(files / "hits.csv")] == ["zh", "or"]


def test_the_same_files_give_the_same_bytes(files: Path) -> None:
    assert run(files) == 0 and run(files, out="again.csv") == 0
    assert (files / "hits.csv").read_bytes() == (files / "again.csv").read_bytes()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"id,name\n1,x\n", "line 1: no column"),
        (b"", "line 1: no column"),
        (b"entity_id,name\n1,x\n2\n", "line 3, column 2: 1 cells where the header has 2"),
        (b"entity_id,name\n1,x,y\n", "line 2, column 3: 3 cells"),
        (b'entity_id,name\n1,"x\n', "line 2"),
        (b"entity_id,name\n1,ab\xffc\n", "line 2, column 5: not UTF-8 (byte 0xff)"),
        (b"entity_id,name,kind\n1,x,nick\n", "line 2, column “kind”"),
        (b"entity_id,name\n,x\n", "line 2, column “entity_id”: empty"),
        (b"entity_id,name,birth_dates\n1,x,soon\n", "line 2, column “birth_dates”"),
        (b"entity_id,name,name\n1,x,y\n", "line 1: the column “name” stands twice"),
    ],
)
def test_a_broken_list_is_told_with_line_and_column(
    files: Path, capsys: pytest.CaptureFixture[str], content: bytes, told: str
) -> None:
    (files / "list.csv").write_bytes(content)
    assert run(files) == 2
    message = capsys.readouterr().err
    assert f"{files / 'list.csv'}, " in message and told in message
    assert sorted(path.name for path in files.iterdir()) == ["list.csv", "queries.csv"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("qid\n1\n", "no column “query”"),
        ("qid,query\n1,x\n1,y\n", "line 3, column “qid”: 1 stands twice"),
        ("qid,query,birth_date\n1,x,yesterday\n", "line 2, column “birth_date”"),
    ],
)
def test_broken_queries_are_told(
    files: Path, capsys: pytest.CaptureFixture[str], content: str, told: str
) -> None:
    (files / "queries.csv").write_text(content, encoding="utf-8")
    assert run(files) == 2
    assert told in capsys.readouterr().err


def test_a_damaged_archive_and_broken_json_are_told(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (files / "list.csv.gz").write_bytes(gzip.compress(LIST.encode())[:40])
    assert run(files, the_list="list.csv.gz") == 2
    (files / "list.json").write_text(
        '{"id": "x", "schema": "Person", "properties": {}}\n{"id": }\n', encoding="utf-8"
    )
    assert run(files, the_list="list.json") == 2
    message = capsys.readouterr().err
    assert "the file is damaged" in message and "list.json, line 2, column 8: no JSON" in message


def test_a_missing_file_and_a_missing_folder_are_told(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(files, the_list="nowhere.csv") == 2
    assert run(files, out="nowhere/hits.csv") == 2
    assert run(files, out="") == 2
    told = capsys.readouterr().err
    assert told.count("No such file or directory") == 2 and f"{files}: Is a directory" in told


def test_stopping_leaves_nothing(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (files / "hits.csv").write_text("earlier", encoding="utf-8")

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Screener, "hits", stopped)
    assert run(files) == 130
    assert (files / "hits.csv").read_text(encoding="utf-8") == "earlier"
    assert sorted(path.name for path in files.iterdir()) == ["hits.csv", "list.csv", "queries.csv"]


def test_progress_is_shown_on_a_terminal_only(
    files: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command.sys.stderr, "isatty", lambda: True)
    assert run(files) == 0
    assert "100 %, 3 of 3" in capsys.readouterr().err
