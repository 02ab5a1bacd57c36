"""Topics are opened, mended, closed and opened again; several answers are released at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256

from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts, gate
from hemicycle.rules.charter import LANGUAGES
from hemicycle.rules.findings import N_, Finding, Unmet

from .. import queries
from ..models import Question, Topic
from ..procedure import TOPIC
from .answers import release_answer

act = gate(TOPIC, queries.offices_on_topic)


@act
def open_topic(topic: Topic, by: Actor, *, names: Mapping[str, str], about: Mapping[str, str]) -> Facts:
    """An issue of common concern, named in the three languages; `topic` is unsaved. Raises `Unmet`.

    `names`, `about`: by language. A topic is public in all three from its first minute.
    """
    _name(topic, names, about, "open_topic")
    return Facts()


def _name(topic: Topic, names: Mapping[str, str], about: Mapping[str, str], act_name: str) -> None:
    if any(not names.get(language, "").strip() for language in LANGUAGES):
        raise Unmet(Finding(N_("Name the topic in English, French and Russian."), {}, f"dialogue.{act_name}"))
    for language in LANGUAGES:
        setattr(topic, f"name_{language}", " ".join(names[language].split()))
        setattr(topic, f"about_{language}", about.get(language, "").strip())


def _words(topic: Topic) -> tuple[str, ...]:
    return tuple(str(getattr(topic, f"{kind}_{each}")) for kind in ("name", "about") for each in LANGUAGES)


@act
def correct_topic(topic: Topic, by: Actor, *, names: Mapping[str, str], about: Mapping[str, str]) -> Facts:
    """Other words for the same topic. The record keeps the digest of those that stood before, line by line, so that who
    has them can prove it (7.4)."""
    before = _words(topic)
    _name(topic, names, about, "correct_topic")
    if _words(topic) == before:
        raise Unmet(Finding(N_("Nothing would change."), {}, "dialogue.correct_topic"))
    return Facts({"before": sha256("\n".join(before).encode()).hexdigest()})


@act
def release_answers(topic: Topic, by: Actor, *, questions: Sequence[str]) -> Facts:
    """Several answers of a topic at once, each with an entry of its own: all of them, or none. Raises `Unmet`."""
    rows = list(Question.objects.filter(reference__in=questions, topic=topic).order_by("pk"))
    if not rows or len(rows) != len(set(questions)):
        raise Unmet(Finding(N_("Choose answers of this topic."), {}, "dialogue.release_answers"))
    for question in rows:
        release_answer(question, by)
    return Facts({"questions": [row.reference for row in rows]})


@act
def close_topic(topic: Topic, by: Actor) -> Facts:
    """Nothing new is begun under it; what was begun goes on."""
    return Facts()


@act
def reopen_topic(topic: Topic, by: Actor) -> Facts:
    return Facts()
