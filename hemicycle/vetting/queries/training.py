"""Readings of invented files: one's own, and how often readers differ by criterion, which names nobody (differing.py)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from hemicycle.record import law
from hemicycle.record.actors import Actor
from hemicycle.rules.charter import Charter
from hemicycle.rules.charter.entries import Bar, Criterion

from .. import training
from ..differing import InPairs, InTraining, Pair, in_pairs, in_training
from ..models import GONE, ReadingFinding, TrainingReading
from ..training import TrainingFile
from .access import BLIND
from .outcomes import asked


def visible_training(actor: Actor) -> QuerySet[TrainingReading]:
    """One's own, and nobody else's in any office."""
    rows = TrainingReading.objects.all()
    return rows.filter(assessor_id=actor.person) if actor.person is not None else rows.none()


def asked_of(file: TrainingFile, charter: Charter) -> list[Criterion | Bar]:
    """What a reader finds on in this file: what it has an answer to and the charter asks, in the charter's order."""
    answered = {answer.key for answer in file.answers}
    return [row for row in asked(charter) if row.key in answered]


def training_files(charter: Charter) -> list[TrainingFile]:
    """The invented files in which the charter has something to ask."""
    return [file for file in training.files().values() if asked_of(file, charter)]


def has_given_training(actor: Actor, file: str) -> bool:
    return visible_training(actor).filter(file=file).exists()


def differing_in_training() -> tuple[int, dict[str, InTraining]]:
    """How many readings of invented files were given, and by key how often those differ that count."""
    rows = list(TrainingReading.objects.order_by("pk").values_list("file", "charter", "verdicts"))
    words, small = _same_words({charter for _, charter, _ in rows}), _small()
    given: dict[str, list[dict[str, str]]] = defaultdict(list)
    for file, charter, verdicts in rows:
        given[file].append({key: verdict for key, verdict in verdicts.items() if key in words[charter]})
    models = {
        file.key: {answer.key: answer.verdict for answer in file.answers}
        for file in training.files().values()
    }
    return len(rows), in_training(given, models, small)


def differing_in_pairs() -> tuple[int, dict[str, InPairs]]:
    """The same of real files: pairs of a first and a second reading, both given and open to the Secretariat. Of a file that
    was closed nothing counts any more."""
    found: dict[int, dict[tuple[int, datetime], dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    names = (
        "reading__examination_id", "reading__examination__charter", "reading__assessor_id", "reading__given_at", "key",
        "verdict",
    )  # fmt: skip
    rows = list(_first_two().order_by("reading__ordinal").values_list(*names))
    words, small = _same_words({charter for _, charter, *_ in rows}), _small()
    for examination, charter, assessor, at, key, verdict in rows:
        read = found[examination][assessor, at]
        if key in words[charter]:
            read[key] = verdict
    complete = sorted(
        (max(at for _, at in read), examination) for examination, read in found.items() if len(read) == 2
    )
    pairs = [
        Pair(frozenset(reader for reader, _ in found[name]), *found[name].values()) for _, name in complete
    ]
    return len(pairs), in_pairs(pairs, small)


def _first_two() -> QuerySet[ReadingFinding]:
    """Findings of first and second readings that are given, of files that are neither blind nor closed."""
    rows = ReadingFinding.objects.filter(
        reading__is_review=False, reading__ordinal__in=(1, 2), reading__released_at__isnull=True,
        reading__given_at__isnull=False,
    )  # fmt: skip
    rows = rows.exclude(reading__examination__state__in=BLIND)
    return rows.exclude(reading__examination__candidacy__state__in=GONE)


def _small() -> int:
    return law.in_force().publication.small_number.value


def _same_words(references: Collection[str]) -> dict[str, set[str]]:
    """Of each version of the charter the keys that it asked in the words of today: what was worded otherwise does not count."""
    now = {row.key: row for row in asked(law.in_force())}
    return {
        reference: {row.key for row in asked(charter) if _words(row) == _words(now.get(row.key))}
        for reference, charter in law.by_references(references).items()
    }


def _words(row: Criterion | Bar | None) -> Any:
    return row and (row.text, getattr(row, "since", None))
