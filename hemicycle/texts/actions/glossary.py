"""The names of peoples, institutions and places, as the platform writes them in its three languages."""

from __future__ import annotations

from collections.abc import Mapping

from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.rules.charter import LANGUAGES
from hemicycle.rules.findings import N_

from ..models import Kind, Term
from ._bound import on_term, unmet

Words = Mapping[str, str]


@on_term
def enter_term(
    term: Term, by: Actor, *, kind: str, names: Words, own_name: str = "", notes: Words, never: Words
) -> Facts:
    """A name in the three languages; `term` is unsaved. `names`, `notes`, `never`: by language. Raises `Unmet`."""
    _write(term, kind, names, own_name, notes, never, "enter_term")
    return Facts({"kind": kind})


@on_term
def change_term(
    term: Term, by: Actor, *, kind: str, names: Words, own_name: str = "", notes: Words, never: Words
) -> Facts:
    _write(term, kind, names, own_name, notes, never, "change_term")
    return Facts({"kind": kind})


@on_term
def take_back_term(term: Term, by: Actor) -> Facts:
    """It is in the glossary no more."""
    return Facts()


def _write(
    term: Term, kind: str, names: Words, own_name: str, notes: Words, never: Words, act_name: str
) -> None:
    if kind not in Kind.values:
        raise unmet(N_("Say what is named: a people, an institution, a place, or something else."), act_name)
    if any(not names.get(language, "").strip() for language in LANGUAGES):
        raise unmet(N_("Give the name in English, French and Russian."), act_name)
    term.kind, term.own_name = kind, " ".join(own_name.split())
    for language in LANGUAGES:
        setattr(term, f"name_{language}", " ".join(names[language].split()))
        setattr(term, f"note_{language}", notes.get(language, "").strip())
        setattr(term, f"never_{language}", " ".join(never.get(language, "").split()))
