"""`hemicycle witness`: watch a log from another machine. Needs no database, no settings and no other part of the house."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from . import keyfile, notes
from .witness import Witness, server


def witness(arguments: Sequence[str]) -> int:
    """Run a witness until Ctrl-C or SIGTERM. Returns 0, or 2 when it cannot begin."""
    parser = argparse.ArgumentParser(
        prog="hemicycle witness",
        description="Cosign what a log signs, as long as it extends what this witness saw before.",
    )
    parser.add_argument(
        "--folder", required=True, type=Path, help="where the witness keeps its key and what it saw"
    )
    parser.add_argument("--name", help="the witness's name, like witness.example.org; needed the first time")
    parser.add_argument("--log", action="append", default=[], metavar="KEY", help="key of a log to watch")
    parser.add_argument("--listen", default="127.0.0.1:8901", metavar="HOST:PORT", help="(127.0.0.1:8901)")
    parser.add_argument("--show-key", action="store_true", help="print the witness's key and stop")
    given = parser.parse_args(arguments)
    try:
        made = _witness(given.folder, given.name, given.log)
        print(f"Key of this witness: {made.signer.verifier}")
        if given.show_key:
            return 0
        if not made.logs:
            raise ValueError("name the log to watch: --log KEY (it stands in the log's file `policy`)")
        host, _, port = given.listen.rpartition(":")
        if not host or not port.isdigit():
            raise ValueError(f"--listen takes HOST:PORT, not {given.listen!r}")
        listening = server(made, host, int(port))
    except (ValueError, OSError) as error:
        print(f"hemicycle witness: {error}", file=sys.stderr)
        return 2
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: threading.Thread(target=listening.shutdown).start())
    print(f"Listening on {host}:{listening.server_address[1]} - Ctrl-C ends it.", flush=True)
    listening.serve_forever()
    listening.server_close()
    return 0


def _witness(folder: Path, name: str | None, logs: Sequence[str]) -> Witness:
    told = folder / "name"
    if told.exists():
        kept = told.read_text().strip()
        if name and name != kept:
            raise ValueError(f"this folder belongs to the witness {kept}, not {name}")
        name = kept
    if not name or "+" in name or any(letter.isspace() for letter in name):
        raise ValueError("give the witness a name without spaces and plus signs: --name witness.example.org")
    try:
        watched = [notes.Verifier.read(key) for key in logs]
    except notes.Malformed as error:
        raise ValueError(f"--log: {error}") from None
    seed = keyfile.make(folder / "witness.key")
    told.write_text(name + "\n")
    return Witness(notes.Signer(name, notes.COSIGNATURE, seed), watched, folder)
