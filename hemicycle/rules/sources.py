"""How many independent sources an adverse point rests on.

Two sources of one origin say one thing twice: a report and the article that repeats it, two pages of one office. They
count once. Who enters a source names its origin; this module only compares the labels (Berkeley Protocol on Digital
Open Source Investigations, OHCHR and UC Berkeley 2022: corroboration by independent sources). How good a source is, is
told in words beside it and never counted.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable


def same_origin(label: str) -> str:
    """The label as it is compared: case, width of letters and blanks make no other origin."""
    return " ".join(unicodedata.normalize("NFKC", label).casefold().split())


def independent(origins: Iterable[str]) -> int:
    """How many different origins there are. A label that says nothing is none."""
    return len({label for origin in origins if (label := same_origin(origin))})
