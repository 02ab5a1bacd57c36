"""The generic pages of matters and acts."""

from django.templatetags.static import static
from django.urls import path
from django.views.generic import RedirectView

from . import views

# Asked for by browsers that show something without our head: a data file, a page of another server.
plain_urlpatterns = [
    path("favicon.ico", RedirectView.as_view(url=static("hemicycle/icon.svg"), permanent=True)),
]

urlpatterns = [
    path("desk/", views.home, name="home"),
    path("matters/new/<slug:room>/<slug:act>/", views.begin_page, name="begin"),
    path("matters/<str:reference>/", views.matter_page, name="matter"),
    path("matters/<str:reference>/<slug:act>/", views.act_page, name="act"),
]
