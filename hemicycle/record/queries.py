"""Questions to the record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hemicycle.rules.procedure import Table

from .models import Correction, Entry


def history(reference: str, table: Table) -> list[dict[str, Any]]:
    """The acts on one matter, oldest first: date, title, office code, article key. For whoever may see the matter."""
    rows = Entry.objects.filter(matter=reference).only(
        "number", "at", "act", "office", "article", "after", "facts"
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


def corrected(subject: str, facts: Mapping[str, str]) -> dict[str, str]:
    """Public facts of a matter as they read after all corrections. Keys are field names."""
    now = dict(facts)
    for correction in corrections(subject):
        if correction.field in now:
            now[correction.field] = correction.new_text
    return now
