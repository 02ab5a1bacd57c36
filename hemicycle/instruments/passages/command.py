"""`hemicycle check-text`: is a text what was published? On files, without network, database or settings.

The folder holds what the platform publishes of each statement: `NAME.json`, the file `signature.json` of its page, and
beside it `NAME.LANGUAGE.txt`, the texts. Each text is held against its digest and each digest against the signature first.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from ..ledger import notes
from .compare import Published, Verdict, check
from .forms import digest

SIZE_AT_MOST = 1_000_000


class Wrong(Exception):
    """A file cannot be read, or does not hold what was signed."""


def check_text(arguments: Sequence[str]) -> int:
    """Returns 0 authentic, 1 altered or unknown, 2 when something cannot be read or was not signed."""
    given = _parser().parse_args(arguments)
    try:
        published = folder(given.published, given.key)
        verdict = check(_text(given.file), published)
    except Wrong as error:
        print(f"hemicycle check-text: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"hemicycle check-text: {error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    print("\n".join(_told(verdict)))
    return 0 if verdict.kind == "authentic" else 1


def folder(path: Path, key: str = "") -> list[Published]:
    """Every text of a folder whose digest was signed, with the key that the caller trusts where one is given."""
    found = []
    for file in sorted(path.glob("*.json")):
        try:
            told = json.loads(_text(file))
            verifier = notes.Verifier.read(key or told["key"])
            manifest = notes.Note.read(told["note"]).text
            if not signed(told["note"], verifier):
                raise Wrong(f"{file}: the signature does not hold")
            digests = dict(line.split(" ") for line in manifest.splitlines()[3:])
        except (KeyError, RecursionError, TypeError, ValueError) as error:
            raise Wrong(f"{file}: no signature of a statement ({error})") from None
        for language, value in digests.items():
            text = path / f"{file.stem}.{language}.txt"
            if text.exists():
                published = Published(file.stem, language, _text(text))
                if digest(published.text) != value:
                    raise Wrong(f"{text}: not the text that was signed")
                found.append(published)
    if not found:
        raise Wrong(f"{path}: there is no published text")
    return found


def signed(note: str, verifier: notes.Verifier) -> bool:
    """Whether the key signed the note. Raises `ValueError` for a wrong signature of it."""
    return verifier in notes.Note.read(note).signed_by([verifier])


def _text(path: Path) -> str:
    data = path.read_bytes()
    if len(data) > SIZE_AT_MOST:
        raise Wrong(f"{path}: larger than {SIZE_AT_MOST} bytes")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Wrong(f"{path}: no text in UTF-8") from None


def _told(verdict: Verdict) -> list[str]:
    if verdict.published is None:
        return ["UNKNOWN: no published text is like it."]
    name = f"{verdict.published.key} ({verdict.published.language})"
    if verdict.kind == "authentic":
        return [f"AUTHENTIC: {name}, word for word."]
    percent = verdict.share.numerator * 100 // verdict.share.denominator
    lines = [f"ALTERED: {percent} % of its five-word runs are those of {name}. It differs here:"]
    marks = {"published": "published:", "given": "this text:"}
    return lines + [f"  {marks[d.kind]} {d.text}" for d in verdict.differences if d.kind != "same"]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hemicycle check-text", description="Is a text one that was published?"
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the text, in UTF-8")
    parser.add_argument(
        "--published", type=Path, required=True, metavar="DIR", help="texts and signatures, as saved"
    )
    parser.add_argument(
        "--key", default="", metavar="KEY", help="the key that you trust; else that of each signature"
    )
    return parser
