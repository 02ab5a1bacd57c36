"""Markdown as HTML: of an adopted charter, and of what people write. No raw HTML passes, and what comes out is cleaned."""

from __future__ import annotations

import re
from collections.abc import Iterator

import nh3
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_TAGS = {"p", "ul", "ol", "li", "em", "strong", "blockquote", "code", "br"}

# What turns the direction of writing round, or stands in a text without being seen: with these a text reads otherwise than
# it is written. The joiners U+200C and U+200D stay: some scripts need them.
_UNSEEN = re.compile(
    "[\u200b\u200e\u200f\u061c\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\U000e0000-\U000e007f]"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")

_EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")
LONGEST = 100_000  # a longer text than any form takes is shown as it stands


def html(text: str) -> SafeString:
    """Paragraphs, lists, quotations, emphasis. Pictures are dropped, their words stay; of a link its address stands behind it as
    text, so that a source can be cited: no page of the house asks a third party for anything or leads there unseen."""
    text = _EMPTY_LINES.sub(
        "\n\n", seen(text)
    )  # many empty lines cost the parser time that grows with the square
    raw = _markdown.render(text) if len(text) <= LONGEST else linebreaks(text, autoescape=True)
    return mark_safe(nh3.clean(raw, tags=_TAGS, attributes={}))  # noqa: S308


def seen(text: str) -> str:
    """The text without what nobody sees and what turns its direction round."""
    return _CONTROL.sub("", _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def _addresses(state: StateCore) -> None:
    """In the place of each link: its words, and its address in brackets behind them, if that is one of the web."""
    for token in state.tokens:
        if token.children:
            token.children = list(_spelt_out(token.children))


def _spelt_out(tokens: list[Token]) -> Iterator[Token]:
    behind: list[str] = []
    words = ""
    for token in tokens:
        if token.type == "link_open":
            address = str(token.attrGet("href") or "")
            is_web = address.startswith(("http://", "https://")) and token.info != "auto"
            behind.append(address if is_web else "")
            words = ""
        elif token.type == "link_close":
            address = behind.pop() if behind else ""
            if address and words != address:
                yield Token("text", "", 0, content=f" ({address})")
        else:
            words += token.content
            yield token


_markdown = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline"])
_markdown.core.ruler.push("addresses", _addresses)
