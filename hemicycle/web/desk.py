"""What a room tells the generic pages about one kind of matter, and about what waits for whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from hemicycle.record.actors import Actor
from hemicycle.record.models import Matter
from hemicycle.rules.procedure import Office, Table

from .forms import ActForm
from .sealed import File


@dataclass(frozen=True)
class Fact:
    """A row of a matter's summary. `language` marks a text that is not in the language of the page; with `url` the
    value leads there; `note` stands below it, in the language of the page."""

    label: Any
    value: Any
    language: str = ""
    url: str = ""
    note: Any = ""


@dataclass(frozen=True)
class Due:
    """A date that matters now, with the arithmetic behind it ("14 days from 3 May, article 6.4")."""

    label: Any
    at: datetime
    explanation: Any = ""


@dataclass(frozen=True)
class Waiting:
    """Something that waits for a person, for the first page after sign-in."""

    title: Any
    url: str
    due: datetime | None = None


@dataclass(frozen=True)
class MenuItem:
    """A page of a room in the side menu; shown to whoever holds one of `offices` (empty: to everyone signed in)."""

    label: Any
    url_name: str
    offices: frozenset[str] = frozenset()

    def is_for(self, actor: Actor) -> bool:
        return not self.offices or actor.holds(*self.offices)


class HoldersItem(MenuItem):
    """For whoever holds an office, whichever it is; not for candidates, whom the house's pages do not concern."""

    def is_for(self, actor: Actor) -> bool:
        return bool(actor.offices - {Office.ANYONE})


@dataclass
class MenuGroup:
    """Pages that serve one purpose, under one heading; without a title they stand without one."""

    title: Any = ""
    items: list[MenuItem] = field(default_factory=list)


def _no_facts(matter: Any, actor: Actor) -> Sequence[Fact]:
    return ()


def _no_context(matter: Any, actor: Actor) -> Mapping[str, Any]:
    return {}


def _every_act(matter: Any, act: str) -> bool:
    return True


def _no_due(matter: Any) -> Due | None:
    return None


def _no_file(matter: Any, actor: Actor) -> File | None:
    return None


@dataclass(frozen=True)
class Desk:
    """One kind of matter at the generic pages.

    `kinds` maps a state to how its mark looks: neutral (the default), open, done, stopped, reserved.

    `visible(actor)` is the room's `queries.visible_to`: the only way in which these pages find a matter. `blank` makes
    the unsaved matter for an act that begins one, from the request's query string. `offers` keeps back the button of an
    act that is open but would change nothing ("show the name again" of a name that is shown). `unseals` names the acts
    on whose pages keys are made or used (`web/unsealing.py`). `beside` adds to the page of an act what depends on the
    request and the form as it is filled in; a button named `views.LOOK` shows the page again and acts on nothing.

    `after` is where an act leads, by the matter; `onward` the same where the button that was pressed decides too.

    `file` is the sealed file that the pages of a matter show to this person, `opens` the acts that open one, each with
    the reference of the file (`web/sealed.py`).
    """

    table: Table
    model: type[Matter]
    visible: Callable[[Actor], QuerySet[Any]]
    forms: Mapping[str, type[ActForm]] = field(default_factory=dict)
    title: Callable[[Any], Any] = str
    facts: Callable[[Any, Actor], Sequence[Fact]] = _no_facts
    due: Callable[[Any], Due | None] = _no_due
    context: Callable[[Any, Actor], Mapping[str, Any]] = _no_context
    kinds: Mapping[str, str] = field(default_factory=dict)
    template: str = "web/matter.html"
    act_templates: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[str, Callable[[HttpRequest, Any], Mapping[str, Any]]] = field(default_factory=dict)
    blank: Callable[[HttpRequest, str], Matter] | None = None
    after: Mapping[str, Callable[[Any], str]] = field(default_factory=dict)
    onward: Mapping[str, Callable[[HttpRequest, Any], str]] = field(default_factory=dict)
    offers: Callable[[Any, str], bool] = _every_act
    unseals: frozenset[str] = frozenset()
    file: Callable[[Any, Actor], File | None] = _no_file
    opens: Mapping[str, Callable[[Any], str]] = field(default_factory=dict)


GLANCE = 6  # as many entries of a menu are read without headings

desks: dict[str, Desk] = {}
menus: dict[str, MenuGroup] = {}
public_menu: list[MenuItem] = []
page_parts: list[str] = []  # templates that a room adds to every page of somebody signed in
waiting_lists: list[Callable[[Actor], Iterable[Waiting]]] = []
# Where the public reads an article, by its number; the room with the charter's page says it.
article_page: list[Callable[[str], str]] = []
# Whether a demonstration has aged: a sentence or nothing; the last room says it.
aged: list[Callable[[], str]] = []


def register(*given: Desk) -> None:
    """Open desks to the generic pages; a room calls it in its `urls.py`."""
    for desk in given:
        desks[desk.model.PREFIX] = desk


def register_menu(group: str, *items: MenuItem, title: Any = "") -> None:
    """Add pages to a group of the side menu. Rooms that serve one purpose share a group; one of them names it.

    Groups stand in the order in which rooms first speak of them, which is the order of the house.
    """
    found = menus.setdefault(group, MenuGroup())
    found.items += items
    if title:
        found.title = title


def menu_of(actor: Actor) -> list[MenuGroup]:
    """The groups of which the person may use a page; headings only where the menu is longer than a glance."""
    if actor.person is None:
        return []
    groups = [MenuGroup(g.title, [item for item in g.items if item.is_for(actor)]) for g in menus.values()]
    groups = [group for group in groups if group.items]
    if sum(len(group.items) for group in groups) <= GLANCE:
        return [MenuGroup(items=[item for group in groups for item in group.items])] if groups else []
    return groups


def article_url(number: str) -> str:
    """The public address of an article, or nothing."""
    return article_page[0](number) if article_page else ""


def matter_url(matter: Matter) -> str:
    return reverse("matter", args=[matter.reference])


def act_url(matter: Matter, act: str) -> str:
    return reverse("act", args=[matter.reference, act])


def begin_url(room: str, act: str, **query: str) -> str:
    """The page of an act that begins a matter."""
    from urllib.parse import urlencode

    return reverse("begin", args=[room, act]) + (f"?{urlencode(query)}" if query else "")
