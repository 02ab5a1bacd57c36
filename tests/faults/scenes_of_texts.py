"""A scene of texts: translations and settings aside at each stage, and a name. See scenes.py."""

from __future__ import annotations

from hemicycle.texts import actions

from ..cast import Cast
from ..laying import laid
from ..texts import making as texts


@laid
def texts_and_speech(cast: Cast) -> None:
    clerk, judge, author = cast.actor("anna"), cast.actor("marta"), cast.actor("nadia")
    with texts.shelf() as shelf:
        first, *others = (shelf.put(texts.text(cast, f"EXMP-{number}")) for number in range(4))
        texts.ministers(cast)
        texts.translated(cast, first)
        reviewed = texts.translated(cast, first, by="nadia", language="ru", words="О визах.")
        actions.review_translation(reviewed, cast.actor("bruno"))
        newer = texts.translated(cast, first, language="ru", words="Ещё о визах.")
        actions.review_translation(newer, author)
        actions.withdraw_translation(texts.translated(cast, others[0]), clerk)
        texts.aside(cast, first)
        appealed, upheld, restored = (texts.aside(cast, each) for each in others)
        for row in (appealed, upheld, restored):
            actions.appeal(row, author, words="It is about a deed.", language="en")
        actions.decide_appeal(upheld, judge, restored=False, reasons="Read.", language="en")
        actions.decide_appeal(restored, judge, restored=True, reasons="Read.", language="en")
