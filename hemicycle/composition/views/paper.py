"""The Bureau's paper: the list, the proof of the rules, what members say of it. Read-only, and marked for each reader."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemicycle.assembly import queries as assembly
from hemicycle.integrity import queries as integrity
from hemicycle.integrity.models import Effect
from hemicycle.record import clock
from hemicycle.record.actors import Actor
from hemicycle.rules.charter import Charter
from hemicycle.rules.procedure import Office
from hemicycle.web import desk, findings
from hemicycle.web.parts import Cell, Crumb, Row
from hemicycle.web.templatetags.house import day
from hemicycle.web.views import actor_of

from .. import queries
from ..forms.bureau import bureau_name
from ..models import List
from ..procedure import ListState
from .lots import lots_context
from .showing import meter, name_cell

# In which office a reader reads, the first that fits.
READERS = (Office.PRESIDENT, Office.ACTING_PRESIDENT, Office.SECRETARY_GENERAL, Office.SECRETARIAT)


def paper_page(request: HttpRequest, reference: str) -> HttpResponse:
    """The paper of a list. Who is recused reads list and proof, not what members say of people (4.1)."""
    actor, list_ = _opened(request, reference)
    if list_ is None:
        return redirect_to_login(request.get_full_path())
    charter = queries.charter_of(list_)
    places = queries.places(list_, charter)
    recused = integrity.recused(actor.person, [list_.reference, *queries.concerned_by(list_)])
    kept = queries.certificate_in_force(list_)
    mark = _mark(actor, charter)
    context: dict[str, Any] = {
        "title": _("Paper of the Bureau"),
        "list": list_,
        "columns": [_("Seat"), _("Person"), _("Reserve")],
        "rows": [
            Row([str(p.number), name_cell(list_, p, actor), _reserved(p.reserved)])
            for p in places
            if p.is_live
        ],
        "meter": meter(list_, places, charter),
        "meter_text": findings.text(queries.judge(list_, places, charter).summary),
        "arithmetic": [findings.text(line) for line in queries.judge(list_, places, charter).arithmetic],
        "reserve_article": charter.reserve.share.article,
        "limits": [
            (findings.text(one.finding), one.article, one.is_broken)
            for one in queries.verdicts(list_, places, charter)
            if one.code != queries.RESERVE
        ],
        "commitment": kept.digest if kept is not None else "",
        "certificate_url": reverse("composition:certificate", args=[list_.reference]),
        "is_recused": recused,
        "said": {} if recused else _said(list_),
        "recusals": _recusals(list_, charter),
        "alternative_columns": [
            _("Draft"),
            _("Seats"),
            _("Reserved"),
            _("Same people"),
            _("Others"),
            _("Rules broken"),
        ],
        "alternatives": _alternatives(list_, places),
        **lots_context(list_),
        "reasons": [
            (code, text) for code in ("en", "fr", "ru") if (text := getattr(list_, f"reasons_{code}"))
        ],
        "mark": " · ".join(mark),
        "mark_lines": [mark[0], " · ".join(mark[1:])],
        "acts": _acts(list_, actor),
        "crumbs": [Crumb(list_.reference, desk.matter_url(list_)), Crumb(_("Paper of the Bureau"))],
    }
    return render(request, "composition/paper.html", context)


def certificate_json(request: HttpRequest, reference: str) -> HttpResponse:
    """The certificate, byte for byte as the digest commits to it."""
    _actor, list_ = _opened(request, reference)
    kept = queries.certificate_in_force(list_) if list_ is not None else None
    if list_ is None or kept is None:
        raise Http404
    answer = HttpResponse(kept.text, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="certificate-{list_.reference}.json"'
    return answer


def _opened(request: HttpRequest, reference: str) -> tuple[Actor, List | None]:
    actor = actor_of(request)
    if actor.person is None:
        return actor, None
    list_ = queries.paper_visible_to(actor).filter(reference=reference).first()
    if list_ is None:
        raise Http404
    return actor, list_


def _reserved(is_reserved: bool) -> Cell:
    return Cell(state_label=_("reserved"), state_kind="reserved") if is_reserved else Cell("")


def _mark(actor: Actor, charter: Charter) -> list[str]:
    """Who reads, and when: office, reference and day, repeated over the page and printed with it."""
    held = assembly.offices(actor, None)
    office = next((one for one in READERS if one in held), Office.BUREAU_MEMBER)
    name = charter.office(office).name[get_language() or "en"]
    return [name, actor.reference, str(day(clock.today()))]


def _said(list_: List) -> dict[str, Any]:
    """Objections and amendments, with their authors. A person who has withdrawn is named nowhere (7.2)."""
    return {
        "objections": [
            (row, queries.has_withdrawn(list_, row.candidacy)) for row in queries.objections(list_)
        ],
        "proposed": [
            (row, bureau_name(list_, row.candidacy), queries.has_withdrawn(list_, row.candidacy, row.stood))
            for row in queries.member_amendments(list_)
        ],
    }


def _recusals(list_: List, charter: Charter) -> list[tuple[str, str]]:
    """Members of the roll with a declared interest in somebody on the list, and its effect; never in whom."""
    subjects = [list_.reference, *queries.concerned_by(list_)]
    body = charter.list.decided_by.value
    roll = [row for row in assembly.roll_of(body) if row.person_id is not None]
    found = integrity.effects([row.person_id for row in roll if row.person_id], subjects, body, charter)
    return [(row.name, str(Effect(found[row.person_id]).label)) for row in roll if row.person_id in found]


def _alternatives(list_: List, places: list[queries.Place]) -> list[Row]:
    rows = list(list_.alternatives.all())
    if not rows:
        return []
    live = [place for place in places if place.is_live]
    broken = len(queries.broken(list_, places))
    own = (_("This list"), [len(live), sum(p.reserved for p in live), len(live), 0, broken])
    drafts = [
        (_("Alternative %(rank)s") % {"rank": row.rank}, [row.numbers[key] for key in ALTERNATIVE_KEYS])
        for row in rows
    ]
    return [Row([name, *(Cell(one, is_number=True) for one in numbers)]) for name, numbers in (own, *drafts)]


ALTERNATIVE_KEYS = ("seats", "reserved", "common", "others", "broken")


def _acts(list_: List, actor: Actor) -> list[tuple[str, str]]:
    """What a member may do from here."""
    if list_.state != ListState.BEFORE_BUREAU or Office.BUREAU_MEMBER not in queries.offices(actor, list_):
        return []
    return [
        (_("Enter an objection"), desk.act_url(list_, "object")),
        (_("Propose an amendment"), desk.act_url(list_, "propose_amendment")),
    ]
