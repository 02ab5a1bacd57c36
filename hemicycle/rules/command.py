"""`hemicycle charter check FILE...`: every error of a charter by line and key, without database, key or settings."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence

from .charter import check as problems_of
from .charter import format_problems

USAGE = "usage: hemicycle charter check FILE [FILE ...]"


def check(args: Sequence[str], acts: Collection[str] = ()) -> int:
    """Check files, and their articles against the keys of all acts, and print what is wrong. 0: all can be law; 1: a file has a problem; 2: no file could be read."""
    if not args or args[0].startswith("-"):
        asked = bool(args) and args[0] in ("-h", "--help")
        (sys.stdout if asked else sys.stderr).write(USAGE + "\n")
        return 0 if asked else 2
    worst = 0
    for path in args:
        try:
            problems = problems_of(path, acts)
        except OSError as error:
            sys.stderr.write(f"{path}: cannot be read: {error.strerror or error}\n")
            worst = 2
            continue
        if problems:
            sys.stdout.write(format_problems(path, problems) + "\n")
            sys.stdout.write(f"{path}: {len(problems)} problem{'s' if len(problems) > 1 else ''}\n")
            worst = max(worst, 1)
        else:
            sys.stdout.write(f"{path}: no problem found\n")
    return worst
