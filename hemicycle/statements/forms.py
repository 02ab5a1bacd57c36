"""The forms of the acts on statements, amendments and initiatives."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.dialogue import sides
from hemicycle.dialogue.models import Topic
from hemicycle.people.spoken import language_field
from hemicycle.web.forms import ActForm, NamedChoice, NamedChoices

from . import evidence, queries
from .models import (
    LONG,
    Amendment,
    Choice,
    Group,
    Initiative,
    Opinion,
    OpinionKind,
    Scope,
    Statement,
)

AREA = forms.Textarea(attrs={"rows": 14})
SHORT = forms.Textarea(attrs={"rows": 5})
TITLE = _("The title on the first line, the text below it. Plain text: what you see is what is signed.")


def topic_field() -> NamedChoice:
    return NamedChoice(
        Topic.objects.filter(state="open"), label=_("Topic"), required=False, empty_label=_("none")
    )


class OwnGroup(ActForm):
    """A form that asks in which of one's own groups somebody acts."""

    group: Any = NamedChoice(Group.objects.none(), label=_("Group"), empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mandate = sides.mandate_of(self.by)
        mine = queries.groups_of(mandate) if mandate is not None else []
        field: Any = self.fields["group"]
        field.queryset = Group.objects.filter(pk__in=[row.pk for row in mine])
        field.initial = mine[0] if mine else None


class BeginStatement(ActForm):
    explanation = _("The draft is read by those who sit, and by nobody else before it is published.")
    matter: Statement

    scope = forms.ChoiceField(
        label=_("In whose name it speaks"), choices=Scope.choices, widget=forms.RadioSelect
    )
    groups = NamedChoices(
        Group.objects.none(),
        label=_("The groups that speak"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only for a statement of named groups."),
    )
    topic = topic_field()
    text = forms.CharField(
        label=pgettext_lazy("statement", "Text"), widget=AREA, max_length=LONG, help_text=TITLE
    )
    language = language_field(_("Language of your text"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["groups"]
        field.queryset = queries.groups()
        if not field.queryset.exists():
            del self.fields["groups"]
        self.fields["scope"].initial = Scope.ALL
        self.fields["topic"].initial = self.matter.topic_id
        evidence.begin(self.fields["text"], self.matter.origin)

    def params(self) -> dict[str, Any]:
        given = super().params()
        self.matter.scope, self.matter.topic = given.pop("scope"), given.pop("topic")
        return {**given, "groups": list(given.get("groups", ()))}


class WriteVersion(ActForm):
    explanation = _("Earlier versions stay, and what is different is shown line by line.")
    matter: Statement

    text = forms.CharField(
        label=pgettext_lazy("statement", "Text"), widget=AREA, max_length=LONG, help_text=TITLE
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].initial = queries.latest_text(self.matter)


class Finalise(ActForm):
    explanation = _(
        "The latest version becomes final and is not changed any more. A text that you give in another language is as "
        "authentic as the original: everybody consents to all of them together."
    )
    matter: Statement

    text_en = forms.CharField(
        label=_("The text in English"), widget=AREA, max_length=LONG, required=False, help_text=TITLE
    )
    text_fr = forms.CharField(
        label=_("The text in French"), widget=AREA, max_length=LONG, required=False, help_text=TITLE
    )
    text_ru = forms.CharField(
        label=_("The text in Russian"), widget=AREA, max_length=LONG, required=False, help_text=TITLE
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop(f"text_{self.matter.language}", None)

    def params(self) -> dict[str, Any]:
        texts = {key.removeprefix("text_"): text for key, text in super().params().items()}
        return {"texts": texts}


class Consent(ActForm):
    explanation = _(
        "You sign the digest of the final text. Until the publication you can take your consent back."
    )
    matter: Statement

    digest = forms.CharField(
        label=_("Digest of the final text"), max_length=64, widget=forms.TextInput(attrs={"readonly": True})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["digest"].initial = self.matter.digest


class GiveOpinion(OwnGroup):
    explanation = _(
        "It is published with the statement, with your name where it may be read. Until then you can take it back."
    )

    kind = forms.ChoiceField(
        label=pgettext_lazy("opinion", "Kind"), choices=OpinionKind.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(label=pgettext_lazy("statement", "Text"), widget=AREA, max_length=6_000)
    language = language_field(_("Language of your text"))

    field_order = ["once", "seen", "kind", "group", "text", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["group"]
        field.initial = None
        if not field.queryset.exists():
            del self.fields["group"]
            return
        field.required, field.empty_label = False, _("for myself")
        field.label, field.help_text = (
            pgettext_lazy("opinion", "For"),
            _("It is the group’s once more than half of its members have joined it."),
        )
        field.widget.choices = field.choices


class JoinOpinion(ActForm):
    explanation = _("Your name stands under the opinion, where it may be read.")
    matter: Statement

    opinion = forms.ModelChoiceField(
        Opinion.objects.none(),
        label=pgettext_lazy("statement", "Opinion"),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["opinion"]
        field.queryset = self.matter.opinions.exclude(mandate__person_id=self.by.person or 0)
        field.label_from_instance = lambda row: f"{row.get_kind_display()}: {row.text[:120]}"


class ProposeAmendment(ActForm):
    explanation = _(
        "Those who sit vote openly on it. If it is carried, a mover takes it in as a new version."
    )
    matter: Amendment

    passage = forms.CharField(
        label=_("Passage"),
        widget=SHORT,
        max_length=6_000,
        help_text=_("Copied from the latest version, word for word."),
    )
    replacement = forms.CharField(
        label=_("Is to read"),
        widget=SHORT,
        max_length=6_000,
        required=False,
        help_text=_("Empty to strike it out."),
    )
    reasons = forms.CharField(label=_("Reasons"), widget=SHORT, max_length=2_000, required=False)


class Vote(ActForm):
    explanation = _(
        "Everybody who may read the amendment reads how you voted. You may vote again until the vote is closed."
    )

    choice = forms.ChoiceField(label=_("Your vote"), choices=Choice.choices, widget=forms.RadioSelect)


class ProposeInitiative(OwnGroup):
    explanation = _(
        "Your group reads it first. Once more than half of its members support it, it is public and open to other groups."
    )
    matter: Initiative

    topic = topic_field()
    text = forms.CharField(
        label=pgettext_lazy("statement", "Text"), widget=AREA, max_length=LONG, help_text=TITLE
    )
    language = language_field(_("Language of your text"))

    def params(self) -> dict[str, Any]:
        given = super().params()
        self.matter.topic = given.pop("topic")
        return given


class BackInitiative(OwnGroup):
    explanation = _("Your group supports the initiative once more than half of its members who sit do.")
    matter: Initiative

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.matter.state == "proposed":
            field: Any = self.fields["group"]
            field.queryset = field.queryset.filter(pk=self.matter.group_id)


class CheckForm(forms.Form):
    """A text or a file, of anybody. Nothing of it is kept."""

    text = forms.CharField(
        label=_("Paste the text"),
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=200_000,
        required=False,
    )
    file = forms.FileField(
        label=_("Or choose a file"),
        required=False,
        help_text=_("A text (.txt, .md) or a PDF, 1 MB at most."),
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,.md,.pdf,text/plain,application/pdf"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not (given.get("text") or "").strip() and not given.get("file") and not self.errors:
            raise forms.ValidationError(_("Paste a text or choose a file."))
        if (given.get("text") or "").strip() and given.get("file"):
            raise forms.ValidationError(_("Paste a text or choose a file, not both."))
        return given
