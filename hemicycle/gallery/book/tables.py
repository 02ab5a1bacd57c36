"""The procedure book, printed from the tables that the gate itself asks: first the path, then what carries it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from django.utils.translation import override

from hemicycle.rules.charter import Charter
from hemicycle.rules.procedure import NEW, SAME, Publicity, Step, Table
from hemicycle.web.desk import article_url

from .held import Held

# The chapters of the book: a room each, the path first and in its order, then what carries it.
CHAPTERS = {
    "candidacy": N_("Calls and candidacies"),
    "vetting": N_("Examination of candidacies"),
    "composition": N_("The list"),
    "voting": N_("Votes"),
    "mandates": N_("Participation"),
    "suspension": N_("Suspension"),
    "texts": N_("Translations and speech"),
    "dialogue": N_("Dialogue"),
    "statements": N_("Statements and groups"),
    "consultations": N_("Consultations"),
    "followup": N_("Follow-up of proposals"),
    "contributions": N_("Voluntary contributions"),
    "notices": N_("Messages and mails"),
    "assembly": N_("The Assembly"),
    "integrity": N_("Integrity"),
    "people": N_("People and offices"),
    "record": N_("Corrections"),
}


@dataclass(frozen=True)
class BookRow:
    """One act as the book prints it."""

    act: str
    sources: Sequence[str]
    targets: Sequence[str]
    offices: Sequence[str]
    article: str
    article_url: str
    publicity: str
    notes: Sequence[str]


@dataclass(frozen=True)
class BookTable:
    title: str
    anchor: str
    states: Sequence[str]
    rows: Sequence[BookRow]


@dataclass(frozen=True)
class BookChapter:
    """The tables of one room."""

    title: str
    anchor: str
    tables: Sequence[BookTable]


def tables() -> list[Table]:
    """Every table of the house, in the order of its rooms."""
    found: list[Table] = []
    for config in apps.get_app_configs():
        name = f"{config.name}.procedure"
        if config.name.startswith("hemicycle.") and find_spec(name) is not None:
            found += import_module(name).TABLES
    return found


def fragment(charter: Charter, language: str) -> SafeString:
    """The book as HTML. Tables and charters never change while we run, so it is written once in each language."""
    return _fragment(charter.digest, language, Held(charter))


@lru_cache(maxsize=16)
def _fragment(digest: str, language: str, held: Held) -> SafeString:
    with override(language):
        return render_to_string("gallery/_book.html", {"chapters": printed(held.charter, language)})


def printed(charter: Charter, language: str) -> tuple[BookChapter, ...]:
    """The book under a charter in a language; made once, since tables and charters never change while we run."""
    return _printed(charter.digest, language, Held(charter))


@lru_cache(maxsize=16)
def _printed(digest: str, language: str, held: Held) -> tuple[BookChapter, ...]:
    with override(language):
        by_room: dict[str, list[BookTable]] = {room: [] for room in CHAPTERS}
        for table in tables():
            by_room[table.room].append(_table(table, held.charter, language))
        return tuple(BookChapter(_(CHAPTERS[room]), f"room-{room}", rows) for room, rows in by_room.items())


def _table(table: Table, charter: Charter, language: str) -> BookTable:
    return BookTable(
        title=str(table.title),
        anchor=f"{table.room}-{table.matter}",
        states=[str(name) for name in table.states.values()],
        rows=[_row(table, step, charter, language) for step in table.steps],
    )


def _row(table: Table, step: Step, charter: Charter, language: str) -> BookRow:
    key = table.article_key(step.act)
    number = charter.articles.get(key, "")
    return BookRow(
        act=str(step.title or step.act),
        sources=[_state(table, state) for state in step.sources],
        targets=[_state(table, state) for state in step.targets],
        offices=[charter.office(office).name[language] for office in step.offices],
        article=number,
        article_url=article_url(number) if number else "",
        publicity=str(publicity(step.publicity)),
        notes=_notes(table, step),
    )


def _state(table: Table, state: str) -> str:
    if state == NEW:
        return _("(nothing yet)")
    return _("(unchanged)") if state == SAME else str(table.state_title(state))


def _notes(table: Table, step: Step) -> list[str]:
    found = []
    if step.two_person_of:
        first = table.by_act[step.two_person_of].title
        found.append(_("By another person than “%(act)s”.") % {"act": first})
    if step.signed:
        found.append(_("Signed with a passkey."))
    if step.inner:
        found.append(_("Only within an act of another table."))
    if step.note:
        found.append(str(step.note))
    return found


def publicity(kind: Publicity) -> str:
    return {
        Publicity.PUBLIC: _("public at once"),
        Publicity.ON_RELEASE: _("public when its matter is released"),
        Publicity.HOUSE: _("for those in office and the person concerned"),
        Publicity.SEALED: _("sealed; in public only daily totals"),
    }[kind]
