"""`hemicycle charter check FILE`: 0, 1 or 2, without a database."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from config.command import acts
from hemicycle.rules.command import check

CHARTER = Path(__file__).parents[2] / "charters" / "pace-2025" / "1.0.toml"


def test_a_good_charter_answers_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert check([str(CHARTER)]) == 0
    assert "no problem found" in capsys.readouterr().out


def test_a_bad_charter_answers_1_with_line_and_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "1.0.toml"
    path.write_text('key = "x"\nversion = "1.0"\nstrange = 1\n')
    assert check([str(path)]) == 1
    assert f"{path}:3: strange" in capsys.readouterr().out


def test_an_article_without_act_and_an_act_without_article_are_named_by_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both ways: the key that is left stands on its own line, the one that is missing at the head of its table."""
    beside = tmp_path / "pace-2025"
    shutil.copytree(CHARTER.parent, beside)
    path, text = beside / CHARTER.name, CHARTER.read_text()
    wanted = "candidacy.submit = "
    path.write_text(text.replace(wanted, "candidacy.sumbit = "))
    assert check([str(path)], acts()) == 1
    lines = text.splitlines()
    here, head = (
        next(i for i, line in enumerate(lines, 1) if line.startswith(wanted)),
        lines.index("[articles]") + 1,
    )
    told = capsys.readouterr().out
    assert f"{path}:{here}: articles.candidacy.sumbit: no such act" in told
    assert f"{path}:{head}: articles.candidacy.submit: act without an article" in told


def test_the_command_compares_with_the_acts_before_any_setting_is_read(tmp_path: Path) -> None:
    bare = {
        name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "HEMICYCLE_"))
    }
    run = [sys.executable, "-m", "config.command", "charter", "check", str(CHARTER)]
    done = subprocess.run(run, env=bare, cwd=CHARTER.parents[2], capture_output=True, text=True, check=False)
    assert (done.returncode, "no problem found" in done.stdout) == (0, True), done.stdout + done.stderr


def test_a_file_that_cannot_be_read_answers_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check([str(tmp_path / "none.toml"), str(CHARTER)]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_no_file_answers_2_with_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert check([]) == 2
    assert "usage:" in capsys.readouterr().err
    assert check(["--help"]) == 0
    assert "usage:" in capsys.readouterr().out
