"""What a page asks again and again is asked once while it is read, and each time where no page is read."""

from __future__ import annotations

from collections.abc import Callable

from hemicycle.record import page


def counting() -> Callable[[], int]:
    asked: list[None] = []

    def ask() -> int:
        asked.append(None)
        return len(asked)

    return ask


def test_it_is_asked_once_while_a_page_is_read_and_anew_for_the_next() -> None:
    ask = counting()
    for answer in (1, 2):
        with page.read():
            assert page.kept("who sits") is None
            assert [page.once("who sits", ask), page.once("who sits", ask)] == [answer, answer]
            assert page.kept("who sits") == answer
    assert page.kept("who sits") is None


def test_where_no_page_is_read_it_is_asked_each_time() -> None:
    ask = counting()
    assert [page.once("who sits", ask), page.once("who sits", ask)] == [1, 2]


def test_a_page_within_a_page_keeps_what_is_kept_already() -> None:
    ask = counting()
    with page.read():
        page.once("who sits", ask)
        with page.read():
            assert page.once("who sits", ask) == 1
        assert page.once("who sits", ask) == 1
