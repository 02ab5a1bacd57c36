"""`{% written text %}`: a text as it was written, in its own language, with what stands beside it or in place of it."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language

from hemicycle.people.spoken import language_name
from hemicycle.record.actors import PUBLIC, Actor
from hemicycle.texts import queries, related, showing
from hemicycle.texts.sources import Written

register = template.Library()


@register.inclusion_tag("texts/_written.html", takes_context=True)
def written(context: Any, text: Written) -> dict[str, Any]:
    """The original first, then its translations. Where it is set aside, the ground stands in its place and in that of its
    translations; its author and the Secretariat may still open the words."""
    request = context.get("request")
    actor: Actor = getattr(request, "actor", PUBLIC)
    aside = showing.aside(text, actor)
    reads = aside is None or aside.is_authors or actor.holds(*queries.HOUSE, *queries.JUDGES)
    translations = showing.beside(text, actor) if reads else []
    return {
        "request": request,
        "text": text,
        "aside": aside,
        "reads": reads,
        "translations": translations,
        "original": language_name(text.language),
        "is_other": text.language != (get_language() or "en")[:2],
        "offers": showing.offers(text, actor, is_aside=aside is not None),
    }


@register.inclusion_tag("texts/_near.html")
def near(draft: Written) -> dict[str, Any]:
    """The public texts that are near to a draft, as far as the worker has looked; the room has asked for it (`related.ask`)."""
    answer = related.asked(draft)
    texts = answer.texts if answer is not None else ()
    is_looked_for = related.is_installed()
    return {
        "answer": answer,
        "is_looked_for": is_looked_for,
        "texts": [(text, language_name(text.language)) for text in texts],
    }
