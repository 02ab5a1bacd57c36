"""The feed (Atom): what is new in public, in the language of its address."""

from __future__ import annotations

from datetime import datetime, time

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from hemicycle.record import law

from .. import feed
from ..feed import Item
from ..public import language, public

SINCE = 2025  # of the names of things; a name once given never changes (RFC 4151)


class _Atom(Atom1Feed):
    def latest_post_date(self) -> datetime:
        """Of an empty feed, the day of the founding: a feed that nothing has joined has not changed."""
        if self.items:
            return super().latest_post_date()
        return timezone.make_aware(datetime.combine(law.first_day(), time.min))


class _Public(Feed[Item, None]):
    feed_type = _Atom

    def title(self) -> str:
        return law.in_force().platform[language()]

    def subtitle(self) -> str:
        return _(
            "Compositions, decision sheets, votes, suspensions and corrections; statements, answers, results of consultations, "
            "stages of proposals, hearings and meetings: when they are public."
        )

    def link(self) -> str:
        return _absolute(reverse("front"))

    def feed_url(self) -> str:
        return _absolute(reverse("public-feed"))

    def feed_guid(self) -> str:
        return _name(f"feed/{language()}")

    def author_name(self) -> str:
        return law.in_force().assembly[language()]

    def items(self) -> list[Item]:
        return feed.items()

    def item_title(self, item: Item) -> str:
        return item.title

    def item_description(self, item: Item) -> str:
        return escape(item.summary)  # readers take it for HTML

    def item_link(self, item: Item) -> str:
        return _absolute(item.url)

    def item_guid(self, item: Item) -> str:
        return _name(item.key)

    def item_pubdate(self, item: Item) -> datetime:
        return item.at

    def item_updateddate(self, item: Item) -> datetime:
        return item.at


@public
@law.held()
def atom(request: HttpRequest) -> HttpResponse:
    return _Public()(request)


def _absolute(path: str) -> str:
    """By the address that people see, not by what a request calls this house."""
    return f"{settings.ENV.origin}{path}"


def _name(key: str) -> str:
    """A name that outlives addresses: of the log's host, which never changes."""
    return f"tag:{settings.LOG_ORIGIN.split('/', 1)[0].split(':', 1)[0]},{SINCE}:{key}"
