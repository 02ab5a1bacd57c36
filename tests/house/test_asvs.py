"""`docs/asvs.csv`: each requirement of OWASP ASVS 5.0, levels 1 and 2, with a verdict that somebody can check.

The standard is CC BY-SA 4.0; the table cites its numbers and says in words of its own what they are about.
"""

from __future__ import annotations

import ast
import csv
import hashlib
import re
from collections import Counter
from pathlib import Path

import pytest

from .test_plan import SOURCES

ROOT = Path(__file__).parents[2]
VERDICTS = ("met", "partly", "not met", "not applicable")
# SHA-256 of "V1.1.1:2 V1.1.2:2 ...": the 253 requirements of levels 1 and 2 in the standard's own order, with levels.
STANDARD = "cc9b1ecbd1db88ece0e5e95f4c4b55fd753cae92acc8261b4d8827b434041a86"

with (ROOT / "docs/asvs.csv").open(encoding="utf-8", newline="") as table:
    ROWS = list(csv.DictReader(table))


def test_no_requirement_is_missing_doubled_or_invented() -> None:
    listed = " ".join(f"{row['id']}:{row['level']}" for row in ROWS)
    assert hashlib.sha256(listed.encode()).hexdigest() == STANDARD
    assert not [number for number, times in Counter(row["id"] for row in ROWS).items() if times > 1]
    assert Counter(row["level"] for row in ROWS) == {"1": 70, "2": 183}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_each_verdict_is_known_and_says_why(row: dict[str, str]) -> None:
    assert list(row) == ["id", "level", "about", "verdict", "reason", "test"] and None not in row.values()
    assert row["verdict"] in VERDICTS
    assert row["about"] and row["reason"]
    assert bool(row["test"]) or row["verdict"] != "met", "what is met is shown by a test"
    assert not row["test"] or row["verdict"] in ("met", "partly")


@pytest.mark.parametrize("row", [row for row in ROWS if row["test"]], ids=lambda row: row["id"])
def test_each_test_that_is_named_is_there(row: dict[str, str]) -> None:
    assert is_there(row["test"]), row["test"]


def is_there(name: str) -> bool:
    path, _, function = name.partition("::")
    file = ROOT / path
    if not (path.startswith("tests/") and file.name.startswith("test_") and file.is_file()):
        return False
    return function.startswith("test_") and function in {
        node.name for node in ast.parse(file.read_text()).body if isinstance(node, ast.FunctionDef)
    }


@pytest.mark.parametrize(
    "name",
    [
        "", "tests/house/test_asvs.py", "tests/house/test_asvs.py::is_there", "tests/house/test_gone.py::test_x",
        "tests/house/test_asvs.py::test_gone", "hemicycle/record/acts.py::decide", "../x/test_a.py::test_b",
    ],
)  # fmt: skip
def test_a_test_that_is_not_there_is_noticed(name: str) -> None:
    assert not is_there(name)


# --- rows that only the code itself can show

EVALUATES = {"eval", "exec", "compile", "__import__", "execfile"}
LOADS = {"pickle", "marshal", "shelve", "dill", "yaml", "xml", "lxml", "xmlrpc", "jinja2", "code", "ctypes"}
# The one source that may parse XML says so here, with the module it may load for that.
PARSES = {
    "hemicycle/instruments/names/sources/xml.py": "xml.parsers",  # published lists; a DTD is refused before it is read
}
# A source that may draw trusted markup says so here, and why it is trusted.
MARKUP = {
    "hemicycle/web/markdown.py": "Markdown of charters and of people, cleaned by nh3",
    "hemicycle/vetting/pages/links.py": "the drawing of links; every text in it is escaped where it is drawn",
    "hemicycle/people/views/second_factor.py": "the picture of a code, drawn here",
}


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_code_is_made_from_data(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            assert not {alias.name.split(".")[0] for alias in node.names} & LOADS, f"{path}:{node.lineno}"
        if isinstance(node, ast.ImportFrom) and not node.level:
            is_allowed = PARSES.get(str(path.relative_to(ROOT))) == node.module
            assert is_allowed or (node.module or "").split(".")[0] not in LOADS, f"{path}:{node.lineno}"
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", "")
            owner = f"{getattr(getattr(node.func, 'value', None), 'id', '')}.{getattr(node.func, 'attr', '')}"
            assert name not in {*EVALUATES, "Template"}, f"{path}:{node.lineno}"
            assert owner not in ("os.system", "os.popen", "subprocess.getoutput"), f"{path}:{node.lineno}"
            assert "shell" not in {keyword.arg for keyword in node.keywords}, f"{path}:{node.lineno}"
            if name in ("mark_safe", "SafeString"):
                assert str(path.relative_to(ROOT)) in MARKUP, f"{path}:{node.lineno} trusts markup"


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_broken_hash_is_used(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        used = (
            getattr(node, "attr", getattr(node, "id", ""))
            if isinstance(node, ast.Attribute | ast.Name)
            else ""
        )
        assert used.lower() not in ("md5", "md4", "sha1"), f"{path}:{node.lineno}"


SCRIPTS = sorted(p for p in (ROOT / "hemicycle").rglob("*.js") if "vendor" not in p.parts)


def test_there_are_scripts_to_look_at() -> None:
    assert len(SCRIPTS) >= 3


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.name)
def test_no_own_script_writes_markup_or_keeps_anything(path: Path) -> None:
    barred = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|localStorage|sessionStorage|indexedDB|document\.cookie"
    assert not re.search(barred, path.read_text())
