"""What the pages show of statements: names, arithmetic, versions, opinions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.instruments.ledger import notes
from hemicycle.instruments.passages import Line, compared
from hemicycle.mandates.models import Mandate
from hemicycle.people.spoken import page_language
from hemicycle.record.actors import Actor
from hemicycle.texts import queries as texts
from hemicycle.texts.sources import Written
from hemicycle.web import findings

from . import evidence, queries
from .evidence import Evidence
from .models import Initiative, Opinion, Statement
from .procedure import StatementState

_MARKS = str.maketrans({c: f"\\{c}" for c in "\\`*_[]<>&#+-.!|~"})


def plain(text: str) -> str:
    """A plain text as the Markdown that shows it word for word."""
    blocks = [block for block in text.strip().split("\n\n") if block]
    return "\n\n".join("\\\n".join(line.translate(_MARKS) for line in block.split("\n")) for block in blocks)


def body(text: str) -> str:
    """A text without its title."""
    return text.strip().partition("\n")[2].strip()


def written(matter: Statement | Initiative, text: str, language: str, part: str = "text") -> Written:
    url = reverse("statements-public", args=[matter.reference])
    name = queries.title_of(text)
    return Written(matter.reference, part, name, plain(body(text)), language, url, spokesperson(matter))


def spokesperson(matter: Statement | Initiative) -> int | None:
    """Who speaks for a text of several when it is set aside: the first mover, or whoever opened the initiative (14.3)."""
    rows = matter.movers if isinstance(matter, Statement) else matter.backings.filter(group=matter.group_id)
    first: int | None = rows.order_by("pk").values_list("mandate__person", flat=True).first()
    return first


def is_set_aside(matter: Statement | Initiative) -> bool:
    """Whether the text of a matter is set aside now: then none of its languages stands anywhere, nor its title."""
    text = queries.latest_text(matter) if isinstance(matter, Statement) else matter.text
    return texts.is_set_aside(Written(matter.reference, "text", "", plain(body(text)), matter.language, ""))


def title(matter: Statement | Initiative, text: str) -> str:
    """The first line of a text, or the reference of a matter that is set aside."""
    return matter.reference if is_set_aside(matter) else queries.title_of(text)


def is_whole(statement: Statement) -> bool:
    """Whether everybody may read every word of it: neither the text nor an opinion is set aside."""
    aside = [each for each in opinions(statement) if texts.is_set_aside(each.text)]
    return not aside and not is_set_aside(statement)


def listed(rows: Iterable[Mandate]) -> str:
    """Names that may be read, and how many are withheld."""
    shown, withheld = queries.names(rows)
    if withheld:
        told = ngettext(
            "%(count)s participant whose name is withheld",
            "%(count)s participants whose names are withheld",
            withheld,
        )
        shown.append(told % {"count": withheld})
    return ", ".join(shown)


def in_name_of(row: Statement) -> str:
    """The scope in words; of groups, which."""
    named = [group.shown_name for group in sorted(row.groups.all(), key=lambda group: group.pk)]
    return ", ".join(named) if named else str(row.get_scope_display())


def supporters(row: Initiative) -> list[dict[str, Any]]:
    return [
        {
            "group": group.shown_name,
            "supports": queries.supports(group, told),
            "given": told.given,
            "base": told.base,
            "needed": told.needed,
        }
        for group, told in queries.supporters(row)
    ]


def arithmetic(tallies: Sequence[queries.Tally]) -> list[dict[str, Any]]:
    """Each tally as sentences; one of a group under its name."""
    return [
        {
            "group": tally.group.shown_name if tally.group else "",
            "is_met": tally.is_met,
            "sentences": [findings.text(finding) for finding in tally.findings()],
        }
        for tally in tallies
    ]


@dataclass(frozen=True)
class Shown:
    """An opinion on a page."""

    kind: str
    by: str
    text: Written


def opinions(statement: Statement) -> list[Shown]:
    rows = statement.opinions.select_related("group").prefetch_related("signers__mandate")
    return [
        Shown(str(row.get_kind_display()), opinion_by(row), _opinion_text(statement, row)) for row in rows
    ]


def _opinion_text(statement: Statement, row: Opinion) -> Written:
    url = reverse("statements-public", args=[statement.reference])
    name = str(row.get_kind_display())
    return Written(
        statement.reference,
        f"opinion-{row.pk}",
        name,
        plain(row.text),
        row.language,
        url,
        row.mandate.person_id,
    )


def opinion_by(row: Opinion) -> str:
    """Of a group once it is the group's; else of those who signed it."""
    signers = listed(each.mandate for each in row.signers.all())
    if row.group is not None and queries.is_of_group(row):
        return _("the group “%(group)s” (%(names)s)") % {"group": row.group.shown_name, "names": signers}
    return signers


def versions(statement: Statement) -> list[dict[str, Any]]:
    """Every version, the latest first, with what is different from the one before, line by line."""
    rows, found = list(statement.versions.select_related("mandate")), []
    before = ""
    for row in rows:
        lines: list[Line] = compared(before, row.text) if before else []
        found.append({"row": row, "lines": lines, "by": listed([row.mandate])})
        before = row.text
    return found[::-1]


def signature(statement: Statement) -> dict[str, str]:
    """The detached signature: what was signed, with which key, and the 64 bytes, so that any tool can check it."""
    return {
        "manifest": statement.manifest,
        "digest": statement.digest,
        "signature": statement.signature,
        "public_key": notes.Verifier.read(statement.key).public.hex(),
        "key": statement.key,
        "note": statement.note,
    }


def find_texts(reference: str, actor: Actor) -> Sequence[Written]:
    """The texts of a statement that an actor may read: original and opinions."""
    row = queries.visible_to(actor).filter(reference=reference).first() or (
        queries.published().filter(reference=reference).first()
    )
    if row is None or not (text := queries.latest_text(row)):
        return ()
    found = [written(row, text, row.language)]
    if row.state in (StatementState.FINAL, StatementState.PUBLISHED):
        found += [shown.text for shown in opinions(row)]
    return found


def find_initiative(reference: str, actor: Actor) -> Sequence[Written]:
    row = queries.initiatives_visible_to(actor).filter(reference=reference).first()
    return (written(row, row.text, row.language),) if row is not None and row.text else ()


def origin(statement: Statement) -> Evidence | None:
    """What the statement rests on, with the digest that it had when the statement was begun."""
    found = evidence.of(statement.origin)
    return replace(found, digest=statement.origin_digest) if found is not None else None


def in_language(statement: Statement) -> tuple[str, str]:
    """The authentic text in the language of the page, else the original, with its language."""
    texts = queries.texts_by_language(statement)
    language = page_language()
    language = language if language in texts else statement.language
    return texts.get(language, ""), language
