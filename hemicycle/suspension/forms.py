"""One form per act on a suspension case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hemicycle.people import queries as people
from hemicycle.people.models import Language, Person
from hemicycle.record import law
from hemicycle.rules.procedure import Office
from hemicycle.web.forms import ActForm

from . import queries

LONG = 20_000
AREA = forms.Textarea(attrs={"rows": 8})
NO_RELATIVES = _("Nothing about anybody inside Russia, nothing about relatives.")


class Allege(ActForm):
    explanation = _(
        "You say that a participant no longer meets a criterion. The participant will learn your name, the substance "
        "and the evidence, and may reply. Nothing becomes public unless the participation is suspended."
    )
    criterion = forms.ChoiceField(label=_("Criterion or bar"))
    allegation = forms.CharField(
        label=_("What happened, with dates"), widget=AREA, max_length=LONG, help_text=NO_RELATIVES
    )
    evidence = forms.CharField(
        label=_("Evidence: documents and public addresses"),
        widget=AREA,
        max_length=LONG,
        help_text=NO_RELATIVES,
    )
    language = forms.ChoiceField(label=_("Language of your text"), choices=Language.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = get_language() or "en"
        self.fields["criterion"].choices = [  # type: ignore[attr-defined]
            (item.key, item.text[shown]) for item in queries.may_be_alleged(law.in_force())
        ]
        self.fields["language"].initial = shown

    def params(self) -> dict[str, Any]:
        for name, value in super().params().items():
            setattr(self.matter, name, value)
        return {}


class Reasons(ActForm):
    reasons = forms.CharField(label=_("Reasons"), widget=AREA, max_length=LONG)


class Dismiss(Reasons):
    explanation = _(
        "The participant is restored at once. The public page carries a correction of equal prominence: no violation "
        "has been established."
    )


class Uphold(Reasons):
    explanation = _(
        "The violation is established. Under the charter in force this may end the participation."
    )


class FindPrimaFacie(Reasons):
    explanation = _(
        "Weigh the allegation and the reply at first sight and answer the reply point by point. The President then "
        "decides alone whether to suspend pending review."
    )


class Substance(ActForm):
    substance = forms.CharField(
        label=_("Substance and evidence, in the participant’s language"), widget=AREA, max_length=LONG
    )
    translator = forms.CharField(
        label=_("Translator, where this is a translation"), max_length=200, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case: Any = self.matter
        person = case.mandate.person
        self.fields["substance"].help_text = _("The participant reads: %(language)s.") % {
            "language": person.get_language_display()
        }
        if person.language == case.language:
            self.fields["substance"].initial = f"{case.allegation}\n\n{case.evidence}"


class Notify(Substance):
    explanation = _(
        "The participant receives this text and the complainant’s name; the time for the reply begins."
    )


class ConfirmUrgent(Substance):
    explanation = _(
        "The participation is suspended at once, and in public. The reply is due within hours, and the measure ends "
        "by itself."
    )


class SuspendUrgently(ActForm):
    explanation = _("Only in urgent danger. A second, different office must confirm before anything happens.")
    danger = forms.CharField(label=_("The danger, and why it cannot wait"), widget=AREA, max_length=LONG)


class ExtendReply(ActForm):
    days = forms.IntegerField(label=_("Days more"), min_value=1)
    ground = forms.CharField(label=_("Ground"), max_length=300)


class Reply(ActForm):
    explanation = _(
        "Answer in your own language. Silence is no admission; a person of your choice may help you."
    )
    text = forms.CharField(label=_("Your reply"), widget=AREA, max_length=LONG, help_text=NO_RELATIVES)
    language = forms.ChoiceField(label=_("Language of your reply"), choices=Language.choices)
    helper = forms.CharField(
        label=_("Who helps you, if anybody (the name is shown to the deciding offices)"),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language() or "en"


class Suspend(ActForm):
    explanation = _(
        "From this instant the participation rests, and the public page says: participation suspended pending review; "
        "no violation has been established. The review date is set by the charter; without a decision by then the "
        "suspension lapses."
    )


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, person: Person) -> str:
        return person.shown_name


class Review(ActForm):
    explanation = _("Give the case to a reviewer who neither alleged, found nor suspended.")
    reviewer = PersonField(label=_("Reviewer"), queryset=Person.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reviewer"].queryset = people.holders(Office.REVIEWER)  # type: ignore[attr-defined]


FORMS: dict[str, type[ActForm]] = {
    "allege": Allege,
    "notify": Notify,
    "suspend_urgently": SuspendUrgently,
    "refuse_urgent": Reasons,
    "confirm_urgent": ConfirmUrgent,
    "extend_reply": ExtendReply,
    "reply": Reply,
    "find_no_case": Reasons,
    "find_prima_facie": FindPrimaFacie,
    "suspend": Suspend,
    "decline_to_suspend": Reasons,
    "review": Review,
    "uphold": Uphold,
    "dismiss": Dismiss,
}
