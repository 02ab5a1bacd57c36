"""Two versions of one text, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from .forms import canonical


@dataclass(frozen=True)
class Line:
    """A line of one version or of both."""

    kind: Literal["same", "removed", "added"]
    text: str


def compared(old: str, new: str) -> list[Line]:
    """Every line of both versions, in order; what was removed stands before what was added in its place."""
    before, after = canonical(old).splitlines(), canonical(new).splitlines()
    found: list[Line] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [Line("same", line) for line in before[a:b]]
        else:
            found += [Line("removed", line) for line in before[a:b]]
            found += [Line("added", line) for line in after[c:d]]
    return found
