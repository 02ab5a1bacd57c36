"""`{% written text %}`: a text as it was written, in its own language."""

from __future__ import annotations

from typing import Any

from django import template

from hemicycle.texts.sources import Written

register = template.Library()


@register.inclusion_tag("texts/_written.html", takes_context=True)
def written(context: Any, text: Written) -> dict[str, Any]:
    """The text; what stands beside it (translations, a reason why it is set aside) comes with it."""
    return {"text": text, "request": context.get("request")}
