"""The gates of the room, and what several acts share."""

from __future__ import annotations

from hemicycle.dialogue import sides
from hemicycle.instruments.passages import canonical
from hemicycle.mandates.models import Mandate
from hemicycle.record.actors import Actor
from hemicycle.record.acts import gate
from hemicycle.rules.charter import LANGUAGES
from hemicycle.rules.findings import N_, Finding, Unmet
from hemicycle.rules.procedure import NotEmpowered

from .. import queries
from ..models import LONG
from ..procedure import AMENDMENT, GROUP, INITIATIVE, JOINING, STATEMENT

group_act = gate(GROUP, queries.group_offices)
act = gate(STATEMENT, queries.offices)
joining_act = gate(JOINING, queries.joining_offices)
amendment_act = gate(AMENDMENT, queries.amendment_offices)
initiative_act = gate(INITIATIVE, queries.initiative_offices)


def unmet(message: str, act_name: str, **params: object) -> Unmet:
    """The refusal of one rule, under the article of the act."""
    return Unmet(Finding(message, params, f"statements.{act_name}"))


def own(by: Actor, act_name: str, *, alone: bool = False) -> Mandate:
    """The participation in which somebody acts. `alone`: nobody acts in it, or suspends it, at the same moment."""
    mandate = sides.mandate_of(by)
    if mandate is not None and alone:
        list(Mandate.objects.select_for_update().filter(pk=mandate.pk))
        mandate = sides.mandate_of(by)
    if mandate is None:
        raise NotEmpowered(STATEMENT, STATEMENT.by_act["consent"])
    return mandate


def written(text: str, act_name: str) -> str:
    """A text in its canonical form: it has a title and a body. Raises `Unmet`."""
    found = canonical(text)
    if not found:
        raise unmet(N_("Write the text."), act_name)
    if len(found) > LONG:
        raise unmet(N_("The text is longer than %(most)s characters."), act_name, most=LONG)
    if "\n" not in found.strip():
        raise unmet(N_("Write the title on the first line and the text below it."), act_name)
    return found


def in_language(language: str, act_name: str) -> str:
    if language not in LANGUAGES:
        raise unmet(N_("Choose the language of the text."), act_name)
    return language
