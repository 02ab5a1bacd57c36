"""The texts that speak of a log, in the formats of C2SP: signed-note, tlog-checkpoint, tlog-cosignature, tlog-proof.
Whom to trust, and whether a proof holds, is asked of `verify`, which outsiders run too.

A note is text with signature lines below it. Whoever reads one names the keys that are trusted; lines of other keys are
passed over, a wrong line of a trusted key makes the whole note worthless.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from .tree import SIZE

NOTE, COSIGNATURE = 1, 4  # the kinds of signature that the specifications number
MAX_LINES = 64  # of signatures in one note
MAX_BYTES = 1 << 20
PROOF = "c2sp.org/tlog-proof@v1"
_NAME = re.compile(r"[^\s+]+")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")


class Malformed(ValueError):
    """The text is not of its format."""


class Untrusted(ValueError):
    """The text is of its format, and no trusted key signed it, or a line of a trusted key is wrong."""


@dataclass(frozen=True)
class Verifier:
    """The public half of a key: its name, its kind (`NOTE` or `COSIGNATURE`) and 32 bytes."""

    name: str
    kind: int
    public: bytes

    @property
    def key_id(self) -> bytes:
        seed = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return hashlib.sha256(seed).digest()[:4]

    def __str__(self) -> str:
        """The key as one line of text (a *vkey*)."""
        return f"{self.name}+{self.key_id.hex()}+{encode(bytes([self.kind]) + self.public)}"

    @classmethod
    def read(cls, text: str) -> Verifier:
        """The key from its line. Raises `Malformed`."""
        parts = text.strip().split("+", 2)
        if len(parts) != 3 or not _NAME.fullmatch(parts[0]):
            raise Malformed("a key is NAME+ID+KEY")
        material = decode(parts[2])
        if len(material) != 33 or material[0] not in (NOTE, COSIGNATURE):
            raise Malformed("the key is not an Ed25519 key of a known kind")
        made = cls(parts[0], material[0], material[1:])
        if made.key_id.hex() != parts[1]:
            raise Malformed("the key does not belong to its name and number")
        return made

    def time_of(self, text: str, signature: bytes) -> int | None:
        """Check one signature over a note's text: seconds since 1970 for a cosignature, else None. Raises `Untrusted`."""
        time, message = None, text.encode()
        if self.kind == COSIGNATURE:
            if len(signature) != 72:
                raise Untrusted(f"the cosignature of {self.name} is not 72 bytes long")
            time = struct.unpack(">Q", signature[:8])[0]
            signature, message = signature[8:], _cosigned(text, time)
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            raise Untrusted(f"the signature of {self.name} is wrong") from None
        return time


@dataclass(frozen=True)
class Signer:
    """The secret half of a key: its name, its kind and the 32 bytes of an Ed25519 seed."""

    name: str
    kind: int
    seed: bytes

    def __repr__(self) -> str:
        return f"Signer({self.name!r})"  # never the seed

    @property
    def verifier(self) -> Verifier:
        public = Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()
        return Verifier(self.name, self.kind, public)

    def line(self, text: str, at: int | None = None) -> str:
        """The signature line over a note's text; a cosignature says when (seconds since 1970)."""
        key = Ed25519PrivateKey.from_private_bytes(self.seed)
        if self.kind == COSIGNATURE:
            if at is None:
                raise ValueError("a cosignature needs its time")
            signature = struct.pack(">Q", at) + key.sign(_cosigned(text, at))
        else:
            signature = key.sign(text.encode())
        return f"— {self.name} {encode(self.verifier.key_id + signature)}\n"


