"""No key of the charter is a promise that nothing keeps: a room reads it, `check` fixes it, or it is only told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from hemicycle.rules.charter import Charter, exchange, protection
from hemicycle.rules.charter import sections as s
from hemicycle.rules.charter.fixed import FIXED, TOLD

ROOT = Path(__file__).parents[2] / "hemicycle"
LAW = ROOT / "rules" / "charter"

# Read under another name than `section.key`: a pattern of the code that does it.
OTHERWISE = {
    "platform.name": r"\.platform\[",
    "assembly.name": r"\.assembly\[",
    "votes": r"\.votes\.of\(",
    "interests.effect": r"\.effect\.of\(",
    "reading.files_an_hour": r"\.files_an_hour\.of\(",
    "list.ratified_between_part_sessions_by": r"\brules\.ratified_between_part_sessions_by\b",
}

LAWS = (s.__name__, protection.__name__, exchange.__name__)


def code() -> str:
    """Everything that acts or shows: the rooms and the rules, without the reading of charters itself."""
    found = [p for p in ROOT.rglob("*") if p.suffix in (".py", ".html") and LAW not in p.parents]
    return "\n".join(p.read_text() for p in found if "migrations" not in p.parts)


def keys(cls: type, path: str = "") -> Iterator[str]:
    """The dotted keys of the typed sections; the lists of a charter are rows that every page prints whole."""
    hints = get_type_hints(cls)
    for each in fields(cls):
        kinds = [kind for kind in (hints[each.name], *get_args(hints[each.name])) if isinstance(kind, type)]
        inner = next(
            (
                k
                for k in kinds
                if is_dataclass(k) and k.__module__ in LAWS and not issubclass(k, exchange.Timed)
            ),
            None,
        )
        key = f"{path}{each.name}"
        if inner in (s.Votes, s.Effects, protection.FilesAnHour):
            yield key
        elif inner is not None:
            yield from keys(inner, f"{key}.")
        elif path:
            yield key


KEYS = sorted(keys(Charter))
BODY = sorted(f"votes.{each.name}" for each in fields(s.BodyVotes))


@pytest.fixture(scope="module")
def text() -> str:
    return code()


@pytest.mark.parametrize("key", [*KEYS, *BODY])
def test_every_key_is_read_or_fixed_or_told(key: str, text: str) -> None:
    pattern = OTHERWISE.get(key, rf"\b{re.escape(key)}\b")
    is_read = re.search(pattern, text) is not None
    known = [is_read, key in FIXED, key in TOLD]
    assert any(known), "no room reads it: mend that, or put it among the fixed keys"
    assert not (key in TOLD and (is_read or key in FIXED)), "it is more than told"


def test_what_is_fixed_or_told_is_a_key() -> None:
    assert {*FIXED, *TOLD} <= set(KEYS)
    assert len(KEYS) > 100
