"""Every address of the house. English stands at the root, French below /fr/, Russian below /ru/; no cookie chooses."""

from importlib import import_module
from importlib.util import find_spec

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from .rooms import ROOMS

# A room with pages has a `urls.py`: `urlpatterns` stand in each language, `plain_urlpatterns` (data files, receipts) once.
_rooms = [import_module(f"hemicycle.{room}.urls") for room in ROOMS if find_spec(f"hemicycle.{room}.urls")]

handler500 = "hemicycle.web.space.fault"

urlpatterns = [
    *(path("", include(room.plain_urlpatterns)) for room in _rooms if hasattr(room, "plain_urlpatterns")),
    *i18n_patterns(
        *(path("", include(room.__name__)) for room in _rooms),
        prefix_default_language=False,
    ),
]
