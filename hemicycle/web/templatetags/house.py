"""Words that pages make from dates and from the charter's keys."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import cast

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext

from hemicycle.record import clock, law
from hemicycle.rules.charter import Charter
from hemicycle.web import markdown as written
from hemicycle.web.desk import article_url

register = template.Library()

HOUR, DAY = 3600, 86400

register.filter("markdown", written.html)


@register.filter
def is_past(at: datetime | None) -> bool:
    """Whether the instant has come: what ends by a date is over at that instant."""
    return at is not None and at <= clock.now()


@register.filter
def remaining(at: datetime | None) -> str:
    """How long until the instant, in words: whole days from two days on, else hours, else minutes.

    Rounded down, so that nobody is told of more time than there is.
    """
    if at is None:
        return ""
    seconds = int((at - clock.now()).total_seconds())
    if seconds <= 0:
        return gettext("this time has passed")
    if seconds >= 2 * DAY:
        days = seconds // DAY
        return ngettext("in %(n)d day", "in %(n)d days", days) % {"n": days}
    if seconds >= HOUR:
        hours = seconds // HOUR
        return ngettext("in %(n)d hour", "in %(n)d hours", hours) % {"n": hours}
    minutes = max(seconds // 60, 1)
    return ngettext("in %(n)d minute", "in %(n)d minutes", minutes) % {"n": minutes}


@register.filter
def day(value: date | datetime | None) -> str:
    """A day in full, as each language writes it: 1 May 2027, 1er mai 2027, 1 мая 2027 года"""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    language = (get_language() or "en")[:2]
    if language == "ru":  # E: the month in the genitive
        return date_format(value, "j\u00a0E\u00a0Y\u00a0года", use_l10n=False)
    written = date_format(value, "j\u00a0F\u00a0Y", use_l10n=False)
    return written.replace("1\u00a0", "1er\u00a0", 1) if language == "fr" and value.day == 1 else written


@register.filter
def moment(at: datetime | None) -> str:
    """A day with hour and zone, such as "1 May 2027, 18:00 CEST": a deadline without its zone is a trap."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    return f"{day(local)}, {local:%H:%M}\u00a0{local:%Z}"


@register.filter
def last_day(at: datetime | None) -> str:
    """The last day before an instant at which something is over: a term that is over on the 25th, 00:00, ran to the 24th."""
    return "" if at is None else day(at - timedelta(microseconds=1))


@register.filter
def until(at: datetime | None) -> str:
    """A moment at which something ends. The end of a day is written with that day, as everywhere: 24 September, 24:00."""
    if at is None:
        return ""
    before = timezone.localtime(at - timedelta(microseconds=1))
    if timezone.localtime(at).time() != time.min:
        return moment(at)
    return f"{day(before)}, 24:00\u00a0{before:%Z}"


def _law(context: Context) -> Charter | None:
    """The charter in force, looked up once per page, however long its lists are."""
    shell = context.get("shell")
    if isinstance(shell, dict) and "charter" in shell:
        return cast("Charter | None", shell["charter"])
    try:
        charter = law.in_force()
    except law.NoLaw:
        charter = None
    if isinstance(shell, dict):
        shell["charter"] = charter
    return charter


@register.simple_tag(takes_context=True)
def office_name(context: Context, code: str) -> str:
    """The charter's name of an office in the page's language; the code itself when no charter knows it."""
    charter = _law(context)
    if charter is None:
        return code
    try:
        return str(charter.office(code).name[get_language() or "en"])
    except KeyError:
        return code


@register.simple_tag(takes_context=True)
def article_number(context: Context, key: str) -> str:
    """The charter's article for a key such as `voting.close`; the key itself when no charter knows it."""
    charter = _law(context)
    if charter is None:
        return key
    try:
        return str(charter.article(key))
    except KeyError:
        return key


@register.filter
def article_page(number: str) -> str:
    """The address of the page that shows an article, by its number."""
    return article_url(number)


@register.filter
def charter_key(reference: str) -> str:
    """`pace-2025` of `pace-2025/1.0`: the charter that a version belongs to."""
    return reference.partition("/")[0]


@register.filter
def charter_version(reference: str) -> str:
    """`1.0` of `pace-2025/1.0`."""
    return reference.partition("/")[2]


@register.filter
def charter_name(reference: str) -> str:
    """The version of the charter in words; its code is for files and addresses."""
    return (
        gettext("version %(number)s of the charter") % {"number": charter_version(reference)}
        if reference
        else "—"
    )


@register.filter
def style_class(tags: str) -> str:
    """The class of a notice for the level of a message."""
    levels = {"success": "good", "error": "grave", "warning": "warning"}
    return next((levels[tag] for tag in tags.split() if tag in levels), "info")
