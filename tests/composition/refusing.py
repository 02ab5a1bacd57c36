"""An act that is refused, and what must be as it was."""

from __future__ import annotations

from typing import Any

import pytest

from hemicycle.record.models import Entry


def refused(error: type[Exception], act: Any, *args: Any, **kwargs: Any) -> str:
    """The act is refused: no entry, and neither state nor version has changed. Returns what it said."""
    before = Entry.objects.count()
    matter = args[0]
    was = (matter.state, matter.version) if matter.pk else None
    with pytest.raises(error) as caught:
        act(*args, **kwargs)
    assert Entry.objects.count() == before
    if was:
        matter.refresh_from_db()
        assert (matter.state, matter.version) == was
    return str(caught.value)
