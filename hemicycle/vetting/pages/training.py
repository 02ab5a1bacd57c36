"""Invented files, one's own reading of one beside the model answers, and how often readers differ by criterion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemicycle.record import clock, law
from hemicycle.record.actors import Actor
from hemicycle.rules.charter.entries import Bar, Criterion
from hemicycle.rules.charter.rule import Text as CharterText
from hemicycle.rules.service import Known, Span, known, limb_of, overlap
from hemicycle.web.desk import Fact, begin_url, matter_url
from hemicycle.web.parts import Cell

from .. import queries, training
from ..models import TrainingReading, Verdict
from ..training import Dated, Text, TrainingFile
from .parts import title_of
from .service import dates, days


def said(text: Text | CharterText) -> str:
    return text[(get_language() or "en")[:2]]


def _span(row: Dated) -> Span:
    ended: Known | None = known(row.until) if row.until else None
    return Span(row.kind, known(row.since), ended, goes_on=ended is None)


def _kinds() -> dict[str, str]:
    return {kind.key: said(kind.text) for kind in queries.service_kinds(law.in_force())}


def dated_by_bar(file: TrainingFile) -> dict[str, list[Fact]]:
    """What meets each bar in time, for its part of the form, as in a reading: counted from the dates alone (3.6)."""
    charter, kinds, found = law.in_force(), _kinds(), dict[str, list[Fact]]()
    for bar in charter.bars:
        for row in file.dated:
            met = overlap(_span(row), limb_of(bar, charter), clock.today())
            if met.first is not None:
                told = _("kind set aside") if met.article else days(met)
                parts = [kinds.get(row.kind, row.kind), said(row.text), told]
                found.setdefault(bar.key, []).append(Fact(dates(_span(row)), " · ".join(parts)))
    return found


def shown(file: TrainingFile) -> dict[str, Any]:
    """The file as its page shows it. No model answer is among it."""
    kinds = _kinds()
    return {
        "title": said(file.title),
        "head": said(file.head),
        "statement": said(file.statement),
        "dated": [
            Fact(dates(_span(row)), said(row.text), note=kinds.get(row.kind, row.kind)) for row in file.dated
        ],
        "evidence": [Fact(said(piece.title), said(piece.text)) for piece in file.evidence],
        "points": [
            Fact(said(point.text), said(point.reply) if point.reply else _("No reply came in time."))
            for point in file.points
        ],
    }


def training_title(reading: TrainingReading) -> str:
    file = training.find(reading.file)
    return said(file.title) if file is not None else reading.reference


def training_context(reading: TrainingReading, actor: Actor) -> Mapping[str, Any]:
    """The file; once the reading is given, the model answers beside the own ones."""
    file = training.find(reading.file)
    if file is None:
        return {"table": []}
    back = {"back_url": reverse("vetting-training"), "back_label": _("Training")}
    context: dict[str, Any] = {"training_file": shown(file), **back}
    if reading.pk is not None:
        context["table"] = [
            _compared(reading, answer) for answer in file.answers if answer.key in reading.verdicts
        ]
    return context


def _compared(reading: TrainingReading, answer: training.Answer) -> dict[str, Any]:
    charter = law.by_reference(reading.charter)
    article = next((r.article for r in (*charter.criteria, *charter.bars) if r.key == answer.key), "")
    own = {
        "reader": _("You"),
        "verdict": Verdict(reading.verdicts[answer.key]).label,
        "reasons": reading.reasons.get(answer.key, "—"),
        "language": reading.language,
    }
    model = {
        "reader": _("Model answer"),
        "verdict": Verdict(answer.verdict).label,
        "reasons": said(answer.reasons),
        "language": (get_language() or "en")[:2],
    }
    return {"title": title_of(answer.key, charter), "article": article, "found": [own, model]}


def training_list(actor: Actor) -> dict[str, Any]:
    """The files with what the actor has done of them: read or not, and nothing that measures."""
    mine = {row.file: row for row in queries.visible_training(actor)}
    rows = []
    for number, file in enumerate(queries.training_files(law.in_force()), 1):
        done = mine.get(file.key)
        url = matter_url(done) if done else begin_url("vetting", "give_training", file=file.key)
        label = _("read; look at it again") if done else _("not read yet")
        title = f"{number}. {said(file.title)}"
        rows.append([Cell(title, url=url), Cell(state_label=label, state_kind="done" if done else "open")])
    return {"columns": [_("Invented file"), _("State")], "rows": rows}


def differing() -> dict[str, Any]:
    """For the clerk: how often readers differ, by criterion and bar, and of nobody."""
    with law.held():
        charter = law.in_force()
        given, in_training = queries.differing_in_training()
        pairs, in_pairs = queries.differing_in_pairs()
    small, rows = charter.publication.small_number.value, queries.asked(charter)
    return {
        "small": small,
        "given": _number(given, small),
        "pairs": _number(pairs, small),
        "training_columns": [
            _("Criterion or bar"), _("Files counted"), _("Readings counted"),
            _("Readers differ among themselves, in files"), _("Other than the model answer, in readings"),
        ],
        "training_rows": [
            _line(
                row, found.files, found.readings,
                *(("—", "—") if found.tells_each else (found.split, found.apart)),
            )
            for row in rows
            if (found := in_training.get(row.key)) is not None
        ],
        "pair_columns": [_("Criterion or bar"), _("Pairs counted"), _("The two readings differ, in pairs")],
        "pair_rows": [
            _line(row, pair.pairs, pair.apart)
            for row in rows
            if (pair := in_pairs.get(row.key)) is not None
        ],
    }  # fmt: skip


def _line(row: Criterion | Bar, *numbers: int | str) -> Sequence[Any]:
    return [said(row.text), *(Cell(number, is_number=True) for number in numbers)]


def _number(number: int, small: int) -> str:
    return str(number) if number >= small else _("fewer than %(number)s") % {"number": small}
