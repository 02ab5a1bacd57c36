#!/usr/bin/env python3
"""Check the record of a Hemicycle by yourself. One file, Python 3.10 or newer, nothing to install, nothing is sent.

    python3 verify.py PLACE [--policy FILE] [--since CHECKPOINT]... [--receipt FILE]... [--proof FILE --leaf LEAF]
    python3 verify.py --offline --policy FILE --receipt-key FILE --receipt FILE...

PLACE is the address of the record (https://.../record/) or a folder with a copy of it. Checked are: the signatures of
the log and of its witnesses; that the leaves, the tiles and the signed root are one tree; that every statement that was
released is the one that its leaf committed to; that the tree begins with every older checkpoint that you kept.

PLACE may also be a whole data folder (it holds `record` and `hemicycle.sqlite3`, which is opened for reading only). Then
every row of the record's tables is checked too: entries against leaves, leaves against places, places against the tree,
all checkpoints against the tree, and what the signer and the witness remember, where their folders are there.

--policy   the keys that you trust (C2SP tlog-policy), kept from earlier or got from somebody else. Without it the
           record's own file `policy` is used: then you learn only whether the record agrees with itself.
--since    a checkpoint that you kept. The record must have grown from it.
--receipt  what you were given when you acted: was the promise signed, and is your act in the record now?
--receipt-key  the key that signs receipts, kept from earlier. Without it the record's own file `receipt-key` is used.
--offline  no place is asked: check only what stands in the receipt itself, its signature, its statement and its proof.
--export   the tables as `hemicycle verify --export FILE` wrote them, where the database is no file of the data folder.
--proof    a proof (C2SP tlog-proof) of one leaf, with --leaf, the leaf's 64 bytes in hex: is it in this record?

Exit 0: all is in order. Exit 1: it is not; the class of the fault and the first place stand in the output. Exit 2: it
could not be checked (no such place, no connection).
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import json
import os
import re
import sqlite3
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta, timezone
from fractions import Fraction
from math import ceil, floor
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

WIDTH = 256
EMPTY = hashlib.sha256(b"").digest()
PATIENCE = timedelta(hours=36)  # after which an act that was promised a place must have it

Point = tuple[int, int, int, int]
Key = tuple[str, bytes, int, bytes]  # name, number, kind (1 log, 4 witness), public key
Policy = tuple[Sequence[Key], Sequence[Key], int]  # keys of the log, of the witnesses, how many of these
Kept = Sequence[tuple[str, str]]  # name of a file, the checkpoint in it
Row = dict[str, Any]
Rows = Callable[[str], Iterable[Row]]  # the rows of a table of the record: `entry`, `leaf`, ... (TABLES)


class Fault(Exception):
    """What is wrong: the class of the fault, and where."""

    def __init__(self, kind: str, where: str) -> None:
        super().__init__(kind, where)
        self.kind, self.where = kind, where


class Missing(Exception):
    """A file that the record must have is not there."""


# Ed25519 (RFC 8032), verification only

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def _x(y: int, sign: int) -> int | None:
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return P - x if x % 2 != sign else x


def _point(data: bytes) -> Point | None:
    number = int.from_bytes(data, "little")
    y, sign = number & ((1 << 255) - 1), number >> 255
    x = _x(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


def _add(a: Point, b: Point) -> Point:
    k, m = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = m - k, d - c, d + c, m + k
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(number: int, point: Point) -> Point:
    result: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            result = _add(result, point)
        point, number = _add(point, point), number >> 1
    return result


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = _x(BASE_Y, 0) or 0
BASE: Point = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def signature_holds(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether an Ed25519 signature of 64 bytes is right."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, first, second = _point(public), _point(signature[:32]), int.from_bytes(signature[32:], "little")
    if key is None or first is None or second >= L:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    left = _times(second, BASE)
    right = _add(first, _times(int.from_bytes(digest, "little") % L, key))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (
        left[1] * right[2] - right[1] * left[2]
    ) % P == 0


# Hashing (RFC 6962)


def leaf_hashes(leaves: list[bytes]) -> list[bytes]:
    sha256 = hashlib.sha256
    return [sha256(b"\x00" + leaf).digest() for leaf in leaves]


def root_of(hashes: list[bytes]) -> bytes:
    """The root over the hashes of all leaves."""
    if not hashes:
        return EMPTY
    sha256, level = hashlib.sha256, hashes
    while len(level) > 1:
        above = [sha256(b"\x01" + a + b).digest() for a, b in zip(level[::2], level[1::2], strict=False)]
        if len(level) % 2:
            above.append(level[-1])
        level = above
    return level[0]


class Roots:
    """The roots of all beginnings of a tree, each found in a few steps."""

    def __init__(self, hashes: list[bytes]) -> None:
        self.levels, level = [hashes], hashes
        while len(level) > 1:
            pairs = zip(level[::2], level[1::2], strict=False)
            level = [hashlib.sha256(b"\x01" + a + b).digest() for a, b in pairs]
            self.levels.append(level)

    def of(self, size: int) -> bytes:
        root = b""
        for height, level in enumerate(self.levels):
            if size >> height & 1:
                peak = level[(size >> height) - 1]
                root = hashlib.sha256(b"\x01" + peak + root).digest() if root else peak
        return root or EMPTY


def path_leads_to(hashed: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """The root to which the proof leads, or None when it has the wrong length."""
    if not 0 <= index < size:
        return None
    last = size - 1
    for sibling in path:
        if not last:
            return None
        if index & 1 or index == last:
            hashed = hashlib.sha256(b"\x01" + sibling + hashed).digest()
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            hashed = hashlib.sha256(b"\x01" + hashed + sibling).digest()
        index, last = index >> 1, last >> 1
    return None if last else hashed


# Notes, checkpoints, policy (C2SP)


def unbase64(text: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        data = None
    if data is None or base64.b64encode(data).decode() != text:
        raise ValueError("not base64: " + text[:40])
    return data


def read_key(text: str) -> Key:
    """(name, number, kind, public key) of a verifier key."""
    name, number, rest = text.strip().split("+", 2)
    material = unbase64(rest)
    key_id = hashlib.sha256(name.encode() + b"\n" + material).digest()[:4]
    if key_id.hex() != number or len(material) != 33 or material[0] not in (1, 4):
        raise ValueError("not a key: " + text)
    return name, key_id, material[0], material[1:]


def read_policy(text: str) -> Policy:
    """(keys of the log, keys of the witnesses, how many witnesses must have cosigned)."""
    logs: list[Key] = []
    witnesses: dict[str, Key] = {}
    group: dict[str, int] = {}
    quorum = 0
    for line in text.splitlines():
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        if words[0] == "log":
            logs.append(read_key(words[1]))
        elif words[0] == "witness":
            witnesses[words[1]] = read_key(words[2])
        elif words[0] == "group":
            names = words[3:]
            if any(name not in witnesses for name in names):
                raise ValueError("a group of this file may hold witnesses only")
            group[words[1]] = len(names) if words[2] == "all" else 1 if words[2] == "any" else int(words[2])
        elif words[0] == "quorum":
            quorum = 0 if words[1] == "none" else 1 if words[1] in witnesses else group[words[1]]
        else:
            raise ValueError("unknown line in the policy: " + line)
    return logs, list(witnesses.values()), quorum


def read_note(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    """(text, [(name, signature with the number of its key)])."""
    head, gap, tail = note.rpartition("\n\n")
    lines = []
    for line in tail.splitlines():
        mark, name, signature = line.split(" ")
        if mark != "\u2014":
            raise ValueError("not a signature line: " + line)
        lines.append((name, unbase64(signature)))
    if not gap or not lines:
        raise ValueError("not a signed note")
    return head + "\n", lines


def read_checkpoint(text: str) -> tuple[str, int, bytes]:
    """(origin, size, root)."""
    origin, size, root = text.split("\n")[:3]
    if not size.isdigit() or str(int(size)) != size or len(unbase64(root)) != 32:
        raise ValueError("not a checkpoint")
    return origin, int(size), unbase64(root)


def check_note(note: str, policy: Policy, place: str) -> tuple[str, int, bytes, list[str]]:
    """Check a checkpoint against a policy: (origin, size, root, names of the witnesses). Raises Fault, `rewritten`."""
    logs, witnesses, quorum = policy
    try:
        text, lines = read_note(note)
        origin, size, root = read_checkpoint(text)
    except ValueError as error:
        raise Fault("edited", f"{place}: {error}") from None
    has_log, seen = False, set[str]()
    for name, number, kind, public in [*logs, *witnesses]:
        for signer, signature in lines:
            if signer != name or signature[:4] != number:
                continue
            message, signed = text.encode(), signature[4:]
            if kind == 4:
                message = b"cosignature/v1\ntime %d\n" % int.from_bytes(signed[:8], "big") + message
                signed = signed[8:]
            if not signature_holds(public, message, signed):
                raise Fault("edited", f"{place}: the signature of {name} is wrong")
            if kind == 4:
                seen.add(name)
            elif name == origin:
                has_log = True
    if not has_log:
        raise Fault("rewritten", f"{place}: not signed by the log's key")
    if len(seen) < quorum:
        raise Fault(
            "rewritten", f"{place}: cosigned by {len(seen)} of the {quorum} witnesses that are needed"
        )
    return origin, size, root, sorted(seen)


# The record


class Record:
    """A record at an address or in a folder."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.is_far = place.startswith(("http://", "https://"))

    def get(self, path: str) -> bytes:
        try:
            if self.is_far:
                with urllib.request.urlopen(self.place.rstrip("/") + "/" + path, timeout=60) as answer:
                    return bytes(answer.read())
            return (Path(self.place) / path).read_bytes()
        except urllib.error.HTTPError as error:
            if error.code == 404:
                raise Missing(path) from None
            raise
        except (FileNotFoundError, NotADirectoryError):
            raise Missing(path) from None

    def tile(self, level: int | str, index: int, width: int) -> bytes:
        digits = str(index)
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        path = "/".join(["x" + group for group in groups[:-1]] + groups[-1:])
        return self.get(f"tile/{level}/{path}" + (f".p/{width}" if width < WIDTH else ""))


