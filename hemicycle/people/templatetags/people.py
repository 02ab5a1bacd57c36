"""What templates of this room ask."""

import json

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .. import demonstration, phrases
from ..doors import RENEW_SECONDS
from ..models import Custodian, ReaderKey

register = template.Library()
WARNING_SECONDS = 10 * 60


@register.simple_tag
def session_warning_after() -> int:
    """Seconds after which a page warns that its session ends: ten minutes before, in the worst case."""
    return int(settings.SESSION_COOKIE_AGE) - RENEW_SECONDS - WARNING_SECONDS


@register.filter
def as_json(value: object) -> str:
    """For an attribute that a script reads; the template escapes it."""
    return json.dumps(value)


@register.filter
def as_openable(key: ReaderKey) -> list[dict[str, object]]:
    """One reading key as `opening.js` needs it."""
    return [{"recipient": key.recipient, "wraps": key.wraps}]


@register.filter
def known_sheets(custodian: Custodian) -> list[str]:
    """Both sheets of the demonstration's custodian, which everybody knows; of any other, none."""
    made = demonstration.custodian_sheets() if custodian.recipient in demonstration.recipients() else ()
    return [str(sheet) for sheet in made]


@register.simple_tag
def phrase_letters() -> SafeString:
    """What a browser draws a phrase from, in the manner of `phrases.py`."""
    return format_html(
        'data-consonants="{}" data-vowels="{}" data-avoided="{}" data-words="{}"',
        phrases.CONSONANTS,
        phrases.VOWELS,
        " ".join(sorted(phrases.AVOIDED)),
        phrases.OPENING_WORDS,
    )
