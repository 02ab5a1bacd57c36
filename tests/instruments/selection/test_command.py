"""`hemicycle compose` on files, as a person uses it: what it writes, what it refuses, and that it loses nothing."""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from pathlib import Path

import pytest

from hemicycle.instruments.selection.command import compose
from hemicycle.instruments.selection.draw import draw, draw_as_json, joined, tickets_of

POOL = """id,gender,reserve,org
a,f,yes,north
b,m,no,north
c,f,no,north
d,m,yes,south
e,f,no,south
f,m,no,
"""
RULES = """feature,value,min,max,statutory
gender,f,1,2,
gender,m,1,3,
reserve,yes,1,4,yes
org,north,0,1,
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "pool.csv").write_text(POOL)
    (tmp_path / "rules.csv").write_text(RULES)
    return tmp_path


def run(files: Path, method: str, *more: str, rules: str = "rules.csv", seats: int = 3) -> int:
    arguments = ["--pool", str(files / "pool.csv"), "--rules", str(files / rules), "--seats", str(seats)]
    arguments += ["--method", method, "--out", str(files / "out")]
    return compose([*arguments, *more])


LATER = ["--seats", "2", "--out", "out"]


def table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def ids(path: Path) -> list[str]:
    return [row["id"] for row in table(path)]


def test_a_lot_writes_chances_and_a_list_that_anybody_draws_again(files: Path) -> None:
    assert run(files, "lot", "--seed", "one", "--seed", "two") == 0
    chances = {row["id"]: Fraction(row["probability"]) for row in table(files / "out" / "probabilities.csv")}
    assert list(chances) == list("abcdef")
    assert abs(sum(chances.values()) - 3) < Fraction(1, 10**9)
    first = (files / "out" / "list.csv").read_text()
    assert run(files, "lot", "--seed", "one", "--seed", "two") == 0
    assert (files / "out" / "list.csv").read_text() == first
    assert run(files, "check", "--list", str(files / "out" / "list.csv")) == 0
    tickets = table(files / "out" / "lottery.csv")
    assert min(int(row["first_ticket"]) for row in tickets) == 1
    assert max(int(row["last_ticket"]) for row in tickets) == 1000


def test_a_lot_is_checked_without_a_solver_and_a_changed_one_is_refused(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(files, "lot", "--seed", "one") == 0
    assert compose(["--recheck", str(files / "out")]) == 0
    assert "No lottery over lawful lists is fairer: holds" in capsys.readouterr().out
    path = files / "out" / "certificate.json"
    said = json.loads(path.read_text())
    said["lists"][0]["weight"] = "1/7"
    path.write_text(json.dumps(said))
    assert compose(["--recheck", str(files / "out")]) == 1
    assert "DOES NOT HOLD" in capsys.readouterr().out


def test_tickets_that_favour_a_list_or_draw_another_are_refused(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = files / "out" / "certificate.json"
    assert run(files, "lot", "--seed", "one") == 0
    honest = json.loads(path.read_text())
    assert len(honest["draw"]["tickets"]) > 1

    def forged(tickets: list[dict[str, object]]) -> str:
        said = {"groups": honest["draw"]["groups"], "tickets": tickets}
        numbered = tickets_of(said)
        result = draw(numbered, joined(honest["draw"]["seeds"]))
        drawn = draw_as_json(numbered, honest["draw"]["seeds"], [], result)
        path.write_text(json.dumps({**honest, "draw": drawn}))
        assert compose(["--recheck", str(path)]) == 1
        return capsys.readouterr().out

    last = honest["draw"]["tickets"][-1]
    assert "over these people: DOES NOT HOLD" in forged([{**last, "number": 1000}])
    assert "over these people: DOES NOT HOLD" in forged([*honest["draw"]["tickets"], {**last, "number": 1}])
    honest["draw"]["list"][0] = next(
        one for group in honest["draw"]["groups"] for one in group if one not in honest["draw"]["list"]
    )
    path.write_text(json.dumps(honest))
    assert compose(["--recheck", str(files / "out")]) == 1


def test_halves_that_were_promised_are_held_to_their_promise(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    promises = []
    for half in ("ours", "theirs"):
        assert compose(["--commit", half]) == 0
        promises.append(capsys.readouterr().out.strip())
    given = ["--commitment", promises[0], "--commitment", promises[1], "--seed", "ours", "--seed"]
    assert run(files, "lot", *given, "theirs") == 0
    assert run(files, "lot", *given, "changed my mind") == 2
    assert "changed after it was promised" in capsys.readouterr().err


def test_explain_names_a_conflict_and_the_cheapest_changes_but_never_a_statutory_one(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "hard.csv").write_text(
        "feature,value,min,max,statutory,article\nreserve,yes,2,3,yes,4.2\norg,south,0,0,no,4.6\n"
    )
    assert run(files, "explain", rules="hard.csv") == 0
    conflict = json.loads((files / "out" / "conflict.json").read_text())
    assert [one["rule"] for one in conflict["conflict"]] == ["reserve = yes", "org = south"]
    options = json.loads((files / "out" / "relaxations.json").read_text())
    assert options["cost_exact"] == "1"
    changed = [[(one["rule"], one["new_max"]) for one in each["changes"]] for each in options["relaxations"]]
    assert changed == [[("org = south", 1)]]
    assert "article 4.6" in capsys.readouterr().out
    assert compose(["--recheck", str(files / "out")]) == 0


def test_explain_says_when_there_is_nothing_to_explain(files: Path) -> None:
    assert run(files, "explain") == 0
    assert json.loads((files / "out" / "conflict.json").read_text()) == {"is_possible": True, "conflict": []}


def test_check_tells_what_a_list_breaks_and_by_how_much(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "list.csv").write_text("id\nb\nc\nf\n")
    assert run(files, "check", "--list", str(files / "list.csv")) == 1
    told = capsys.readouterr().out
    assert "reserve = yes: 1 to 4; there are 0: broken, short by 1" in told
    assert "org = north: at most 1; there are 2: broken, over by 1" in told
    assert "short by 1" in (files / "out" / "rules.svg").read_text()
    assert compose(["--recheck", str(files / "out")]) == 1


def test_without_a_list_check_tells_which_rules_the_pool_cannot_meet(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(files, "check") == 0
    assert "0 of 3 seats are taken" in capsys.readouterr().out
    (files / "hard.csv").write_text("feature,value,min,max\nreserve,yes,3,3\norg,south,1,3\n")
    assert run(files, "check", rules="hard.csv") == 1
    told = capsys.readouterr().out
    assert "reserve = yes: exactly 3; there are 0: lost, short by 3" in told
    assert "org = south: 1 to 3; there are 0: open, short by 1" in told


def test_complete_keeps_who_is_seated(files: Path) -> None:
    (files / "list.csv").write_text("id\ne\n")
    assert run(files, "complete", "--list", str(files / "list.csv")) == 0
    assert "e" in ids(files / "out" / "list.csv")
    assert run(files, "check", "--list", str(files / "out" / "list.csv")) == 0


def test_repair_takes_from_the_succession_list_first(files: Path) -> None:
    (files / "list.csv").write_text("id\na\nd\nf\n")
    (files / "gone.csv").write_text("id\na\n")
    (files / "line.csv").write_text("id\nb\ne\n")
    given = [f"--{name}={files / name}.csv" for name in ("list", "gone")]
    assert run(files, "repair", *given, f"--succession={files / 'line.csv'}") == 0
    assert ids(files / "out" / "list.csv") == ["d", "e", "f"]


def test_alternatives_stand_side_by_side(files: Path) -> None:
    assert run(files, "alternatives", "--how-many", "2") == 0
    rows = table(files / "out" / "lists.csv")
    assert {row["list"] for row in rows} == {"1", "2"}


def test_a_lot_without_rules_gives_everybody_the_same(files: Path) -> None:
    arguments = ["--pool", str(files / "pool.csv"), "--seats", "3", "--method", "lot", "--seed", "s"]
    assert compose([*arguments, "--out", str(files / "out")]) == 0
    assert {row["probability"] for row in table(files / "out" / "probabilities.csv")} == {"0.5"}


@pytest.mark.parametrize("method", ["equal-shares", "phragmen", "pav"])
def test_a_proportional_choice_keeps_the_rules_and_shows_nobody_by_endorsements(
    files: Path, method: str
) -> None:
    (files / "ends.csv").write_text("voter,candidate\n1,b\n1,c\n2,b\n2,c\n3,e\n4,\n")
    assert run(files, method, "--endorsements", str(files / "ends.csv")) == 0
    chosen = ids(files / "out" / "list.csv")
    assert chosen == sorted(chosen)
    assert run(files, "check", "--list", str(files / "out" / "list.csv")) == 0


def test_where_no_list_is_lawful_it_says_so_and_what_to_do(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "hard.csv").write_text("feature,value,min,max\nreserve,yes,3,3\n")
    for method in ("lot", "alternatives", "complete"):
        assert run(files, method, rules="hard.csv") == 1
        assert "--method" in capsys.readouterr().out


def test_a_charter_gives_its_reserve_and_its_rules(files: Path) -> None:
    (files / "charter.toml").write_text(
        """
