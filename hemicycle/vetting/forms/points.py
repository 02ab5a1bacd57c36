"""Forms of adverse points. Names of fields are the keyword arguments of the acts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hemicycle.people.spoken import language_field
from hemicycle.web.forms import ActForm

from .. import queries
from ..models import AdversePoint
from .base import VeiledForm, keys_of, text_field


class PointForm(ActForm):
    explanation = _(
        "The person will read substance and evidence in the own language and may reply before anything is decided."
    )

    key = forms.ChoiceField(label=_("Criterion or bar"))
    substance = text_field(_("Substance: what speaks against the person"))
    evidence = text_field(_("Evidence: on what this rests, with dates"))
    undisclosable = forms.BooleanField(
        label=_("It rests only on sources that cannot be disclosed"), required=False,
        help_text=_("Such a point excludes nobody. Summarise what can be said."),
    )  # fmt: skip
    counter_statement = forms.ChoiceField(label=_("Statement of an invited body"), required=False)
    language = language_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        point: AdversePoint = kwargs["matter"]
        given = queries.counter_statements(point.examination.candidacy)
        said = given.get(point.counter_statement)
        if said is not None:
            taken = {"substance": said.statement, "evidence": said.body, "language": said.language}
            taken["counter_statement"] = said.reference
            kwargs["initial"] = {**taken, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["key"].choices = keys_of(point.examination)  # type: ignore[attr-defined]
        if given:
            choices = [("", "—"), *((ref, row.body) for ref, row in given.items())]
            self.fields["counter_statement"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["counter_statement"]


class TranslatePointForm(ActForm):
    explanation = _("Into the person's language. The translation stands beside the original, never over it.")

    substance = text_field(_("Substance, translated"))
    evidence = text_field(_("Evidence, translated"))
    translator = forms.CharField(label=_("Name of the translator"), max_length=200)


class NotifyForm(ActForm):
    explanation = _("The person can read the point from now on, and the time to reply begins.")


class TranslateReplyForm(ActForm):
    text = text_field(_("Reply, translated"))
    translator = forms.CharField(label=_("Name of the translator"), max_length=200)
    language = language_field(_("Language of the translation"))


class SaveReplyForm(VeiledForm):
    text = text_field(_("Your reply"), required=False)


class ReplyForm(VeiledForm):
    explanation = _(
        "Say what you have to say on this point. Somebody may help you; nothing is kept about who. "
        "When you have sent the reply, it can no longer be changed."
    )

    text = text_field(_("Your reply"))
    helped = forms.BooleanField(label=_("Somebody helped me to write this"), required=False)
    language = language_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        point: AdversePoint = kwargs["matter"]
        own = point.examination.candidacy.person.language  # more likely than that of the page
        kwargs["initial"] = {"text": point.reply_draft, "language": own, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class AskTimeForm(VeiledForm):
    explanation = _("The Secretariat gives more time to whoever is in danger or in detention.")

    reasons = text_field(_("Why you need more time"), rows=4)
    language = language_field()


class RefuseTimeForm(ActForm):
    explanation = _(
        "The person reads your reasons. More time is owed to whoever is in danger or in detention, and may then still "
        "be given on those grounds."
    )

    reasons = text_field(_("Reasons"), rows=4)
    language = language_field()


class ExtendForm(ActForm):
    ground = forms.ChoiceField(label=_("Ground"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grounds = queries.charter_of(kwargs["matter"].examination).vetting.reply_extended_on.value
        named = {"danger": _("danger"), "detention": _("detention")}
        self.fields["ground"].choices = [(code, named.get(code, code)) for code in grounds]  # type: ignore[attr-defined]
