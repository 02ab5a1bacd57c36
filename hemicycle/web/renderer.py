"""How forms are drawn: label, hint, error, control, in that order, each tied to the other for screen readers.

The pages of a form stand in `templates/web/forms/`; a widget without a page there is drawn by Django's own.
"""

from __future__ import annotations

from typing import Any

from django.forms.renderers import TemplatesSetting

DJANGO = "django/forms/"
OWN_PAGES = {
    f"{DJANGO}{page}": f"web/forms/{page}"
    for page in (
        "div.html",
        "errors/list/default.html",
        "widgets/checkbox_select.html",
        "widgets/clearable_file_input.html",
        "widgets/radio.html",
    )
}


class Renderer(TemplatesSetting):
    """Draws forms with the house's pages, wherever `django.forms` stands in the list of rooms."""

    form_template_name = "web/forms/div.html"
    field_template_name = "web/forms/field.html"
    formset_template_name = "web/forms/formset.html"

    def get_template(self, template_name: str) -> Any:
        """Return the template of that name, or the house's page that stands in its place."""
        return super().get_template(OWN_PAGES.get(template_name, template_name))
