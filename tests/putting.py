"""Set columns of rows by hand, sealed ones too, which no `update` of the database can write."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet


def put(rows: QuerySet[Any], **fields: Any) -> None:
    """What `rows.update(**fields)` does, through the models."""
    for row in rows:
        for name, value in fields.items():
            setattr(row, name, value)
        row.save(update_fields=list(fields))
