"""`hemicycle charter check FILE`: 0, 1 or 2, without a database."""

from __future__ import annotations

from pathlib import Path

import pytest

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


def test_a_file_that_cannot_be_read_answers_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check([str(tmp_path / "none.toml"), str(CHARTER)]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_no_file_answers_2_with_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert check([]) == 2
    assert "usage:" in capsys.readouterr().err
    assert check(["--help"]) == 0
    assert "usage:" in capsys.readouterr().out
