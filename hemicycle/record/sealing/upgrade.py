"""Seal what an earlier version wrote in the clear. Runs after every migrate; where nothing is plain it costs one question
per sealed column."""

from __future__ import annotations

from django.apps import apps
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from . import boxes, fields

BATCH = 200


def seal_plain_rows(connection: BaseDatabaseWrapper) -> int:
    """Seal every plain text that stands in a sealed column; returns how many rows were written."""
    there, done = set(connection.introspection.table_names()), 0
    for model in apps.get_models():
        sealed = [f for f in model._meta.concrete_fields if isinstance(f, fields._Sealed)]
        if sealed and model._meta.db_table in there:
            done += sum(_seal(connection, model, keys, sealed) for keys in _plain(connection, model, sealed))
    return done


def _plain(
    connection: BaseDatabaseWrapper, model: type[models.Model], sealed: list[fields._Sealed]
) -> list[list[object]]:
    """Keys of the rows that hold a plain text, in batches."""
    quote, table = connection.ops.quote_name, model._meta.db_table
    columns = [quote(str(f.column)) for f in sealed]
    plain = " OR ".join(f"({c} <> '' AND {c} NOT LIKE %s)" for c in columns)
    key = quote(str(model._meta.pk.column))
    with connection.cursor() as cursor:
        # Only names of our own models stand in this text.
        cursor.execute(f"SELECT {key} FROM {quote(table)} WHERE {plain}", [f"{boxes.MARK}%"] * len(columns))  # noqa: S608
        found = [row[0] for row in cursor.fetchall()]
    return [found[i : i + BATCH] for i in range(0, len(found), BATCH)]


def _seal(
    connection: BaseDatabaseWrapper,
    model: type[models.Model],
    keys: list[object],
    sealed: list[fields._Sealed],
) -> int:
    rows = model._base_manager.using(connection.alias).filter(pk__in=keys)
    with transaction.atomic(using=connection.alias):
        for row in rows:
            names = [str(f.name) for f in sealed]
            if not row.pk or not hasattr(row, "sealed_row"):
                raise TypeError(f"{model.__name__} has sealed columns and does not say what names its row")
            for field in sealed:
                value = row.__dict__.get(field.attname)
                if isinstance(value, fields.Ciphertext):
                    row.__dict__[field.attname] = (
                        field.from_text(value)
                        if not value.startswith(boxes.MARK)
                        else field.opened(row, value)
                    )
            if isinstance(row, fields.SealedRow):
                row.row = (
                    fields._token()
                )  # a migration gave one and the same to all; what was sealed is open by now
                names.append("row")
            _owner(row)
            row.save(using=connection.alias, update_fields=names)
    return len(keys)


def _owner(row: models.Model) -> None:
    """A salt knows the file it belongs to only through its entry; salts of earlier versions lie under the matter."""
    entry = getattr(row, "entry", None)
    if entry is not None and not getattr(row, "key_owner", ""):
        row.key_owner = entry.matter  # type: ignore[attr-defined]
