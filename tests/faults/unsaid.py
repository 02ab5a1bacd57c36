"""What was written in the dialogue and is not public: no page may hold it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hemicycle.consultations import queries as consultations
from hemicycle.consultations.models import Proposition
from hemicycle.dialogue.models import Answer, Message, Question
from hemicycle.followup.models import EarlierContact, Proposal
from hemicycle.statements.models import Amendment, Initiative, Version


def stretches(texts: Iterable[str]) -> set[str]:
    """Parts of texts that stand in a page as they were written, whatever marks are between them."""
    parts = {part.strip() for text in texts for part in re.split(r"[^\w ]+", text)}
    return {part for part in parts if " " in part and len(part) > 10}


def unsaid() -> set[str]:
    """What was written in the dialogue and nobody has admitted, released, opened or confirmed."""
    questions = Question.objects.filter(admitted_at=None)
    found = [text for row in questions for text in (row.text, row.return_text)]
    found += [row.text for row in Answer.objects.filter(released_at=None)]
    found += [row.text for row in Message.objects.all()]
    found += [row.text for row in Version.objects.exclude(statement__state="published")]
    found += [row.reasons for row in Amendment.objects.all()]
    found += [row.text for row in Initiative.objects.filter(opened_at=None)]
    put = consultations.of_public(Proposition.objects.all()).values("pk")
    found += [text for row in Proposition.objects.exclude(pk__in=put) for text in (row.draft, row.text)]
    contacts = EarlierContact.objects.filter(public_at=None)
    found += [text for row in contacts for text in (row.title, row.summary)]
    found += [row.evidence for row in Proposal.objects.filter(carried_out_at=None)]
    return stretches(found)
