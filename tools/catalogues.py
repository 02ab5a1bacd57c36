"""Gather texts into the rooms' catalogues, and check that French and Russian are complete.

`gather` adds new msgids with empty translations and drops those that no source holds any more; `check` exits 1 and
names what is missing, fuzzy or left over. Python only: Django's templatize and Babel's extractor, so that no machine
needs gettext's tools. Every room keeps its own catalogue beside its code.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from babel.messages.extract import extract_python

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
LANGUAGES = {
    "fr": "nplurals=2; plural=(n > 1);",
    "ru": (
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
    ),
}
KEYWORDS = (
    "_", "N_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy",
    "npgettext",
)  # fmt: skip
Key = tuple[str | None, str]
PLACE = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


def rooms() -> list[Path]:
    """Every folder below `hemicycle/` with texts of its own, or those that the command names."""
    wanted = sys.argv[2:]
    found = sorted(p for p in (ROOT / "hemicycle").iterdir() if p.is_dir() and p.name != "__pycache__")
    return [p for p in found if not wanted or p.name in wanted]


def texts(room: Path) -> dict[Key, tuple[str | None, list[str]]]:
    """(context, msgid) -> (plural msgid or None, places) of all sources of a room."""
    found: dict[Key, tuple[str | None, list[str]]] = {}
    for path in sorted(
        [*room.rglob("*.py"), *room.rglob("*.html"), *room.rglob("*.txt"), *room.rglob("*.svg")]
    ):
        if "migrations" in path.parts or "static" in path.parts or "locale" in path.parts:
            continue
        for context, message, plural in extract(path):
            old = found.get((context, message), (None, []))
            found[context, message] = (plural or old[0], [*old[1], str(path.relative_to(ROOT))])
    return found


def extract(path: Path) -> Iterator[tuple[str | None, str, str | None]]:
    """Yield (context, msgid, plural) of one file."""
    source = path.read_text()
    if path.suffix != ".py":
        from django.utils.translation.template import templatize

        # Outside the marks templatize leaves words that are no Python layout; without indentation it tokenizes.
        source = "\n".join(line.strip() for line in templatize(source).splitlines())
    for _line, function, messages, _comments in extract_python(
        io.BytesIO(source.encode()), dict.fromkeys(KEYWORDS), (), {}
    ):
        parts = [messages] if isinstance(messages, str) else list(messages or ())
        if not parts or parts[0] is None:
            continue
        context = parts.pop(0) if function and function.startswith(("pgettext", "npgettext")) else None
        plural = (
            parts[1]
            if function and "ngettext" in function.replace("pgettext", "gettext") and len(parts) > 1
            else None
        )
        if function and function.startswith("npgettext") and len(parts) > 1:
            plural = parts[1]
        if parts and parts[0]:
            yield context, parts[0], plural


def catalogue(room: Path, language: str) -> Path:
    return room / "locale" / language / "LC_MESSAGES" / "django.po"


def load(path: Path, language: str) -> polib.POFile:
    if path.exists():
        return polib.pofile(str(path), wrapwidth=110)
    po = polib.POFile(wrapwidth=110)
    po.metadata = {
        "Project-Id-Version": "hemicycle",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": LANGUAGES[language],
    }
    return po


def gather() -> int:
    for room in rooms():
        wanted = texts(room)
        for language in LANGUAGES:
            path = catalogue(room, language)
            if not wanted and not path.exists():
                continue
            po = load(path, language)
            kept = {(e.msgctxt, e.msgid): e for e in po if not e.obsolete}
            for key in [k for k in kept if k not in wanted]:
                po.remove(kept[key])
            for (context, message), (plural, places) in wanted.items():
                entry = kept.get((context, message))
                if entry is None:
                    entry = polib.POEntry(msgid=message, msgctxt=context)
                    po.append(entry)
                if plural and not entry.msgid_plural:
                    entry.msgid_plural = plural
                    entry.msgstr_plural = dict.fromkeys(range(3 if language == "ru" else 2), "")
                entry.occurrences = [(place, "") for place in sorted(set(places))]
                if "%(" in message and "python-format" not in entry.flags:
                    entry.flags.append("python-format")
            path.parent.mkdir(parents=True, exist_ok=True)
            po.sort(key=lambda e: (e.msgid, e.msgctxt or ""))
            po.save(str(path))
    return check()


def check() -> int:
    problems = [problem for room in rooms() for problem in faults(room)]
    for problem in problems:
        print(problem)
    print(
        f"{len(problems)} texts to translate or mend"
        if problems
        else "catalogues: complete in French and Russian"
    )
    return 1 if problems else 0


def faults(room: Path) -> Iterator[str]:
    wanted = texts(room)
    for language in LANGUAGES:
        path = catalogue(room, language)
        entries = {(e.msgctxt, e.msgid): e for e in load(path, language) if not e.obsolete}
        name = f"{room.name}/{language}"
        for key in wanted:
            entry = entries.pop(key, None)
            if entry is None or not entry.translated():
                yield f"{name}: no translation of {key[1]!r}"
            elif "fuzzy" in entry.flags:
                yield f"{name}: fuzzy {key[1]!r}"
            elif not entry.msgid_plural and places_of(entry.msgid) != places_of(entry.msgstr):
                yield f"{name}: other places than in {key[1]!r}"
        for key in entries:
            yield f"{name}: no source holds {key[1]!r}"


def places_of(text: str) -> set[str]:
    return {a or b for a, b in PLACE.findall(text)}


if __name__ == "__main__":
    sys.exit({"gather": gather, "check": check}[sys.argv[1] if len(sys.argv) > 1 else "check"]())
