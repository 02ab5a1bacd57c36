"""Addresses of suspension cases."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from hemicycle.web import desk

from . import actions, forms, queries, sealing, views
from .models import Case
from .procedure import CASE

desk.register(
    desk.Desk(
        table=CASE,
        model=Case,
        visible=queries.visible_to,
        forms=forms.FORMS,
        title=views.title,
        facts=views.facts,
        due=views.due,
        kinds=views.KINDS,
        blank=views.blank,
        file=sealing.file_of,
        opens={"open_file": lambda case: case.reference},
        act_templates={"open_file": "web/open_file.html"},
    )
)
desk.register_menu("composition", views.CasesItem(_("Suspension cases"), "suspension-cases", views.READS))
desk.waiting_lists.append(views.waiting)

urlpatterns = [
    path("suspension/", views.cases, name="suspension-cases"),
    path("suspension/allege/", views.choose, name="suspension-choose"),
]

__all__ = ["actions", "urlpatterns"]
