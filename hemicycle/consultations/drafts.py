"""A draft statement from a result: what every group supports, word for word, with where that can be seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.statements.evidence import Evidence

from . import queries, results
from .models import Consultation, Proposition


def draft_text(consultation: Consultation, language: str) -> str:
    """Markdown in a language. Propositions stand in the language in which they were written: nobody's words are changed.

    Empty where nothing is common ground, for then there is nothing to say together.
    """
    with translation.override(language):
        return _draft(consultation, consultation.result, language)


def _draft(consultation: Consultation, result: Mapping[str, Any], language: str) -> str:
    rows = {row.number: row for row in consultation.propositions.all()}
    aside = queries.set_aside(rows.values())
    supported = [rows[number] for number in result.get("supported", ()) if number not in aside]
    rejected = [rows[number] for number in result.get("rejected", ()) if number not in aside]
    if not supported and not rejected:
        return ""
    people = result["voters"]
    opening = ngettext(
        "In the consultation “%(name)s” %(n)d person answered short propositions.",
        "In the consultation “%(name)s” %(n)d people answered short propositions.",
        people,
    ) % {"name": consultation.name_in(language), "n": people}
    parts = [consultation.name_in(language), opening]
    if supported:
        parts += [_("Every group of opinion supports:"), _listed(supported)]
    if rejected:
        parts += [_("Every group of opinion rejects:"), _listed(rejected)]
    parts.append(
        _("Evidence: result of %(reference)s, %(address)s, SHA-256 %(digest)s.")
        % {
            "reference": consultation.reference,
            "address": address(consultation),
            "digest": results.digest(result),
        }
    )
    return "\n\n".join(parts) + "\n"


def address(consultation: Consultation) -> str:
    """Where the result is read, as people see it: the text may be read anywhere."""
    return f"{settings.ENV.origin}{reverse('consultations-result', args=[consultation.reference])}"


def evidence_of(reference: str) -> Evidence | None:
    """A published result in which something is common ground, as what a statement may rest on."""
    row = queries.published().filter(reference=reference).first()
    if row is None or not (row.result.get("supported") or row.result.get("rejected")):
        return None
    return Evidence(
        row.reference,
        _("result of the consultation “%(name)s”") % {"name": row.shown_name},
        reverse("consultations-result", args=[row.reference]),
        results.digest(row.result),
        row.topic,
        partial(draft_text, row),
    )


def _listed(rows: Sequence[Proposition]) -> str:
    return "\n".join(f"- {' '.join(row.text.split())} ({row.reference})" for row in rows)
