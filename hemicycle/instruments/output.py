"""What the commands of the instruments write: files that are there whole or not at all, and one line of progress."""

from __future__ import annotations

import errno
import gzip
import io
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import BinaryIO, TextIO, cast


@contextmanager
def written(path: Path) -> Iterator[TextIO]:
    """A text file that takes its name only when all is written; on any error nothing is left."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not path.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path.parent))
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    unfinished = Path(name)
    is_packed = path.suffix == ".gz"
    try:
        with (
            os.fdopen(handle, "wb") as raw,
            gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0)
            if is_packed
            else nullcontext(raw) as out,
        ):
            text = io.TextIOWrapper(cast(BinaryIO, out), encoding="utf-8", newline="")
            yield text
            text.flush()
            text.detach()
        unfinished.chmod(0o600)
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


class Progress:
    """One line on the terminal; silent when nobody looks."""

    def __init__(self, whole: int) -> None:
        self.whole = whole
        self.is_shown = sys.stderr.isatty()
        self.shown = -1

    def __call__(self, done: int) -> None:
        share = done * 100 // max(1, self.whole)
        if self.is_shown and share != self.shown:
            self.shown = share
            bar = "#" * (share // 4)
            print(f"\r{bar:<25} {share:3d} %, {done} of {self.whole}", end="", file=sys.stderr, flush=True)

    def ended(self) -> None:
        if self.is_shown and self.whole:
            print(file=sys.stderr)
