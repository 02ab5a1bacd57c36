"""Phrases that open or lock a file, and one-time codes: how they are made, read back and compared.

A phrase is made of two-syllable words that English, French and Russian readers can all say and write: seven
of them to open (more than 80 bits), five to lock (more than 60). No list of real words is needed, so that
no phrase insults anybody in any of the languages, and nothing in it names an institution (procedure 1.4).
"""

from __future__ import annotations

import re
import secrets
import unicodedata

CONSONANTS = "bdfgklmnprstvz"
VOWELS = "aeiou"
# Syllable pairs that mean something unpleasant in one of the three languages.
AVOIDED = frozenset(
    [
        *["bite", "dupa", "kaka", "kaki", "koko", "kuku", "lobo", "mudi", "muda", "nazi", "pedo", "pipi"],
        *["pidi", "pisi", "pisa", "popa", "popo", "pupu", "pute", "puta", "sisi", "siki", "sika", "suka"],
        *["suki", "suku", "soso", "sosi", "tupa", "tupi", "vagi", "zopa", "zopu", "zopi"],
    ]
)
OPENING_WORDS = 7
LOCKING_WORDS = 5

# Crockford's base 32: without I, L, O and U; what is misread for another is read as that other.
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
HALF_LENGTH = 8  # 40 bits: what one of two clerks knows of an enrolment code
CODE_LENGTH = 2 * HALF_LENGTH  # 80 bits
MAIL_CODE_LENGTH = 8  # 40 bits, five tries, a quarter of an hour

_CYRILLIC = str.maketrans("абдефгийклмнопрстувз", "abdefgiiklmnoprstuvz")
_MISREAD = str.maketrans("OILU", "011V")


def word() -> str:
    """One word of two syllables, evenly drawn."""
    while True:
        drawn = "".join(secrets.choice(CONSONANTS) + secrets.choice(VOWELS) for _ in range(2))
        if drawn not in AVOIDED:
            return drawn


def opening() -> str:
    """A receipt phrase: `tavo remi ...`, seven words."""
    return " ".join(word() for _ in range(OPENING_WORDS))


def locking() -> str:
    """A lock phrase, five words: it locks, and opens nothing."""
    return " ".join(word() for _ in range(LOCKING_WORDS))


def plain(phrase: str) -> str:
    """A typed or pasted phrase as it was made: case, spaces, hyphens and Cyrillic letters do not matter."""
    letters = unicodedata.normalize("NFKC", phrase).lower().translate(_CYRILLIC)
    return re.sub(r"[^a-z]", "", letters)


def code(length: int = CODE_LENGTH) -> str:
    """A one-time code in groups of four: `7K3M-9QXW-2RTA-V0CB`."""
    drawn = "".join(secrets.choice(CROCKFORD) for _ in range(length))
    return "-".join(drawn[i : i + 4] for i in range(0, length, 4))


def half() -> str:
    """One clerk's half of an enrolment code: `7K3M-9QXW`."""
    return code(HALF_LENGTH)


def plain_code(typed: str) -> str:
    """A typed or pasted code as it was made: case, spaces and hyphens do not matter, O is 0, I and L are
    1."""
    return re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", typed).upper()).translate(_MISREAD)
