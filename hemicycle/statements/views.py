"""The public pages: what was published, joint initiatives, groups, the files of a signature."""

from __future__ import annotations

import json

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hemicycle.people.models import Language
from hemicycle.record import law
from hemicycle.record.actors import Actor
from hemicycle.record.log import receipts
from hemicycle.record.models import Entry
from hemicycle.record.queries import corrections
from hemicycle.web import desk
from hemicycle.web.parts import Cell, Crumb, Row
from hemicycle.web.public import public
from hemicycle.web.templatetags.house import day
from hemicycle.web.views import actor_of

from . import paper, queries, showing
from .models import Group, Initiative, Statement
from .procedure import GROUP, INITIATIVE, STATEMENT, GroupState, InitiativeState, StatementState

KINDS: dict[str, str] = {
    GroupState.FORMING: "open", GroupState.STANDING: "done", GroupState.DISSOLVED: "stopped",
    StatementState.DRAFT: "open", StatementState.FINAL: "open", StatementState.PUBLISHED: "done",
    StatementState.LAPSED: "stopped", StatementState.WITHDRAWN: "stopped",
    InitiativeState.PROPOSED: "neutral", InitiativeState.OPEN: "open", InitiativeState.ADOPTED: "done",
}  # fmt: skip


@public
@law.held()
def public_list(request: HttpRequest) -> HttpResponse:
    """Statements, the latest first; initiatives that are open; groups."""
    context = {
        "title": _("Statements of participants"),
        "description": _("What participants have said together, signed and open to be checked by anybody."),
        "columns": [
            _("Statement"),
            _("In whose name"),
            pgettext("statement", "Published on"),
            _("Languages"),
        ],
        "rows": [_statement_row(row) for row in queries.published()],
        "initiative_columns": [
            _("Initiative"),
            pgettext("joint initiative", "Opened by"),
            _("Supported by"),
            _("State"),
        ],
        "initiatives": [_initiative_row(row) for row in queries.open_initiatives()],
        "group_columns": [_("Group"), _("Members"), _("State")],
        "groups": [_group_row(row) for row in queries.groups()],
    }
    return render(request, "statements/public.html", context)


def _link(matter: Statement | Initiative, text: str, language: str) -> Cell:
    return Cell(showing.title(matter, text), reverse("statements-public", args=[matter.reference]), language)


def _statement_row(row: Statement) -> Row:
    text, language = showing.in_language(row)
    languages = ", ".join(str(Language(each).label) for each in queries.texts_by_language(row))
    return Row([_link(row, text, language), showing.in_name_of(row), day(row.published_at), languages])


def _initiative_row(row: Initiative) -> Row:
    named = [group.shown_name for group, told in queries.supporters(row) if queries.supports(group, told)]
    state = Cell(state_label=INITIATIVE.state_title(row.state), state_kind=KINDS[row.state])
    return Row(
        [_link(row, row.text, row.language), row.group.shown_name, ", ".join(named) or _("none"), state]
    )


def _group_row(row: Group) -> Row:
    state = Cell(state_label=GROUP.state_title(row.state), state_kind=KINDS[row.state])
    members = showing.listed(queries.members_of(row).values())
    return Row([row.shown_name, members or _("none"), state], id=row.reference)


@public
def public_page(request: HttpRequest, reference: str) -> HttpResponse:
    """A published statement, or an initiative that was opened, for everybody."""
    if reference.startswith(Initiative.PREFIX):
        return _initiative_page(request, reference)
    row = queries.published().filter(reference=reference).first()
    if row is None:
        raise Http404
    is_aside = showing.is_set_aside(row)  # then only what stands in place of the original is shown
    text, language = (queries.latest_text(row), row.language) if is_aside else showing.in_language(row)
    counted = [each.mandate for each in row.consents.filter(is_counted=True).select_related("mandate")]
    entry = _entry(row)
    context = {
        "row": row,
        "title": showing.title(row, text),
        "text": showing.written(row, text, language),
        "others": [
            showing.written(row, each, key)
            for key, each in queries.texts_by_language(row).items()
            if key != language and not is_aside
        ],
        "kind": STATEMENT.title,
        "in_name_of": showing.in_name_of(row),
        "facts": entry.facts,
        "origin": showing.origin(row),
        "consents": showing.listed(counted),
        "opinions": showing.opinions(row),
        "signature": showing.signature(row),
        "languages": [(key, str(Language(key).label)) for key in queries.texts_by_language(row)],
        "has_proof": receipts.has_proof(entry),
        "corrections": corrections(row.reference),
        "crumbs": [Crumb(_("Statements of participants"), reverse("statements-list")), Crumb(row.reference)],
    }
    return render(request, "statements/statement.html", context)


def _entry(row: Statement) -> Entry:
    entries = Entry.objects.filter(matter=row.reference, act="publish").select_related("leaf__position")
    return entries.latest("number")


def _initiative_page(request: HttpRequest, reference: str) -> HttpResponse:
    row = queries.open_initiatives().filter(reference=reference).first()
    if row is None:
        raise Http404
    context = {
        "row": row,
        "title": showing.title(row, row.text),
        "text": showing.written(row, row.text, row.language),
        "state_label": INITIATIVE.state_title(row.state),
        "state_kind": KINDS[row.state],
        "supporters": showing.supporters(row),
        "statement": row.statements.filter(state=StatementState.PUBLISHED).first(),
        "crumbs": [Crumb(_("Statements of participants"), reverse("statements-list")), Crumb(row.reference)],
    }
    return render(request, "statements/initiative.html", context)


