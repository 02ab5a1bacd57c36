"""What the record keeps: entries, the charter versions in force, corrections; and the log that outsiders can check."""

from .destruction import KeyDestruction
from .entries import CharterVersion, Correction, Entry, Matter, Opening
from .log import Checkpoint, Cosignature, Leaf, LogKey, Position

__all__ = [
    "CharterVersion",
    "Checkpoint",
    "Correction",
    "Cosignature",
    "Entry",
    "KeyDestruction",
    "Leaf",
    "LogKey",
    "Matter",
    "Opening",
    "Position",
]
