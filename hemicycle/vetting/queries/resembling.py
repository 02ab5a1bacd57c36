"""What the files of a call share, as a question for each of them that holds of other files no more than the same words.

Answers to criteria, endorsements and the digests of documents as they were sent and of their metadata are compared. Whoever wrote two texts of one
file is not asked about them; what the charter says to everybody does not count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hemicycle.candidacy.models import Candidacy, CriterionAnswer, Endorsement, Evidence
from hemicycle.candidacy.procedure import EndorsementState
from hemicycle.instruments.coordination.bursts import bursts
from hemicycle.instruments.coordination.encoder import installed
from hemicycle.instruments.coordination.languages import across_languages
from hemicycle.instruments.coordination.question import (
    HIDDEN_DATA,
    NEAR_COPY,
    SHARED_MARKS,
    SHARED_OFFICE,
    Question,
)
from hemicycle.instruments.coordination.shared import organisations, same_metadata
from hemicycle.instruments.coordination.texts import Text, near_copies
from hemicycle.people import keeping
from hemicycle.people.models import Language
from hemicycle.record.sealing import keystore

from ..models import Examination, QuestionKind
from .access import charter_of
from .links import body_id

MANY = 5  # files: what more of them have is told as one office or template, and not pair by pair
Row = dict[str, str]
Told = Callable[[int], object]


@dataclass
class Asked:
    """One question for one file: its keyed name, and the evidence as `CoordinationQuestion` keeps it."""

    kind: str
    key: str
    evidence: dict[str, Any]


@dataclass
class _File:
    """What is compared of one file. `texts` by their part; `bodies` with the time at which each came in; titles of `documents`
    by their SHA-256, and by each of their keyed digests of metadata."""

    examination: Examination
    texts: dict[str, Text] = field(default_factory=dict)
    bodies: dict[str, datetime] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)
    metadata: dict[tuple[str, str], list[str]] = field(default_factory=dict)


@dataclass
class _Parts:
    """The rows of one file, not opened yet."""

    examination: Examination
    answers: list[CriterionAnswer] = field(default_factory=list)
    endorsements: list[Endorsement] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)


class _Questions:
    """Questions by the file that they are for; what is asked of one thing twice is one question."""

    def __init__(self) -> None:
        self.of: dict[str, dict[str, Asked]] = defaultdict(dict)

    def put(
        self,
        kind: str,
        file: str,
        about: str,
        others: Iterable[str],
        rows: Iterable[Row],
        innocent: str,
        **told: Any,
    ) -> None:
        key = keeping.digest("question of coordination", "\n".join((file, kind, about)))
        empty = {"others": [], "shared": [], "innocent": innocent, "told": told}
        evidence = self.of[file].setdefault(key, Asked(kind, key, empty)).evidence
        evidence["others"] = sorted({*evidence["others"], *others} - {file})
        evidence["shared"] += [row for row in rows if row not in evidence["shared"]]


def asked_of(
    examinations: Sequence[Examination], told: Told = lambda done: None
) -> tuple[dict[str, list[Asked]], list[str]]:
    """The questions of each file, by the reference of its examination; and by what texts in two languages were compared.

    `told` hears that work goes on, and may raise to end it. Files whose keys were destroyed meanwhile are passed over.
    """
    files = {
        one.examination.reference: one for one in map(_opened, _with_parts(examinations)) if one is not None
    }
    texts = {text.key: text for one in files.values() for text in one.texts.values()}
    form = sorted({words for one in examinations for words in _words_of_form(one)})
    questions = _Questions()
    across = across_languages(texts.values(), form, installed(), told)
    for found in (*near_copies(texts.values(), form, told).questions, *across.questions):
        _put_texts(questions, found, texts)
    _put_bodies(questions, files)
    _put_bursts(questions, files)
    _put_documents(questions, files)
    _put_metadata(questions, files)
    return {file: list(of.values()) for file, of in questions.of.items()}, list(across.compared_by)


def _with_parts(examinations: Sequence[Examination]) -> Iterable[_Parts]:
    """Each file with its rows; three queries for all."""
    keys = [one.candidacy_id for one in examinations]
    found: dict[int, _Parts] = {one.candidacy_id: _Parts(one) for one in examinations}
    for answer in CriterionAnswer.objects.filter(candidacy__in=keys).order_by("pk"):
        found[answer.candidacy_id].answers.append(answer)
    given = Endorsement.objects.filter(candidacy__in=keys, state=EndorsementState.GIVEN).order_by("pk")
    for endorsement in given:
        found[endorsement.candidacy_id].endorsements.append(endorsement)
    for evidence in Evidence.objects.filter(candidacy__in=keys).exclude(kind="link").order_by("pk"):
        found[evidence.candidacy_id].evidence.append(evidence)
    return found.values()


def _opened(parts: _Parts) -> _File | None:
    file = _File(parts.examination)
    candidacy: Candidacy = parts.examination.candidacy
    try:
        for answer in parts.answers:
            answer.candidacy = candidacy
            _add(file, f"criterion:{answer.criterion}", answer.language, answer.statement)
        for said in parts.endorsements:
            said.candidacy = candidacy
            _add(file, said.reference, said.language, said.statement)
            file.bodies.setdefault(said.body, said.created_at)
        for sent in parts.evidence:
            sent.candidacy = candidacy
            file.documents.setdefault(sent.digest, sent.title)
            for kind, digest in sent.metadata:
                file.metadata.setdefault((kind, digest), []).append(sent.title)
    except keystore.Destroyed:
        return None
    return file


def _add(file: _File, part: str, language: str, text: str) -> None:
    if text.strip():
        reference = file.examination.reference
        file.texts[part] = Text(f"{reference} {part}", reference, language, text)


def _words_of_form(examination: Examination) -> Iterable[str]:
    """What the form says to everybody: the charter's criteria and bars, in each language."""
    charter = charter_of(examination)
    for row in (*charter.criteria, *charter.bars):
        yield from (row.text[language] for language in Language.values)


