"""What an act writes into its entry: references, counts, dates and codes in the open, commitments to everything else."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from hemicycle.rules.procedure import Publicity


@dataclass(frozen=True)
class Facts:
    """What an act writes into its entry.

    `plain`: references, counts, dates, article keys, codes. `sealed`: personal text, of which the entry keeps only a
    salted commitment. `to`: which of the step's targets, where it has several. `publicity`: where the row's own is
    not the case's (a secret ballot).
    """

    plain: Mapping[str, Any] = field(default_factory=dict)
    sealed: Mapping[str, str] = field(default_factory=dict)
    to: str | None = None
    publicity: Publicity | None = None


def commitment(salt: str, text: str) -> str:
    """HMAC-SHA256 of a text under its salt, in hex. Without the salt it tells nothing of the text."""
    return hmac.new(bytes.fromhex(salt), text.encode(), hashlib.sha256).hexdigest()


_CODE = re.compile(r"[A-Za-z0-9._:/+*%-]{0,128}")


def plain(key: str, value: Any) -> Any:
    """Refuse whatever could be personal text: an entry is for ever, a person may be erased (house plan, 4)."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, str) and _CODE.fullmatch(value):
        return str(value)
    if isinstance(value, Mapping):
        return {str(k): plain(key, v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain(key, v) for v in value]
    raise ValueError(f"fact {key!r} is not a reference, a count, a date or a code; seal it instead")
