"""Latin spellings to sounds, by sets of rules; the letter pairs seen in a word choose which sets read it."""

from __future__ import annotations

import re
from collections.abc import Callable

_PLAIN = {
    **{letter: letter for letter in "abdefghiklmnoprstuvz"},
    "c": "k",
    "j": "J",
    "q": "k",
    "w": "v",
    "x": "ks",
    "y": "i",
    **dict.fromkeys("àáâãåāăąǎ", "a"),
    "ä": "e",
    "æ": "e",
    **dict.fromkeys("èéêëēĕėęěəэ", "e"),
    **dict.fromkeys("ìíîïĩīĭįıýÿŷỳ", "i"),
    **dict.fromkeys("òóôõōŏőøö", "o"),
    **dict.fromkeys("ùúûũūŭůűųü", "u"),
    **dict.fromkeys("šŝșş", "S"),
    **dict.fromkeys("čćçĉ", "C"),
    **dict.fromkeys("žẑż", "Z"),
    **dict.fromkeys("źẓ", "z"),
    **dict.fromkeys("ńňñņŋ", "n"),
    **dict.fromkeys("łľĺļ", "l"),
    **dict.fromkeys("řŕŗ", "r"),
    **dict.fromkeys("ďđð", "d"),
    **dict.fromkeys("ťţțŧþṭ", "t"),
    **dict.fromkeys("ğģĝġǧ", "g"),
    **dict.fromkeys("ķḱǩ", "k"),
    **dict.fromkeys("ĥħḩḥ", "h"),
    **dict.fromkeys("śṣ", "s"),
    "ß": "s",
    "œ": "o",
}
_ENGLISH = {
    **{"shch": "S", "sch": "S", "tch": "C", "ch": "C", "sh": "S", "zh": "Z", "kh": "h", "ts": "c", "tz": "c"},
    **{"dzh": "J", "dj": "J", "ph": "f", "th": "t", "ck": "k", "cz": "C", "qu": "k", "oo": "u", "ee": "i"},
    **{"ou": "u", "ce": "se", "ci": "si", "cy": "si", "gh": "g", "dz": "z", "sz": "s", "dh": "d", "ae": "e"},
    **{"sht": "St", "ks": "ks", "ja": "Ja", "ts": "c"},
}
_SLAVIC = {
    "ch": "h",
    "c": "c",
    "j": "i",
    "dž": "J",
    "dz": "z",
    "šč": "S",
    "ts": "c",
    "tš": "C",
    "štš": "S",
    "sc": "sc",
}
_SLAVIC_MORE = {**_SLAVIC, "sh": "S", "zh": "Z", "kh": "h", "shch": "S"}
_GERMAN = {
    "schtsch": "S",
    "tsch": "C",
    "dsch": "J",
    "sch": "S",
    "ch": "h",
    "z": "c",
    "tz": "c",
    "j": "i",
    "ds": "z",
}
_GERMAN |= {"ss": "s", "sh": "Z", "ck": "k", "ts": "c", "ph": "f", "th": "t", "oo": "o", "ü": "u"}
_FRENCH = {
    "chtch": "S",
    "tch": "C",
    "ch": "S",
    "ou": "u",
    "gu": "g",
    "j": "Z",
    "dj": "J",
    "kh": "h",
    "qu": "k",
}
_FRENCH |= {
    "ts": "c",
    "ss": "s",
    "ph": "f",
    "th": "t",
    "ce": "se",
    "ci": "si",
    "oï": "o",
    "eï": "e",
    "aï": "a",
}
_POLISH = {
    "szcz": "S",
    "sz": "S",
    "cz": "C",
    "rz": "Z",
    "dż": "J",
    "ch": "h",
    "c": "c",
    "j": "i",
    "ó": "u",
    "dz": "z",
}
_POLISH |= {"ą": "on", "ę": "en", "ć": "C", "ci": "ci"}
_NORTHERN = {
    "sjtsj": "S",
    "sjtj": "S",
    "tsj": "C",
    "tj": "C",
    "sj": "S",
    "zj": "Z",
    "dzj": "J",
    "oe": "u",
    "j": "i",
}
_NORTHERN |= {"ch": "h", "ts": "c", "ie": "i", "kh": "h", "ck": "k", "dj": "J", "stj": "S"}
_HUNGARIAN = {
    "scs": "S",
    "cs": "C",
    "zs": "Z",
    "sz": "s",
    "s": "S",
    "dzs": "J",
    "c": "c",
    "j": "i",
    "gy": "d",
    "ly": "l",
}
_SPANISH = {
    "j": "h",
    "ch": "C",
    "ll": "l",
    "z": "s",
    "gu": "g",
    "qu": "k",
    "ce": "se",
    "ci": "si",
    "x": "h",
    "sh": "S",
}
_TURKISH = {"c": "J", "ç": "C", "ş": "S", "j": "Z", "kh": "h"}
_GOST = {
    "shh": "S",
    "cz": "c",
    "x": "h",
    "ch": "C",
    "sh": "S",
    "zh": "Z",
    "j": "i",
    "kh": "h",
    "ts": "c",
    "c": "c",
}
_BELARUSIAN = {**_ENGLISH, "au": "ov", "ou": "ov", "eu": "ev", "iou": "ev", "dz": "d", "ts": "t", "aŭ": "ov"}
_BELARUSIAN |= {"ŭ": "v", "iŭ": "ev", "ch": "C", "h": "g", "kh": "h"}


