"""How a page of this room takes an act: the refusal stays on the page, with what was typed."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from hemicycle.record import acts, clock
from hemicycle.record.actors import Actor
from hemicycle.record.models import Matter
from hemicycle.rules.findings import Unmet
from hemicycle.rules.procedure import OutOfOrder
from hemicycle.web import findings
from hemicycle.web.desk import matter_url
from hemicycle.web.views import actor_of

from .. import queries
from ..models import Candidacy
from ..procedure import CandidacyState


def to_sign_in(request: HttpRequest) -> HttpResponse | None:
    """The way to the sign-in page for whoever is not signed in."""
    return redirect_to_login(request.get_full_path()) if actor_of(request).person is None else None


def own_candidacy(request: HttpRequest, reference: str) -> Candidacy:
    """The candidacy of the person at the door, or 404: nobody else learns that it exists."""
    found = (
        queries.visible_to(actor_of(request))
        .filter(reference=reference, person=actor_of(request).person)
        .first()
    )
    if found is None:
        raise Http404
    return found


def too_late(request: HttpRequest, candidacy: Candidacy) -> HttpResponse | None:
    """Who opens a page of the own draft after the deadline goes to the candidacy, which says what can still be done.

    Not for what is sent: the answer to that keeps what was typed on its page.
    """
    lapsed = candidacy.standing(clock.now()) == CandidacyState.LAPSED
    return HttpResponseRedirect(matter_url(candidacy)) if lapsed and request.method != "POST" else None


def take(
    bound: acts.BoundAct[Any, Any], matter: Matter, by: Actor, form: Any, **params: Any
) -> tuple[list[str], int]:
    """Take the act for a valid form. Returns the problems, empty when done, and the status of the answer."""
    try:
        with acts.submission(form.cleaned_data["once"], form.cleaned_data.get("seen")):
            bound(matter, by, **params)
    except acts.AlreadyRecorded as error:
        if error.entry.actor == by.reference:
            return [], 200  # the same form, sent twice, acts once
        return [_("This form was somebody else’s. Open the page again.")], 409
    except Unmet as error:
        return findings.texts(error), 422
    except acts.Stale:
        matter.refresh_from_db()
        renew(form, matter)
        return [
            _("Something was saved on another page meanwhile. What you typed is still here; send it again.")
        ], 409
    except OutOfOrder as error:
        matter.refresh_from_db()
        state = error.table.state_title(error.state)
        return [_("This is not possible any more: the state is now “%(state)s”.") % {"state": state}], 409
    return [], 200


def renew(form: Any, matter: Matter) -> None:
    """The form shows the version that is now, so that sending it again is an answer to the present."""
    form.data = form.data.copy()
    form.data["seen"] = str(matter.version)
