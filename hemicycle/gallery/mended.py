"""Public facts as they read after their corrections (procedure 7.4). One query for a whole page.

The fields that a correction may name, by the prefix of its subject:
`MAND` name, capacity, from, until; `LIST` reasons; `CALL` text; `VOTE` question, source, votes_for, votes_against,
abstentions, `name:3` and `replaces:3` (the third line of the roll); `SUSP` from, until; `CONT` participants, place, hospitality. A correction of any other field is listed all the same, with its old text, day and ground.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.record import clock
from hemicycle.record.models import Correction

DIGITS = (
    9  # of a number that a correction writes; the length at which Python refuses to read one is far above
)
FIELDS = {
    "name": pgettext_lazy("person", "Name"),
    "replaces": _("Whom the voter replaces"),
    "capacity": pgettext_lazy("participant", "Capacity"),
    "from": pgettext_lazy("day", "From"),
    "until": pgettext_lazy("day", "Until"),
    "reasons": _("Reasons of the President"),
    "text": _("Text of the call"),
    "question": _("Question"),
    "source": _("Source document"),
    "votes_for": _("Votes for"),
    "votes_against": _("Votes against"),
    "abstentions": _("Abstentions"),
    "participants": _("Who took part"),
    "place": pgettext_lazy("meeting", "Place"),
    "hospitality": _("Hospitality"),
}


@dataclass(frozen=True)
class Note:
    """A correction as it is printed beside the fact. `old` is empty where the old text had to go (`is_dropped`); `new`
    is empty too where a later correction dropped that one in turn."""

    field: Any
    old: str
    new: str
    at: datetime
    ground: str
    language: str
    is_dropped: bool


class Mended:
    """The published corrections of several matters, by their references."""

    def __init__(self, subjects: Iterable[str]) -> None:
        self._rows: dict[str, list[Correction]] = defaultdict(list)
        wanted = sorted({subject for subject in subjects if subject})
        found = Correction.objects.filter(
            subject__in=wanted, state="published", corrected_at__lte=clock.now()
        ).order_by("corrected_at", "pk")
        for row in found if wanted else ():
            self._rows[row.subject].append(row)

    def text(self, subject: str, field: str, value: str, language: str = "") -> str:
        """The fact after its corrections. One made for another language is left out."""
        for row in self._rows.get(subject, ()):
            if row.field == field and (not language or row.language in ("", language)):
                value = row.new_text
        return value

    def day(self, subject: str, field: str, value: date | None) -> date | None:
        """A day after its corrections, which write it as 2027-05-01; a text that is no such day changes nothing here
        and still stands in the notes."""
        written = self.text(subject, field, value.isoformat() if value else "")
        return _day(written) or value

    def number(self, subject: str, field: str, value: int) -> int:
        """A number after its corrections; a text that is no number, or one of more digits than any count of people,
        changes nothing here and stands in the notes."""
        written = self.text(subject, field, str(value)).strip()
        return int(written) if written.isdecimal() and len(written) <= DIGITS else value

    def of_roll(self, subject: str, field: str) -> dict[int, str]:
        """Texts of the lines of a roll after their corrections, by place: the field is `name:3`."""
        found = {}
        for row in self._rows.get(subject, ()):
            kind, _colon, place = row.field.partition(":")
            if kind == field and place.isdecimal():
                found[int(place)] = row.new_text
        return found

    def notes(self, *subjects: str, language: str = "", nameless: Collection[str] = ()) -> list[Note]:
        """What to print beside the facts of these matters, oldest first.

        `nameless`: matters whose name may not be read now; a correction of it would tell it twice.
        """
        rows = [
            row
            for subject in subjects
            for row in self._rows.get(subject, ())
            if not (subject in nameless and row.field == "name")
        ]
        rows.sort(key=lambda row: (row.corrected_at or row.created_at, row.pk))
        return [self._note(row) for row in rows if not language or row.language in ("", language)]

    def _note(self, row: Correction) -> Note:
        """What a later correction of the same fact drops is the new text of this one: neither text of it stays."""
        same = [other for other in self._rows[row.subject] if other.field == row.field]
        later = same[same.index(row) + 1 :]
        is_gone = any(other.drop_old_text and _share_language(other, row) for other in later)
        is_dropped = row.drop_old_text or is_gone
        return Note(
            field=_label(row.field),
            old="" if is_dropped else row.old_text,
            new="" if is_gone else row.new_text,
            at=row.corrected_at or row.created_at,
            ground=row.ground,
            language=row.language,
            is_dropped=is_dropped,
        )


def _share_language(one: Correction, other: Correction) -> bool:
    """Whether two corrections are read on one page: one without a language is for all."""
    return one.language == other.language or "" in (one.language, other.language)


def _label(field: str) -> Any:
    """The name of a field for people; of a line of a roll, with its place."""
    name, _colon, place = field.partition(":")
    if place and name in FIELDS:
        return f"{FIELDS[name]} ({place})"
    return FIELDS.get(field, field)


def _day(text: str) -> date | None:
    parts = text.strip().split("-")
    if len(parts) != 3 or not all(part.isdecimal() and len(part) <= DIGITS for part in parts):
        return None
    year, month, number = (int(part) for part in parts)
    days = (
        31,
        29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28,
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
    )
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= number <= days[month - 1]):
        return None
    return date(year, month, number)
