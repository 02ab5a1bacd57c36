"""Passages: is this text the one that was published, an altered one, or neither?

Two forms of a text. The **canonical text** is what is digested and signed: Unicode NFC, invisible characters left out, line
ends LF, spaces and tabs in a row one space, none at the ends of lines, blank lines in a row one, one LF at the end. The
**words** are what is compared: case folded, in the order of the text, punctuation left out. Two texts are the same where
their canonical texts are, line breaks aside: so a copy from a page, a letter or a PDF is recognised.
"""

from .compare import ALTERED_FROM, Difference, Published, Verdict, check, differences, share
from .forms import canonical, digest, line_of, runs, words
from .lines import Line, compared

__all__ = [
    "ALTERED_FROM",
    "Difference",
    "Line",
    "Published",
    "Verdict",
    "canonical",
    "check",
    "compared",
    "differences",
    "digest",
    "line_of",
    "runs",
    "share",
    "words",
]
