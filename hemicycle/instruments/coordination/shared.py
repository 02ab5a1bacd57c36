"""What two or more files share: referees, organisations that endorse, digests of metadata.

Electronic addresses are never among it. Names are compared by their sounds, so that neither script nor spelling hides one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import product

from ..names.clean import cleaned
from ..names.fold import first_letters, is_given_name, readings
from ..names.legal import telling
from .question import METADATA, ORGANISATION, REFEREE, REFEREE_IS_CANDIDATE, WIDESPREAD, Question

Words = tuple[str, ...]

WIDE = 5
FOUR = 4  # a value in WIDE files or more, and in more than one of FOUR, is told as widespread


def shared(things: Mapping[str, Iterable[str]], kind: str) -> list[Question]:
    """Values that occur in two or more files, letter by letter; the rarest first. `things` are the values of each file."""
    holders: dict[str, set[str]] = defaultdict(set)
    for file, values in things.items():
        for value in values:
            holders[value].add(file)
    found = [(value, files) for value, files in holders.items() if len(files) > 1]
    found.sort(key=lambda one: (len(one[1]), one[0]))
    return [_question(kind, files, {"value": value}, len(things)) for value, files in found]


def same_metadata(digests: Mapping[str, Iterable[tuple[str, str]]]) -> list[Question]:
    """Equal keyed digests in several files, by kind (author, template, producer, picture …); the digests are opaque."""
    every: dict[str, dict[str, set[str]]] = defaultdict(dict)
    for file, pairs in digests.items():
        for kind, digest in pairs:
            every[kind].setdefault(file, set()).add(digest)
    return [
        Question(METADATA, one.files, {"of": kind, **one.evidence}, one.innocent)
        for kind in sorted(every)
        for one in shared({file: every[kind].get(file, ()) for file in digests}, METADATA)
    ]


def referees(given: Mapping[str, Iterable[str]], candidates: Mapping[str, str]) -> list[Question]:
    """Referees whom several files name, and referees who are candidates themselves.

    `given` are the names of each file's referees, `candidates` the name of each file's person.
    """
    named = {file: sorted(set(names)) for file, names in given.items()}
    questions = _named_alike(REFEREE, named, _person, is_one_person)
    for file, other in product(sorted(named), sorted(candidates)):
        for name in named[file] if file != other else ():
            if is_one_person(_person(name), _person(candidates[other])):
                evidence = {
                    "referee": name,
                    "candidate": candidates[other],
                    "named_in": file,
                    "file_of": other,
                }
                files = tuple(sorted((file, other)))
                questions.append(Question(REFEREE_IS_CANDIDATE, files, evidence, REFEREE_IS_CANDIDATE))
    return questions


def organisations(given: Mapping[str, Iterable[str]]) -> list[Question]:
    """Organisations that endorse several files; the legal form does not tell two apart."""
    return _named_alike(ORGANISATION, given, _organisation, is_one_organisation)


def is_one_person(one: Words, other: Words) -> bool:
    """Whether every word of the shorter name sounds like a word of the other, or is its initial, in any order.

    At least two words must be given, and one must agree in full that is no common given name or patronymic. A further word
    on one side, such as a patronymic, is passed over; two that differ are two people.
    """
    shorter, longer = sorted((one, other), key=lambda words: (len(words), words))
    left = list(longer)
    is_telling = False
    for word in sorted(shorter, key=len, reverse=True):
        partner = next((there for there in left if _sound_alike(word, there)), None)
        is_telling |= partner is not None and not any(map(is_given_name, readings(word)))
        if partner is None:
            partner = next((there for there in left if _is_initial(word, there)), None)
        if partner is None:
            return False
        left.remove(partner)
    return len(shorter) > 1 and is_telling


def is_one_organisation(one: Words, other: Words) -> bool:
    """Whether two names have the same words by their sounds, in any order."""
    left = list(other)
    for word in one:
        partner = next((there for there in left if _sound_alike(word, there)), None)
        if partner is None:
            return False
        left.remove(partner)
    return bool(one) and not left


def _person(name: str) -> Words:
    return cleaned(name).words


def _organisation(name: str) -> Words:
    return telling(cleaned(name, keep_digits=True).words)


def _sound_alike(one: str, other: str) -> bool:
    return one == other or (len(one) > 1 < len(other) and not set(readings(one)).isdisjoint(readings(other)))


def _is_initial(one: str, other: str) -> bool:
    return min(len(one), len(other)) == 1 and not first_letters(one).isdisjoint(first_letters(other))


def _named_alike(
    kind: str,
    given: Mapping[str, Iterable[str]],
    words_of: Callable[[str], Words],
    is_one: Callable[[Words, Words], bool],
) -> list[Question]:
    """A question for each fullest name that several files have, so or shorter; the rarest first.

    A short name may stand for two longer ones: then it is in the questions of both. Only names that share a word's sound
    are compared.
    """
    written: dict[Words, set[str]] = defaultdict(set)
    holders: dict[Words, set[str]] = defaultdict(set)
    for file, names in given.items():
        for name in names:
            written[words_of(name)].add(name)
            holders[words_of(name)].add(file)
    sounding: dict[str, list[Words]] = defaultdict(list)
    for words in sorted(holders):
        for sound in {sound for word in words for sound in readings(word)}:
            sounding[sound].append(words)
    groups: list[frozenset[Words]] = []
    for words in sorted(holders, key=lambda one: (-len(one), one)):
        near = {other for word in words for sound in readings(word) for other in sounding[sound]}
        alike = {other for other in near if other == words or is_one(words, other)}
        group = frozenset(alike)
        if len(words) == max(map(len, alike), default=0) and not any(group <= other for other in groups):
            groups.append(group)
    questions = []
    for group in groups:
        files = {file for words in group for file in holders[words]}
        if len(files) > 1:
            names = sorted(name for words in group for name in written[words])
            questions.append((len(files), names, _question(kind, files, {"names": names}, len(given))))
    return [question for *_, question in sorted(questions, key=lambda one: one[:2])]


def _question(kind: str, files: Iterable[str], evidence: Mapping[str, object], every: int) -> Question:
    """A value with the files that have it, and of how many; one that very many have is told as widespread."""
    concerned = tuple(sorted(files))
    is_wide = len(concerned) >= WIDE and len(concerned) * FOUR > every
    counted = {**evidence, "count": len(concerned), "every": every}
    return Question(kind, concerned, counted, WIDESPREAD if is_wide else kind)
