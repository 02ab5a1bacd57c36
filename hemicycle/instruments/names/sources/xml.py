"""XML read element by element, in constant memory, with line and column in every error.

A document type declaration is refused: it is the only place where entities can be declared, so there is nothing to
expand ("billion laughs") and no other file is asked for. The published lists have none. The parser is the standard
library's expat, called directly, because `xml.etree` offers no way to refuse it before it is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.parsers import expat

from ..files import Unreadable, opened

MOST_PARTS = 100_000
DEEPEST = 50
LONGEST_TEXT = 10_000_000
_BLOCK = 1 << 16


@dataclass(slots=True)
class Element:
    """An element without its namespace, the line where it begins, and its own text."""

    tag: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    parts: list[Element] = field(default_factory=list)

    def all(self, tag: str) -> list[Element]:
        """The parts of a name."""
        return [part for part in self.parts if part.tag == tag]

    def told(self, tag: str) -> str:
        """The text of the first part of a name, "" without one."""
        return next((part.text.strip() for part in self.parts if part.tag == tag), "")


class _Reading:
    """The handlers of one file: holds only the element that is being read."""

    def __init__(self, path: Path, wanted: frozenset[str]) -> None:
        self.path = path
        self.wanted = wanted
        self.root: Element | None = None
        self.open: list[Element] = []
        self.depth = self.parts = self.letters = self.unheard = 0
        self.done: list[Element] = []
        # Namespaces are resolved, so that a prefix may be called anything.
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters

    def refused(self, why: str) -> Unreadable:
        place = f"line {self.parser.CurrentLineNumber}, column {self.parser.CurrentColumnNumber + 1}"
        return Unreadable(f"{self.path}, {place}: {why}")

    def doctype(self, *_: Any) -> None:
        raise self.refused("a document type declaration (DTD) is not read")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.unheard = 0
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.refused(f"elements nested deeper than {DEEPEST}")
        tag = name.rpartition("}")[2]
        if self.root is None:
            self.root = Element(tag, attributes, self.parser.CurrentLineNumber)
        elif self.open or tag in self.wanted:
            element = Element(tag, attributes, self.parser.CurrentLineNumber)
            self.parts += 1
            if self.open:
                self.open[-1].parts.append(element)
            self.open.append(element)
            if self.parts > MOST_PARTS:
                raise self.refused(f"one entry with more than {MOST_PARTS:,} elements")
            self.count(sum(map(len, attributes.values())))

    def end(self, _: str) -> None:
        self.unheard = 0
        self.depth -= 1
        if self.open:
            element = self.open.pop()
            if not self.open:
                self.done.append(element)
                self.parts = self.letters = 0

    def characters(self, text: str) -> None:
        self.unheard = 0
        if self.open:
            self.count(len(text))
            self.open[-1].text += text

    def count(self, letters: int) -> None:
        self.letters += letters
        if self.letters > LONGEST_TEXT:
            raise self.refused(f"one entry with more than {LONGEST_TEXT:,} characters")

    def feed(self, block: bytes) -> list[Element]:
        self.unheard += len(block)
        try:
            self.parser.Parse(block, not block)
        except expat.ExpatError as error:
            why = expat.errors.messages.get(error.code, str(error))
            place = f"line {error.lineno}, column {error.offset + 1}"
            raise Unreadable(f"{self.path}, {place}: no XML: {why}") from error
        except Unreadable:
            raise
        except (LookupError, ValueError) as error:
            # The file declares an encoding that Python does not know, or that expat cannot use.
            raise self.refused(str(error)) from error
        # expat reads a tag or comment that does not end again from its beginning with every block.
        if self.unheard > LONGEST_TEXT:
            raise self.refused(f"one tag or comment with more than {LONGEST_TEXT:,} bytes")
        done, self.done = self.done, []
        return done


def elements(path: Path, wanted: frozenset[str]) -> Iterator[Element]:
    """The outermost elements of the wanted names, below the root, each with all that it holds."""
    reading = _Reading(path, wanted)
    for block in _blocks(path, reading):
        yield from reading.feed(block)


def root(path: Path) -> Element:
    """The root of a file, its name and attributes, without reading on."""
    reading = _Reading(path, frozenset())
    for block in _blocks(path, reading):
        reading.feed(block)
        if reading.root is not None:
            return reading.root
    raise Unreadable(f"{path}, line 1, column 1: no XML: no element found")


def _blocks(path: Path, reading: _Reading) -> Iterator[bytes]:
    """The bytes of a file in blocks, the last one empty."""
    with opened(path) as file:
        while True:
            try:
                block = file.read(_BLOCK)
            except OSError as error:
                raise reading.refused(f"the file is damaged: {error}") from error
            yield block
            if not block:
                return
