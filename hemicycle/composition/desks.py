"""What the generic pages show of an addition to the succession list, and for whom it waits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from hemicycle.record.actors import Actor
from hemicycle.record.models import Matter
from hemicycle.rules.procedure import Office
from hemicycle.web import desk
from hemicycle.web.desk import Desk, Fact, Waiting

from . import forms, queries
from .models import STANDING, Addition
from .procedure import ADDITION, AdditionState

D = AdditionState
KINDS: dict[str, str] = {D.PROPOSED: "open", D.BEFORE_BUREAU: "open", D.ADDED: "done", D.REFUSED: "stopped"}


def open_additions() -> None:
    desk.register(
        Desk(
            table=ADDITION,
            model=Addition,
            visible=queries.additions_visible_to,
            forms={"propose_addition": forms.AdditionForm, "call_addition_vote": forms.CallVoteForm},
            title=_title,
            facts=_facts,
            context=_context,
            template="composition/addition.html",
            kinds=KINDS,
            blank=_blank,
        )
    )
    desk.waiting_lists.append(waiting)


def _title(addition: Addition) -> str:
    if addition.pk is None:
        return _("Addition to the succession list of %(list)s") % {"list": addition.list.reference}
    name = queries.shown_name(addition) or _("has withdrawn")
    return _("Addition to the succession list: %(name)s") % {"name": name}


def _facts(addition: Addition, actor: Actor) -> Sequence[Fact]:
    order = _("for the reserve") if addition.for_reserve else _("for the other seats")
    return [
        Fact(_("List"), addition.list.reference),
        Fact(_("Order"), order),
        Fact(_("Proposed by"), addition.proposer.shown_name),
    ]


def _context(addition: Addition, actor: Actor) -> Mapping[str, Any]:
    if addition.pk is None:
        return {}
    reads = queries.additions_before(actor).filter(pk=addition.pk).exists()
    return {
        "person_url": reverse("composition:addition", args=[addition.reference]) if reads else "",
        "votes": queries.addition_votes(addition),
    }


def _blank(request: HttpRequest, act: str) -> Matter:
    """An addition to the list named in the address."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    list_ = queries.visible_to(actor).filter(reference=request.GET.get("list", "")).first()
    if list_ is None or not queries.is_proposer(actor):
        raise Http404
    return Addition(list=list_)


def waiting(actor: Actor) -> Iterable[Waiting]:
    """A person who came late and may be added; an addition to release, to read, to put to the vote, to write down."""
    if actor.person is None or not actor.offices:
        return
    proposer, clerk = queries.is_proposer(actor), actor.holds(Office.SECRETARIAT)
    if proposer or clerk:
        for list_ in queries.visible_to(actor).filter(state__in=STANDING):
            on_way = list_.additions.filter(state__in=(D.PROPOSED, D.BEFORE_BUREAU)).values("candidacy_id")
            people = {row.pk for row in queries.late(list_)} if queries.takes_additions(list_) else set()
            if people - {row["candidacy_id"] for row in on_way}:
                title = _(
                    "An opinion came after the list was proposed: somebody may be added to the succession list"
                )
                yield Waiting(title, desk.matter_url(list_))
    second = clerk or actor.holds(Office.SECRETARY_GENERAL)
    for addition in queries.additions_visible_to(actor).filter(state__in=(D.PROPOSED, D.BEFORE_BUREAU)):
        url = desk.matter_url(addition)
        if second and addition.state == D.PROPOSED and addition.proposer_id != actor.person:
            yield Waiting(_("An addition to the succession list waits for the second person"), url)
        if clerk and addition.state == D.BEFORE_BUREAU:
            yield Waiting(_("An addition is before the Bureau: call or record its vote"), url)
    for addition in queries.additions_before(actor):
        url = reverse("composition:addition", args=[addition.reference])
        yield Waiting(_("Read about the person proposed for the succession list"), url)
