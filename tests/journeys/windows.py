"""People of a journey, each at a browser of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from .walking import follow, go, press


def english(text: str, _context: str = "") -> str:
    return text


@dataclass(frozen=True)
class Window:
    """Somebody at a browser of their own, signed in, in a language; `says` is how the interface says an English text."""

    page: Page
    url: str
    prefix: str
    says: Callable[..., str]

    def at(self, path: str) -> None:
        go(self.page, f"{self.url}{self.prefix}{path}")

    def is_shut_out(self, *paths: str) -> None:
        for path in paths:
            assert self.page.request.get(f"{self.url}{self.prefix}{path}").status == 404, path

    def take(self, act: str, context: str = "") -> None:
        """Follow the link of an act and send its form, which asks for no words."""
        title = self.says(act, context)
        follow(self.page, title)
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)
        press(self.page, title)

    def shows(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.get_by_role("main")).to_contain_text(text)

    def hides(self, *texts: str) -> None:
        content = self.page.content()
        assert not [text for text in texts if text in content], self.page.url
