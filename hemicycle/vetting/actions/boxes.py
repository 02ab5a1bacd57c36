"""Evidence is sealed to the readers of a file (article 10.3): boxes come from a browser in which two sheets were joined."""

from __future__ import annotations

from collections.abc import Sequence

from hemicycle.candidacy import envelopes
from hemicycle.candidacy.envelopes import Box
from hemicycle.people import queries as people
from hemicycle.people import wraps
from hemicycle.record.actors import Actor
from hemicycle.record.acts import Facts
from hemicycle.rules.findings import N_

from .. import queries
from ..models import Examination
from ._bound import on_examination, unmet


@on_examination
def seal_to_readers(examination: Examination, by: Actor, *, boxes: Sequence[tuple[str, Box]]) -> Facts:
    """Keep boxes beside the evidence of this file: (name of the evidence, box). The server cannot look into one.

    Each must be for a reader of this file, for the key that this reader has now, and not be there yet.
    """
    wanted = {
        (w.evidence.name, w.reader.reference, w.recipient): w.evidence
        for w in queries.boxes.wanted(by)
        if w.examination.pk == examination.pk
    }
    readers: set[str] = set()
    for name, box in boxes:
        held = wanted.pop((name, box.holder, box.recipient), None)
        if held is None:
            raise unmet(
                N_("Readers or keys changed meanwhile. Load the page again and join the sheets once more."),
                "seal_to_readers",
            )
        if not box.text.startswith("-----BEGIN AGE ENCRYPTED FILE-----") or wraps.holds_secret(box.text):
            raise unmet(N_("This is not a sealed box."), "seal_to_readers")
        envelopes.keep_boxes(held, (box,))
        readers.add(box.holder)
    if not boxes:
        raise unmet(N_("Nothing waits to be sealed."), "seal_to_readers")
    return Facts({"readers": sorted(readers), "boxes": len(boxes), "custodian": _custodian()})


def _custodian() -> str:
    custodian = people.custodian()
    return custodian.reference if custodian is not None else ""
