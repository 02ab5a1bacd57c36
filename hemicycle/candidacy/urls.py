"""Addresses of this room, and its desks in the generic pages."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from hemicycle.rules.procedure import Office
from hemicycle.web import desk

from . import actions, desks, waiting  # noqa: F401 - binds the acts
from .views import apply, clerk, evidence, looking, writing

_CLERKS = frozenset({Office.SECRETARIAT})

desk.register(*desks.DESKS)
desk.register_menu(
    "candidacy",
    desk.MenuItem(_("Calls for candidates"), "calls", _CLERKS),
    desk.MenuItem(_("Candidacies"), "candidacies", frozenset({*_CLERKS, Office.REVIEWER})),
    desk.MenuItem(_("Joint slates"), "slates", _CLERKS),
    desks.CandidatesItem(_("My candidacy"), "my-candidacy"),
    title=_("Candidacies and files"),
)
desk.public_menu.append(desk.MenuItem(_("Become a candidate"), "apply"))
desk.waiting_lists.append(waiting.waiting)

urlpatterns = [
    path("apply/", apply.apply, name="apply"),
    path("apply/<str:reference>/", apply.apply_call, name="apply-call"),
    path("my-candidacy/", clerk.mine, name="my-candidacy"),
    path("calls/", clerk.calls, name="calls"),
    path("candidacies/", clerk.candidacies, name="candidacies"),
    path("candidacies/forms/<str:look>/", looking.to_look_at, name="candidacy-forms"),
    path("candidacies/forms/<str:look>/<str:reference>/", looking.look_at, name="candidacy-form"),
    path("slates/", clerk.slates, name="slates"),
    path("candidacy/<str:reference>/part/<str:part>/", writing.part, name="candidacy-part"),
    path("candidacy/<str:reference>/correct/<str:part>/", writing.correct, name="candidacy-correct"),
    path("candidacy/<str:reference>/periods/<str:bar>/", writing.periods, name="candidacy-periods"),
    path("candidacy/<str:reference>/evidence/", evidence.evidence, name="candidacy-evidence"),
    path("candidacy/<str:reference>/receipt/", writing.receipt, name="candidacy-receipt"),
    path("matters/<str:reference>/receipt.json", writing.receipt_file, name="candidacy-receipt-file"),
    path("evidence/<str:name>/", evidence.item, name="candidacy-evidence-item"),
    path("evidence/<str:name>/remove/", evidence.remove, name="candidacy-evidence-remove"),
    path("evidence/<str:name>/open/", evidence.unlock, name="candidacy-evidence-unlock"),
    path("evidence/<str:name>/original/", evidence.original, name="candidacy-original"),
    path("evidence/<str:name>/key/<str:part>/", evidence.key, name="candidacy-key"),
    path("evidence/<str:name>/original/wrapped/", evidence.wrapped_key, name="candidacy-wrapped-key"),
    path("evidence/<str:name>/pages/<int:page>/", evidence.file, name="candidacy-file"),
    path("evidence/<str:name>/pages/<int:page>/sealed/", evidence.sealed_page, name="candidacy-sealed-page"),
]
