"""The procedure book, printed from the tables that the gate itself asks; and the charter, article by article."""

from .chapters import anchor, chapters, legend, status_label, whole
from .tables import CHAPTERS, fragment, printed, publicity, tables

__all__ = [
    "CHAPTERS",
    "anchor",
    "chapters",
    "fragment",
    "legend",
    "printed",
    "publicity",
    "status_label",
    "tables",
    "whole",
]
