"""What an operator sets for the log is read at the start, or refused with what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from config import env
from hemicycle.instruments.ledger.notes import COSIGNATURE, Signer

KEYS = [str(Signer(f"witness.example/{i}", COSIGNATURE, bytes([i]) * 32).verifier) for i in range(1, 4)]
THREE = " ".join(f"{key}=https://witness.example/{i}" for i, key in enumerate(KEYS))


def test_of_three_witnesses_two_must_have_signed() -> None:
    read = env.read({"HEMICYCLE_WITNESSES": THREE, "HEMICYCLE_ORIGIN": "https://forum.example.org"})
    assert [key for key, _ in read.witnesses] == KEYS and read.witness_quorum == 2
    assert read.witnesses[1][1] == "https://witness.example/1"
    assert read.log_origin == "forum.example.org/record"


def test_the_keys_stand_where_the_operator_says(tmp_path: Path) -> None:
    assert env.read({"HEMICYCLE_HOME": str(tmp_path)}).keys == tmp_path / "keys"
    assert env.read({"HEMICYCLE_KEYS": str(tmp_path / "apart")}).keys == tmp_path / "apart"


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"HEMICYCLE_WITNESSES": "https://witness.example"}, "KEY=ADDRESS"),
        ({"HEMICYCLE_WITNESSES": "a+b+c=https://witness.example"}, "--show-key"),
        ({"HEMICYCLE_WITNESSES": THREE, "HEMICYCLE_WITNESS_QUORUM": "4"}, "from 0 to 3"),
        ({"HEMICYCLE_WITNESSES": THREE, "HEMICYCLE_DEMO": "1"}, "Demonstration mode"),
        ({"HEMICYCLE_TRANSLATION_PROVIDER": "https://machine.example"}, "dotted path"),
    ],
)
def test_a_wrong_setting_says_what_to_write(environ: dict[str, str], said: str) -> None:
    with pytest.raises(env.SettingsError, match=said):
        env.read(environ)
