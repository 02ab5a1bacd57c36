"""What templates of this room ask."""

from django import template
from django.conf import settings

from ..doors import RENEW_SECONDS

register = template.Library()
WARNING_SECONDS = 10 * 60


@register.simple_tag
def session_warning_after() -> int:
    """Seconds after which a page warns that its session ends: ten minutes before, in the worst case."""
    return int(settings.SESSION_COOKIE_AGE) - RENEW_SECONDS - WARNING_SECONDS
