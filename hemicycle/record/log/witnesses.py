"""Asking the witnesses: each gets the checkpoint with the proof that it extends what that witness saw.

Silent witnesses hold nothing up: acts go on, and the page says since when nobody has cosigned.
"""

from __future__ import annotations

import logging
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count, Q

from hemicycle.instruments.ledger import keyfile, notes, tiles
from hemicycle.instruments.ledger.witness import Answer, Witness, seen

from .. import clock
from ..models import Checkpoint, Cosignature
from . import keys

logger = logging.getLogger(__name__)
TIMEOUT = 10  # seconds
OWN = "witness.demonstration.invalid"  # the demonstration's


@dataclass(frozen=True)
class Known:
    """A witness of the policy, and where it is asked: at an address, or in this process (demonstration)."""

    key: notes.Verifier
    address: str = ""
    local: Witness | None = None

    def ask(self, request: notes.Request) -> Answer:
        """Its answer. Raises OSError when it cannot be reached."""
        if self.local is not None:
            return self.local.add_checkpoint(str(request))
        sent = urllib.request.Request(  # noqa: S310 - the address is the operator's own setting
            f"{self.address.rstrip('/')}/add-checkpoint", data=str(request).encode(), method="POST"
        )
        try:
            with urllib.request.urlopen(sent, timeout=TIMEOUT) as got:  # noqa: S310
                return Answer(got.status, got.read(1 << 16).decode(), got.headers.get("Content-Type", ""))
        except urllib.error.HTTPError as error:
            return Answer(
                error.code,
                error.read(1 << 16).decode(errors="replace"),
                error.headers.get("Content-Type", ""),
            )


def known() -> list[Known]:
    """The witnesses of the policy; in a demonstration one of its own, with a folder of its own."""
    if settings.DEMONSTRATION:
        return [own()]
    return [Known(notes.Verifier.read(key), address) for key, address in settings.WITNESSES]


def quorum() -> int:
    """How many of them must have cosigned before a checkpoint is published as the latest."""
    return 1 if settings.DEMONSTRATION else int(settings.WITNESS_QUORUM)


def names() -> list[str]:
    """What the witnesses of the policy are called. Needs no key: every reader of the public page asks."""
    if settings.DEMONSTRATION:
        return [OWN]
    return [notes.Verifier.read(key).name for key, _ in settings.WITNESSES]


def own() -> Known:
    """The demonstration's witness. It shows how witnessing works; it protects nobody, being on the same machine."""
    folder = _own_folder()
    signer = notes.Signer(
        "witness.demonstration.invalid", notes.COSIGNATURE, keyfile.make(folder / "witness.key")
    )
    return Known(signer.verifier, local=Witness(signer, _log_keys(), folder))


def _log_keys() -> list[notes.Verifier]:
    return keys.verifiers(has_begun=Checkpoint.objects.exists())


def own_memory() -> notes.Checkpoint | None:
    """What the demonstration's witness saw last, if one ran here."""
    return seen(_own_folder(), settings.LOG_ORIGIN)


def _own_folder() -> Path:
    return Path(settings.LOG_FOLDER).parent / "witness"


def policy_text() -> str:
    """The policy as a file (C2SP tlog-policy): whom a reader has to trust, and how many of them."""
    lines = [f"log {key}" for key in _log_keys()]
    witnesses = known()
    lines += [f"witness w{i} {each.key}" for i, each in enumerate(witnesses, 1)]
    if quorum():
        group = " ".join(f"w{i}" for i in range(1, len(witnesses) + 1))
        lines += [f"group witnesses {quorum()} {group}", "quorum witnesses"]
    else:
        lines.append("quorum none")
    return "\n".join(lines) + "\n"


def cosign() -> int:
    """Ask every witness that has not cosigned the latest checkpoint, then publish. Returns how many did."""
    latest = Checkpoint.objects.order_by("size").last()
    if latest is None:
        return 0
    publish()  # where nobody need cosign, nobody is waited for
    have = set(latest.cosignatures.values_list("witness", flat=True))
    done = 0
    for each in known():
        if each.key.name in have:
            continue
        try:
            line = _line_of(each, latest)
        except (OSError, ValueError, notes.Malformed, notes.Untrusted) as error:
            logger.warning("witness %s: %s", each.key.name, error)
            continue
        try:
            with transaction.atomic():
                Cosignature.objects.create(
                    checkpoint=latest, witness=each.key.name, line=line, signed_at=clock.now()
                )
        except IntegrityError:
            continue  # another clock asked at the same time
        done += 1
        publish()  # before the next is asked: one that is silent holds up nothing that enough others have seen
    return done


def _line_of(each: Known, latest: Checkpoint) -> str:
    """The cosignature of one witness. Raises `Untrusted` for a refusal or a wrong line, OSError for silence."""
    before = Cosignature.objects.filter(witness=each.key.name).order_by("checkpoint_id").last()
    old = before.checkpoint_id if before else 0
    for _ in range(2):
        answer = each.ask(_request(old, latest))
        if answer.status != 409:
            break
        old = int(answer.text)  # it saw more than we remember, or less
        if old > latest.size:
            raise notes.Untrusted(f"it has seen {old} leaves, this record has {latest.size}")
    if answer.status != 200:
        raise notes.Untrusted(f"it refused ({answer.status}): {answer.text.strip()[:200]}")
    note = notes.Note.read(notes.join(latest.note, [answer.text]))
    if each.key not in note.signed_by([each.key]):
        raise notes.Untrusted("its line is not its own")
    return answer.text


def _request(old: int, latest: Checkpoint) -> notes.Request:
    path = tiles.load(Path(settings.LOG_FOLDER), latest.size).consistency(old) if old else []
    return notes.Request(old, tuple(path), latest.note)


def note(checkpoint: Checkpoint) -> str:
    """A checkpoint with all lines of its witnesses."""
    lines = checkpoint.cosignatures.order_by("witness").values_list("line", flat=True)
    return notes.join(checkpoint.note, list(lines))


def published() -> Checkpoint | None:
    """The latest checkpoint that enough witnesses have cosigned; where the policy asks for none, the latest."""
    if not quorum():
        return Checkpoint.objects.order_by("-size").first()
    counted = Count("cosignatures", filter=Q(cosignatures__witness__in=names()))
    return Checkpoint.objects.annotate(seen=counted).filter(seen__gte=quorum()).order_by("-size").first()


def publish() -> None:
    """Put the latest cosigned checkpoint and the policy where they are served."""
    folder = Path(settings.LOG_FOLDER)
    found = published()
    receipt_key = f"{keys.receipt_signer().verifier}\n"
    texts = {"checkpoint": note(found) if found else "", "policy": policy_text(), "receipt-key": receipt_key}
    for name, text in texts.items():
        path = folder / name
        if text and not (path.exists() and path.read_text() == text):
            tiles.write(path, text.encode())
