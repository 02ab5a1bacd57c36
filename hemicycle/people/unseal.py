"""`hemicycle unseal`: open offline what was downloaded. Needs no database, no settings and no network."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyrage

from . import phrases, sheets, wraps

ASKED = "-"  # in the place of a file: what is typed, or comes in by a pipe


class CannotOpen(Exception):
    """Why nothing, or one file, was opened; said to whoever runs the command."""


def unseal(arguments: Sequence[str]) -> int:
    """Open files. Returns 0; 1 when some did not open; 2 when it could not begin."""
    given = _parser().parse_args(arguments)
    try:
        key = _one_off(given.key, _identity(given))
        given.out.mkdir(mode=0o700, parents=True, exist_ok=True)
        _check_names(given.files, given.out)
    except (CannotOpen, OSError) as error:
        return _complain(error, 2)
    opened = 0
    for path in given.files:
        try:
            _write(given.out / _name(path), _decrypt(path, key, "was sealed to another key, or is damaged"))
            opened += 1
        except (CannotOpen, OSError) as error:
            _complain(error, 1)
    print(f"Opened {opened} of {len(given.files)} files into {given.out}")
    return 0 if opened == len(given.files) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hemicycle unseal",
        description="Open offline what was downloaded: first the small key, then the pages.",
        epilog="- is typed, or comes by a pipe. What is opened is written in the clear: delete it when you have read it.",
    )
    ways = parser.add_mutually_exclusive_group(required=True)
    ways.add_argument("--identity", metavar="FILE", help="the key of your recovery sheet; - to type it")
    ways.add_argument("--phrase", metavar="FILE", help="of your reading key or your receipt; - to type it")
    ways.add_argument("--sheets", metavar="FILE", help="a custodian's two sheets, one a line; - to type them")
    parser.add_argument(
        "--wrap", metavar="FILE", type=Path, help="with --phrase: your key as the site gave it"
    )
    parser.add_argument("--key", required=True, type=Path, help="the small file that holds the files' key")
    parser.add_argument("--out", required=True, type=Path, metavar="FOLDER", help="where to write")
    parser.add_argument("files", nargs="+", type=Path, metavar="PAGE.age", help="what is to be opened")
    return parser


def _identity(given: argparse.Namespace) -> str:
    if (given.phrase is None) != (given.wrap is None):
        raise CannotOpen("--phrase and --wrap go together")
    if given.phrase is None:
        try:
            if given.sheets is not None:
                return _joined(_secret(given.sheets, "Both sheets, one after the other: "))
            return wraps.read_identity(_secret(given.identity, "Key of the recovery sheet: "))
        except wraps.Unreadable as error:
            raise CannotOpen(f"{'--identity' if given.sheets is None else '--sheets'}: {error}") from error
    typed = _secret(given.phrase, "Phrase: ")
    for key in _keys(given.wrap):
        for wrap in key["wraps"]:
            for phrase in (typed, phrases.plain(typed)):  # of a reading key, of a receipt
                try:
                    if wraps.check(wrap, least_rounds=1)["kind"] == "passphrase":
                        return wraps.opened(wrap, key["recipient"], passphrase=phrase)
                except wraps.Unreadable:
                    continue
    raise CannotOpen(f"the phrase opens nothing in {given.wrap}")


def _joined(typed: str) -> str:
    letters = phrases.plain_code(typed)  # where the first sheet ends is told by its length
    return sheets.join(sheets.read(letters[: sheets.LETTERS]), sheets.read(letters[sheets.LETTERS :]))


def _keys(path: Path) -> list[dict[str, Any]]:
    """The keys in the file of the page "Your reading key", or of the own evidence: [{"recipient", "wraps": [...]}, ...]."""
    try:
        keys = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(keys, list) and all(
            isinstance(key["recipient"], str) and isinstance(key["wraps"], list) for key in keys
        ):
            return keys
    except (ValueError, KeyError, TypeError):
        pass
    raise CannotOpen(f"{path} is not the file of wrapped keys that the site gives")


def _secret(source: str, question: str) -> str:
    if source != ASKED:
        return Path(source).read_text(encoding="utf-8", errors="replace").strip()
    return getpass.getpass(question) if sys.stdin.isatty() else sys.stdin.read().strip()


def _one_off(path: Path, identity: str) -> str:
    try:
        text = _decrypt(path, identity, "was not sealed to this key, or is damaged").decode("ascii")
        return wraps.read_identity(text)
    except (UnicodeDecodeError, wraps.Unreadable) as error:
        raise CannotOpen(f"{path} opens, but holds no key of files") from error


def _decrypt(path: Path, identity: str, why_not: str) -> bytes:
    try:
        opened: bytes = pyrage.decrypt(path.read_bytes(), [pyrage.x25519.Identity.from_str(identity)])
    except (pyrage.DecryptError, ValueError) as error:
        raise CannotOpen(f"{path} {why_not}") from error
    return opened


def _name(path: Path) -> str:
    return path.name.removesuffix(".age") or path.name


def _check_names(files: Sequence[Path], out: Path) -> None:
    """Nothing is written over: not by a second file of the same name, not over what is there."""
    names = [_name(path) for path in files]
    for name in names:
        if names.count(name) > 1:
            raise CannotOpen(f"two files would both be written as {name}")
        if (out / name).exists():
            raise CannotOpen(f"{out / name} is there already")


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)


def _complain(error: Exception, code: int) -> int:
    text = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) else str(error)
    print(f"hemicycle unseal: {text}", file=sys.stderr)
    return code
