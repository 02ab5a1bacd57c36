"""What the record keeps: entries, the charter versions in force, corrections; and the log that outsiders can check."""

from .entries import CharterVersion, Correction, Entry, Matter, Opening
from .log import Checkpoint, Cosignature, Leaf, LogKey, Position

__all__ = [
    "CharterVersion",
    "Checkpoint",
    "Correction",
    "Cosignature",
    "Entry",
    "Leaf",
    "LogKey",
    "Matter",
    "Opening",
    "Position",
]
