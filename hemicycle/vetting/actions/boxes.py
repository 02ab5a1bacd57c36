"""Evidence is sealed to the readers of a file (article 10.3): boxes come from a browser in which two sheets were joined."""

from __future__ import annotations

from collections.abc import Sequence

from hemicycle.candidacy import envelopes
from hemicycle.candidacy.envelopes import Box
from hemicycle.candidacy.models import EvidenceKey
from hemicycle.candidacy.models.contents import COPY
from hemicycle.people import wraps
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts, gate
from hemicycle.rules.findings import N_

from .. import queries
from ..models import Examination, Reading
from ..procedure import EXAMINATION
from ._bound import on_reading, unmet

sealing = gate(EXAMINATION, queries.boxes.offices)


@sealing
def seal_to_readers(examination: Examination, by: Actor, *, boxes: Sequence[tuple[str, Box]]) -> Facts:
    """Keep boxes beside the evidence of this file: (name of the evidence, box). The server cannot look into one.

    Each must be for a reader of this file, for the key that this reader has now, and not be there yet.
    """
    wanted = {
        (w.evidence.name, w.reader.reference, w.recipient): w for w in queries.boxes.wanted(by, examination)
    }
    readers: set[str] = set()
    custodians: set[str] = set()
    for name, box in boxes:
        found = wanted.pop((name, box.holder, box.recipient), None)
        if found is None:
            raise unmet(
                N_("Readers or keys changed meanwhile. Load the page again and join the sheets once more."),
                "seal_to_readers",
            )
        if not box.text.startswith("-----BEGIN AGE ENCRYPTED FILE-----") or wraps.holds_secret(box.text):
            raise unmet(N_("This is not a sealed box."), "seal_to_readers")
        envelopes.keep_boxes(found.evidence, (box,))
        readers.add(box.holder)
        custodians.add(found.custodian.reference)
    if not boxes:
        raise unmet(N_("Nothing waits to be sealed."), "seal_to_readers")
    return Facts({"readers": sorted(readers), "boxes": len(boxes), "custodians": sorted(custodians)})


@on_reading
def seal_anew(reading: Reading, by: Actor, *, evidence: str) -> Facts:
    """What was sealed to this reader does not open: it is taken away, and waits to be sealed again."""
    mine = EvidenceKey.objects.filter(
        evidence__candidacy=reading.examination.candidacy_id, evidence__name=evidence, part=COPY,
        holder=reading.assessor.reference,
    )  # fmt: skip
    if not mine.delete()[0]:
        raise unmet(N_("Nothing of this evidence is sealed to you."), "seal_anew")
    return Facts()
