"""Cyrillic letters to sounds: Russian, Ukrainian, Belarusian, and letters of Turkic, Caucasian and other alphabets.

The sounds are written a e i o u, b d f g h k l m n p r s t v z, c (ts), S (sh), C (ch), Z (zh), J (dzh).
"""

from __future__ import annotations

import re

_PLAIN = """
    а:a б:b в:v г:g д:d е:e ё:e ж:Z з:z и:i й:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:h ц:c ч:C ш:S щ:S
    ы:i э:e і:i ї:i є:e ґ:g ў:v ғ:g қ:k ң:n ө:o ү:u ұ:u һ:h җ:J ҫ:s ҙ:z ҡ:k ӑ:a ӗ:e ӳ:u ӧ:o ӱ:u ӹ:i ҕ:g ҥ:n
    ј:i љ:l њ:n ћ:C ђ:J џ:J ѓ:g ќ:k ѕ:z ҳ:h ҷ:J ҹ:J ҝ:g ӷ:g ӣ:i ӯ:u ѐ:e ѝ:i ӓ:a ӛ:e ӝ:J ӟ:z ӥ:i ө:o ӵ:C ӈ:n ӄ:k ԝ:v
"""
_LETTERS = dict(pair.split(":") for pair in _PLAIN.split())
_TABLE = str.maketrans({**_LETTERS, "ю": "iu", "я": "ia", "ё": "io", "ь": "", "ъ": "", "Ӏ": "", "ә": "a"})
_OTHERWISE = str.maketrans({**_LETTERS, "ю": "iu", "я": "ia", "г": "h", "ә": "e", "ё": "e"})
_PAIRS = (("дж", "J"), ("шч", "S"), ("тс", "c"), ("дз", "z"), ("тч", "C"), ("нг", "ng"))
_UKRAINIAN = re.compile("[іїєґў]")


def sounds(word: str) -> list[str]:
    """One or two raw readings; г is read as h too, first where the letters are Ukrainian or Belarusian."""
    for pair, sound in _PAIRS:
        if pair in word:
            word = word.replace(pair, sound)
    if _UKRAINIAN.search(word):
        first = word.translate(_OTHERWISE)
        return [first, word.translate(_TABLE)] if "г" in word or "ё" in word else [first]
    first = word.translate(_TABLE)
    return [first, word.translate(_OTHERWISE)] if "ё" in word or "ә" in word else [first]
