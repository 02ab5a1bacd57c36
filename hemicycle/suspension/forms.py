"""One form per act on a suspension case."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hemicycle.integrity.forms import OpenFileForm
from hemicycle.people import queries as people
from hemicycle.people.models import Language, Person
from hemicycle.people.spoken import language_field
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
    language = language_field(_("Language of your text"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = get_language() or "en"
        self.fields["criterion"].choices = [  # type: ignore[attr-defined]
            (item.key, item.text[shown]) for item in queries.may_be_alleged(law.in_force())
        ]

    def params(self) -> dict[str, Any]:
        for name, value in super().params().items():
            setattr(self.matter, name, value)
        return {}


class Reasons(ActForm):
    reasons = forms.CharField(label=_("Reasons"), widget=AREA, max_length=LONG)
    language = language_field()


class Reaching(Reasons):
    """Reasons that the participant reads, with room for their translation by a named translator."""

    translation = forms.CharField(
        label=_("The same in the participant’s language"), widget=AREA, max_length=LONG, required=False
    )
    translator = forms.CharField(label=_("Translator"), max_length=200, required=False)
    when_missing: ClassVar[Any] = _(
        "Where it is missing, nothing waits: the Secretariat puts it beside the text afterwards."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["translation"].help_text = f"{reads(self.matter)} {self.when_missing}"


def reads(case: Any) -> str:
    return _("The participant reads: %(language)s.") % {
        "language": case.mandate.person.get_language_display()
    }


class Dismiss(Reaching):
    explanation = _(
        "The participant is restored at once. The public page carries a correction of equal prominence: no violation "
        "has been established."
    )


class Uphold(Reaching):
    explanation = _(
        "The violation is established. Under the charter in force this may end the participation."
    )
    when_missing = _(
        "Without it the violation is not established, unless the text itself is in that language."
    )


class FindPrimaFacie(Reaching):
    explanation = _(
        "Weigh the allegation and the reply at first sight and answer the reply point by point. The President then "
        "decides alone whether to suspend pending review."
    )
    when_missing = _(
        "Where it is missing, the Secretariat puts it beside the text; the President does not suspend before."
    )


class Substance(ActForm):
    substance = forms.CharField(label=_("Substance and evidence"), widget=AREA, max_length=LONG)
    language = language_field()
    translation = forms.CharField(
        label=_("The same in the participant’s language"), widget=AREA, max_length=LONG, required=False
    )
    translator = forms.CharField(
        label=_("Translator, where this is a translation"), max_length=200, required=False
    )
    when_missing: ClassVar[Any] = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        case: Any = kwargs["matter"]
        written = {"substance": f"{case.allegation}\n\n{case.evidence}".strip(), "language": case.language}
        kwargs["initial"] = {**written, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["translation"].help_text = f"{reads(case)} {self.when_missing}".strip()


class Notify(Substance):
    explanation: ClassVar[Any] = _(
        "The participant receives this text and the complainant’s name; the time for the reply begins."
    )
    dropped: ClassVar[Any] = _(
        "An urgent suspension was asked for and is not confirmed: with the notice the request is dropped."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case: Any = self.matter
        if case.urgent_by:
            self.explanation = f"{self.explanation} {self.dropped}"  # type: ignore[misc]


class ConfirmUrgent(Substance):
    explanation = _(
        "The participation is suspended at once, and in public. The reply is due within hours, and the measure ends "
        "by itself."
    )
    when_missing = _(
        "The suspension does not wait for it; the hours of the reply begin when the Secretariat has put it beside the text."
    )


class SuspendUrgently(ActForm):
    explanation = _("Only in urgent danger. A second, different office must confirm before anything happens.")
    danger = forms.CharField(label=_("The danger, and why it cannot wait"), widget=AREA, max_length=LONG)
    language = language_field()


class ExtendReply(ActForm):
    days = forms.IntegerField(label=_("Days more"), min_value=1)
    ground = forms.CharField(label=_("Ground"), max_length=300)
    language = language_field()


class Reply(ActForm):
    explanation = _(
        "Answer in your own language. Silence is no admission; a person of your choice may help you, and nothing is kept "
        "about who."
    )
    text = forms.CharField(label=_("Your reply"), widget=AREA, max_length=LONG, help_text=NO_RELATIVES)
    language = language_field(_("Language of your reply"))
    helped = forms.BooleanField(label=_("Somebody helped me to write this"), required=False)


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
        case: Any = self.matter
        others = people.holders(Office.REVIEWER).exclude(pk=case.reviewer_id)
        self.fields["reviewer"].queryset = others  # type: ignore[attr-defined]


class Translate(ActForm):
    explanation = _(
        "The translation stands beside the original with the name of the translator, never over it. What stands "
        "already stays, too."
    )
    of = forms.ChoiceField(label=_("Which text"))
    language = language_field(_("Language of the translation"))
    text = forms.CharField(label=_("Translated text"), widget=AREA, max_length=LONG)
    translator = forms.CharField(label=_("Translator"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case: Any = self.matter
        languages = dict(Language.choices)
        self.fields["of"].choices = [  # type: ignore[attr-defined]
            (said.of, f"{label_of(said.of)} ({languages[said.language]})") for said in queries.texts_of(case)
        ]
        self.fields["language"].initial = case.mandate.person.language
        self.fields["language"].help_text = reads(case)
        missing = queries.not_reached(case)
        if missing:
            self.fields["of"].initial = missing[0].of


def label_of(text: str) -> str:
    """What a text of a case is called, on its page and where its translation is put down."""
    return str(LABELS[text])


LABELS: dict[str, Any] = {
    "allegation": _("Allegation"),
    "evidence": _("Evidence"),
    "danger": _("Urgent danger"),
    "refusal": _("Why the urgent suspension was refused"),
    "substance": _("As notified"),
    "extension_ground": _("Why the time for the reply was extended"),
    "reply_text": _("Reply"),
    "finding": _("Prima facie finding"),
    "decision": _("Decision"),
}
FORMS: dict[str, type[ActForm]] = {
    "allege": Allege,
    "notify": Notify,
    "suspend_urgently": SuspendUrgently,
    "refuse_urgent": Reasons,
    "confirm_urgent": ConfirmUrgent,
    "extend_reply": ExtendReply,
    "reply": Reply,
    "find_no_case": Reaching,
    "find_prima_facie": FindPrimaFacie,
    "suspend": Suspend,
    "decline_to_suspend": Reaching,
    "review": Review,
    "uphold": Uphold,
    "dismiss": Dismiss,
    "translate": Translate,
    "open_file": OpenFileForm,
}
