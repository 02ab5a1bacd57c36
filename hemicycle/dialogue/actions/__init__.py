"""What each act of the dialogue does."""

from __future__ import annotations

from .topics import close_topic, open_topic, reopen_topic

__all__ = ["close_topic", "open_topic", "reopen_topic"]
