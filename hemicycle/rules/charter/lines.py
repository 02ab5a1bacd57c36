"""Where each key of a TOML text stands: ``tomllib`` reads values but keeps no lines."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR_END = re.compile(r"[,\]}#\n]")


class _Scanner:
    """One pass over a text that ``tomllib`` has accepted; it therefore checks nothing."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[str, int] = {}
        self.ends = [match.start() for match in re.finditer("\n", text)]

    def line(self) -> int:
        return bisect_left(self.ends, self.at) + 1

    def blank(self, *, newlines: bool = True) -> None:
        """Pass over blanks, comments and (unless told) line ends."""
        while self.at < len(self.text):
            char = self.text[self.at]
            if char == "#":
                end = self.text.find("\n", self.at)
                self.at = len(self.text) if end < 0 else end
            elif char in " \t\r" or (newlines and char == "\n"):
                self.at += 1
            else:
                return

    def string(self) -> str:
        quote = self.text[self.at]
        mark = quote * 3 if self.text.startswith(quote * 3, self.at) else quote
        start = self.at = self.at + len(mark)
        while not self.text.startswith(mark, self.at):
            self.at += 2 if quote == '"' and self.text[self.at] == "\\" else 1
        inside = self.text[start : self.at]
        self.at += len(mark)
        while len(mark) == 3 and self.text.startswith(quote, self.at):  # """a"""" ends in a quote of its own
            self.at += 1
        return inside

    def key(self) -> list[str]:
        """A key, dotted or not: ``a."b c".d`` gives its three parts."""
        parts: list[str] = []
        while True:
            self.blank(newlines=False)
            if self.text[self.at] in "\"'":
                parts.append(self.string())
            else:
                match = _BARE.match(self.text, self.at)
                if match is None:
                    raise ValueError(f"no key on line {self.line()}")
                parts.append(match.group())
                self.at = match.end()
            self.blank(newlines=False)
            if self.text[self.at] != ".":
                return parts
            self.at += 1

    def note(self, path: list[str], line: int) -> None:
        for end in range(1, len(path) + 1):
            self.lines.setdefault(".".join(path[:end]), line)

    def pair(self, above: list[str]) -> None:
        line = self.line()
        path = above + self.key()
        self.note(path, line)
        self.at += 1  # the "="
        self.blank(newlines=False)
        self.value(path)

    def value(self, path: list[str]) -> None:
        char = self.text[self.at]
        if char in "\"'":
            self.string()
        elif char in "{[":
            self.at += 1
            close, index = ("}" if char == "{" else "]"), 0
            self.blank()
            while self.text[self.at] != close:
                if char == "{":
                    self.pair(path)
                else:
                    place = [*path, str(index)]
                    self.note(place, self.line())
                    self.value(place)
                    index += 1
                self.blank()
                if self.text[self.at] == ",":
                    self.at += 1
                    self.blank()
            self.at += 1
        else:
            match = _SCALAR_END.search(self.text, self.at)
            self.at = match.start() if match else len(self.text)

    def statements(self) -> dict[str, int]:
        above: list[str] = []
        count: dict[str, int] = defaultdict(int)
        self.blank()
        while self.at < len(self.text):
            line = self.line()
            if self.text[self.at] == "[":
                many = self.text.startswith("[[", self.at)
                self.at += 2 if many else 1
                above = self.placed(self.key(), count, opens=many)
                self.note(above, line)
                self.at += 2 if many else 1
            else:
                self.pair(above)
            self.blank()
        return self.lines

    def placed(self, parts: list[str], count: dict[str, int], *, opens: bool) -> list[str]:
        """``[[offices]]`` seen for the third time is the path ``offices.2``."""
        path: list[str] = []
        for index, part in enumerate(parts):
            path.append(part)
            dotted = ".".join(path)
            if opens and index == len(parts) - 1:
                count[dotted] += 1
            if count.get(dotted):
                path.append(str(count[dotted] - 1))
        return path


def key_lines(text: str) -> dict[str, int]:
    """Dotted key -> line (from 1) of valid TOML ``text``; items of lists are ``name.0``, ``name.1``."""
    return _Scanner(text).statements()
