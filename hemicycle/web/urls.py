"""The generic pages of matters and acts."""

from django.urls import path

from . import views

urlpatterns = [
    path("desk/", views.home, name="home"),
    path("matters/new/<slug:room>/<slug:act>/", views.begin_page, name="begin"),
    path("matters/<str:reference>/", views.matter_page, name="matter"),
    path("matters/<str:reference>/<slug:act>/", views.act_page, name="act"),
]
