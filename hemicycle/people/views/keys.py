"""Pages of keys: the own reading key, the custodians, and whether the two sheets of one still open it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hemicycle.rules.procedure import NotEmpowered
from hemicycle.web.desk import act_url, begin_url, matter_url
from hemicycle.web.parts import Cell, Row
from hemicycle.web.templatetags.house import day
from hemicycle.web.unsealing import unseals
from hemicycle.web.views import actor_of

from .. import doors, passkeys, queries
from ..models import Custodian, ReaderKey
from ..procedure import CUSTODIAN, HOLDERS, READER_KEY, ReaderKeyState
from .account import own


def openable(keys: list[ReaderKey]) -> list[dict[str, object]]:
    """What `opening.js` needs of keys, for `people/_open_key.html`: nothing that opens by itself."""
    return [{"recipient": key.recipient, "wraps": key.wraps} for key in keys]


@unseals
@own
def reading_key(request: HttpRequest) -> HttpResponse:
    """The own keys: made, tried, opened with one more passkey, replaced, revoked."""
    person = doors.person(request)
    usable = queries.opening_keys(person)
    rows = ReaderKey.objects.filter(person=person, recipient__isnull=False).order_by("state", "-pk")
    current = next((key for key in usable if key.state == ReaderKeyState.CURRENT), None)
    context = {
        "keys": [
            {"key": key, "url": matter_url(key), "state_label": READER_KEY.state_title(key.state)}
            for key in rows
        ],
        "openable": openable(usable),
        "has_current": current is not None,
        "make_url": begin_url("people", "add_reader_key"),
        "wrap_url": act_url(current, "add_wrap") if current and passkeys.credential_ids(person) else "",
    }
    return render(request, "people/reading_key.html", context)


@own
def wrapped_keys(request: HttpRequest) -> HttpResponse:
    """The own keys as they are kept here, for `hemicycle unseal`: useless without the phrase."""
    answer = JsonResponse(openable(queries.opening_keys(doors.person(request))), safe=False)
    answer["Content-Disposition"] = 'attachment; filename="keys.json"'
    return answer


@own
def custodians(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.holds(*HOLDERS):
        raise NotEmpowered(CUSTODIAN, CUSTODIAN.by_act["ask_custodian"], actor.offices)

    def row(custodian: Custodian) -> Row:
        kind = "open" if custodian.state in ("in_force", "retiring") else "neutral"
        return Row(
            [
                Cell(custodian.reference, url=matter_url(custodian)),
                Cell(custodian.holder_one.shown_name),
                Cell(custodian.holder_two.shown_name),
                Cell(day(custodian.created_at)),
                Cell(state_label=CUSTODIAN.state_title(custodian.state), state_kind=kind),
            ]
        )

    context = {
        "title": _("Custodian of evidence"),
        "lead": _(
            "All evidence is sealed to this key besides its readers. Nobody has more than one half of it."
        ),
        "columns": [_("Reference"), _("First sheet"), _("Second sheet"), _("Made"), _("State")],
        "rows": [row(each) for each in queries.visible_to(actor, Custodian).order_by("-pk")[:50]],
        "actions": [
            {
                "title": CUSTODIAN.by_act["ask_custodian"].title,
                "url": begin_url("people", "ask_custodian"),
                "primary": True,
            }
        ],
    }
    return render(request, "web/list.html", context)


@unseals
@own
def try_sheets(request: HttpRequest, reference: str) -> HttpResponse:
    """Whether the two sheets still make the key, seen by both holders at one machine; nothing is sent."""
    custodian = queries.visible_to(actor_of(request), Custodian).filter(reference=reference).first()
    if custodian is None:
        raise Http404
    return render(request, "people/try_sheets.html", {"custodian": custodian, "url": matter_url(custodian)})