def unbundle(data: bytes) -> list[bytes]:
    leaves, at = [], 0
    while at < len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        if end > len(data):
            raise ValueError("a bundle breaks off")
        leaves.append(data[at + 2 : end])
        at = end
    return leaves


def check_tree(record: Record, size: int, root: bytes) -> tuple[list[bytes], list[bytes]]:
    """Check leaves, tiles and root against each other: the leaves and their hashes. Raises Fault."""
    leaves: list[bytes] = []
    hashes: list[bytes] = []
    tops: list[bytes] = []
    for index in range(-(-size // WIDTH)):
        width = min(WIDTH, size - index * WIDTH)
        first = index * WIDTH
        try:
            bundle, tile = unbundle(record.tile("entries", index, width)), record.tile(0, index, width)
        except Missing as error:
            is_tail = not any(exists(record, later, size) for later in range(index + 1, -(-size // WIDTH)))
            raise Fault(
                "truncated" if is_tail else "deleted", f"leaf {first} and after: no file {error}"
            ) from None
        except ValueError as error:
            raise Fault("edited", f"leaves from {first}: {error}") from None
        told = [tile[at : at + 32] for at in range(0, len(tile), 32)]
        found = leaf_hashes(bundle)
        if found != told:
            raise differing(first, found, told)
        if len(bundle) != width:
            raise Fault(
                "inserted" if len(bundle) > width else "truncated",
                f"leaf {first + min(width, len(bundle))}",
            )
        leaves += bundle
        hashes += found
        tops.append(root_of(found))
    if root_of(tops) != root:
        raise Fault("rewritten", f"the leaves do not lead to the signed root of {size} leaves")
    level, upper = 1, tops[: size // WIDTH]
    while upper:
        for index in range(-(-len(upper) // WIDTH)):
            row = upper[index * WIDTH : (index + 1) * WIDTH]
            try:
                tile = record.tile(level, index, len(row))
            except Missing as error:
                raise Fault("deleted", f"no file {error}") from None
            if tile != b"".join(row):
                raise Fault("edited", f"tile {index} of level {level}")
        upper = [root_of(upper[at : at + WIDTH]) for at in range(0, len(upper) - WIDTH + 1, WIDTH)]
        level += 1
    return leaves, hashes


def exists(record: Record, index: int, size: int) -> bool:
    try:
        record.tile("entries", index, min(WIDTH, size - index * WIDTH))
    except Missing:
        return False
    return True


def differing(first: int, found: list[bytes], told: list[bytes]) -> Fault:
    """The fault of a bundle whose leaves are not those of its tile."""
    at = next(
        (i for i, pair in enumerate(zip(found, told, strict=False)) if pair[0] != pair[1]),
        min(len(found), len(told)),
    )
    where = f"leaf {first + at}"
    if len(found) > len(told):
        return Fault("inserted", where)
    if len(found) < len(told):
        return Fault("truncated" if at == len(found) else "deleted", where)
    if sorted(found) == sorted(told):
        return Fault("reordered", where)
    return Fault("edited", where)


def check_released(record: Record, leaves: list[bytes]) -> list[tuple[int, Any]]:
    """Check every released statement against its leaf and return them in order of position. Raises Fault."""
    statements: list[tuple[int, Any]] = []
    seen = -1
    try:
        lines = record.get("released.jsonl").decode().splitlines()
    except Missing:
        raise Fault("deleted", "no file released.jsonl") from None
    for number, line in enumerate(lines, 1):
        where = f"released.jsonl, line {number}"
        try:
            row = json.loads(line)
            position, salt, statement = row["position"], row["salt"], row["statement"]
            bytes.fromhex(salt)
        except (ValueError, KeyError, TypeError):
            raise Fault("edited", where) from None
        if type(position) is not int or position <= seen:
            raise Fault("reordered", where)
        if position >= len(leaves):
            raise Fault("inserted", f"{where}: leaf {position} is not in the tree")
        seen = position
        if leaves[position] != opened(salt, statement):
            raise Fault("edited", f"{where}: not what leaf {position} committed to")
        statements.append((position, statement))
    return statements


def check_outcomes(statements: list[tuple[int, Any]]) -> tuple[int, int]:
    """Count again every released vote and the reserve of every approved list: how many of each. Raises Fault."""
    votes = lists = 0
    for position, statement in statements:
        where = f"leaf {position}"
        try:
            facts = statement["facts"]
            if "threshold" in facts:
                check_vote(statement["after"], facts, where)
                votes += 1
            elif "share" in facts:
                check_reserve(facts, where)
                lists += 1
        except (KeyError, TypeError, ValueError, ZeroDivisionError) as error:
            raise Fault("edited", f"{where}: its figures cannot be counted again: {error}") from None
    return votes, lists


def check_vote(after: str, facts: dict[str, Any], where: str) -> None:
    """The outcome of a vote from its own figures: abstentions are not votes cast, a tie does not carry."""
    cast, base = facts["for"] + facts["against"], facts["base"]
    if facts["votes_cast"] != cast or (facts["basis"] == "cast" and base != cast):
        raise Fault("edited", f"{where}: the votes do not add up")
    exact = Fraction(facts["threshold"]) * base
    needed = max(1, floor(exact) + 1 if facts["threshold_is"] == "more_than" else ceil(exact))
    if facts["quorum"] == "not_met":
        expected = {"void"}
    elif facts["for"] >= needed:
        expected = {"carried"}
    else:
        expected = {"rejected", "tied"} if facts["for"] == facts["against"] else {"rejected"}
    if facts["needed"] != needed or after not in expected:
        raise Fault("edited", f"{where}: {facts['for']} of {base}, {needed} needed, and it says: {after}")


def check_reserve(facts: dict[str, Any], where: str) -> None:
    """The seats that the reserve needs, and whether the list had them."""
    exact = Fraction(facts["share"]) * facts["base"]
    rounded = {"up": ceil(exact), "down": floor(exact), "nearest": floor(exact + Fraction(1, 2))}
    required = rounded[facts["rounding"]]
    if facts["required"] != required or facts["reserved"] < required:
        raise Fault(
            "edited", f"{where}: {facts['reserved']} reserved seats of {facts['base']}, {required} needed"
        )


def check_since(notes: Kept, policy: Policy, hashes: list[bytes]) -> None:
    """Check that the tree begins with each kept checkpoint. Raises Fault."""
    logs, _, _ = policy
    for place, note in notes:
        origin, size, root, _ = check_note(note, (logs, [], 0), place)
        if size > len(hashes):
            raise Fault("restored", f"{place} speaks of {size} leaves, the record has {len(hashes)}")
        if root_of(hashes[:size]) != root:
            raise Fault("rewritten", f"the record of {origin} is not the one of {place}")


def check_proof(text: str, leaf: bytes, policy: Policy) -> tuple[int, int]:
    """Check a proof of one leaf by itself: (index, size). Raises Fault."""
    head, _, note = text.partition("\n\n")
    lines = [line for line in head.split("\n") if not line.startswith("extra ")]
    if len(lines) < 2 or lines[0] != "c2sp.org/tlog-proof@v1" or not lines[1].startswith("index "):
        raise Fault("edited", "the proof is not a proof")
    _, size, root, _ = check_note(note, policy, "the proof's checkpoint")
    try:
        index, siblings = int(lines[1][6:]), [unbase64(line) for line in lines[2:]]
    except ValueError as error:
        raise Fault("edited", f"the proof is not a proof: {error}") from None
    hashed = hashlib.sha256(b"\x00" + leaf).digest()
    if path_leads_to(hashed, index, size, siblings) != root:
        raise Fault("edited", f"the leaf is not at {index} of the tree that the proof speaks of")
    return index, size


def check_promise(text: str, key: Key, policy: Policy | None) -> tuple[bytes, datetime, str]:
    """Check a receipt by itself: (leaf, when it was promised, what its proof says). Raises Fault."""
    try:
        told = json.loads(text)
        note, lines = read_note(told["promise"])
        _, data, at = note.split("\n")[:3]
        leaf, promised = bytes.fromhex(data), datetime.fromisoformat(at)
        is_own = "statement" not in told or opened(told["salt"], told["statement"]) == leaf
        sealed = told.get("sealed")
        if is_own and sealed is not None:
            is_own = commitment(told["sealed_salt"], sealed).hex() == told["statement"]["sealed"]
        proof = str(told.get("proof") or "")
        promised - datetime.now(timezone.utc)  # it names its zone
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Fault("edited", f"the receipt is not a receipt: {error}") from None
    name, number, _, public = key
    signed = [signature[4:] for signer, signature in lines if signer == name and signature[:4] == number]
    if not signed or not all(signature_holds(public, note.encode(), each) for each in signed):
        raise Fault("edited", "the receipt is not signed by the key of receipts")
    if not is_own:
        raise Fault("edited", "the statement is not what the receipt promised")
    if not proof:
        return leaf, promised, "it holds no proof yet"
    if policy is None:
        return leaf, promised, "its proof was not checked: no --policy"
    index, size = check_proof(proof, leaf, policy)
    return leaf, promised, f"its proof leads to {index} of a signed tree of {size}"


def check_receipt(text: str, key: Key, policy: Policy, hashes: list[bytes]) -> str:
    """Check a receipt against the whole record: what there is to say of it. Raises Fault."""
    leaf, at, _ = check_promise(text, key, policy)
    hashed = hashlib.sha256(b"\x00" + leaf).digest()
    if hashed in hashes:
        return f"the act of {at} stands at {hashes.index(hashed)}"
    if datetime.now(timezone.utc) - at >= PATIENCE:
        raise Fault("deleted", f"the act of {at} was promised a place in the record and has none")
    return f"the act of {at} waits for its place; ask again in two days"


def commitment(salt: str, statement: Any) -> bytes:
    spelled = json.dumps(statement, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()
    return hmac.new(bytes.fromhex(salt), spelled, hashlib.sha256).digest()


def opened(salt: str, statement: Any) -> bytes:
    """The leaf that commits to a statement under a salt."""
    return (b"\x01" + commitment(salt, statement)).ljust(64, b"\x00")


# The tables: of a data folder, or of an export

OPEN = ("room", "act", "matter", "before", "after", "office", "article", "charter", "publicity")
SEALED = ("number", "at", "actor", "once")  # with the facts that name somebody
SHOWN = ("public", "on_release")  # kinds that get their place at once
PERSON = re.compile(r"\bP-[0-9A-Z]{6,}")  # the random reference of a person
BALLOTS = ("cast", "change", "confirm_desk_ballot", "close")
CHOICES = {
    "for": "for",
    "against": "against",
    "abstention": "abstentions",
}  # as a ballot and an outcome say it
TABLES = {
    "checkpoint": "SELECT size, root, note FROM record_checkpoint ORDER BY size",
    "cosignature": "SELECT checkpoint_id, line FROM record_cosignature ORDER BY checkpoint_id, witness",
    "leaf": "SELECT leaf.*, entry.* FROM record_leaf leaf LEFT JOIN record_entry entry"
    " ON entry.number = leaf.entry_id ORDER BY leaf.id",
    "opening": "SELECT entry_id, salt FROM record_opening WHERE name = 'choice' ORDER BY entry_id",
    "orphan": "SELECT number FROM record_entry WHERE NOT EXISTS"
    " (SELECT 1 FROM record_leaf WHERE entry_id = number) ORDER BY number",
    "position": "SELECT number, leaf_id FROM record_position ORDER BY number",
}


class Report(NamedTuple):
    """What was checked and found in order."""

    entries: int
    leaves: int
    waiting: int
    checkpoints: int
    cosigned: int  # leaves under the latest checkpoint that enough witnesses have cosigned
    hashes: list[bytes]

    @property
    def tree(self) -> int:
        return len(self.hashes)


def database(path: Path) -> Rows:
    """The tables of a SQLite database, opened for reading only, all as they stand at one instant. Raises OSError."""
    # A copy on a disk that cannot be written, and that was left in order, is opened as what never changes.
    is_fixed = not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists()
    how = "immutable=1" if is_fixed else "mode=ro"
    try:
        base = sqlite3.connect(f"file:{quote(str(path))}?{how}", uri=True, isolation_level=None)
        base.execute("BEGIN")
        base.execute("SELECT 1 FROM record_entry").fetchone()
    except sqlite3.Error as error:
        raise OSError(f"{path} cannot be read: {error}") from None

    def rows(table: str) -> Iterator[Row]:
        found = base.execute(TABLES[table])
        names = [column[0] for column in found.description]
        for values in found:
            yield {name: plain(name, value) for name, value in zip(names, values, strict=True)}

    return rows


def plain(name: str, value: Any) -> Any:
    """A value of a column as an export spells it. What cannot be read stays, and then is not what a leaf says."""
    try:
        if isinstance(value, bytes):
            return value.hex()
        if name in ("facts", "open_part", "sealed_part") and value is not None:
            return json.loads(value)
        if name in ("at", "written_at") and value is not None:
            return (
                datetime.fromisoformat(value).replace(tzinfo=timezone.utc).isoformat(timespec="microseconds")
            )
    except (ValueError, TypeError):
        pass
    return value


def export(path: Path) -> Rows:
    """The tables that `hemicycle verify --export` wrote: one row a line."""

    def rows(table: str) -> Iterator[Row]:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if row.pop("table") == table:
                    yield row

    return rows


def spellings(row: Row) -> Iterator[tuple[Any, Any]]:
    """The open and the sealed part that a leaf must commit to. The day is that of the log's own time zone, which is one
    of three; the instant itself is in the sealed part."""
    if row["entry_id"] is None:
        yield row["open_part"], row["sealed_part"]
        return
    shown: Row = {"kind": "entry", **{name: row[name] for name in OPEN}, "facts": {}}
    sealed: Row = {**{name: row[name] for name in SEALED}, "facts": {}}
    for key, value in row["facts"].items():
        (sealed if names_somebody(value) else shown)["facts"][key] = value
    for days in (0, 1, -1):
        day = datetime.fromisoformat(row["at"]) + timedelta(days=days)
        yield {**shown, "day": day.date().isoformat()}, sealed


def names_somebody(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(names_somebody, value.values()))
    if isinstance(value, list):
        return any(map(names_somebody, value))
    return isinstance(value, str) and PERSON.search(value) is not None


def check_leaf(row: Row) -> None:
    """Check that a leaf is what its entry says, in every column. Raises Fault."""
    where = f"leaf row {row['id']}" if row["entry_id"] is None else f"entry {row['entry_id']}"
    if row["entry_id"] is not None and row["number"] is None:
        raise Fault("deleted", where)
    try:
        if row["entry_id"] is None and row["open_part"]["kind"] not in ("pending", "filler"):
            raise Fault("deleted", f"{where} speaks of an entry and has none")
        for shown, sealed in spellings(row):
            if sealed is not None and row["sealed_salt"]:
                shown = {**shown, "sealed": commitment(row["sealed_salt"], sealed).hex()}
            if opened(row["salt"], shown).hex() == row["data"]:
                break
        else:
            raise Fault("edited", where)
        is_as_written = row["entry_id"] is None or (
            row["written_at"] == row["at"] and bool(row["is_prompt"]) == (row["publicity"] in SHOWN)
        )
    except (ValueError, TypeError, AttributeError, KeyError):
        is_as_written = False
    if not is_as_written:
        raise Fault("edited", where)


def check_rows(rows: Rows, hashes: list[bytes]) -> tuple[int, int, int, list[tuple[int, Any]]]:
    """Check entries, leaves, places and tree against each other. Raises Fault.

    Returns how many entries there are, how many leaves have a place and how many wait, and the statements that can be
    counted again, by place."""
    data: dict[int, bytes] = {}
    pending, counted, votes, entries = [], [], list[Row](), 0
    for row in rows("leaf"):
        check_leaf(row)
        if row["id"] in data:
            raise Fault("inserted", f"leaf row {row['id']} stands twice")
        data[row["id"]] = leaf_hashes([bytes.fromhex(row["data"])])[0]
        entries += row["entry_id"] is not None
        if row["entry_id"] is None and row["open_part"]["kind"] == "pending":
            pending.append(row)
        if row["room"] == "voting" and row["act"] in BALLOTS:
            votes.append(row)
        if row["publicity"] in SHOWN and not {"threshold", "share"}.isdisjoint(row["facts"]):
            counted.append((row["id"], {"after": row["after"], "facts": row["facts"]}))
    check_ballots(rows, votes)
    for row in rows("orphan"):
        raise Fault("inserted", f"entry {row['number']} has no leaf")
    placed = check_positions(rows, hashes, data)
    for row in pending:
        where = f"when leaf row {row['id']} was written"
        if any(each not in data for each in row["sealed_part"]["leaves"]):
            raise Fault("deleted", f"a leaf that waited {where}")
        if (
            root_of(sorted(data[each] for each in row["sealed_part"]["leaves"])).hex()
            != row["open_part"]["root"]
        ):
            raise Fault("edited", f"a leaf that waited {where}")
        if row["id"] not in placed:
            raise Fault("deleted", f"leaf row {row['id']} has no place")
    shown = [(placed[leaf], statement) for leaf, statement in counted if leaf in placed]
    return entries, len(placed), len(data) - len(placed), shown


def check_ballots(rows: Rows, votes: list[Row]) -> None:
    """Count the ballots of every open vote again, from the choices that their entries commit to. Raises Fault.

    A vote of which a choice cannot be opened (its salt went with the person, or is sealed here) is not counted. Ballots that were
    refused for an interest are known by their number only: then no choice may have fewer ballots than were counted."""
    salts = {row["entry_id"]: row["salt"] for row in rows("opening")}
    cast: dict[str, dict[int, str | None]] = {}
    for row in sorted(votes, key=lambda row: int(row["number"])):
        facts, vote = row["facts"], row["facts"].get("vote", row["matter"])
        if row["act"] != "close" and "choice" in facts:
            cast.setdefault(vote, {})[facts["position"]] = choice_of(row, salts.get(row["number"]))
        elif row["act"] == "close" and vote in cast and None not in cast[vote].values():
            choices = list(cast[vote].values())
            told = [(choices.count(word), facts[name]) for word, name in CHOICES.items()]
            if any(found < said for found, said in told) or len(choices) != facts["refused"] + sum(
                said for _, said in told
            ):
                raise Fault("edited", f"entry {row['number']}: the ballots of {vote} give another outcome")


def choice_of(row: Row, salt: str | None) -> str | None:
    """The choice that an entry commits to; None without its open salt. Raises Fault."""
    if salt is None or not re.fullmatch("[0-9a-f]+", salt):  # erased, or sealed under a key that is not here
        return None
    for word in CHOICES:
        digest = hmac.new(bytes.fromhex(salt), word.encode(), hashlib.sha256).hexdigest()
        if row["facts"]["choice"] == "hmac-sha256:" + digest:
            return word
    raise Fault("edited", f"entry {row['number']}: its salt opens no choice")


def check_positions(rows: Rows, hashes: list[bytes], data: dict[int, bytes]) -> dict[int, int]:
    """Check that every place of the tree has its row, and the reverse: places by row of the leaf. Raises Fault."""
    in_tree, placed, expected = set(hashes), dict[int, int](), 0
    for row in rows("position"):
        number, leaf = row["number"], row["leaf_id"]
        if expected < number < len(hashes):
            raise Fault("deleted", f"leaf {expected} has no row")
        if number >= len(hashes) or number < expected:
            raise Fault("inserted", f"position {number} is not in the tree")
        if leaf not in data:
            raise Fault("deleted", f"leaf {number} has no row")
        if data[leaf] != hashes[number]:
            raise Fault("reordered" if data[leaf] in in_tree else "edited", f"leaf {number}")
        placed[leaf], expected = number, number + 1
    if expected < len(hashes):
        raise Fault("truncated", f"leaf {expected} and after: no rows")
    return placed


def check_checkpoints(rows: Rows, published: str | None, roots: Roots, policy: Policy) -> tuple[int, int]:
    """Check that all that was signed begins the tree, and that what is published is the latest that enough witnesses
    cosigned: how many checkpoints there are, and the size of that one. Raises Fault."""
    logs, witnesses, quorum = policy
    names = {name for name, *_ in witnesses}
    lines: dict[int, list[str]] = {}
    for row in rows("cosignature"):
        lines.setdefault(row["checkpoint_id"], []).append(row["line"])
    count = cosigned = 0
    for row in rows("checkpoint"):
        place = f"checkpoint {row['size']}"
        note = row["note"] + "".join(lines.pop(row["size"], []))
        _, size, root, seen = check_note(note, (logs, witnesses, 0), place)
        if (size, root.hex()) != (row["size"], row["root"]):
            raise Fault("edited", f"{place}: its note speaks of another tree")
        if roots.of(size) != root:
            raise Fault("rewritten", f"{place}: the tree does not begin with what was signed")
        count += 1
        if len(names & set(seen)) >= quorum:
            cosigned = size
    for left in lines:
        raise Fault("deleted", f"checkpoint {left} was cosigned and is gone")
    if published is None:
        if cosigned:
            raise Fault("deleted", "no file checkpoint")
        return count, cosigned
    _, size, root, _ = check_note(published, policy, "checkpoint")
    if roots.of(size) != root:
        raise Fault("rewritten", "checkpoint: the tree does not begin with what was published")
    if size != cosigned:
        kind = "restored" if size < cosigned else "rewritten"
        raise Fault(kind, f"checkpoint: {size} leaves are published, {cosigned} were cosigned")
    return count, cosigned


def check_house(
    record: Record, rows: Rows, policy: Policy, memories: Kept, say: Callable[[str], object] = print
) -> Report:
    """Check a record with its tables, and with what its signer and its witness remember (name, checkpoint). The files
    are read first: what is signed and published while this runs is then only more than they say. Raises Fault."""
    try:
        published: str | None = record.get("checkpoint").decode()
    except Missing:
        published = None
    remembered = [(who, *read_checkpoint(text)[1:]) for who, text in memories]
    latest = next(iter([*rows("checkpoint")][-1:]), None)
    if latest is None:
        if published is not None or remembered:
            raise Fault("truncated", "the database holds no checkpoint, and one was signed")
        size, root = 0, EMPTY
    else:
        size, root = latest["size"], bytes.fromhex(latest["root"])
        told = check_note(latest["note"], (policy[0], policy[1], 0), f"checkpoint {size}")
        if published is not None:
            ahead = check_note(published, policy, "checkpoint")[1]
            if ahead > size:
                raise Fault("restored", f"{ahead} leaves were published, the database knows {size}")
        if told[1:3] != (size, root):
            raise Fault("edited", f"checkpoint {size}: its note speaks of another tree")
    leaves, hashes = check_tree(record, size, root)
    for number, leaf in enumerate(leaves):
        if len(leaf) != 64 or leaf[:1] != b"\x01" or any(leaf[33:]):
            raise Fault("inserted", f"leaf {number} has not the form of a leaf")
    say(f"tree         {size} leaves lead to the signed root")
    roots = Roots(hashes)
    checkpoints, cosigned = check_checkpoints(rows, published, roots, policy)
    say(f"checkpoints  {checkpoints}, all beginnings of this tree")
    for who, known, known_root in remembered:
        if known > size:
            raise Fault("restored", f"the {who} has seen {known} leaves, the record has {size}")
        if roots.of(known) != known_root:
            raise Fault("rewritten", f"the {who} has seen {known} other leaves")
    say(f"memories     {', '.join(who for who, *_ in remembered) or 'none in this folder: not compared'}")
    entries, placed, waiting, shown = check_rows(rows, hashes)
    say(f"entries      {entries} are what their leaves committed to")
    votes, lists = check_outcomes(shown)
    say(f"counted      {votes} outcome(s) of votes and the reserve of {lists} list(s), again")
    say(f"waiting      {waiting} leaves wait for their place; none that was committed to is missing")
    return Report(entries, placed, waiting, checkpoints, cosigned, hashes)


def memories_of(folder: Path) -> list[tuple[str, str]]:
    """What the signer and the demonstration's witness of a data folder saw last."""
    found = [("signer", folder / "keys" / "log.last")]
    found += [("witness", path) for path in sorted((folder / "witness").glob("*/checkpoint"))]
    return [(who, path.read_text()) for who, path in found if path.exists()]


def verify(
    record: Record, policy: Policy, since: Kept = (), say: Callable[[str], object] = print
) -> tuple[list[bytes], list[bytes], list[tuple[int, Any]]]:
    """Check a whole record. Returns its leaves, their hashes, and its released statements; raises Fault."""
    try:
        note = record.get("checkpoint").decode()
    except Missing:
        raise Fault("deleted", "no file checkpoint") from None
    origin, size, root, seen = check_note(note, policy, "checkpoint")
    say(f"log        {origin}")
    say(f"checkpoint {size} leaves, root {base64.b64encode(root).decode()}")
    say("witnesses  %s" % (", ".join(seen) or "none asked for"))
    leaves, hashes = check_tree(record, size, root)
    say(f"tree       {len(leaves)} leaves lead to the signed root")
    statements = check_released(record, leaves)
    say(f"released   {len(statements)} statements are what their leaves committed to")
    votes, lists = check_outcomes(statements)
    say(f"counted    {votes} outcome(s) of votes and the reserve of {lists} list(s), again")
    check_since(since, policy, hashes)
    if since:
        say(f"kept       the record begins with {len(since)} older checkpoint(s)")
    return leaves, hashes, statements


def arguments_of(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="verify.py", description="Check the record of a Hemicycle by yourself."
    )
    parser.add_argument("place", nargs="?", help="address or folder of the record, or a whole data folder")
    parser.add_argument("--policy", help="file with the keys that you trust")
    parser.add_argument(
        "--since", action="append", default=[], metavar="CHECKPOINT", help="a checkpoint that you kept"
    )
    parser.add_argument("--receipt", action="append", default=[], help="a receipt that you were given")
    parser.add_argument("--receipt-key", help="file with the key of receipts")
    parser.add_argument("--offline", action="store_true", help="check the receipts by themselves")
    parser.add_argument(
        "--export", help="the tables of the record, where they are no file of the data folder"
    )
    parser.add_argument("--proof", help="file with a proof of one leaf")
    parser.add_argument("--leaf", help="that leaf, in hex")
    given = parser.parse_args(arguments)
    if given.offline and not (given.receipt and given.receipt_key and not given.place):
        parser.error("--offline takes --receipt and --receipt-key, and no place")
    if not given.offline and not given.place:
        parser.error("which record? Name its address or folder")
    return given


def run(given: argparse.Namespace) -> None:
    """Check what was asked for. Raises Fault, and what says that it could not be checked."""
    kept_policy = read_policy(Path(given.policy).read_text()) if given.policy else None
    if given.offline:
        key = read_key(Path(given.receipt_key).read_text())
        for name in given.receipt:
            _, at, said = check_promise(Path(name).read_text(), key, kept_policy)
            print(f"receipt    {name}: promised and signed, {at}; {said}")
        return
    folder = Path(given.place)
    file = folder / "hemicycle.sqlite3"
    is_house = not Record(given.place).is_far and (folder / "record").is_dir()
    record = Record(str(folder / "record") if is_house else given.place)
    policy = kept_policy or read_policy(record.get("policy").decode())
    if not given.policy:
        print("policy     the record's own: keep it, and give it next time with --policy")
    kept = [(name, Path(name).read_text()) for name in given.since]
    if given.export or file.exists():
        rows = export(Path(given.export)) if given.export else database(file)
        hashes = check_house(record, rows, policy, memories_of(folder)).hashes
        check_since(kept, policy, hashes)
    else:
        _, hashes, _ = verify(record, policy, kept)
    if given.receipt:
        text = (
            Path(given.receipt_key).read_text() if given.receipt_key else record.get("receipt-key").decode()
        )
        for name in given.receipt:
            said = check_receipt(Path(name).read_text(), read_key(text), policy, hashes)
            print(f"receipt    {name}: {said}")
    if given.proof:
        index, size = check_proof(Path(given.proof).read_text(), bytes.fromhex(given.leaf or ""), policy)
        print(f"proof      the leaf stands at {index} of the tree of {size}")


def main(arguments: Sequence[str] | None = None) -> int:
    given = arguments_of(arguments)
    try:
        run(given)
    except Fault as fault:
        print(f"NOT IN ORDER: {fault.kind}: {fault.where}")
        return 1
    except (OSError, Missing, ValueError, LookupError, sqlite3.Error) as error:
        print(f"Could not be checked: {error}", file=sys.stderr)
        return 2
    print("In order.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
