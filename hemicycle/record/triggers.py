"""Triggers that keep entries append-only, on SQLite and PostgreSQL.

Django rebuilds a SQLite table for some migrations and thereby drops its triggers silently, so `ensure` runs after
every migrate (apps.py) and not only in a migration.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("record_entry", "record_leaf", "record_position", "record_checkpoint", "record_cosignature")
MESSAGE = "the record is append-only"


def ensure(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers anew on every table of the record."""
    with connection.cursor() as cursor:
        for table in TABLES:
            for statement in statements(connection.vendor, table):
                cursor.execute(statement)


def statements(vendor: str, table: str) -> list[str]:
    """The SQL for one table. SQLite has no TRUNCATE: there DELETE without WHERE fires the row trigger all the same."""
    if vendor == "sqlite":
        made = []
        for verb in ("UPDATE", "DELETE"):
            name = f"{table}_no_{verb.lower()}"
            made.append(f"DROP TRIGGER IF EXISTS {name}")
            made.append(
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )
        return made
    return [
        "CREATE OR REPLACE FUNCTION record_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE OR REPLACE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION record_refuse()",
        f"CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION record_refuse()",
    ]
