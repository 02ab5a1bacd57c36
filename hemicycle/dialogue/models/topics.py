"""Topics: issues of common concern, under which everything else of the dialogue is gathered."""

from __future__ import annotations

from django.db import models

from hemicycle.assembly.models import Named
from hemicycle.record.models import Matter


class Topic(Matter, Named):
    """An issue of common concern (R11). Its name and a sentence on it stand in the three languages; both are public."""

    PREFIX = "TOPC"

    about_en = models.TextField(max_length=600, blank=True)
    about_fr = models.TextField(max_length=600, blank=True)
    about_ru = models.TextField(max_length=600, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def about_in(self, language: str | None) -> str:
        """The sentence in a language; English for a language that the platform does not have."""
        return {"fr": self.about_fr, "ru": self.about_ru}.get((language or "en")[:2], self.about_en)
