"""The line on the page of a file or list that says whether the voice on the telephone is proved (4.2)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hemicycle.people.models import Person
from hemicycle.record.actors import Actor
from hemicycle.rules.procedure import Office
from hemicycle.web.desk import Fact, begin_url
from hemicycle.web.templatetags.house import moment

from . import queries


def facts(person: Person, actor: Actor) -> list[Fact]:
    """For a clerk, on what concerns somebody else: until when the two may speak of it, or the way to a caller check."""
    if not actor.holds(Office.SECRETARIAT) or actor.person == person.pk:
        return []
    until = queries.proved_until(person.pk, actor.person)
    if until is not None:
        return [Fact(_("Voice"), _("proved until %(time)s") % {"time": moment(until)})]
    url = begin_url("integrity", "open_check", person=person.reference)
    return [Fact(_("Voice"), _("not proved: begin a caller check before this is spoken of"), url=url)]
