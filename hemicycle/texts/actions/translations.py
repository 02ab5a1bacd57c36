"""Translations stand beside their originals: written by one person, found right by another (14.5)."""

from __future__ import annotations

from django.db import transaction

from hemicycle.people.models import Language
from hemicycle.record import clock, erasure, law
from hemicycle.record.actors import CLOCK, PUBLIC, Actor
from hemicycle.record.acts import Facts, decide
from hemicycle.record.forgetting import forget_salts
from hemicycle.rules.findings import N_
from hemicycle.rules.procedure import Office, OutOfOrder, Refused

from .. import machine, queries
from ..models import LONG, Origin, Translation
from ..procedure import TRANSLATION, TranslationState
from ..sources import Written, is_public, text_of
from ._bound import on_translation, unmet

S = TranslationState


@on_translation
def translate(
    translation: Translation, by: Actor, *, text: str, language: str = "", translator: str = ""
) -> Facts:
    """A draft: of an unsaved translation that is aimed at its original (`aim`), or by taking over what a machine wrote.
    It replaces an earlier draft into that language. Raises `Unmet`.

    `translator`: a name that is shown with it, or none.
    """
    office = decide(translate, translation, by)
    _refuse_erased(translation, "translate")
    original = _original(translation, by, "translate")
    if translation.pk is None:
        translation.language = language
        _check_language(original, language, "translate")
    if not text.strip():
        raise unmet(N_("The translation is missing."), "translate")
    if len(text) > LONG:
        raise unmet(N_("The translation is too long: %(most)s characters at most."), "translate", most=LONG)
    if translation.pk is None:
        _replace_draft(translation, by, office)
    translation.written_in, translation.digest = original.language, original.digest
    translation.text, translation.translator = text.strip(), " ".join(translator.split())
    translation.was_machine = translation.state == S.MACHINE
    translation.made_by = Origin.AUTHOR if office == Office.AUTHOR else Origin.SECRETARIAT
    return Facts(
        {
            "of": translation.subject,
            "part": translation.part,
            "into": translation.language,
            "machine": translation.was_machine,
        },
        {"text": translation.text},
    )


def _original(translation: Translation, by: Actor, act_name: str) -> Written:
    found = text_of(translation.subject, translation.part, by)
    if found is None:
        raise unmet(N_("The original is not there any more."), act_name)
    return found


def _check_original(translation: Translation, by: Actor, act_name: str) -> None:
    """It is the wording that was translated, and everybody reads it: the entry, which is public, names it."""
    original = _original(translation, by, act_name)
    if original.digest != translation.digest:
        raise unmet(N_("The original was changed since: translate it as it stands now."), act_name)
    if not is_public(original):
        raise unmet(N_("A translation is found right only once everybody reads the original."), act_name)


def _check_language(original: Written, language: str, act_name: str) -> None:
    if language not in Language.values:
        raise unmet(N_("Choose the language of the translation."), act_name)
    if language == original.language:
        raise unmet(N_("The text is written in this language already."), act_name)


def _replace_draft(translation: Translation, by: Actor, office: str) -> None:
    """Two drafts into one language do not stand side by side."""
    old = queries.begun(translation.subject, translation.part, translation.language)
    if old is None:
        return
    if old.state != S.DRAFT:
        raise unmet(
            N_("A machine draft is there or under way: take it over, or withdraw it first."), "translate"
        )
    if office == Office.AUTHOR and old.made_by != Origin.AUTHOR:
        raise unmet(N_("The Secretariat is translating the text into this language already."), "translate")
    replace_translation(old, by)


@on_translation
def review_translation(translation: Translation, by: Actor) -> Facts:
    """Another person found it right: everybody reads it, in the place of an earlier one. Raises `Unmet`."""
    _check_original(translation, by, "review_translation")
    old = queries.for_everybody(translation.subject, translation.part, translation.language)
    if old is not None:
        replace_translation(old, by)
    return Facts({"of": translation.subject, "part": translation.part, "into": translation.language})


@on_translation
def replace_translation(translation: Translation, by: Actor) -> Facts:
    """A newer one takes its place; this one is kept for a while."""
    translation.ended_at = clock.now()
    return Facts()


