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


@pytest.mark.parametrize(
    ("url", "where"),
    [
        ("smtp://name:p%40ss@mail.example.org:2525", ("mail.example.org", 2525, "name", "p@ss", True, False)),
        ("smtp://mail.example.org", ("mail.example.org", 587, "", "", True, False)),
        ("smtps://name:x@mail.example.org", ("mail.example.org", 465, "name", "x", False, True)),
        ("smtp://localhost", ("localhost", 25, "", "", False, False)),
    ],
)
def test_the_mail_server_is_the_one_that_is_named(url: str, where: tuple[object, ...]) -> None:
    found = env.mail_server(env.read({"HEMICYCLE_SMTP_URL": url}))
    names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS", "USE_SSL")
    assert tuple(found[f"EMAIL_{name}"] for name in names) == where


@pytest.mark.parametrize(
    "url", ["mail.example.org", "https://mail.example.org", "smtp://", "smtp://mail:many"]
)
def test_a_mail_server_that_cannot_be_read_is_refused(url: str) -> None:
    with pytest.raises(env.SettingsError, match="HEMICYCLE_SMTP_URL must be like"):
        env.mail_server(env.read({"HEMICYCLE_SMTP_URL": url}))
    assert env.mail_server(env.read({})) == {}
