"""Markdown as HTML: of an adopted charter, and of what people write. No raw HTML passes, and what comes out is cleaned."""

from __future__ import annotations

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_markdown = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_block", "html_inline"])
_TAGS = {"p", "ul", "ol", "li", "em", "strong", "blockquote", "code", "br"}


def html(text: str) -> SafeString:
    """Paragraphs, lists, quotations, emphasis. Links and pictures are dropped, their words stay: no page of the house asks
    a third party for anything or leads there unseen."""
    return mark_safe(nh3.clean(_markdown.render(text), tags=_TAGS, attributes={}))  # noqa: S308
