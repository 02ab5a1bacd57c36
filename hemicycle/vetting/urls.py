"""Addresses of this room, and its desks in the generic pages."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from hemicycle.candidacy.desks import CandidatesItem
from hemicycle.people.procedure import HOLDERS
from hemicycle.rules.procedure import Office
from hemicycle.web import desk

from . import (
    actions,  # noqa: F401 - binds the acts
    desks,
)
from .views import evidence, house, queue, screening, service, training

_CLERKS = frozenset({Office.SECRETARIAT})

desk.register(*desks.DESKS)
desk.register_menu(
    "candidacy",
    desk.MenuItem(_("My files"), "my-files", frozenset({Office.ASSESSOR, Office.REVIEWER})),
    desk.MenuItem(_("Training"), "vetting-training", frozenset({Office.ASSESSOR, Office.REVIEWER})),
    desk.MenuItem(_("Examinations"), "vetting-overview", _CLERKS),
    desk.MenuItem(_("Assessors"), "vetting-assessors", _CLERKS),
    desk.MenuItem(_("Lists of names"), "vetting-lists", _CLERKS),
    desk.MenuItem(_("Seal evidence to readers"), "vetting-sealing", frozenset(HOLDERS)),
    CandidatesItem(_("Examination of my candidacy"), "my-examination"),
    CandidatesItem(_("Posts and money over time"), "my-service"),
)
desk.waiting_lists.append(desks.waiting)

urlpatterns = [
    path("files/", queue.my_files, name="my-files"),
    path("files/<str:reference>/", house.file, name="vetting-file"),
    path("files/<str:reference>/closed/", queue.left, name="vetting-left"),
    path("files/<str:reference>/next/", queue.next_part, name="vetting-next"),
    path("files/<str:reference>/saved/", queue.saved, name="vetting-saved"),
    path("files/<str:reference>/evidence/", evidence.exhibits, name="vetting-exhibits"),
    path("files/<str:reference>/evidence/<str:name>/", evidence.exhibit, name="vetting-exhibit"),
    path("files/<str:reference>/evidence/<str:name>/key/", evidence.exhibit_key, name="vetting-exhibit-key"),
    path(
        "files/<str:reference>/evidence/<str:name>/again/",
        evidence.exhibit_again,
        name="vetting-exhibit-again",
    ),
    path(
        "files/<str:reference>/evidence/<str:name>/<int:page>/",
        evidence.exhibit_page,
        name="vetting-exhibit-page",
    ),
    path("examinations/", house.overview, name="vetting-overview"),
    path("examinations/assign/", house.assign_all, name="vetting-assign-all"),
    path("examinations/assessors/", house.assessors, name="vetting-assessors"),
    path("examinations/lists/", screening.lists, name="vetting-lists"),
    path("examinations/training/", training.files, name="vetting-training"),
    path("examinations/differing/", training.differing, name="vetting-differing"),
    path("examinations/sealing/", evidence.sealing, name="vetting-sealing"),
    path("examinations/sealing/batch/", evidence.batch, name="vetting-sealing-batch"),
    path("points/<str:reference>/<str:row>/", evidence.source_copy, name="vetting-source-copy"),
    path("points/<str:reference>/<str:row>/<int:page>/", evidence.source_page, name="vetting-source-page"),
    path("my-examination/", house.my_examination, name="my-examination"),
    path("my-service/", service.my_service, name="my-service"),
]
