"""Another law for a test: the charter in force with some values of a section changed."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from hemicycle.record.models import CharterVersion
from hemicycle.rules import charter as charters


def amended(section: str, *, since: datetime | None = None, **values: str) -> None:
    """A version of the only charter in which keys of a section have other values (TOML), in force from its founding on."""
    version = CharterVersion.objects.get()
    before, head, after = version.text.partition(f"[{section}]\n")
    before = before.replace('version = "1.0"', 'version = "1.1"', 1)
    for key, value in values.items():
        pattern = rf"^({key} = \{{ value = )(\[[^]]*\]|[^,]+),"
        after, found = re.subn(pattern, rf"\g<1>{value},", after, count=1, flags=re.MULTILINE)
        assert found, key
    law = charters.parse(before + head + after)
    CharterVersion.objects.create(
        reference=law.reference,
        text=law.text,
        digest=law.digest,
        in_force_from=since or version.in_force_from + timedelta(seconds=1),
    )
