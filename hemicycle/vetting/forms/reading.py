"""Forms of assessors and of the opinion. Names of fields are the keyword arguments of the acts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hemicycle.integrity.models import Interest
from hemicycle.people.models import Language
from hemicycle.people.spoken import language_field
from hemicycle.web.forms import ActForm

from .. import queries
from ..models import Cause, OpinionIs, Reading
from .base import YES, keys_of, text_field


class AssessorshipForm(ActForm):
    explanation = _(
        "Candidates are told the capacity and the organisation of those who read their file, not the name."
    )

    capacity = forms.CharField(label=_("Capacity"), max_length=200)
    organisation = forms.CharField(label=_("Organisation"), max_length=200)
    language = language_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        matter = kwargs["matter"]
        if matter.pk:
            shown = {
                "capacity": matter.capacity,
                "organisation": matter.organisation,
                "language": matter.language,
            }
            kwargs["initial"] = {**shown, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class AcceptForm(ActForm):
    explanation = _(
        "The assessors named here may then open your file at once. You can no longer object to them."
    )


class NoInterestForm(ActForm):
    explanation = _(
        "You have seen who the candidate is. You declare that nothing ties you to the person, to the slate or to those "
        "who endorse the person."
    )


class InterestForm(ActForm):
    explanation = _(
        "The interest goes into the register of interests. The file goes to somebody else, at once."
    )

    kind = forms.ChoiceField(label=_("Kind of tie"), choices=[("", "—"), *Interest.Kind.choices])
    text = text_field(_("In your own words"))
    language = language_field()


class OpenForm(ActForm):
    explanation = _("The file opens. The candidate will see that a reader opened it, and when.")


class ReleaseForm(ActForm):
    explanation = _(
        "The reader is taken out, and somebody else reads. What was drafted stays with the reader."
    )

    ground = forms.ChoiceField(
        label=_("Ground"),
        choices=[
            ("absence", _("The reader is absent")),
            ("late", _("The reading is overdue")),
            ("request", _("The reader asked for it")),
        ],
    )
    handover = forms.CharField(
        label=_("Note to the next reader"), required=False, max_length=Reading.HANDOVER_AT_MOST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Facts only: what the person was asked, which evidence does not open, which translations are awaited. "
            "No findings: nobody reads under the impression of another."
        ),
    )  # fmt: skip
    language = language_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].required = False  # there may be no note

    def clean_language(self) -> str:
        return self.cleaned_data["language"] or Language.ENGLISH


class OpinionForm(ActForm):
    explanation = _(
        "The opinion is advice. What the readers said of an earlier draft is void. Readings are not counted: "
        "whoever disagrees prints a dissent, and the opinion is then divided."
    )

    opinion = forms.ChoiceField(label=_("Opinion"), choices=OpinionIs.choices, widget=forms.RadioSelect)
    grounds = forms.MultipleChoiceField(
        label=_("On what “not met” rests"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Each needs a reader who finds it not met, and a point that was put to the person and upheld. "
            "Unclear, or sources that cannot be disclosed, exclude nobody."
        ),
    )  # fmt: skip
    text = text_field(_("Text of the opinion"))
    language = language_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grounds"].choices = keys_of(kwargs["matter"])  # type: ignore[attr-defined]


class DissentForm(ActForm):
    explanation = _("Your dissent is attached to the opinion, which is then divided.")

    text = text_field(_("Your dissent"))
    language = language_field()


class GiveOpinionForm(ActForm):
    explanation = _(
        "The opinion is given as the readers agreed it. The candidate can then correct no more facts. "
        "A “not met” is told to the person at once, with the way to a review."
    )


class ReasonsForm(ActForm):
    reasons = text_field(_("Reasons"))
    language = language_field()


class ObjectForm(ReasonsForm):
    explanation = _(
        "Say why this assessor should not read your file. The integrity officer decides. The assessor does not see it."
    )


class ReviewForm(ReasonsForm):
    explanation = _(
        "People who did not read your file before will read it. The first opinion stands until they decide."
    )


class ReadAgainForm(ReasonsForm):
    explanation = _(
        "People who did not read the file before read it, and give an opinion. The person is told at once, with the cause and "
        "your reasons, and may reply to each adverse point. The opinion that was given stands until then, and is kept beside "
        "the new one. Whether a participation is suspended or ends is decided elsewhere."
    )

    cause = forms.ChoiceField(
        label=_("Cause"),
        widget=forms.RadioSelect,
        help_text=_("What a list shows is offered only where the file has it."),
    )
    field_order = ("cause", "reasons", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = dict(Cause.choices)
        offered = queries.causes(kwargs["matter"])
        self.fields["cause"].choices = [(cause, titles[cause]) for cause in offered]  # type: ignore[attr-defined]


class GiveAgainForm(ActForm):
    explanation = _(
        "The opinion is given as the readers agreed it, and told to the person at once. The earlier one is kept. It suspends "
        "or ends nothing by itself."
    )


class DecideForm(ActForm):
    """A decision with reasons: upheld or not."""

    upheld = forms.ChoiceField(
        label=_("Decision"),
        choices=[(YES, _("uphold it")), ("no", _("do not uphold it"))],
        widget=forms.RadioSelect,
    )
    reasons = text_field(_("Reasons"))
    language = language_field()

    def clean_upheld(self) -> bool:
        return bool(self.cleaned_data["upheld"] == YES)


class AnswerForm(DecideForm):
    explanation = _(
        "Answer what the person replied, point by point. Silence is no admission: it needs reasons too."
    )
