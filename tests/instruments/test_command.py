"""`hemicycle witness` on the command line, as another organisation runs it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from hemicycle.instruments.ledger import command
from hemicycle.instruments.ledger.notes import NOTE, Checkpoint, Note, Request, Signer, Verifier, join
from hemicycle.instruments.ledger.tree import Tree, leaf_hash

ROOT = Path(__file__).parents[2]
LOG = Signer("assembly.example/record", NOTE, b"l" * 32)


def test_a_witness_runs_without_database_and_settings_and_cosigns(tmp_path: Path) -> None:
    folder = tmp_path / "witness"
    arguments = ["witness", "--folder", str(folder), "--name", "w.example", "--log", str(LOG.verifier)]
    process = subprocess.Popen(
        [sys.executable, "-m", "config.command", *arguments, "--listen", "127.0.0.1:0"],
        cwd=ROOT, env={"PATH": os.environ["PATH"], "HEMICYCLE_HOME": str(tmp_path / "none")},
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        key = Verifier.read(process.stdout.readline().removeprefix("Key of this witness: "))
        address = process.stdout.readline().split()[2]
        tree = Tree([leaf_hash(b"one")])
        note = Checkpoint(LOG.name, 1, tree.root()).sign(LOG)
        with urllib.request.urlopen(
            f"http://{address}/add-checkpoint", str(Request(0, (), note)).encode()
        ) as got:
            assert key in Note.read(join(note, [got.read().decode()])).signed_by([key])
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        process.stdout.close()
    assert not (tmp_path / "none").exists()
    assert (folder / "witness.key").stat().st_mode & 0o777 == 0o600


def test_a_witness_keeps_its_key_and_its_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.witness(["--folder", str(tmp_path), "--name", "w.example", "--show-key"]) == 0
    assert command.witness(["--folder", str(tmp_path), "--show-key"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == second


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--show-key"], "--name"),
        (["--name", "a b", "--show-key"], "without spaces"),
        (["--name", "w.example"], "--log KEY"),
        (["--name", "w.example", "--log", "nonsense"], "NAME+ID+KEY"),
        (["--name", "w.example", "--log", str(LOG.verifier), "--listen", "8901"], "HOST:PORT"),
        (["--name", "other.example", "--show-key"], "belongs to"),
    ],
)
def test_what_it_cannot_begin_with_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    if said == "belongs to":
        command.witness(["--folder", str(tmp_path), "--name", "w.example", "--show-key"])
    assert command.witness(["--folder", str(tmp_path), *arguments]) == 2
    assert said in capsys.readouterr().err