[reserve]
rounding = { value = "up", article = "4.3" }
share = { value = "1/3", article = "4.2" }
[[list.rules]]
code = "organisation"
feature = "org"
value = "each"
most = 1
article = "4.6"
[[rule]]
where = { reserve = "yes", gender = "f" }
least = 1
since = 2027-01-01
"""
    )
    (files / "list.csv").write_text("id\nd\ne\nb\n")
    given = ["--list", str(files / "list.csv")]
    assert run(files, "check", *given, "--on", "2026-12-31", rules="charter.toml") == 1
    broken = [row for row in table(files / "out" / "rules.csv") if row["standing"] != "met"]
    assert [(row["rule"], row["over"], row["article"]) for row in broken] == [("org = south", "1", "4.6")]
    assert run(files, "check", *given, "--on", "2027-01-01", rules="charter.toml") == 1
    broken = [row for row in table(files / "out" / "rules.csv") if row["standing"] != "met"]
    assert [row["rule"] for row in broken] == ["org = south", "reserve = yes and gender = f"]


def test_the_pair_of_files_of_civic_lotteries_is_read_as_it_is(files: Path) -> None:
    (files / "respondents.csv").write_text("unique_id,gender\n1,Female\n2,Male\n3,Female\n")
    (files / "categories.csv").write_text(
        "category,name,suggest min,min,max\ngender,female,,1,1\ngender,Male,,1,1\n"
    )
    arguments = ["--pool", str(files / "respondents.csv"), "--rules", str(files / "categories.csv")]
    arguments += ["--seats", "2", "--method", "lot", "--seed", "s", "--out", str(files / "out")]
    assert compose(arguments) == 0
    chances = {row["id"]: row["probability"] for row in table(files / "out" / "probabilities.csv")}
    assert chances == {"1": "0.5", "2": "1", "3": "0.5"}


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("rules.csv", "feature,value,min,max\nheight,tall,0,1\n", "line 2: the pool has no column “height”"),
        ("rules.csv", "feature,value,min,max\ngender,f,3,1\n", "the minimum 3 is above the maximum 1"),
        ("rules.csv", "feature,value,min,max\ngender,f,-1,1\n", "is not a whole number"),
        ("rules.csv", "feature,value,min,max\n", "no rule stands in it"),
        ("rules.csv", "feature,value,min,max\ngender,f,0,1\ngender,F,0,1\n", "stands already in line 2"),
        ("pool.csv", "name,gender\na,f\n", "no column “id”"),
        ("pool.csv", "id,gender\na,f\na,m\n", "a stands already in line 2"),
        ("pool.csv", "id,gender\n", "nobody stands in the pool"),
        ("pool.csv", "id,gender\na,f,x\n", "3 cells under 2 columns"),
        ("pool.csv", 'id,gender\n"a,f\n', "line 2"),
        ("pool.csv", "", "the file is empty"),
    ],
)
def test_a_bad_file_is_named_with_its_line_and_nothing_is_written(
    files: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, told: str
) -> None:
    (files / name).write_text(text)
    assert run(files, "lot") == 2
    assert told in capsys.readouterr().err
    assert not (files / "out").exists()


def test_a_file_that_is_not_there_or_not_text_is_named(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "pool.csv").write_bytes(b"id,name\n1,\xff\xfe\n")
    assert run(files, "lot") == 2
    assert "is not UTF-8" in capsys.readouterr().err
    (files / "pool.csv").unlink()
    assert run(files, "lot") == 2
    assert "pool.csv: cannot be read" in capsys.readouterr().err


def test_what_is_missing_is_said(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compose(["--pool", "x.csv"]) == 2
    assert "--seats, --method, --out" in capsys.readouterr().err
    assert compose(["--pool", str(files / "pool.csv"), *LATER, "--method", "explain"]) == 2
    assert "also needs --rules" in capsys.readouterr().err
    assert run(files, "repair") == 2
    assert "also needs --list" in capsys.readouterr().err
    assert run(files, "pav") == 2
    assert "also needs --endorsements" in capsys.readouterr().err
    assert run(files, "lot", seats=0) == 2
    assert "one seat at least" in capsys.readouterr().err