# --- what becomes of each finding of the instrument -------------------------------------------------------------------


def _put_texts(questions: _Questions, found: Question, texts: Mapping[str, Text]) -> None:
    """One question in each of two files for all texts that they share in this way."""
    evidence: Mapping[str, Any] = found.evidence
    first, second = (texts[key] for key in evidence["texts"])
    for mine, other, side, beside in ((first, second, "first", "second"), (second, first, "second", "first")):
        rows = [_row(found.kind, mine, other, side, beside, place) for place in _places(found)]
        questions.put(found.kind, mine.file, other.file, [other.file], rows, found.innocent)


def _places(found: Question) -> Sequence[Mapping[str, Any]]:
    evidence: Mapping[str, Any] = found.evidence
    return next(evidence[name] for name in ("passages", "sentences", "marks") if name in evidence)


def _row(kind: str, mine: Text, other: Text, side: str, beside: str, place: Mapping[str, Any]) -> Row:
    """Of the other file only words that stand in this one as well: of a text in another language, none."""
    part = mine.key.partition(" ")[2]
    if kind == SHARED_MARKS:
        return {"part": part, "mine": place[side], "other": "", "language": mine.language}
    same = other.text[slice(*place[beside])] if kind == NEAR_COPY else ""
    return {
        "part": part,
        "mine": mine.text[slice(*place[side])],
        "other": same,
        "language": mine.language,
    }


def _put_bodies(questions: _Questions, files: Mapping[str, _File]) -> None:
    for found in organisations({name: one.bodies for name, one in files.items()}):
        names: Any = found.evidence["names"]
        for file in found.files:
            own = sorted(body for body in files[file].bodies if body in names)
            rows = [{"part": "", "mine": body, "other": ""} for body in own]
            about = min(map(body_id, own))
            every = len(files) - 1
            questions.put(
                QuestionKind.ORGANISATION, file, about, found.files, rows, found.innocent, every=every
            )


def _put_bursts(questions: _Questions, files: Mapping[str, _File]) -> None:
    """By body and not by file: each candidate enters the endorsements of the own file, many at one sitting."""
    came: dict[str, dict[str, datetime]] = defaultdict(dict)
    for name, one in files.items():
        for body, at in one.bodies.items():
            came[body_id(body)].setdefault(name, at)
    for found in bursts({body: list(times.values()) for body, times in came.items()}):
        body, evidence = found.files[0], found.evidence
        since, until = (datetime.fromisoformat(str(evidence[name])) for name in ("from", "to"))
        within = {name: at for name, at in came[body].items() if since <= at <= until}
        told = {name: evidence[name] for name in ("count", "of", "minutes")}
        for name, at in within.items():
            said = next(one for one in files[name].bodies if body_id(one) == body)
            rows = [{"part": at.isoformat(), "mine": said, "other": ""}]
            about = f"{body} {since.isoformat()}"
            questions.put(QuestionKind.BURST, name, about, within, rows, found.innocent, **told)


def _put_documents(questions: _Questions, files: Mapping[str, _File]) -> None:
    digests = {name: [("file", digest) for digest in one.documents] for name, one in files.items()}
    for found in same_metadata(digests):
        digest = str(found.evidence["value"])
        for file in found.files:
            rows = [{"part": "", "mine": files[file].documents[digest], "other": ""}]
            every = len(files) - 1
            questions.put(QuestionKind.METADATA, file, digest, found.files, rows, found.innocent, every=every)


def _put_metadata(questions: _Questions, files: Mapping[str, _File]) -> None:
    """One question in each of two files for all metadata that their documents share, one for a value that many files share.
    Two files with the very same document are asked about that, and not about its metadata again."""
    for found in same_metadata({name: one.metadata for name, one in files.items()}):
        value: Any = (found.evidence["of"], found.evidence["value"])
        is_wide, every = len(found.files) > MANY, len(files) - 1
        for file in found.files:
            own = files[file].documents.keys()
            others = [name for name in found.files if name != file and own.isdisjoint(files[name].documents)]
            rows = [{"part": value[0], "mine": title, "other": ""} for title in files[file].metadata[value]]
            for about, concerned in (
                [(" ".join(value), others)] if is_wide and others else [(name, [name]) for name in others]
            ):
                innocent = SHARED_OFFICE if is_wide else HIDDEN_DATA
                questions.put(HIDDEN_DATA, file, about, concerned, rows, innocent, every=every)
