"""Addresses of this room, and what it tells the generic pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemicycle.people.spoken import language_name
from hemicycle.record import clock
from hemicycle.record.actors import PUBLIC, Actor
from hemicycle.record.models import Matter
from hemicycle.rules.charter import LANGUAGES
from hemicycle.web import desk, entrances
from hemicycle.web.desk import Desk, Due, Fact, MenuItem, Waiting
from hemicycle.web.entrances import Door
from hemicycle.web.templatetags.house import moment
from hemicycle.web.views import actor_of

from . import actions, forms, machine, names, queries, showing, views
from .models import Moderation, Term, Translation
from .procedure import MODERATION, RUNS, TERM, TRANSLATION, ModerationState, TermState, TranslationState
from .sources import Written, text_of

urlpatterns = [
    path("glossary/", views.glossary, name="texts-glossary"),
    path("speech/", views.speech, name="texts-speech"),
    path("texts/", views.keeping, name="texts-keeping"),
]


# --- translations ----------------------------------------------------------------------------------------------------


def _original(matter: Translation | Moderation, actor: Actor) -> Written | None:
    return text_of(matter.subject, matter.part, actor) if matter.subject else None


def _of(matter: Translation | Moderation, actor: Actor) -> Fact:
    text = _original(matter, actor)
    if text is None:
        return Fact(_("Which text"), matter.subject, note=_("The original is not there any more."))
    return Fact(_("Which text"), text.name, url=text.url)


def _blank(request: HttpRequest, kind: type[Translation] | type[Moderation]) -> Any:
    """An unsaved matter aimed at the text that the address names, if this person may read it."""
    found = text_of(request.GET.get("of", ""), request.GET.get("part", ""), actor_of(request))
    if found is None:
        raise Http404
    row = kind()
    actions.aim(row, found)
    if isinstance(row, Translation):
        row.written_in = found.language
    return row


def _translation_facts(row: Translation, actor: Actor) -> Sequence[Fact]:
    facts = [
        _of(row, actor),
        Fact(_("Language of the translation"), language_name(row.language)),
        Fact(_("Who translated"), showing.by_whom(row)),
    ]
    text = _original(row, actor)
    if text is not None and row.digest and text.digest != row.digest:
        facts.append(
            Fact(_("Original"), _("It was changed since; this is a translation of the older wording."))
        )
    if text is not None and row.text:
        lacking = names.missing(text, row.text, row.language)
        if lacking:
            facts.append(
                Fact(_("Not found in the translation"), ", ".join(lacking), row.language, note=_GLOSSARY_NOTE)
            )
    return facts


def _side_by_side(row: Translation, actor: Actor) -> Mapping[str, Any]:
    """The original and the translation, for whoever reads one against the other."""
    text = _original(row, actor)
    return {
        "original": text,
        "original_language": language_name(text.language) if text is not None else "",
        "into": language_name(row.language),
    }


_GLOSSARY_NOTE = gettext_lazy(
    "The glossary has these names for what stands in the original. Look at them again."
)


def _beside_form(request: HttpRequest, form: Any) -> Mapping[str, Any]:
    """The original, and the names of the glossary that stand in it, in all languages."""
    text = _original(form.matter, actor_of(request))
    if text is None:
        return {}
    others = [code for code in LANGUAGES if code != text.language]
    return {
        "original": text,
        "original_language": language_name(text.language),
        "terms": [
            {
                "name": term.name_in(text.language),
                "into": [(code, term.name_in(code), term.never(code)) for code in others],
            }
            for term in names.standing_in(text)
        ],
    }


def _provider(request: HttpRequest, form: Any) -> Mapping[str, Any]:
    found = machine.provider()
    return {**_beside_form(request, form), "provider": found.name if found is not None else ""}


def _after_translation(request: HttpRequest, row: Translation) -> str:
    text = _original(row, actor_of(request))
    lacking = names.missing(text, row.text, row.language) if text is not None else []
    if lacking:
        said = _("The glossary has these names for what stands in the original. Look at them again.")
        messages.warning(request, f"{said} {', '.join(lacking)}")
    return desk.matter_url(row)


# --- names -----------------------------------------------------------------------------------------------------------


def _blank_term(request: HttpRequest, act: str) -> Matter:
    key = request.GET.get("name", "")
    return next((one.as_term() for one in names.proposed() if one.key == key), Term())


def _term_facts(row: Term, actor: Actor) -> Sequence[Fact]:
    facts = [Fact(_("What is named"), forms.KINDS[row.kind])]
    facts += [Fact(forms.NAMES[code], row.name_in(code), code) for code in LANGUAGES]
    if row.own_name:
        facts.append(Fact(_("Own name"), row.own_name))
    for label, said in ((forms.NOTES, row.noted), (forms.NEVER, row.never)):
        facts += [Fact(label[code], said(code), code) for code in LANGUAGES if said(code)]
    return facts


# --- speech ----------------------------------------------------------------------------------------------------------


def _speech_facts(row: Moderation, actor: Actor) -> Sequence[Fact]:
    """All of it, for the author and for who decides: who did it, why, for how long and how to appeal."""
    facts = [
        _of(row, actor),
        Fact(_("Ground, of those in the charter"), showing.ground(row)),
        Fact(
            _("Set aside by"),
            _("%(name)s, for the Secretariat") % {"name": row.moderator.shown_name},
            note=_("The public does not read this name."),
        ),
        Fact(_("Since"), moment(row.set_at)),
        Fact(_("Until, at the latest"), moment(row.until)),
    ]
    if row.words:
        facts.append(Fact(_("Why, to the author"), row.words, row.language))
    if row.state == ModerationState.SET_ASIDE and row.author_id is not None:
        facts.append(_how_to_appeal(row))
    if row.appeal_text:
        facts.append(Fact(_("Appeal"), row.appeal_text, row.appeal_language))
    if row.decision:
        facts.append(Fact(_("Decision on the appeal"), row.decision, row.decision_language))
    if row.decided_by is not None:
        facts.append(Fact(_("Decided by"), row.decided_by.shown_name))
    if row.ended_at is not None:
        facts.append(Fact(_("Readable again since"), moment(row.ended_at)))
    return facts


def _text_itself(request: HttpRequest, form: Any) -> Mapping[str, Any]:
    return {"original": _original(form.matter, actor_of(request))}


def _how_to_appeal(row: Moderation) -> Fact:
    if clock.now() >= row.appeal_until:
        return Fact(_("Appeal"), _("The time for an appeal has ended."))
    said = _("The author can appeal here until %(day)s; another person decides.")
    return Fact(_("Appeal"), said % {"day": moment(row.appeal_until)})


def _due(row: Moderation) -> Due | None:
    if row.standing(clock.now()) not in RUNS:
        return None
    return Due(_("Set aside until"), row.until, _("Then it is readable again by itself."))


SPEECH_KINDS: dict[str, str] = {
    ModerationState.SET_ASIDE: "stopped",
    ModerationState.APPEALED: "open",
    ModerationState.UPHELD: "stopped",
    ModerationState.RESTORED: "done",
    ModerationState.LAPSED: "done",
}

desk.register(
    Desk(
        table=TRANSLATION,
        model=Translation,
        visible=queries.translations,
        forms=forms.TRANSLATION_FORMS,
        title=lambda row: _("Translation: %(language)s") % {"language": language_name(row.language)},
        facts=_translation_facts,
        kinds=showing.KINDS,
        context=_side_by_side,
        template="texts/translation.html",
        blank=lambda request, act: _blank(request, Translation),
        beside={"translate": _beside_form, "ask_machine": _provider},
        act_templates={"translate": "texts/translate.html", "ask_machine": "texts/translate.html"},
        offers=lambda row, act: (
            act != "review_translation" or text_of(row.subject, row.part, PUBLIC) is not None
        ),
        onward={"translate": _after_translation},
    ),
    Desk(
        table=TERM,
        model=Term,
        visible=queries.terms,
        forms=forms.TERM_FORMS,
        title=lambda row: row.shown_name or _("Name in the glossary"),
        facts=_term_facts,
        kinds={TermState.ENTERED: "done", TermState.TAKEN_BACK: "stopped"},
        blank=_blank_term,
    ),
    Desk(
        table=MODERATION,
        model=Moderation,
        visible=queries.moderations,
        forms=forms.SPEECH_FORMS,
        title=lambda row: _("Text set aside"),
        facts=_speech_facts,
        due=_due,
        kinds=SPEECH_KINDS,
        blank=lambda request, act: _blank(request, Moderation),
        context=lambda row, actor: {"asked": _speech_facts(row, actor) if row.pk else ()},
        beside=dict.fromkeys(forms.SPEECH_FORMS, _text_itself),
        act_templates=dict.fromkeys(forms.SPEECH_FORMS, "texts/speech_act.html"),
    ),
)
desk.register_menu(
    "dialogue",
    MenuItem(gettext_lazy("Translations and speech"), "texts-keeping", queries.HOUSE | queries.JUDGES),
    title=gettext_lazy("Dialogue"),
)
entrances.register(
    "dialogue",
    Door(
        gettext_lazy("Glossary"),
        gettext_lazy("Words of the platform in three languages, as translations use them."),
        "texts-glossary",
        is_last=True,
    ),
    Door(
        gettext_lazy("Rules of speech"),
        gettext_lazy("What may be set aside, by whom, for how long, and how to appeal."),
        "texts-speech",
        is_last=True,
    ),
)


def waiting(actor: Actor) -> Iterable[Waiting]:
    """Drafts for another person to read, texts of one's own that are set aside, and appeals to decide on."""
    if actor.person is None:
        return
    now = clock.now()
    for row in queries.to_review(actor):
        words = _("Read a translation against its original: %(reference)s")
        yield Waiting(words % {"reference": row.reference}, desk.matter_url(row))
    machines = queries.translations(actor).filter(state=TranslationState.MACHINE)
    for row in machines if actor.holds(*queries.HOUSE) else ():
        words = _("Take over or withdraw what a machine wrote: %(reference)s")
        yield Waiting(words % {"reference": row.reference}, desk.matter_url(row))
    running = queries.moderations(actor).filter(state__in=RUNS, until__gt=now)
    for moderation in running:
        may_decide = actor.holds(*queries.JUDGES) and moderation.moderator_id != actor.person
        if moderation.state == ModerationState.SET_ASIDE and moderation.author_id == actor.person:
            open_until = moderation.appeal_until if now < moderation.appeal_until else None
            yield Waiting(_("Your text was set aside: read why"), desk.matter_url(moderation), open_until)
        elif moderation.state == ModerationState.APPEALED and may_decide:
            words = _("Decide on an appeal: %(reference)s")
            yield Waiting(words % {"reference": moderation.reference}, desk.matter_url(moderation))


desk.waiting_lists.append(waiting)
