"""Charter files on disk: ``<charter>/<version>.toml`` and, beside it, ``<version>.{en,fr,ru}.md``."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from . import places
from .charter import Charter, articles_of
from .lines import key_lines
from .read import Reader
from .rule import LANGUAGES, CharterError, Problem


def check(path: Path | str, acts: Collection[str] = ()) -> tuple[Problem, ...]:
    """Every problem of the charter file and its prose; empty when it can be law. ``OSError``: unreadable.

    With ``acts``, the keys of the tables (``candidacy.submit``): each has its article, and no article names another act.
    """
    charter, problems = _read(Path(path))
    if charter is None or not acts:
        return problems
    return (*problems, *unfit_acts(charter, Path(path).read_text(encoding="utf-8"), acts))


def unfit_acts(charter: Charter, text: str, acts: Collection[str]) -> tuple[Problem, ...]:
    """What separates ``[articles]`` of a charter from the acts of the house: each act has its article, none is strange."""
    lines = key_lines(text)
    strange = [Problem(lines.get(f"articles.{key}", 0), f"articles.{key}", "no such act")
               for key in sorted(charter.articles.keys() - set(acts))]  # fmt: skip
    lacking = [Problem(lines.get("articles", 0), f"articles.{key}", "act without an article")
               for key in sorted(set(acts) - charter.articles.keys())]  # fmt: skip
    return tuple(sorted([*strange, *lacking], key=lambda problem: problem.line))


def load(path: Path | str) -> Charter:
    """The charter at ``path`` with its prose in three languages; ``CharterError`` carries every problem."""
    charter, problems = _read(Path(path))
    if problems or charter is None:
        raise CharterError(str(path), problems)
    return charter


def format_problems(path: Path | str, problems: Iterable[Problem]) -> str:
    """One problem a line, ``file:line: key: message``, as compilers print them."""
    return "\n".join(
        f"{path}:{problem.line}: {problem.key + ': ' if problem.key else ''}{problem.message}"
        for problem in problems
    )


def _read(path: Path) -> tuple[Charter | None, tuple[Problem, ...]]:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        return None, (Problem(0, "", f"not UTF-8: {error.reason} at byte {error.start}"),)
    reader = Reader(text)
    charter = reader.charter()
    problems = list(reader.problems)
    if charter is None:
        return None, tuple(problems)
    problems += _place(path, charter)
    proses = {}
    for language in LANGUAGES:
        beside = path.with_name(f"{path.stem}.{language}.md")
        if not beside.is_file():
            problems.append(Problem(0, language, f"missing prose: {beside.name}"))
            continue
        proses[language] = beside.read_text(encoding="utf-8")
        problems += _prose(charter, beside.name, proses[language])
    return replace(charter, proses=proses), tuple(problems)


def _place(path: Path, charter: Charter) -> list[Problem]:
    if path.stem == charter.version and path.resolve().parent.name == charter.key:
        return []
    return [Problem(1, "key", f"the file of {charter.reference} is {charter.key}/{charter.version}.toml")]


def _prose(charter: Charter, name: str, prose: str) -> list[Problem]:
    """The prose has each article of the file once, in its order, with words under it."""
    wanted = [article.number for chapter in charter.chapters for article in chapter.articles]
    written = articles_of(prose)
    found = [article.number for article in written]
    problems = [Problem(0, name, f"article {number} has no text") for number in wanted if number not in found]
    problems += [Problem(0, name, f"no such article: {number}") for number in found if number not in wanted]
    problems += [Problem(0, name, f"article {each.number} is empty") for each in written if not each.body]
    numbers = {rule.key: rule.value for rule in charter.rules() if isinstance(rule.value, int | Fraction)}
    language = name.split(".")[-2]
    problems += [
        Problem(0, name, f"line {line} {said}") for line, said in places.problems(prose, language, numbers)
    ]
    if not problems and found != wanted:
        problems.append(Problem(0, name, "articles are not in the order of the charter"))
    return problems
