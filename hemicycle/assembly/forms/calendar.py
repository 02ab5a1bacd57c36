"""The forms on the holidays of the seat."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from hemicycle.web.forms import ActForm
from hemicycle.web.templatetags.house import day as written

NAME_AT_MOST = 200
ERRORS_AT_MOST = 10


class HolidaysForm(ActForm):
    explanation = _(
        "Deadlines in working days that are set from now on pass over these days. Deadlines that were told before stand as "
        "they were told."
    )

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2200)
    days = forms.CharField(
        label=_("Days without work"),
        widget=forms.Textarea(attrs={"rows": 12}),
        max_length=20_000,
        help_text=_(
            "One day a line: the date, then its name in English, French and Russian, with semicolons between them. For "
            "example 2027-05-01;Labour Day;Fête du Travail;Праздник труда. Saturdays and Sundays need no line."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.matter.pk:
            del self.fields["year"]

    def clean_days(self) -> list[dict[str, Any]]:
        """The lines as the act takes them; each bad line is named by its number."""
        found, problems = [], []
        for number, line in enumerate(self.cleaned_data["days"].splitlines(), 1):
            if not line.strip():
                continue
            try:
                found.append(_read(line))
            except ValueError as error:
                problems.append(gettext("Line %(line)s: %(reason)s") % {"line": number, "reason": error})
        if problems:
            more = len(problems) - ERRORS_AT_MOST
            last = ngettext("%(count)s more line is wrong.", "%(count)s more lines are wrong.", more)
            raise forms.ValidationError(
                problems[:ERRORS_AT_MOST] + ([last % {"count": more}] if more > 0 else [])
            )
        return found


def _read(line: str) -> dict[str, Any]:
    """`2027-05-01; name; nom; имя`. `ValueError` says what is wrong with a line, in the language of the page."""
    given, *names = (part.strip() for part in line.split(";"))
    try:
        day = date.fromisoformat(given)
    except ValueError:
        raise ValueError(gettext("the date is written as 2027-05-01")) from None
    if len(names) != 3 or not all(names):
        raise ValueError(gettext("after the date stand three names: English, French, Russian"))
    if any(len(name) > NAME_AT_MOST for name in names):
        raise ValueError(gettext("a name has %(count)s characters at most") % {"count": NAME_AT_MOST})
    return {"day": day, **dict(zip(("name_en", "name_fr", "name_ru"), names, strict=True))}


class TakeBackForm(ActForm):
    explanation = _(
        "The day counts again in deadlines that are set from now on. Deadlines that were told before stand as they were told."
    )

    day = forms.TypedChoiceField(label=_("Day"), coerce=date.fromisoformat)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        matter: Any = self.matter
        rows = matter.holidays.filter(taken_back_at__isnull=True)
        self.fields["day"].choices = [  # type: ignore[attr-defined]
            (row.day.isoformat(), f"{written(row.day)} ({row.shown_name})") for row in rows
        ]
