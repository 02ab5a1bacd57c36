"""Pieces that several pages show: the words of a rule, the public head of a file."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemicycle.candidacy import queries as candidacies
from hemicycle.candidacy.models import Candidacy
from hemicycle.rules.charter import Charter
from hemicycle.web.desk import Fact


def title_of(key: str, charter: Charter) -> str:
    """The charter's words for a criterion or bar."""
    found = next((row for row in (*charter.criteria, *charter.bars) if row.key == key), None)
    return found.text[get_language() or "en"] if found else key


def reader(number: int) -> str:
    return _("Reader %(number)s") % {"number": number}


def head(candidacy: Candidacy) -> Sequence[Fact]:
    """The public head of a file: enough to know whether something ties one to the person, and nothing more (3.1)."""
    person = candidacy.person
    facts = [Fact(_("Name"), person.name), Fact(_("Public name"), person.public_name or person.shown_name)]
    if candidacy.slate is not None:
        facts.append(Fact(_("Joint slate of"), candidacy.slate.organisation))
    bodies = [row.body for row in candidacies.endorsements(candidacy)]
    return [*facts, Fact(_("Endorsed by"), ", ".join(bodies) or "—")]
