"""A text in its original language stays marked within a sentence of the page, and brings no markup of its own."""

from __future__ import annotations

from hemicycle.web.parts import original, sentence


def test_what_a_person_wrote_is_marked_and_escaped() -> None:
    assert original("Визы <b>", "ru") == '<span lang="ru">Визы &lt;b&gt;</span>'


def test_a_sentence_keeps_what_is_marked_and_escapes_the_rest() -> None:
    told = sentence("%(who)s: “%(title)s”", title=original("A & {b}", "en"), who="<i>{0} %(x)s")
    assert told == '&lt;i&gt;{0} %(x)s: “<span lang="en">A &amp; {b}</span>”'
