"""Topics are opened, closed and opened again."""

from __future__ import annotations

from collections.abc import Mapping

from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts, gate
from hemicycle.rules.charter import LANGUAGES
from hemicycle.rules.findings import N_, Finding, Unmet

from .. import queries
from ..models import Topic
from ..procedure import TOPIC

act = gate(TOPIC, queries.offices_on_topic)


@act
def open_topic(topic: Topic, by: Actor, *, names: Mapping[str, str], about: Mapping[str, str]) -> Facts:
    """An issue of common concern, named in the three languages; `topic` is unsaved. Raises `Unmet`.

    `names`, `about`: by language. A topic is public in all three from its first minute.
    """
    if any(not names.get(language, "").strip() for language in LANGUAGES):
        raise Unmet(Finding(N_("Name the topic in English, French and Russian."), {}, "dialogue.open_topic"))
    for language in LANGUAGES:
        setattr(topic, f"name_{language}", " ".join(names[language].split()))
        setattr(topic, f"about_{language}", about.get(language, "").strip())
    return Facts()


@act
def close_topic(topic: Topic, by: Actor) -> Facts:
    """Nothing new is begun under it; what was begun goes on."""
    return Facts()


@act
def reopen_topic(topic: Topic, by: Actor) -> Facts:
    return Facts()
