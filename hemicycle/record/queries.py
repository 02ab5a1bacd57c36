"""Questions to the record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from hemicycle.rules.procedure import Office, Table

from .actors import Actor
from .models import Correction, Entry, LogKey


def history(reference: str, table: Table) -> list[dict[str, Any]]:
    """The acts on one matter, oldest first: date, title, office code, article key. For whoever may see the matter.

    Acts that only read are left out: who opened a file is told apart, and not always at once.
    """
    reading = [step.act for step in table.steps if step.reads]
    rows = (
        Entry.objects.filter(matter=reference)
        .exclude(act__in=reading)
        .only("number", "at", "act", "office", "article", "after", "facts")
    )
    return [
        {
            "number": row.number,
            "at": row.at,
            "act": row.act,
            "title": table.by_act[row.act].title if row.act in table.by_act else row.act,
            "office": row.office,
            "article": row.article,
            "after": row.after,
            "facts": row.facts,
        }
        for row in rows
    ]


def is_demonstration() -> bool:
    """Whether the first entry marks this record as a demonstration."""
    first = Entry.objects.order_by("number").first()
    return bool(first and first.facts.get("demonstration"))


def is_empty() -> bool:
    return not Entry.objects.exists()


def corrections(subject: str) -> list[Correction]:
    """The corrections in force of one matter's public facts, oldest first."""
    return list(Correction.objects.filter(subject=subject, state="published").order_by("corrected_at"))


def corrected(subject: str, facts: Mapping[str, str], language: str = "") -> dict[str, str]:
    """Public facts of a matter as they read after all corrections. Keys are field names.

    With a `language`, corrections made for another language are left out.
    """
    now = dict(facts)
    for correction in corrections(subject):
        if correction.field in now and (not language or correction.language in ("", language)):
            now[correction.field] = correction.new_text
    return now


def offices(actor: Actor, matter: Correction | LogKey) -> frozenset[str]:
    """Offices on a correction or a key: those held, nothing is given by the matter."""
    return actor.offices


def visible_to(actor: Actor) -> QuerySet[Correction]:
    """Drafts for the Secretariat, published corrections for everybody."""
    rows = Correction.objects.all()
    return rows if actor.holds(Office.SECRETARIAT) else rows.filter(state="published")


def visible_keys(actor: Actor) -> QuerySet[LogKey]:
    """Changes of keys, for the Secretariat; the public reads the keys themselves."""
    rows = LogKey.objects.all()
    return rows if actor.holds(Office.SECRETARIAT) else rows.none()