def _reader(rules: dict[str, str]) -> Callable[[str], str]:
    longer = sorted((key for key in rules if len(key) > 1), key=len, reverse=True)
    single = str.maketrans({**_PLAIN, **{key: sound for key, sound in rules.items() if len(key) == 1}})
    pattern = re.compile("|".join(longer))
    marks = {key: chr(0xE000 + place) for place, key in enumerate(longer)}
    back = str.maketrans({mark: rules[key] for key, mark in marks.items()})

    def read(word: str) -> str:
        marked = pattern.sub(lambda found: marks[found.group()], word)
        return marked.translate(single).translate(back)

    return read


_SETS: list[tuple[re.Pattern[str], Callable[[str], str]]] = [
    (re.compile(r"sch|w|z(?!h)|ds"), _reader(_GERMAN)),
    (re.compile(r"sz|cz|rz|[łżźśćńó]|ch.*w|w.*ch"), _reader(_POLISH)),
    (re.compile(r"tch|ou|ch|gu|dj|j(?!$)"), _reader(_FRENCH)),
    (re.compile(r"[sztd]j|oe|[jy]?ie"), _reader(_NORTHERN)),
    (re.compile(r"cs|zs|sz|gy|ly"), _reader(_HUNGARIAN)),
    (re.compile(r"[çşğı]|c(?![hkz])"), _reader(_TURKISH)),
    (re.compile(r"shh|cz|x"), _reader(_GOST)),
    (re.compile(r"[aeo][uŭ]|uladz|dz|ts[ie]"), _reader(_BELARUSIAN)),
    (re.compile(r"[jxz]"), _reader(_SPANISH)),
]
_english = _reader({**_ENGLISH})
_slavic = _reader(_SLAVIC)
_slavic_more = _reader(_SLAVIC_MORE)
_HACEK = re.compile(r"[čšžŝřěůťďšāēīūļņķģâûẑ]")
_GLIDE = re.compile(r"j|c(?![hk])|ch")
_ENGLISH_ONLY = re.compile(r"shch|zh|kh|sh|y[aueo]")
_NOTHING = re.compile(r"[chjwxzy]|ou|[aeo]u|ie|oe|gu|[^a-z]")


def sounds(word: str, most: int) -> list[str]:
    """At most `most` raw readings of a Latin word, the likeliest first."""
    if not _NOTHING.search(word):
        return [_english(word)]
    if _HACEK.search(word):
        found = [_slavic(word), _slavic_more(word)]
    elif "j" in word:
        found = [_slavic_more(word), _english(word)]
        if not _ENGLISH_ONLY.search(word):
            found.insert(0, _slavic(word))
    else:
        found = [_english(word)]
        if _GLIDE.search(word) and not _ENGLISH_ONLY.search(word):
            found.append(_slavic(word))
    if len(found) < most:
        found.extend(read(word) for cue, read in _SETS if cue.search(word))
    return list(dict.fromkeys(found))[:most]
