"""Forms: how a person wants to be told, on which day the page looks ahead, and why a mail is held back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemicycle.people.models import Person
from hemicycle.rules import quiet
from hemicycle.rules.quiet import Rhythm
from hemicycle.web.forms import ActForm
from hemicycle.web.parts import original, sentence

from . import wishes
from .models import Channel, Decision
from .wishes import SENTENCE, WORD

CLOCK = {"type": "time"}


class DayForm(forms.Form):
    """On which day the page looks ahead."""

    on = forms.DateField(
        label=gettext_lazy("What goes by"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class HoldForm(ActForm):
    explanation = gettext_lazy(
        "The mail does not go until a clerk lets it go. The message stands here for its person all the same, and periods run."
    )

    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"), choices=Decision.Reason.choices, widget=forms.RadioSelect
    )


class AgainForm(ActForm):
    explanation = gettext_lazy(
        "If the mail left before, the person may get it twice. It has the same mark as before, by which many mail programs "
        "show one of the two only."
    )


class LeaveForm(ActForm):
    explanation = gettext_lazy(
        "The mail is not sent from here any more. The message stands here for its person all the same."
    )


class WishForm(forms.Form):
    """How somebody wants to be told: by what channel, in which words, when, and when not."""

    channel = forms.ChoiceField(
        label=gettext_lazy("How you are told that a message is here"),
        choices=Channel.choices,
        widget=forms.RadioSelect,
    )
    wording = forms.ChoiceField(label=gettext_lazy("What an e-mail says"), widget=forms.RadioSelect)
    rhythm = forms.ChoiceField(
        label=gettext_lazy("When an e-mail comes"),
        widget=forms.RadioSelect,
        choices=[
            (Rhythm.AT_ONCE.value, gettext_lazy("Soon after each message")),
            (Rhythm.DAILY.value, gettext_lazy("Once a day at most, at the hour below")),
            (Rhythm.WEEKLY.value, gettext_lazy("Once a week at most, on the day and at the hour below")),
        ],
        help_text=gettext_lazy("A warning about your account does not wait for the day or the week."),
    )
    weekday = forms.TypedChoiceField(
        label=gettext_lazy("Day of the week"), choices=WEEKDAYS.items(), coerce=int
    )
    hour = forms.TypedChoiceField(
        label=gettext_lazy("Hour"), choices=[(hour, f"{hour:02}:00") for hour in range(24)], coerce=int
    )
    quiet_from = forms.TimeField(
        label=gettext_lazy("No e-mail from"),
        required=False,
        widget=forms.TimeInput(CLOCK, format="%H:%M"),
        help_text=gettext_lazy("Quiet hours may pass midnight. What falls into them comes at their end."),
    )
    quiet_until = forms.TimeField(
        label=gettext_lazy("No e-mail until"), required=False, widget=forms.TimeInput(CLOCK, format="%H:%M")
    )
    zone = forms.ChoiceField(
        label=gettext_lazy("Time zone of these hours"),
        required=False,
        help_text=gettext_lazy(
            "It can tell where you are. It is sealed with your names; you may choose another place with the same hours."
        ),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        kwargs["initial"] = {**_as_fields(wishes.of(person)), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        wording: Any = self.fields["wording"]
        wording.choices = [(each, _as_sent(person.language, each)) for each in (SENTENCE, WORD)]
        zone: Any = self.fields["zone"]
        seat = _("as at the seat of the Assembly")
        zone.choices = [("", seat), *((name, name.replace("_", " ")) for name in quiet.zones())]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if "quiet_from" not in given or "quiet_until" not in given:
            return given  # one of them is no time at all, and says so itself
        begins, ends = given["quiet_from"], given["quiet_until"]
        if (begins is None) != (ends is None):
            missing = "quiet_from" if begins is None else "quiet_until"
            self.add_error(missing, _("Give both hours, or neither."))
        elif begins is not None and begins == ends:
            self.add_error(
                "quiet_until", _("The two hours are the same. For no e-mail at all, choose so at the top.")
            )
        return given

    def said(self) -> dict[str, Any]:
        """What is kept, as `wishes` reads it."""
        given = self.cleaned_data
        hours = [given[name].strftime("%H:%M") for name in ("quiet_from", "quiet_until") if given[name]]
        names = ("channel", "wording", "rhythm", "weekday", "hour", "zone")
        return {**{name: given[name] for name in names}, "quiet": hours}


def _as_sent(language: str, wording: str) -> str:
    """The very words of a mail, in the language in which it goes, whatever the page is in."""
    subject, body = (original(text, language) for text in wishes.outside(language, wording))
    if wording == WORD:
        return sentence(_("One word and nothing else: “%(subject)s”"), subject=subject)
    return sentence(_("“%(subject)s”, and below: “%(body)s”"), subject=subject, body=body)


def _as_fields(wish: wishes.Wishes) -> dict[str, Any]:
    begins, ends = wish.when.quiet or (None, None)
    return {
        "channel": wish.channel,
        "wording": wish.wording,
        "rhythm": wish.when.rhythm.value,
        "weekday": wish.when.weekday,
        "hour": wish.when.hour,
        "quiet_from": begins,
        "quiet_until": ends,
        "zone": wish.zone_said,
    }