@public
def text_file(request: HttpRequest, reference: str, language: str) -> HttpResponse:
    """The bytes that were digested. Where they are set aside the page says on which ground."""
    row = queries.published().filter(reference=reference).first()
    text = queries.texts_by_language(row).get(language) if row is not None else None
    if row is None or text is None:
        raise Http404
    if showing.is_set_aside(row):
        return HttpResponseRedirect(reverse("statements-public", args=[reference]))
    response = HttpResponse(text.encode(), content_type="text/plain; charset=utf-8")
    response["Content-Language"] = language
    return response


@public
def signature_file(request: HttpRequest, reference: str) -> HttpResponse:
    """The signature, and the entry of the record with its proof."""
    row = queries.published().filter(reference=reference).first()
    if row is None:
        raise Http404
    told = {**showing.signature(row), "receipt": json.loads(receipts.public(_entry(row)))}
    written = json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    return HttpResponse(written, content_type="application/json")


@public
def pdf_file(request: HttpRequest, reference: str, language: str) -> HttpResponse:
    """The statement on paper, in one of its languages, while all of it may be read."""
    row = queries.published().filter(reference=reference).first()
    if row is None or language not in queries.texts_by_language(row):
        raise Http404
    if not showing.is_whole(row):
        return HttpResponseRedirect(reverse("statements-public", args=[reference]))
    response = HttpResponse(paper.pdf(row, language), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{reference}.{language}.pdf"'
    return response


# --- for those who sit ----------------------------------------------------------------------------------------------


@law.held()
def own_list(request: HttpRequest) -> HttpResponse:
    """What participants work on: drafts, final texts, initiatives, groups."""
    actor = actor_of(request)
    if actor.person is None:
        return redirect_to_login(request.get_full_path())
    if queries.rests(actor):
        return _given_list(request, actor)
    if not queries.is_inside(actor):
        raise Http404
    acts = [(STATEMENT, "begin_statement"), (INITIATIVE, "propose_initiative"), (GROUP, "found_group")]
    statements, initiatives = queries.visible_to(actor), queries.initiatives_visible_to(actor)
    context = {
        "title": _("Statements and groups"),
        "lead": _("Drafts are read by those who sit. What is published is everybody’s."),
        "actions": [
            {"title": table.by_act[act].title, "url": desk.begin_url("statements", act), "primary": not i}
            for i, (table, act) in enumerate(acts)
        ],
        "columns": [_("Statement"), _("Title"), _("In whose name"), _("State")],
        "rows": [_own_row(row, queries.latest_text(row), showing.in_name_of(row)) for row in statements],
        "empty": _("No statement has been begun so far."),
        "initiative_columns": [
            _("Initiative"),
            _("Title"),
            pgettext("joint initiative", "Opened by"),
            _("State"),
        ],
        "initiatives": [_own_row(row, row.text, row.group.shown_name) for row in initiatives],
        "group_columns": [_("Group"), pgettext("group of participants", "Name"), _("Members"), _("State")],
        "groups": [_own_group(row) for row in queries.groups()],
    }
    return render(request, "statements/own.html", context)


def _given_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What a suspended participant said stands where he or she reads it; of others nothing that is not public."""
    given = [
        Row([_given_link(each.statement), pgettext("statement", "consent"), day(each.at), ""])
        for each in queries.given_consents(actor)
    ]
    given += [
        Row(
            [
                _given_link(each.statement),
                each.get_kind_display(),
                day(each.at),
                Cell(each.text, language=each.language),
            ]
        )
        for each in queries.given_opinions(actor)
    ]
    context = {
        "title": _("My consents and opinions"),
        "lead": _(
            "Your participation is suspended: what is not public is read by those who sit. Your own words stand here."
        ),
        "columns": [
            _("Statement"),
            pgettext("statement", "What you gave"),
            pgettext("statement", "Given on"),
            pgettext("statement", "Text"),
        ],
        "rows": given,
        "empty": _("You have given no consent and no opinion."),
    }
    return render(request, "web/list.html", context)


def _given_link(row: Statement) -> Cell:
    is_public = row.state == StatementState.PUBLISHED
    return Cell(row.reference, url=reverse("statements-public", args=[row.reference]) if is_public else "")


def _own_row(row: Statement | Initiative, text: str, who: str) -> Row:
    table = STATEMENT if isinstance(row, Statement) else INITIATIVE
    state = Cell(state_label=table.state_title(row.state), state_kind=KINDS.get(row.state, "neutral"))
    title = Cell(showing.title(row, text), language=row.language)
    return Row([Cell(row.reference, url=desk.matter_url(row)), title, who, state])


def _own_group(row: Group) -> Row:
    state = Cell(state_label=GROUP.state_title(row.state), state_kind=KINDS[row.state])
    count = Cell(len(queries.members_of(row)), is_number=True)
    return Row([Cell(row.reference, url=desk.matter_url(row)), row.shown_name, count, state])
