"""While a page is read, what it asks again and again is asked once: the law in force, who sits, which texts are set aside.
Never around an act."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")
_kept: ContextVar[dict[str, Any] | None] = ContextVar("kept", default=None)


@contextmanager
def read() -> Iterator[None]:
    """Within another such page, what is kept already stays kept."""
    kept = _kept.get()
    token = _kept.set({} if kept is None else kept)
    try:
        yield
    finally:
        _kept.reset(token)


def once(key: str, ask: Callable[[], T]) -> T:
    """The answer, kept until the page is read; asked each time where no page is read. Nobody changes what is given out."""
    kept = _kept.get()
    if kept is None:
        return ask()
    if key not in kept:
        kept[key] = ask()
    found: T = kept[key]
    return found


def kept(key: str) -> Any:
    """What has been asked under this key while the page is read, or nothing."""
    return (_kept.get() or {}).get(key)
