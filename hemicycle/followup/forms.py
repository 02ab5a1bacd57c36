"""The forms of the acts on earlier contacts and on proposals."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hemicycle.assembly.models import Body, Delegation
from hemicycle.dialogue import sides
from hemicycle.dialogue.models import Topic
from hemicycle.dialogue.procedure import TopicState
from hemicycle.people import queries as people
from hemicycle.people.models import Person
from hemicycle.people.spoken import language_field, page_language
from hemicycle.rules.procedure import Office
from hemicycle.web.forms import ActForm, NamedChoice, NamedChoices

from . import passages, queries
from .models import EarlierContact, Kind, Origin, Outcome, Proposal, Side

LONG = 10_000
AREA = forms.Textarea(attrs={"rows": 8})
SHORT = forms.Textarea(attrs={"rows": 3})
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
SOURCE_HELP = _("The document with its number and day, or the public address at which anybody can read it.")
NOBODY = _("Everybody can read it at once. Write nothing about a person that is not public.")


def source_field(required: bool = True) -> forms.CharField:
    return forms.CharField(label=_("Source"), max_length=500, help_text=SOURCE_HELP, required=required)


class TranscribeForm(ActForm):
    explanation = _(
        "What a public source says of a hearing, a meeting, a visit or letters, also from before the platform, in the language "
        "of the source. It is public once another clerk has compared it with the source. Write nothing about a person that the "
        "source does not say in public."
    )

    kind = forms.ChoiceField(label=_("What it was"), choices=Kind.choices, widget=forms.RadioSelect)
    from_day = forms.DateField(label=_("Day, or first day"), widget=DAY)
    until_day = forms.DateField(label=_("Last day, if it took several"), widget=DAY, required=False)
    body = forms.CharField(label=passages.LABELS["body"], max_length=200)
    title = forms.CharField(label=passages.LABELS["title"], max_length=200)
    summary = forms.CharField(label=passages.LABELS["summary"], widget=AREA, max_length=LONG)
    language = language_field(_("Language of the source"))
    source = source_field()
    page = forms.CharField(label=_("Page, if it has one"), max_length=60, required=False)
    topic = NamedChoice(label=_("Topic"), queryset=Topic.objects.all(), required=False)

    matter: EarlierContact

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.matter.pk is not None:  # mended before it is confirmed
            for name, field in self.fields.items():
                if name not in ("once", "seen"):
                    field.initial = getattr(self.matter, name)
        elif self.matter.topic_id:
            self.fields["topic"].initial = self.matter.topic


class ReasonsForm(ActForm):
    explanation = _("Everybody reads the reasons.")

    reasons = forms.CharField(label=_("Reasons"), widget=AREA, max_length=2000)
    language = language_field()


class ProposeForm(ActForm):
    explanation = NOBODY

    topic = NamedChoice(label=_("Topic"), queryset=Topic.objects.filter(state=TopicState.OPEN))
    committee = NamedChoice(label=_("To which committee"), queryset=Body.objects.none())
    title = forms.CharField(label=passages.LABELS["title"], max_length=200)
    text = forms.CharField(label=_("What is proposed"), widget=AREA, max_length=LONG)
    language = language_field()
    origin = forms.ChoiceField(
        label=_("What it came out of"), choices=Origin.choices, initial=Origin.NONE, widget=forms.RadioSelect
    )
    origin_reference = forms.CharField(
        label=_("Its reference"),
        max_length=24,
        required=False,
        help_text=_("Of the answer, statement, initiative or consultation, as it stands on its page."),
    )
    side = forms.ChoiceField(label=_("Who proposed it"), choices=Side.choices, widget=forms.RadioSelect)
    source = source_field()

    matter: Proposal

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = [committee.pk for committee in sides.committees()]
        self.fields["committee"].queryset = Body.objects.filter(pk__in=standing)  # type: ignore[attr-defined]
        if self.matter.topic_id:
            self.fields["topic"].initial = self.matter.topic
        if self.matter.committee_id:
            self.fields["committee"].initial = self.matter.committee
        if sides.is_participant(self.by) or sides.is_delegate(self.by):
            del self.fields["side"], self.fields["source"]
        else:
            self.fields["origin"].initial = Origin.MEETING


class TakeUpForm(ActForm):
    explanation = _("A report or a resolution is due then, after the working days that the charter gives.")

    rapporteur = NamedChoice(
        label=_("Rapporteur"),
        queryset=Person.objects.none(),
        required=False,
        help_text=_("A member of the Assembly. Without one the committee itself owes the report."),
    )
    source = source_field(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rapporteur"].queryset = people.holders(Office.DELEGATE).order_by("pk")  # type: ignore[attr-defined]


class DeclineForm(ReasonsForm):
    source = source_field(required=False)


class ReportForm(ActForm):
    explanation = _(
        "The report or the resolution as its body counts it. What is asked of states is due next."
    )

    number = forms.CharField(label=_("Number of the report or of the resolution"), max_length=60)
    text = forms.CharField(
        label=_("What it says on this proposal, in short"), widget=AREA, max_length=LONG, required=False
    )
    language = language_field()
    source = source_field()


class AskStateForm(ActForm):
    explanation = _("Each state owes an answer then, after the working days that the charter gives.")

    states = NamedChoices(
        label=pgettext_lazy("country", "States"),
        queryset=Delegation.objects.all(),
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
    )
    text = forms.CharField(label=_("What is asked"), widget=AREA, max_length=LONG)
    language = language_field()
    source = source_field()

    matter: Proposal

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = [stage.asked_state_id for stage in self.matter.stages.all() if stage.asked_state_id]
        states = self.fields["states"]
        states.queryset = Delegation.objects.exclude(pk__in=asked).order_by(f"name_{page_language()}")  # type: ignore[attr-defined]


class AnswerForm(ActForm):
    explanation = _("What the state said, in its own words and language.")

    state = NamedChoice(label=pgettext_lazy("country", "State"), queryset=Delegation.objects.none())
    answer = forms.ChoiceField(
        label=_("The answer is"),
        choices=[
            (Outcome.POSITIVE, pgettext_lazy("answer", "positive")),
            (Outcome.PARTIAL, pgettext_lazy("answer", "positive in part")),
            (Outcome.NEGATIVE, pgettext_lazy("answer", "negative")),
        ],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label=_("What the state answered"), widget=AREA, max_length=LONG)
    language = language_field()
    source = source_field()

    matter: Proposal

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_ = {stage.asked_state_id for stage in self.matter.stages.all() if stage.ended_at is None}
        waiting = queries.states_recorded_by(self.by, self.matter) & open_
        state = self.fields["state"]
        state.queryset = Delegation.objects.filter(pk__in=waiting)  # type: ignore[attr-defined]
        if len(waiting) == 1:
            (state.initial,) = waiting


class EvidenceForm(ActForm):
    explanation = _(
        "What was done and where anybody can read it. It is public once a second person has looked at it and confirmed it."
    )

    evidence = forms.CharField(label=passages.LABELS["evidence"], widget=AREA, max_length=5000)
    language = language_field()
    source = source_field()


class CorrectForm(ActForm):
    explanation = _(
        "Everybody reads the new text at once, with the day and the ground; the old text stays beside it, unless a name in "
        "it must disappear. Days and outcomes are not changed by it."
    )

    part = forms.ChoiceField(label=_("Which text"), widget=forms.RadioSelect)
    text = forms.CharField(label=_("The text as it shall be"), widget=AREA, max_length=LONG)
    ground = forms.CharField(label=_("Ground of the correction"), widget=SHORT, max_length=2000)
    ground_language = language_field(_("Language of the ground"))
    drop_old = forms.BooleanField(
        label=_("The old text must disappear, because it says something that may not be public"),
        required=False,
    )

    matter: EarlierContact | Proposal

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [] if self.matter.pk is None else passages.of(self.matter)
        choices = [(each.part, each.option) for each in found]
        self.fields["part"].choices = choices  # type: ignore[attr-defined]
