"""What a page shows of a text: the original in its language, what stands beside it, and in place of it where it is set aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemicycle.people.spoken import language_name
from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.rules.procedure import Office
from hemicycle.web.desk import begin_url, matter_url

from . import machine, queries
from .models import Moderation, Origin, Translation
from .procedure import FOR_EVERYBODY, TRANSLATION, ModerationState, TranslationState
from .sources import Written, is_public, text_of

KINDS: dict[str, str] = {
    TranslationState.ASKED: "open",
    TranslationState.MACHINE: "open",
    TranslationState.DRAFT: "open",
    TranslationState.REVIEWED: "done",
    TranslationState.AUTHENTIC: "done",
    TranslationState.REPLACED: "stopped",
    TranslationState.WITHDRAWN: "stopped",
}


@dataclass(frozen=True)
class Beside:
    """A translation beside its original. `is_old`: the original was changed since."""

    heading: str
    body: str
    language: str
    state_label: Any
    state_kind: str
    by: str
    is_old: bool
    url: str
    is_for_everybody: bool


@dataclass(frozen=True)
class Aside:
    """In place of a text: on which ground, since when and until when. `url`: for who may read more of it."""

    ground: str
    since: datetime
    until: datetime
    appeal: str
    url: str
    is_authors: bool


@dataclass(frozen=True)
class Offer:
    """What this person may begin with a text."""

    title: Any
    url: str


def by_whom(row: Translation) -> str:
    """Who translated it, as everybody may read: a name that was given for that, or from whom it comes."""
    if row.made_by == Origin.MACHINE:
        return _("Translated by a machine")
    if row.translator:
        who = _("Translator: %(name)s") % {"name": row.translator}
    elif row.made_by == Origin.AUTHOR:
        who = _("Translated by the author")
    else:
        who = _("Translated by the Secretariat")
    return _("%(who)s, from the draft of a machine") % {"who": who} if row.was_machine else who


def beside(text: Written, actor: Actor) -> list[Beside]:
    """The translations that the actor may read, that in the language of the page first."""
    here = (get_language() or "en")[:2]
    found = [
        Beside(
            heading=_heading(row),
            body=row.text,
            language=row.language,
            state_label=TRANSLATION.state_title(row.state),
            state_kind=KINDS[row.state],
            by=by_whom(row),
            is_old=row.digest != text.digest,
            url=matter_url(row) if _may_open(row, actor) else "",
            is_for_everybody=row.state in FOR_EVERYBODY,
        )
        for row in queries.beside(text, actor)
    ]
    return sorted(found, key=lambda one: one.language != here)


def _heading(row: Translation) -> str:
    """Where a text is authentic in some languages, one in another language says that it is only a translation."""
    language = {"language": language_name(row.language)}
    if row.state == TranslationState.AUTHENTIC:
        return _("Authentic text: %(language)s") % language
    return _("Translation: %(language)s") % language


def _may_open(row: Translation, actor: Actor) -> bool:
    return actor.person is not None and (actor.holds(*queries.HOUSE) or actor.person == row.author_id)


def aside(text: Written, actor: Actor) -> Aside | None:
    """What stands in place of a text that is set aside now; never who did it."""
    found = queries.set_aside(text.reference, text.part) if queries.is_set_aside(text) else None
    if found is None:
        return None
    is_authors = actor.person is not None and actor.person == found.author_id
    may_open = is_authors or (actor.person is not None and actor.holds(*queries.HOUSE, *queries.JUDGES))
    return Aside(
        ground=ground(found),
        since=found.set_at,
        until=found.until,
        appeal=_appeal(found),
        url=matter_url(found) if may_open else "",
        is_authors=is_authors,
    )


def ground(row: Moderation) -> str:
    charter = law.by_reference(row.charter)
    return queries.reason_text(charter, row.reason, (get_language() or "en")[:2])


def _appeal(row: Moderation) -> str:
    if row.state == ModerationState.APPEALED:
        return _("The author has appealed. Another person decides.")
    if row.state == ModerationState.UPHELD:
        return _("The author has appealed, and another person has dismissed the appeal.")
    if row.author_id is None:
        return ""
    if clock.now() < row.appeal_until:
        return _("The author may appeal. Another person would decide.")
    return _("The author has not appealed in time.")


def offers(text: Written, actor: Actor, *, is_aside: bool) -> Sequence[Offer]:
    """Buttons below a text, for the Secretariat and for its author, as far as the room of the text gives it to them: an answer
    that is not released is translated by nobody, and only what everybody reads is set aside or given to a machine."""
    if actor.person is None:
        return []
    is_house, is_author = actor.holds(Office.SECRETARIAT), actor.person == text.author
    if not (is_house or is_author) or text_of(text.reference, text.part, actor) is None:
        return []
    given = {"of": text.reference, "part": text.part}
    found = [Offer(_("Translate"), begin_url("texts", "translate", **given))]
    if not is_house or is_aside or not is_public(text):
        return found
    if machine.path():
        found.append(Offer(_("Ask a machine for a draft"), begin_url("texts", "ask_machine", **given)))
    if not is_author:
        found.append(Offer(_("Set aside"), begin_url("texts", "set_aside", **given)))
    return found
