"""What goes when, as the page and the command show it: by kind and month, from the same plan that the clock follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hemicycle.record.retention import Due

# The kinds, in the words of the page. Whoever adds a kind to a plan adds it here; a test asks.
KINDS: dict[str, Any] = {
    "draft": _("Drafts that were not sent"),
    "withdrawn": _("Withdrawn files"),
    "inadmissible": _("Inadmissible candidacies"),
    "requested": _("Erasures that two offices decided"),
    "not_chosen": _("Files of people not chosen"),
    "in_line": _("Files of the list and of the succession list"),
    "participant": _("Files of participants after the term"),
    "unfinished": _("Files of a round that did not end"),
    "brought_back": _("Erased files that an old backup brought back"),
    "slate": _("Joint slates"),
    "suspension": _("Suspension cases"),
    "interest": _("Words of declared interests"),
    "contact": _("Lines of the register of contacts"),
    "alarm": _("Findings on mass reads"),
    "comment": _("Comments on drafts of lists, objections to lists"),
    "office": _("Grounds of offices that are over"),
    "recovery": _("Grounds of recoveries"),
    "training": _("Reasons and readers of readings of invented files"),
    "bank_reference": _("Bank references of contributions"),
    "payee": _("Payees and documents of spending"),
    "question": _("Questions that were never admitted"),
    "exchange": _("Private exchanges"),
    "translation": _("Translations that were replaced or withdrawn"),
    "moderation": _("Words on texts set aside"),
    "statement": _("Statements and initiatives that came to nothing"),
    "answers": _("Answers to consultations"),
    "letter": _("Letters"),
    "mail": _("Mails that told of letters"),
}


@dataclass(frozen=True)
class Line:
    """What of one kind goes in one month. `held`: how many of them a legal hold keeps until then."""

    month: date
    kind: str
    article: str
    references: tuple[str, ...]
    held: int

    @property
    def title(self) -> Any:
        return KINDS[self.kind]


def lines(dues: Sequence[Due]) -> list[Line]:
    """By month and kind, the earliest first; each reference once."""
    found: dict[tuple[date, str, str], list[Due]] = {}
    for due in dues:
        month = timezone.localtime(due.at).date().replace(day=1)
        found.setdefault((month, due.kind, due.article), []).append(due)
    return [
        Line(
            month, kind, article, tuple(dict.fromkeys(each.reference for each in rows)),
            sum(each.held_until is not None and each.held_until >= each.at for each in rows),
        )
        for (month, kind, article), rows in sorted(found.items())
    ]  # fmt: skip


def end_of(day: date) -> datetime:
    """The last instant of a day: what is due by then goes on that day or before."""
    return timezone.make_aware(datetime.combine(day, time.max))
