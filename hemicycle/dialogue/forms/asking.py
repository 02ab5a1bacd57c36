"""Forms of topics, of questions before an answer is owed, and of private exchanges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from hemicycle.people.spoken import language_field
from hemicycle.record import law
from hemicycle.rules.charter import LANGUAGES
from hemicycle.web.forms import ActForm

from .. import names, queries, sides
from ..actions.gates import law_of
from ..models import Exchange, Question, Side, Topic

AREA = forms.Textarea(attrs={"rows": 8})
SHORT = forms.Textarea(attrs={"rows": 3})
NO_RELATIVES = _("Nothing about anybody inside Russia, nothing about relatives.")
PLAIN = _("Paragraphs, lists with hyphens and *emphasis* are kept; links and pictures are not.")
Choices = Sequence[tuple[str, Any]]


class TopicForm(ActForm):
    explanation = _("A topic is public at once, in the three languages.")

    matter: Topic

    name_en = forms.CharField(label=_("Name in English"), max_length=200)
    name_fr = forms.CharField(label=_("Name in French"), max_length=200)
    name_ru = forms.CharField(label=_("Name in Russian"), max_length=200)
    about_en = forms.CharField(
        label=_("What it is about, in English"), max_length=600, widget=SHORT, required=False
    )
    about_fr = forms.CharField(
        label=_("What it is about, in French"), max_length=600, widget=SHORT, required=False
    )
    about_ru = forms.CharField(
        label=_("What it is about, in Russian"), max_length=600, widget=SHORT, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            for kind in ("name", "about"):
                self.fields[f"{kind}_{language}"].initial = getattr(self.matter, f"{kind}_{language}")

    def params(self) -> dict[str, Any]:
        given = super().params()
        return {f"{kind}s" if kind == "name" else kind: {each: given[f"{kind}_{each}"] for each in LANGUAGES}
                for kind in ("name", "about")}  # fmt: skip


class CorrectTopicForm(TopicForm):
    explanation = _(
        "For a slip or a better word, not for another topic. The record keeps the digest of what stood before."
    )


class ReleaseAnswersForm(ActForm):
    explanation = _("All the answers that you choose are public at the same instant, or none of them.")

    matter: Topic

    questions = forms.MultipleChoiceField(label=_("Signed answers"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = queries.releasable(self.matter, self.by)
        self.fields["questions"].choices = [  # type: ignore[attr-defined]
            (row.reference, f"{row.reference} · {names.asker(row)} → {names.addressee(row)}") for row in rows
        ]


def kinds(question: Question) -> Choices:
    charter = law_of(question) if question.charter else law.in_force()
    language = get_language() or "en"
    return [
        (
            row.key,
            gettext("%(kind)s (%(days)s working days)") % {"kind": row.text[language], "days": row.days},
        )
        for row in charter.question_kinds
    ]


def addressees(question: Question, of_participant: bool) -> list[Any]:
    """Whom one side may ask, bodies first."""
    if of_participant:
        bodies: Choices = [(f"committee:{body.code}", body.shown_name) for body in sides.committees()]
        people: Choices = [(person.reference, person.shown_name) for person in sides.delegates()]
        return [(_("Committees"), bodies), (_("Members of the Assembly"), people)]
    return [("participants", _("The participants as a body")), (_("Participants"), seats())]


def seats() -> Choices:
    """Those who sit on the platform now."""
    return [
        (
            row.reference,
            gettext("Seat %(number)s: %(name)s")
            % {"number": row.seat_number, "name": names.of_participant(row)},
        )
        for row in sides.participants()
    ]


class TextForm(ActForm):
    """A question: whom, of which kind, and what."""

    matter: Question

    addressee = forms.ChoiceField(label=_("Who is asked"))
    kind = forms.ChoiceField(label=_("Kind of question"), widget=forms.RadioSelect)
    text = forms.CharField(label=_("Your question"), widget=AREA, max_length=10_000)
    language = language_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = f"{NO_RELATIVES} {PLAIN}"
        self.fields["kind"].choices = kinds(self.matter)  # type: ignore[attr-defined]
        is_participant = (
            self.matter.side == Side.PARTICIPANT if self.matter.pk else sides.is_participant(self.by)
        )
        self.fields["addressee"].choices = addressees(self.matter, is_participant)  # type: ignore[attr-defined]
        if self.matter.pk:
            self.initial.update({
                "addressee": self.matter.addressee_key(), "kind": self.matter.kind, "text": self.matter.text,
                "language": self.matter.language,
            })  # fmt: skip


class DraftForm(TextForm):
    explanation = _(
        "Nobody else reads a draft. Once tabled, the Secretariat looks at its form and at the rules of speech; once "
        "admitted, everybody reads the question and who asks it."
    )

    capacity = forms.ChoiceField(label=_("In which capacity you ask"), widget=forms.RadioSelect)

    field_order = ["once", "seen", "capacity", "addressee", "kind", "text", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found: list[tuple[str, Any]] = []
        if sides.is_participant(self.by):
            found.append(("participant", _("as a participant")))
        if sides.is_delegate(self.by):
            found.append(("delegate", _("as a member of the Assembly")))
        for body in sides.chaired_by(self.by):
            found.append(
                (f"committee:{body.code}", gettext("for the committee: %(name)s") % {"name": body.shown_name})
            )
        self.fields["capacity"].choices = found  # type: ignore[attr-defined]
        self.fields["capacity"].initial = found[0][0] if found else None


class TableForm(ActForm):
    explanation = _(
        "The Secretariat admits the question or returns it with reasons. You cannot change it meanwhile; you can withdraw it."
    )


class AdmitForm(ActForm):
    explanation = _(
        "Look at its form and at the rules of speech only, never at its opinion. Everybody reads the question from now on, "
        "and the clock of the answer begins."
    )


class ReturnForm(ActForm):
    explanation = _(
        "For its form or for a rule of speech only, never for its opinion. Whoever asks reads your reasons and may mend "
        "the question; nobody else reads them."
    )

    matter: Question

    reason = forms.ChoiceField(label=_("Reason"), widget=forms.RadioSelect)
    text = forms.CharField(label=_("What is to be mended"), widget=SHORT, max_length=2_000)
    language = language_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = return_reasons(self.matter)  # type: ignore[attr-defined]


def return_reasons(question: Question) -> Choices:
    language = get_language() or "en"
    listed = [(row.key, row.text[language]) for row in law_of(question).speech_reasons]
    return [("form", _("Its form: it is unclear, has no addressee, or asks several things at once")), *listed]


class BeginForm(ActForm):
    """Told to both: to who invites, and to who accepts."""

    explanation = _(
        "Only the two of you read what you write; no clerk does. Either ends it at any time. The record says that an exchange "
        "began and ended, and nothing of what was in it; in public not even that."
    )


class InviteForm(BeginForm):
    matter: Exchange

    whom = forms.ChoiceField(label=_("With whom"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members: Choices = [(person.reference, person.shown_name) for person in sides.delegates()]
        self.fields["whom"].choices = members if sides.is_participant(self.by) else seats()  # type: ignore[attr-defined]


class EndForm(ActForm):
    explanation = _(
        "Nobody can write any more. What was written can be read until it is erased by the clock."
    )


class MessageForm(ActForm):
    text = forms.CharField(
        label=_("Your message"), widget=forms.Textarea(attrs={"rows": 5}), max_length=5_000
    )
    language = language_field()
