"""Dated posts and money at the generic pages."""

from __future__ import annotations

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from hemicycle.candidacy import queries as candidacies
from hemicycle.record.models import Matter
from hemicycle.web.desk import Desk, matter_url
from hemicycle.web.views import actor_of

from .. import forms, pages, queries, sealing
from ..models import ServiceEntry
from ..procedure.service import SERVICE, ServiceState


def blank_service(request: HttpRequest, act: str) -> Matter:
    """For the own candidacy, or for the file of the own open reading, named in the address."""
    actor = actor_of(request)
    if act == "declare_service":
        own = candidacies.visible_to(actor).filter(Q(person_id=actor.person))
        candidacy = own.filter(reference=request.GET.get("candidacy", "")).first()
    else:
        mine = queries.visible_readings(actor).filter(assessor_id=actor.person, opened_at__isnull=False)
        reading = mine.filter(reference=request.GET.get("reading", "")).first()
        candidacy = reading.examination.candidacy if reading is not None else None
    if candidacy is None:
        raise Http404
    return ServiceEntry(candidacy=candidacy)


def _after_found(entry: ServiceEntry) -> str:
    return matter_url(entry.reading) if entry.reading is not None else reverse("home")


DESK = Desk(
    SERVICE, ServiceEntry, queries.visible_service, title=lambda entry: _("Dated post or money"),
    facts=pages.service_facts, context=pages.service_page,
    kinds={ServiceState.DECLARED: "open", ServiceState.FOUND: "open", ServiceState.WITHDRAWN: "stopped"},
    forms={
        "declare_service": forms.DeclareServiceForm, "find_service": forms.FindServiceForm,
        "correct_service": forms.CorrectServiceForm, "withdraw_service": forms.TakeOutServiceForm,
        "take_back_service": forms.TakeOutServiceForm, "tie_service": forms.TieServiceForm,
        "dispute_service": forms.DisputeServiceForm, "dispute_declared": forms.DisputeServiceForm,
    },
    blank=blank_service, offers=queries.offers_service, file=sealing.of_service,
    after={
        "declare_service": lambda entry: reverse("my-service"), "find_service": _after_found,
    },
)  # fmt: skip
