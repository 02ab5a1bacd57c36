"""References of matters and persons: random, so that none can be guessed or counted (procedure 1.3), and read aloud."""

from __future__ import annotations

import secrets

# Without 0/O, 1/I/L, and without vowels, so that no word comes out by chance.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"


def new(prefix: str, length: int = 8) -> str:
    """`CAND-7K3M9QXW`: 27**8 possibilities for one prefix."""
    return f"{prefix}-" + "".join(secrets.choice(ALPHABET) for _ in range(length))


def prefix(reference: str) -> str:
    return reference.split("-", 1)[0]
