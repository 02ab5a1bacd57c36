"""Addresses of this room, and its desks in the generic pages."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from hemicycle.candidacy.desks import CandidatesItem
from hemicycle.rules.procedure import Office
from hemicycle.web import desk

from . import actions, desks, views  # noqa: F401 - binds the acts

_CLERKS = frozenset({Office.SECRETARIAT})

desk.register(*desks.DESKS)
desk.register_menu(
    "candidacy",
    desk.MenuItem(_("My files"), "my-files", frozenset({Office.ASSESSOR, Office.REVIEWER})),
    desk.MenuItem(_("Examinations"), "vetting-overview", _CLERKS),
    desk.MenuItem(_("Assessors"), "vetting-assessors", _CLERKS),
    CandidatesItem(_("Examination of my candidacy"), "my-examination"),
)
desk.waiting_lists.append(desks.waiting)

urlpatterns = [
    path("files/", views.my_files, name="my-files"),
    path("files/<str:reference>/", views.file, name="vetting-file"),
    path("files/<str:reference>/<str:name>/", views.exhibit, name="vetting-exhibit"),
    path("files/<str:reference>/<str:name>/<int:page>/", views.exhibit_page, name="vetting-exhibit-page"),
    path("examinations/", views.overview, name="vetting-overview"),
    path("examinations/assign/", views.assign_all, name="vetting-assign-all"),
    path("examinations/assessors/", views.assessors, name="vetting-assessors"),
    path("my-examination/", views.my_examination, name="my-examination"),
]
