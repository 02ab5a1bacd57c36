"""The cast of a demonstration: who may be signed in with one click. The replay writes it; production has
none."""

from __future__ import annotations

from django.conf import settings

from hemicycle.record import queries as record

from .models import CastMember, Person


def is_on() -> bool:
    """Whether this process runs in demonstration mode on a record that was founded as a demonstration."""
    return bool(settings.DEMONSTRATION) and record.is_demonstration()


def cast() -> list[CastMember]:
    """The cast in its order; empty outside a demonstration."""
    return list(CastMember.objects.select_related("person")) if is_on() else []


def add_to_cast(person: Person | None, order: int, title_en: str, title_fr: str, title_ru: str) -> CastMember:
    """Offer a person, or (without one) a visitor of the public pages, on the sign-in page of the
    demonstration."""
    return CastMember.objects.create(
        person=person, order=order, title_en=title_en, title_fr=title_fr, title_ru=title_ru
    )