def _cosigned(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()


@dataclass(frozen=True)
class Note:
    """A note as it was read: its text and its signature lines, of which none is checked yet."""

    text: str
    lines: tuple[tuple[str, bytes], ...]  # name of the key, number of the key and signature

    @classmethod
    def read(cls, note: str) -> Note:
        """Raises `Malformed`."""
        head, gap, tail = note.rpartition("\n\n")
        if not gap or not tail.endswith("\n") or len(note) > MAX_BYTES:
            raise Malformed("a note is a text, an empty line and signature lines")
        if any(ord(character) < 32 and character != "\n" for character in note):
            raise Malformed("a note holds no control characters")
        lines = []
        for line in tail[:-1].split("\n"):
            mark, name, signature = [*line.split(" "), "", ""][:3]
            if mark != "—" or not _NAME.fullmatch(name) or line != f"— {name} {signature}":
                raise Malformed("a signature line is: dash, name, signature")
            lines.append((name, decode(signature)))
        if len(lines) > MAX_LINES or any(len(signature) <= 4 for _, signature in lines):
            raise Malformed("too many signature lines, or one that is too short")
        return cls(head + "\n", tuple(lines))

    def __str__(self) -> str:
        lines = "".join(f"— {name} {encode(signature)}\n" for name, signature in self.lines)
        return f"{self.text}\n{lines}"

    def signed_by(self, keys: Iterable[Verifier]) -> dict[Verifier, int | None]:
        """Which of these keys signed, with the time of a cosignature. Raises `Untrusted` for a wrong line of theirs."""
        known = {(key.name, key.key_id): key for key in keys}
        found: dict[Verifier, int | None] = {}
        for name, signature in self.lines:
            key = known.get((name, signature[:4]))
            if key is not None:
                found[key] = key.time_of(self.text, signature[4:])
        return found


@dataclass(frozen=True)
class Checkpoint:
    """What a log says of itself: who it is, how many leaves it has and their root."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{encode(self.root)}\n"

    @classmethod
    def read(cls, text: str) -> Checkpoint:
        """From the text of a note (lines after the third are allowed and say nothing to us). Raises `Malformed`."""
        lines = text.split("\n")
        if len(lines) < 4 or lines[-1] or not all(lines[:-1]) or not _NUMBER.fullmatch(lines[1]):
            raise Malformed("a checkpoint is three lines: origin, size, root")
        root = decode(lines[2])
        if len(root) != SIZE:
            raise Malformed("the root of a checkpoint is 32 bytes long")
        return cls(lines[0], int(lines[1]), root)

    def sign(self, *signers: Signer) -> str:
        """The checkpoint as a signed note."""
        return f"{self.text}\n" + "".join(signer.line(self.text) for signer in signers)


@dataclass(frozen=True)
class Proof:
    """A proof that travels alone: position, the neighbours on the way up, the checkpoint, and free bytes beside it."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: str
    extra: bytes = b""

    def __str__(self) -> str:
        extra = [f"extra {encode(self.extra)}"] if self.extra else []
        lines = [PROOF, *extra, f"index {self.index}", *map(encode, self.path)]
        return "\n".join(lines) + "\n\n" + self.checkpoint

    @classmethod
    def read(cls, text: str) -> Proof:
        """Raises `Malformed`."""
        head, gap, checkpoint = text.partition("\n\n")
        lines = head.split("\n")
        if not gap or lines.pop(0) != PROOF or not lines:
            raise Malformed(f"a proof begins with {PROOF}")
        extra = decode(lines.pop(0)[6:]) if lines[0].startswith("extra ") else b""
        index = lines.pop(0) if lines else ""
        if not index.startswith("index ") or not _NUMBER.fullmatch(index[6:]):
            raise Malformed("a proof names the index of its leaf")
        path = tuple(map(decode, lines))
        if any(len(hashed) != SIZE for hashed in path) or len(path) > 64:
            raise Malformed("a proof is at most 64 hashes of 32 bytes")
        return cls(int(index[6:]), path, checkpoint, extra)


@dataclass(frozen=True)
class Request:
    """What a log asks of a witness (tlog-witness, add-checkpoint): from which size on, the proof, the checkpoint."""

    old: int
    path: tuple[bytes, ...]
    checkpoint: str

    def __str__(self) -> str:
        return "\n".join([f"old {self.old}", *map(encode, self.path)]) + "\n\n" + self.checkpoint

    @classmethod
    def read(cls, text: str) -> Request:
        """Raises `Malformed`."""
        head, gap, checkpoint = text.partition("\n\n")
        first, *lines = head.split("\n")
        if not gap or not first.startswith("old ") or not _NUMBER.fullmatch(first[4:]) or len(lines) > 63:
            raise Malformed("a request is: old size, proof, empty line, checkpoint")
        path = tuple(map(decode, lines))
        if any(len(hashed) != SIZE for hashed in path):
            raise Malformed("a proof is hashes of 32 bytes")
        return cls(int(first[4:]), path, checkpoint)


def join(note: str, lines: Sequence[str]) -> str:
    """A note with more signature lines. A line that stands there already is not written twice."""
    return note + "".join(line for line in lines if line not in note)


def encode(data: bytes) -> str:
    return base64.b64encode(data).decode()


def decode(text: str) -> bytes:
    """Raises `Malformed` for what is not plain base64."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Malformed("this is not base64") from None
    if encode(data) != text:
        raise Malformed("this is not base64 as one would write it")
    return data