@on_translation
def declare_authentic(translation: Translation, by: Actor) -> Facts:
    """As good as the original, in a language in which the charter makes texts authentic. Raises `Unmet`."""
    if translation.language not in law.in_force().languages.authentic.value:
        raise unmet(N_("The charter makes no text authentic in this language."), "declare_authentic")
    _check_original(translation, by, "declare_authentic")
    return Facts({"of": translation.subject, "part": translation.part, "into": translation.language})


@on_translation
def withdraw_translation(translation: Translation, by: Actor) -> Facts:
    """It is not shown any more. The author of the text takes back an own draft, and nothing of the Secretariat."""
    office = decide(withdraw_translation, translation, by)
    is_own_draft = translation.made_by == Origin.AUTHOR and translation.state == S.DRAFT
    if office == Office.AUTHOR and not is_own_draft:
        raise unmet(
            N_("Only the Secretariat withdraws this translation; write to it."), "withdraw_translation"
        )
    translation.ended_at = clock.now()
    return Facts()


# --- by a machine, where a provider is set up ------------------------------------------------------------------------


@on_translation
def ask_machine(translation: Translation, by: Actor, *, language: str) -> Facts:
    """Hand a public text to the provider that the operator has set up; the worker does it. Raises `Unmet`."""
    provider = machine.provider()
    if provider is None:
        raise unmet(N_("No machine is set up to translate."), "ask_machine")
    original = _original(translation, by, "ask_machine")
    _check_language(original, language, "ask_machine")
    if not is_public(original) or queries.is_set_aside(original):
        raise unmet(N_("Only what everybody reads is given to a machine."), "ask_machine")
    if queries.begun(translation.subject, translation.part, language) is not None:
        raise unmet(N_("A draft into this language is there already."), "ask_machine")
    translation.language, translation.written_in = language, original.language
    translation.made_by, translation.was_machine = Origin.MACHINE, True
    from ..tasks import write_by_machine

    reference = translation.reference
    transaction.on_commit(lambda: write_by_machine.enqueue(reference))
    return Facts(
        {"of": translation.subject, "part": translation.part, "into": language, "provider": machine.path()}
    )


@on_translation
def keep_machine_draft(translation: Translation, by: Actor, *, text: str) -> Facts:
    """What came back; nobody but the Secretariat reads it until a person has taken it over."""
    _refuse_erased(translation, "keep_machine_draft")
    translation.text = text.strip()[:LONG]
    return Facts({}, {"text": translation.text})


@on_translation
def drop_machine(translation: Translation, by: Actor, *, why: str) -> Facts:
    """`why`: a code, or the name of the error, never what the provider said."""
    translation.ended_at = clock.now()
    return Facts({"why": why})


def _refuse_erased(translation: Translation, act_name: str) -> None:
    """The wording of which it was asked for had to disappear, and its key with it. Raises `OutOfOrder`."""
    if translation.erased_at is not None:
        raise OutOfOrder(TRANSLATION, TRANSLATION.by_act[act_name], translation.state)


def let_machine_write(reference: str) -> None:
    """In the worker: ask the provider, and keep what it gives. The text is asked for again: it may not be public any more."""
    row = Translation.objects.filter(reference=reference, state=S.ASKED).first()
    provider = machine.provider()
    if row is None:
        return
    original = text_of(row.subject, row.part, PUBLIC)
    try:
        if (
            provider is None
            or original is None
            or original.digest != row.digest
            or queries.is_set_aside(original)
        ):
            drop_machine(row, CLOCK, why="not_public")
            return
        try:
            text = provider.translate(original.body, original.language, row.language)
        except Exception as error:  # a provider is foreign code: whatever it raises, the draft is given up
            drop_machine(row, CLOCK, why=type(error).__name__)
            return
        if text.strip():
            keep_machine_draft(row, CLOCK, text=text)
        else:
            drop_machine(row, CLOCK, why="empty")
    except Refused:  # withdrawn meanwhile
        return


# --- erasure ---------------------------------------------------------------------------------------------------------


@on_translation
def erase_translation(translation: Translation, by: Actor) -> Facts:
    """Its words go: the original is gone, or it was replaced or withdrawn long ago."""
    translation.text = translation.translator = translation.digest = ""
    translation.erased_at = clock.now()
    forget_salts([translation.reference])
    erasure.destroy([translation.reference])
    return Facts()
