"""What every page shows around its own matter: names, menus, languages, the demonstration's banner."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.translation import get_language

from hemicycle.record import law, page
from hemicycle.record.actors import PUBLIC, Actor

from . import desk


def shell(request: HttpRequest) -> dict[str, Any]:
    """`shell` for the base template. One query: the law in force."""
    language = get_language() or settings.LANGUAGE_CODE
    actor: Actor = getattr(request, "actor", PUBLIC)
    charter = None
    platform = assembly = "Hemicycle"
    with suppress(law.NoLaw):
        charter = law.in_force()
        platform, assembly = charter.platform[language], charter.assembly[language]
    path = request.get_full_path()
    with page.read():
        menu = desk.menu_of(actor)
    return {
        "shell": {
            "platform": platform,
            "assembly": assembly,
            "charter": charter,
            "languages": [
                {"code": code, "label": name, "url": translate_url(path, code), "current": code == language}
                for code, name in (("en", "English"), ("fr", "Français"), ("ru", "Русский"))
            ],
            "signed_in": actor.person is not None,
            "actor": actor,
            "person": getattr(request.person, "shown_name", "") or actor.reference  # type: ignore[attr-defined]
            if actor.person is not None
            else None,
            "person_url": reverse("account"),
            "sign_out_url": reverse("sign-out"),
            "leave_url": reverse("leave-at-once"),
            "home_url": _front(),
            "desk_url": reverse("home"),
            "sign_in_url": reverse("sign-in"),
            "public_menu": [_item(request, item) for item in desk.public_menu],
            "menu": [
                {"title": group.title, "items": [_item(request, item) for item in group.items]}
                for group in menu
            ],
            "parts": desk.page_parts if actor.person is not None else [],
            "demonstration": settings.DEMONSTRATION,
            "demonstration_aged": desk.aged[0]() if settings.DEMONSTRATION and desk.aged else "",
        }
    }


def _front() -> str:
    """The public's first page where a room has one, else the desk."""
    try:
        return reverse("front")
    except NoReverseMatch:
        return reverse("home")


def _item(request: HttpRequest, item: desk.MenuItem) -> dict[str, Any]:
    url = reverse(item.url_name)
    return {"label": item.label, "url": url, "current": request.path == url}
