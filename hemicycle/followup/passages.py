"""The texts of a contact or a proposal, each with its language and the name of its part: what is shown, translated beside, and
corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from hemicycle.record import law
from hemicycle.web.parts import original, sentence

from .models import EarlierContact, Proposal, Stage

LABELS = {
    "title": _("Title"),
    "text": _("Text"),
    "body": _("Committee or body, as it was called then"),
    "summary": _("What was said, in short"),
    "source": _("Source"),
    "page": _("Page"),
    "evidence": _("What was done"),
    "evidence_source": _("Source of the evidence"),
    "number": _("Number"),
    "withdrawn_because": _("Why it was withdrawn"),
    "closed_because": _("Why it was closed"),
}
LANGUAGE_OF = {
    "evidence": "evidence_language",
    "withdrawn_because": "withdrawn_language",
    "closed_because": "closed_language",
}


def stage_name(key: str) -> str:
    """The charter's name of a stage, in the language of the page."""
    row = next(row for row in law.in_force().follow_up_stages if row.key == key)
    return row.text[get_language() or "en"]


def said(what: Any, detail: Any) -> str:
    """Two things with a colon between, as each language sets it."""
    return gettext("%(what)s: %(detail)s") % {"what": what, "detail": detail}


@dataclass(frozen=True)
class Passage:
    """One text: `part` names it, `owner` is the row and `field` the column that hold it."""

    part: str
    owner: EarlierContact | Proposal | Stage
    field: str

    @property
    def text(self) -> str:
        return str(getattr(self.owner, self.field))

    @property
    def language(self) -> str:
        return str(getattr(self.owner, LANGUAGE_OF.get(self.field, "language")))

    @property
    def label(self) -> Any:
        if isinstance(self.owner, Stage):
            return said(stage_name(self.owner.key), LABELS[self.field])
        return LABELS[self.field]

    @property
    def option(self) -> str:
        """What it is and how it begins, in its own language, where somebody chooses among texts."""
        begins = original(self.text[:60], self.language)
        return sentence(gettext("%(what)s: %(detail)s"), what=self.label, detail=begins)

    def write(self, text: str) -> None:
        """Put another text in its place. A matter is saved by its act; a stage here."""
        setattr(self.owner, self.field, text)
        if isinstance(self.owner, Stage):
            self.owner.full_clean(validate_constraints=False)
            self.owner.save(update_fields=[self.field])


def of(matter: EarlierContact | Proposal) -> Sequence[Passage]:
    """The texts that stand there, in the order of the page. What waits for a second person is none of them."""
    if isinstance(matter, EarlierContact):
        found = [Passage(name, matter, name) for name in ("title", "body", "summary", "source", "page")]
    else:
        found = [Passage(name, matter, name) for name in ("title", "text", "source", "closed_because")]
        if matter.carried_out_at is not None:
            found += [Passage(name, matter, name) for name in ("evidence", "evidence_source")]
        found += [
            Passage(f"{name}-{stage.pk}", stage, name)
            for stage in matter.stages.all()
            for name in ("number", "text", "source")
        ]
    return [passage for passage in found if passage.text]
