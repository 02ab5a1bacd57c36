"""A witness: it cosigns a log's checkpoint only when it extends everything that it saw of that log (C2SP tlog-witness).

It keeps one file a log and never looks into the leaves. Run it on another organisation's machine: whoever holds the
log's server and key can then still not show two histories.
"""

from __future__ import annotations

import fcntl
import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from . import notes, tiles
from .tree import EMPTY, is_consistent

MAX_REQUEST = 64 * 1024  # bytes
TEXT, SIZE = "text/plain; charset=utf-8", "text/x.tlog.size"


@dataclass(frozen=True)
class Answer:
    """What a witness answers: HTTP status, text and its type."""

    status: int
    text: str
    kind: str = TEXT


def now() -> int:
    """Seconds since 1970."""
    return int(time.time())


@dataclass
class Witness:
    """A witness with its key, the keys of the logs that it watches, and a folder for what it saw."""

    signer: notes.Signer
    logs: Sequence[notes.Verifier]
    folder: Path
    clock: Callable[[], int] = field(default=now)

    def add_checkpoint(self, body: str) -> Answer:
        """Check a request and cosign, or say why not. What is cosigned is on the disk before it is answered."""
        try:
            request = notes.Request.read(body)
            note = notes.Note.read(request.checkpoint)
            checkpoint = notes.Checkpoint.read(note.text)
        except notes.Malformed as error:
            return Answer(400, f"{error}\n")
        keys = [key for key in self.logs if key.name == checkpoint.origin]
        if not keys:
            return Answer(404, "this witness does not watch that log\n")
        try:
            if not note.signed_by(keys):
                return Answer(403, "the log did not sign this\n")
        except notes.Untrusted as error:
            return Answer(403, f"{error}\n")
        if request.old > checkpoint.size:
            return Answer(400, "the old size is larger than the new one\n")
        with self._alone(checkpoint.origin):
            before = seen(self.folder, checkpoint.origin)
            size, root = (before.size, before.root) if before else (0, EMPTY)
            if request.old != size:
                return Answer(409, f"{size}\n", SIZE)
            if not is_consistent(size, checkpoint.size, request.path, root, checkpoint.root):
                return Answer(422, "this does not extend what was seen before\n")
            if checkpoint.size == 0 and checkpoint.root != EMPTY:
                return Answer(422, "an empty tree has the root of the empty tree\n")
            line = self.signer.line(note.text, self.clock())
            lines = [str(notes.Note(note.text, (each,))).rpartition("\n\n")[2] for each in note.lines]
            own = [
                each for each, (name, _) in zip(lines, note.lines, strict=True) if name == checkpoint.origin
            ]
            tiles.write(_path(self.folder, checkpoint.origin), f"{note.text}\n{''.join(own)}{line}".encode())
        return Answer(200, line)

    def by_hash(self, digest: str) -> str | None:
        """The latest checkpoint that was cosigned for a log, asked by the SHA-256 of its name in hex (for monitors)."""
        return next((kept(self.folder, key.name) for key in self.logs if _digest(key.name) == digest), None)

    @contextmanager
    def _alone(self, origin: str) -> Iterator[None]:
        """Nobody else compares and writes meanwhile, not even another process on the same folder."""
        path = _path(self.folder, origin).parent
        path.mkdir(parents=True, exist_ok=True)
        with (path / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def kept(folder: Path, origin: str) -> str | None:
    """The latest checkpoint that a witness with this folder cosigned: a note with the log's line and its own."""
    path = _path(folder, origin)
    return path.read_text() if path.exists() else None


def seen(folder: Path, origin: str) -> notes.Checkpoint | None:
    """What that checkpoint says."""
    note = kept(folder, origin)
    return notes.Checkpoint.read(notes.Note.read(note).text) if note else None


def _path(folder: Path, origin: str) -> Path:
    return folder / _digest(origin) / "checkpoint"


def _digest(origin: str) -> str:
    return hashlib.sha256(origin.encode()).hexdigest()


def server(witness: Witness, host: str, port: int) -> ThreadingHTTPServer:
    """An HTTP server for a witness; `serve_forever` runs it. It logs no addresses."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if self.path != "/add-checkpoint":
                self.close_connection = True
                return self.say(Answer(404, "no such address\n"))
            if not length.isdigit() or int(length) > MAX_REQUEST:
                self.close_connection = True
                return self.say(Answer(413, "too long\n"))
            try:
                body = self.rfile.read(int(length)).decode()
            except UnicodeDecodeError:
                return self.say(Answer(400, "this is not text\n"))
            return self.say(witness.add_checkpoint(body))

        def do_GET(self) -> None:
            digest, _, name = self.path.strip("/").partition("/")
            found = witness.by_hash(digest) if name == "checkpoint" else None
            self.say(Answer(200, found) if found else Answer(404, "no checkpoint of that log was seen\n"))

        def say(self, answer: Answer) -> None:
            body = answer.text.encode()
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    return ThreadingHTTPServer((host, port), Handler)
