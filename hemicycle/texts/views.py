"""The pages of this room: the glossary and the rules of speech for everybody, and what the Secretariat keeps."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemicycle.people.spoken import language_name
from hemicycle.record import clock, law
from hemicycle.rules.charter import LANGUAGES
from hemicycle.web import desk
from hemicycle.web.parts import Cell, Row
from hemicycle.web.public import public
from hemicycle.web.views import actor_of

from . import machine, names, queries, showing
from .forms import KINDS
from .models import Term
from .procedure import MODERATION, OVER, TRANSLATION, TranslationState


@public
def glossary(request: HttpRequest) -> HttpResponse:
    """Every name in the three languages, by kind."""
    here = get_language() or "en"
    terms = sorted(queries.glossary(), key=lambda term: term.name_in(here).casefold())
    context = {
        "title": _("Glossary"),
        "description": _("Names of peoples, institutions and places, as the platform writes them."),
        "speech_url": reverse("texts-speech"),
        "groups": [
            {"title": _kinds()[kind], "terms": [_shown(term, here) for term in terms if term.kind == kind]}
            for kind in KINDS
            if any(term.kind == kind for term in terms)
        ],
    }
    return render(request, "texts/glossary.html", context)


def _kinds() -> dict[str, str]:
    return {
        "people": _("Peoples"),
        "institution": _("Institutions"),
        "place": _("Places"),
        "other": _("Other words"),
    }


def _shown(term: Term, here: str) -> dict[str, object]:
    others = [code for code in LANGUAGES if code != here[:2]]
    return {
        "reference": term.reference,
        "name": term.name_in(here),
        "others": [(code, language_name(code), term.name_in(code)) for code in others],
        "own_name": term.own_name,
        "note": term.noted(here),
        "never": term.never(here),
    }


@public
def speech(request: HttpRequest) -> HttpResponse:
    """The grounds of the charter, how a text is set aside and restored, and how often that was. These are acts of an office: every number
    is shown, as every one of them stands in the record (7.3)."""
    charter, here = law.in_force(), get_language() or "en"
    counts, total = queries.counts()
    context = {
        "title": _("Rules of speech"),
        "description": _("On which grounds a text is set aside, for how long, and how its author appeals."),
        "charter": charter,
        "article": charter.article("texts.set_aside"),
        "article_url": desk.article_url(charter.article("texts.set_aside")),
        "judges": [charter.office(code).name[here] for code in ("integrity_officer", "secretary_general")],
        "columns": [_("Ground"), _("How often")],
        "rows": [
            Row([queries.reason_text(charter, key, here), Cell(number, is_number=True)])
            for key, number in counts
        ],
        "total": total,
    }
    return render(request, "texts/speech.html", context)


def keeping(request: HttpRequest) -> HttpResponse:
    """Translations, texts set aside, and names to enter: for the Secretariat, and appeals for who decides on them."""
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    if not actor.holds(*queries.HOUSE, *queries.JUDGES):
        raise Http404
    is_house, now = actor.holds(*queries.HOUSE), clock.now()
    gone = [TranslationState.REPLACED, TranslationState.WITHDRAWN]
    rows = queries.translations(actor).exclude(state__in=gone) if is_house else ()
    aside = [row for row in queries.moderations(actor)[:200] if row.standing(now) not in OVER]
    context = {
        "title": _("Translations and speech"),
        "is_house": is_house,
        "columns": [_("Translation"), _("Which text"), _("Language"), _("State")],
        "rows": [
            Row([
                Cell(row.reference, url=desk.matter_url(row)),
                row.subject,
                language_name(row.language),
                Cell(state_label=TRANSLATION.state_title(row.state), state_kind=showing.KINDS[row.state]),
            ])
            for row in rows
        ],
        "aside_columns": [_("Text set aside"), _("Ground"), _("State")],
        "aside": [
            Row([
                Cell(row.reference, url=desk.matter_url(row)),
                showing.ground(row),
                Cell(state_label=MODERATION.state_title(row.standing(now)), state_kind="stopped"),
            ])
            for row in aside
        ],
        "terms_columns": [_("Name"), _("What is named")],
        "terms": [
            Row([Cell(term.shown_name, url=desk.matter_url(term)), str(KINDS[term.kind])])
            for term in queries.glossary()
        ],
        "enter_url": desk.begin_url("texts", "enter_term"),
        "proposed": [
            (one.names[(get_language() or "en")[:2]], desk.begin_url("texts", "enter_term", name=one.key))
            for one in names.not_entered()
        ]
        if is_house
        else [],
        "provider": machine.provider(),
        "glossary_url": reverse("texts-glossary"),
    }  # fmt: skip
    return render(request, "texts/keeping.html", context)
