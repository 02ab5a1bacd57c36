"""What this room tells the generic pages about groups and the requests to join them."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hemicycle.dialogue import sides
from hemicycle.record.actors import Actor
from hemicycle.record.models import Matter
from hemicycle.web import desk
from hemicycle.web.desk import Desk, Fact

from . import forms_of_groups as forms
from . import queries, showing, views
from .models import Group, Joining
from .procedure import GROUP, JOINING, GroupState, JoiningState

JOINING_KINDS: dict[str, str] = {
    JoiningState.ASKED: "open", JoiningState.ACCEPTED: "done", JoiningState.DECLINED: "stopped",
    JoiningState.TAKEN_BACK: "stopped", JoiningState.LAPSED: "stopped",
}  # fmt: skip


def _group_facts(row: Group, actor: Actor) -> Sequence[Fact]:
    members = queries.members_of(row) if row.pk is not None else {}
    return [
        Fact(_("Name in English"), row.name_en, language="en"),
        Fact(_("Name in French"), row.name_fr, language="fr"),
        Fact(_("Name in Russian"), row.name_ru, language="ru"),
        Fact(_("Members"), showing.listed(members.values()) or _("none")),
        *_requests(row, actor),
    ]


def _requests(row: Group, actor: Actor) -> list[Fact]:
    """The requests that the person may read; to whoever sits and is not in the group, the way to ask."""
    asked = queries.joinings_visible_to(actor).filter(group=row, state=JoiningState.ASKED)
    facts = [
        Fact(_("Asks to join"), showing.listed([each.mandate]), url=desk.matter_url(each)) for each in asked
    ]
    mine = sides.mandate_of(actor)
    may_ask = mine is not None and mine.pk not in queries.members_of(row) and not facts
    if may_ask and row.state != GroupState.DISSOLVED:
        url = desk.begin_url("statements", "ask_to_join", group=row.reference)
        facts.append(Fact(_("Take part"), JOINING.by_act["ask_to_join"].title, url=url))
    return facts


def _joining_facts(row: Joining, actor: Actor) -> Sequence[Fact]:
    facts = [
        Fact(_("Group"), row.group.shown_name, url=desk.matter_url(row.group)),
        Fact(_("Asks to join"), showing.listed([row.mandate])),
    ]
    if row.reason:
        facts.append(Fact(_("Reason"), row.get_reason_display()))
    return facts


def _blank_group(request: HttpRequest, act: str) -> Matter:
    return Group()


def _blank_joining(request: HttpRequest, act: str) -> Matter:
    group = queries.groups().filter(reference=request.GET.get("group", "")).first()
    if group is None:
        raise Http404
    return Joining(group=group)


GROUP_DESKS = (
    Desk(
        table=GROUP,
        model=Group,
        visible=queries.groups_visible_to,
        forms={"found_group": forms.FoundGroup, "leave_group": forms.LeaveGroup},
        title=lambda row: row.shown_name,
        facts=_group_facts,
        kinds=views.KINDS,
        blank=_blank_group,
    ),
    Desk(
        table=JOINING,
        model=Joining,
        visible=queries.joinings_visible_to,
        forms={
            "ask_to_join": forms.AskToJoin,
            "accept_member": forms.AcceptMember,
            "decline_member": forms.DeclineMember,
        },
        title=lambda row: pgettext("request to join a group", "To join: %s") % row.group.shown_name,
        facts=_joining_facts,
        kinds=JOINING_KINDS,
        blank=_blank_joining,
    ),
)
